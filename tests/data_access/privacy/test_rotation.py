"""A new key for everything, also when it is broken off in the middle."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.audit_trail import verified_chain
from data_access.privacy.key_place import KeyPlace, write_private
from data_access.privacy.keys import KeyRefused, Keyring, id_of, new_key
from data_access.privacy.rotation import BLOCK, rotate
from tests.factories import SUPERVISOR
from tests.residents import Store, kept, opened, told


class Cut(BaseException):
    """The power goes."""


@dataclass(frozen=True)
class Unsteady(KeyPlace):
    """A place whose keys can be asked for twice."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", count())

    def keyring(self) -> Keyring:
        if next(self.asked) == 2:  # type: ignore[attr-defined]
            raise Cut
        return super().keyring()


@pytest.fixture
def place(tmp_path: Path) -> KeyPlace:
    path = tmp_path / "duban.key"
    write_private(path, [new_key()])
    return KeyPlace(file=path)


def test_a_rotation_that_is_broken_off_loses_nothing_and_goes_on(
    city: Engine, store: Store, place: KeyPlace
):
    each = 5
    rows = [
        told(f"A{n}", 诉求内容=f"第{n}处路灯，电话139{n:08d}") for n in range(BLOCK // each * 3)
    ]
    store(*rows, sealed_with=place)
    (old,) = place.keys()
    before = opened(city, place)
    assert len(before) > 2 * BLOCK
    with pytest.raises(Cut):
        rotate(city, Unsteady(file=place.file), viewer=SUPERVISOR)
    assert len({row.key_id for row in kept(city)}) == 2
    assert opened(city, place) == before
    new = place.keys()[0]
    assert place.keys() == [new, old]
    done = rotate(city, place, viewer=SUPERVISOR)
    assert (done.key_id, place.keys()) == (id_of(new), [new])
    assert {row.key_id for row in kept(city)} == {id_of(new)}
    assert opened(city, place) == before
    assert verified_chain(city).fault is None


def test_the_old_key_is_put_aside_for_older_backups(city: Engine, store: Store, place: KeyPlace):
    store(told(), sealed_with=place)
    (old,) = place.keys()
    rotate(city, place, viewer=SUPERVISOR)
    assert place.file is not None
    (aside,) = place.file.parent.glob("duban.key.*.old")
    assert aside.read_text().split() == [old]
    assert stat.S_IMODE(aside.stat().st_mode) == stat.S_IMODE(place.file.stat().st_mode) == 0o600


def test_a_phone_is_found_again_after_a_rotation(city: Engine, store: Store, place: KeyPlace):
    store(told("A1"), told("A2", 诉求内容="路面破损"), sealed_with=place)
    before = {row.lookup for row in kept(city) if row.field == "reporter_phone"}
    rotate(city, place, viewer=SUPERVISOR)
    after = {row.lookup for row in kept(city) if row.field == "reporter_phone"}
    assert len(before) == len(after) == 1
    assert before != after


def test_keys_of_the_environment_need_the_new_one_in_front(city: Engine, store: Store):
    old, new = new_key(), new_key()
    store(told(), sealed_with=KeyPlace(old))
    with pytest.raises(KeyRefused, match="最前面"):
        rotate(city, KeyPlace(old), viewer=SUPERVISOR)
    assert rotate(city, KeyPlace(f"{new},{old}"), viewer=SUPERVISOR).key_id == id_of(new)
    assert len(opened(city, KeyPlace(new))) == len(kept(city)) > 0
