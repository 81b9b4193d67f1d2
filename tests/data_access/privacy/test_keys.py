"""Keys: what they seal opens in its place only, and they lie where others cannot read them."""

from __future__ import annotations

import stat
from base64 import b64decode
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.database import reading
from data_access.privacy.key_place import KeyPlace, ready_keys, write_private
from data_access.privacy.keys import KeyRefused, Keyring, id_of, new_key
from tests.residents import Store, told


@pytest.mark.parametrize(
    "clear",
    ["13800001234", "=cmd|' /C calc'!A0", "张\x1f三\x00", "<script>", "𠮷" * 20_000, "a\nb", "‮1"],
)
def test_what_is_sealed_opens_as_it_was(clear: str):
    ring = Keyring([new_key()])
    sealed = ring.seal(7, "reporter_other", clear)
    assert clear not in sealed.sealed
    assert ring.opened(7, "reporter_other", sealed.sealed, sealed.key_id) == clear


def test_values_sealed_together_open_one_by_one_and_share_no_nonce():
    ring = Keyring([new_key()])
    values = [(n, "reporter_phone", f"1380000{n:04d}") for n in range(2_500)]
    sealed = list(ring.seal_all(values))
    assert len({b64decode(one.sealed, altchars=b"-_")[:12] for one in sealed}) == len(values)
    assert values == [
        (n, "reporter_phone", ring.opened(n, "reporter_phone", one.sealed, one.key_id))
        for (n, _, _), one in zip(values, sealed, strict=True)
    ]
    assert [one.lookup for one in sealed[:9]] == [ring.seal(*one).lookup for one in values[:9]]


@pytest.mark.parametrize(("item", "field"), [(8, "reporter_name"), (7, "reporter_phone")])
def test_a_sealed_value_that_was_moved_does_not_open(item: int, field: str):
    ring = Keyring([new_key()])
    sealed = ring.seal(7, "reporter_name", "钱多多")
    with pytest.raises(KeyRefused, match="挪动"):
        ring.opened(item, field, sealed.sealed, sealed.key_id)


def test_neither_another_key_nor_a_changed_token_opens():
    key = new_key()
    ring = Keyring([key])
    sealed = ring.seal(7, "reporter_name", "钱多多")
    with pytest.raises(KeyRefused, match=id_of(key)):
        Keyring([new_key()]).opened(7, "reporter_name", sealed.sealed, sealed.key_id)
    for token in ("", "!", sealed.sealed[:-8] + "AAAAAAAA", sealed.sealed[:10]):
        with pytest.raises(KeyRefused):
            ring.opened(7, "reporter_name", token, sealed.key_id)


def test_the_same_value_is_sealed_differently_each_time_and_its_phone_is_found_again():
    ring = Keyring([new_key()])
    printed = [
        "13800001234",
        "138 0000 1234",
        "+86 138-0000-1234",
        "１３８００００１２３４（女儿）",
    ]
    sealed = [ring.seal(n, "reporter_phone", text) for n, text in enumerate(printed)]
    assert len({one.sealed for one in sealed}) == 4
    assert len({one.lookup for one in sealed}) == 1
    assert Keyring([new_key()]).seal(1, "reporter_phone", printed[0]).lookup != sealed[0].lookup


@pytest.mark.parametrize(
    "key",
    ["", "short", "不是密钥", "A" * 44, new_key() + "A"],
    ids=["empty", "short", "words", "no-padding", "too-long"],
)
def test_what_is_no_key_is_refused_without_being_repeated(key: str):
    with pytest.raises(KeyRefused) as refusal:
        KeyPlace(key).keyring()
    assert not key or key not in str(refusal.value)


def test_keys_are_in_no_repr():
    key = new_key()
    assert key not in repr((KeyPlace(key), Keyring([key])))


def test_the_first_use_makes_a_file_that_only_its_owner_reads(city: Engine, tmp_path: Path):
    place = KeyPlace(file=tmp_path / "deep" / "duban.key", may_make=True)
    with reading(city) as connection:
        assert ready_keys(connection, place)
        assert not ready_keys(connection, place)
    assert place.file is not None
    assert stat.S_IMODE(place.file.stat().st_mode) == 0o600
    place.file.chmod(0o644)
    with pytest.raises(KeyRefused, match="chmod 600"):
        place.keyring()


def test_a_lost_or_wrong_key_is_told_instead_of_making_another(
    city: Engine, store: Store, tmp_path: Path
):
    place = KeyPlace(file=tmp_path / "duban.key", may_make=True)
    store(told(), sealed_with=place)
    assert place.file is not None
    place.file.unlink()
    with pytest.raises(KeyRefused, match="备份"):
        store(told("A2"), sealed_with=place)
    assert not place.file.exists()
    write_private(place.file, [new_key()])
    with pytest.raises(KeyRefused, match="别的密钥"), reading(city) as connection:
        ready_keys(connection, place)


def test_without_any_key_the_refusal_names_the_settings():
    with pytest.raises(KeyRefused, match="DUBAN_KEY"):
        KeyPlace().keyring()
