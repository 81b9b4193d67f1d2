import gc

from data_access.collector import rarely_collecting


def test_garbage_is_collected_rarely_inside_and_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with rarely_collecting():
        assert gc.get_threshold()[0] > before[0]
        assert gc.isenabled()
    assert gc.get_threshold() == before


def test_of_two_imports_at_once_the_last_to_end_restores_the_collector() -> None:
    before = gc.get_threshold()
    first, second = rarely_collecting(), rarely_collecting()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    still_held = gc.get_threshold() != before
    second.__exit__(None, None, None)
    assert still_held
    assert gc.get_threshold() == before
