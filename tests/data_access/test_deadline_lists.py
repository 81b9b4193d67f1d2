"""时限: ageing classes, days to come, whose it is; every number opens exactly its rows."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, update

from data_access.database import transaction
from data_access.filters import Filters
from data_access.ledger_import.apply import store_import
from data_access.moment import Period
from data_access.reads.deadlines import AWAITED, BESIDE, DeadlinesSeen, deadlines
from data_access.reads.figures import figure_counts
from data_access.reads.items import item_page
from data_access.schema.items import items, rounds
from supervision.scope import Scope
from supervision.worklists import AGES, DueList
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope
LEADS = {"department_id": "departments", "unit_id": "units", "session_id": "sessions"}


@pytest.fixture
def owed(town: Engine) -> Engine:
    """Overdue for 1, 5, 6, 17 and over 30 working days; due today, this week and next month."""
    days = {3: (11, 24), 4: (11, 18), 5: (11, 17), 6: (11, 2), 7: (9, 1),
            8: (11, 25), 9: (11, 27), 10: (12, 31)}  # fmt: skip
    rows = [
        ledger_row(row=row, assigned_on=date(2026, 8, 3), due_on=date(2026, month, day),
                   lead_departments=("市公安局",) if row % 2 else ())
        for row, (month, day) in days.items()
    ]  # fmt: skip
    rows += [
        ledger_row(row=11, assigned_on=date(2026, 8, 3), due_on=date(2026, 8, 24),
                   feedback_on=date(2026, 8, 24), county="紫金县", township="蓝塘镇"),
        ledger_row(row=12, assigned_on=date(2026, 12, 14)),
    ]  # fmt: skip
    store_import(town, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return town


def _seen(engine: Engine, **filters: object) -> DeadlinesSeen:
    return deadlines(engine, scope=CITY, as_of=TODAY, filters=Filters(**filters))


def _total(engine: Engine, **filters: object) -> int:
    asked = Filters(**filters)
    return item_page(engine, scope=CITY, as_of=TODAY, filters=asked, size=1).total


def test_ageing_classes_meet_at_their_edges_and_add_up(owed):
    counts = _seen(owed).counts
    assert [counts[age] for age in AGES] == [2, 1, 1, 1]
    assert counts["overdue_open"] == sum(counts[age] for age in AGES) == 5
    assert counts[DueList.OVERDUE_UNCOUNTED] == 0


def test_every_number_is_the_number_of_rows_behind_its_link(owed):
    counts = _seen(owed).counts
    assert set(counts) == {*AWAITED, *BESIDE}
    assert counts == {slug: _total(owed, figure=slug) for slug in counts}
    registered = figure_counts(owed, scope=CITY, as_of=TODAY)
    told = {line["slug"]: line["n"] for line in registered.iter_rows(named=True)}
    assert (counts["overdue_open"], counts["due_soon"]) == (told["overdue_open"], told["due_soon"])


@pytest.mark.parametrize("key", LEADS)
def test_lines_of_a_table_add_up_and_open_their_rows(owed, key):
    seen = _seen(owed)
    table = seen.tables[key]
    for slug in AWAITED:
        assert table[slug].sum() == seen.counts[slug]
    for line in table.iter_rows(named=True):
        asked = {LEADS[key]: (line[key],)} if line[key] else {"without": (key,)}
        for slug in AWAITED:
            assert line[slug] == _total(owed, figure=slug, **asked), (line[key], slug)


def test_a_day_of_the_calendar_opens_what_is_owed_on_it(owed):
    by_day = dict(_seen(owed).by_day.rows())
    assert by_day == {date(2026, 11, 24): 1, TODAY: 1, date(2026, 11, 27): 1, date(2026, 12, 31): 1}
    for day, n in by_day.items():
        assert _total(owed, due_on=day) == n
    year = Period(date(2026, 9, 1), TODAY)
    assert _total(owed, due_on=TODAY, period=year) == 1


def test_rest_days_and_make_up_days_of_the_weeks_to_come_are_named(owed):
    seen = deadlines(owed, scope=CITY, as_of=date(2026, 9, 14))
    assert seen.rests[date(2026, 10, 1)].startswith("国庆")
    assert seen.rests[date(2026, 9, 19)] == "周六"
    assert set(seen.works.values()) == {"调休上班日"}
    assert not set(seen.rests) & set(seen.works)


def test_longest_median_and_worst_are_of_the_overdue(owed):
    seen = _seen(owed)
    worst = item_page(owed, scope=CITY, as_of=TODAY, filters=Filters(figure="overdue_open"),
                      order="overdue").rows  # fmt: skip
    assert list(seen.worst) == worst["item_id"].tolist()
    assert (seen.longest, seen.median) == (worst["days_overdue"].max(), 6)


def test_extended_and_provisional_deadlines_are_listed(owed):
    with transaction(owed) as change:
        change.connection.execute(
            update(rounds).where(rounds.c.due_on == TODAY)
            .values(extended_due_on=date(2026, 12, 3))
        )  # fmt: skip
        change.connection.execute(update(items).values(change_number=change.change))
    seen = _seen(owed)
    assert seen.counts[DueList.EXTENDED] == _total(owed, figure=DueList.EXTENDED.value) == 1
    assert seen.counts["due_today"] == 0
    later = deadlines(owed, scope=CITY, as_of=date(2026, 12, 20))
    assert later.counts[DueList.PROVISIONAL] == 1


def test_a_county_sees_only_its_own(owed):
    zijin = Scope(reporting_units=frozenset({"紫金县"}))
    seen = deadlines(owed, scope=zijin, as_of=TODAY)
    assert set(seen.counts.values()) == {0}
    assert all(table.is_empty() for table in seen.tables.values())
