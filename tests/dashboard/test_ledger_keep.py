"""What the server keeps between two clicks is bounded in time, number and size."""

from __future__ import annotations

from dashboard.ledger_keep import Keep


class Hand:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def keep(*, seconds: float = 100, most: int = 3, size: int = 100, clock: Hand | None = None):
    return Keep[str](seconds=seconds, most=most, size=size, clock=clock or Hand())


def test_a_thing_comes_back_by_its_token_and_by_nothing_else():
    kept = keep()
    token = kept.put("台账", 1)
    assert len(token) > 40
    assert (kept.get(token), kept.get(token[:-1]), kept.get("")) == ("台账", None, None)


def test_what_is_not_used_for_long_is_let_go():
    clock = Hand()
    kept = keep(seconds=60, clock=clock)
    used, unused = kept.put("甲", 1), kept.put("乙", 1)
    clock.at = 50
    assert kept.get(used) == "甲"
    clock.at = 70
    assert (kept.get(used), kept.get(unused)) == ("甲", None)


def test_of_too_many_the_one_not_used_for_longest_goes():
    kept = keep(most=2)
    first, second = kept.put("甲", 1), kept.put("乙", 1)
    assert kept.get(first) == "甲"
    third = kept.put("丙", 1)
    assert [kept.get(token) for token in (first, second, third)] == ["甲", None, "丙"]


def test_large_things_push_others_out_but_the_newest_stays():
    kept = keep(size=10)
    small, large = kept.put("小", 4), kept.put("大", 50)
    assert (kept.get(small), kept.get(large)) == (None, "大")


def test_a_dropped_thing_is_gone():
    kept = keep()
    token = kept.put("台账", 1)
    kept.drop(token)
    kept.drop(token)
    assert kept.get(token) is None
