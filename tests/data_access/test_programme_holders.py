"""Open entries go to the department that carries on; what was finished stays where it was done."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Engine

from data_access.department_register import department_register
from data_access.filters import Filters
from data_access.reads.programme_origins import entry_origins
from data_access.writes.department_merge import merge_department
from supervision.scope import Scope
from tests.data_access.in_use import small_in_use
from tests.factories import SUPERVISOR, TODAY
from tests.programmes import LINES, seen, store

ON = date(2026, 11, 20)
OLD, NEW = (Scope(departments=frozenset({name})) for name in ("市教育局", "市水务局"))


def _merged(city: Engine) -> int:
    """市教育局 (N-2 finished, N-3 open) is carried on by 市水务局 (N-1 finished)."""
    small_in_use(city)
    store(city, *LINES)
    known = {one.name: one for one in department_register(city)}
    old, new = known["市教育局"], known["市水务局"]
    merge_department(city, old.id, new.id, on=ON, as_of=TODAY, row_version=1, viewer=SUPERVISOR)
    return new.id


def _numbers(city: Engine, **asked: object) -> set[object]:
    return {one.values["number"] for one in seen(city, **asked).entries}


def test_open_entries_follow_and_finished_ones_stay(city: Engine):
    new = _merged(city)
    held = {one.values["number"]: one.department for one in seen(city).entries}
    assert (held["N-1"], held["N-3"]) == (new, new)
    assert held["N-2"] not in (new, None)
    assert _numbers(city, filters=Filters(departments=(new,))) == {"N-1", "N-3"}
    assert _numbers(city, as_of=ON - timedelta(days=2), scope=OLD) == {"N-2", "N-3"}


def test_each_department_sees_what_it_answers_for_with_its_cells(city: Engine):
    _merged(city)
    assert _numbers(city, scope=OLD) == {"N-2"}
    assert _numbers(city, scope=NEW) == {"N-1", "N-3"}
    keys = {one.values["number"]: one.id for one in seen(city).entries}
    for scope, number, is_seen in (
        (OLD, "N-2", True), (OLD, "N-3", False), (NEW, "N-3", True), (NEW, "N-2", False),
    ):  # fmt: skip
        told = entry_origins(city, scope=scope, as_of=TODAY, entry_id=keys[number])
        assert bool(told) is is_seen
