"""Each list of the desk, asked of the store, holds what its rule says, and since when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from data_access.calendar_store import current_calendar
from data_access.database import reading, transaction
from data_access.reads import desk
from data_access.reads.desk import desk_items
from data_access.schema.registers import departments
from supervision.scope import Scope
from supervision.waiting import Today, WaitingItem, waits
from supervision.worklists import DeskList
from tests.deciding import decide
from tests.desk_stories import HELPERS, Story, kept, stories, told_to_the_rules
from tests.factories import TODAY

Told = dict[int, WaitingItem]


def put_into(city: Engine, told: list[Story]) -> Told:
    with transaction(city) as change:
        known = select(departments.c.name, departments.c.id).where(departments.c.name.in_(HELPERS))
        ids = dict(change.connection.execute(known).all())
        return {kept(change, story, ids): told_to_the_rules(story) for story in told}


def waiting(city: Engine, slug: DeskList, told: Told) -> dict[int, date | None]:
    found = desk_items(city, scope=Scope.whole_city(), as_of=TODAY, slug=slug).rows
    rows = zip(found["item_id"], found["since_on"], strict=True)
    return {key: since for key, since in rows if key in told}


def first_difference(city: Engine, told: Told, today: Today) -> tuple[object, ...] | None:
    """The list, what the store says, what the rule says, and of which item."""
    for slug in DeskList:
        ruled = {key: waits(item, slug, today) for key, item in told.items()}
        expected = {key: since for key, (is_on, since) in ruled.items() if is_on}
        found = waiting(city, slug, told)
        for key in sorted({*found, *expected}):
            if found.get(key, "not there") != expected.get(key, "not there"):
                return slug, found.get(key, "-"), expected.get(key, "-"), told[key]
    return None


def test_every_list_is_its_rule_whatever_happened_to_an_item(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    with reading(city) as connection:
        calendar = current_calendar(connection)
    everything: Told = {}

    @settings(
        max_examples=4, deadline=None, derandomize=True, database=None,
        # What differs names its item: nothing is to be made smaller.
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(told=st.lists(stories, min_size=25, max_size=40))
    def any_items(told: list[Story]) -> None:
        added = put_into(city, told)
        everything.update(added)
        assert first_difference(city, added, Today(TODAY, calendar)) is None

    any_items()
    for name, value in (("callback_within_days", "0"), ("look_back_after_days", "90"),
                        ("co_silent_working_days", "12"),
                        ("due_soon_working_days", "9")):  # fmt: skip
        decide(city, name, value)
    strict = Today(TODAY, calendar, due_soon=9, callback_within=0, look_back_after=90, co_silent=12)
    assert first_difference(city, everything, strict) is None
    # Of many items a question does not name them.
    monkeypatch.setattr(desk, "MOST_ASKED", 0)
    assert first_difference(city, everything, strict) is None
