"""及时签收率 and 化解率 (metrics.md 2.4): counted by hand, and held against their rules."""

from __future__ import annotations

from datetime import date
from itertools import product

import polars as pl
import pytest

from data_access import disputes, figures
from data_access.day_columns import signing_limit_on
from data_access.fact_columns import RESOLVED
from data_access.filters import Filters
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import Callback, Section
from data_access.measures import MEASURES
from data_access.moment import Period, moment
from data_access.reads.figures import figure_values
from data_access.reads.items import item_page
from data_access.work_calendar import shipped_calendar
from supervision.city_rules import SIGNING, RuleBook, RuleVersion
from supervision.disputes import is_resolved, resolved_in_time
from supervision.rounds import signed_in_time
from supervision.vocabulary import ItemState, Resolution
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope
CALENDAR = shipped_calendar()
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
COLUMNS = {1: "title", 3: "assigned_on", 9: "signed_on"}


def _store(engine, *rows, **other):
    store_import(engine, judged_ledger(*rows, **other), viewer=SUPERVISOR, as_of=TODAY)


def _values(engine, *, as_of=TODAY):
    asked = Filters(period=NOVEMBER)
    return figure_values(engine, scope=CITY, as_of=as_of, filters=asked)


def _section(*, heading="签收日期", first_row=3, last_row=20, signed=True):
    mapping = {key: name for key, name in COLUMNS.items() if signed or name != "signed_on"}
    return Section(
        sheet="Sheet1", header_rows=(2,), first_row=first_row, last_row=last_row,
        headings={**dict.fromkeys(mapping, "栏目"), 9: heading}, mapping={**mapping},
    )  # fmt: skip


# 及时签收率


def test_signing_is_in_time_until_the_working_day_after_and_silence_counts_when_it_has_ended(city):
    friday, monday, tuesday = date(2026, 11, 13), date(2026, 11, 16), date(2026, 11, 17)
    _store(
        city,
        ledger_row(row=3, assigned_on=friday, signed_on=friday),
        ledger_row(row=4, assigned_on=friday, signed_on=monday),
        ledger_row(row=5, assigned_on=friday, signed_on=tuesday),
        ledger_row(row=6, assigned_on=friday),
        ledger_row(row=7, assigned_on=date(2026, 11, 24)),
        ledger_row(row=8, assigned_on=friday, signed_on=monday, excluded=True),
        sections=[_section()],
    )
    assert _values(city)["on_time_signing_rate"] == (2, 4)
    # On Monday itself the limit still runs for whoever has not signed.
    assert _values(city, as_of=monday)["on_time_signing_rate"] == (2, 2)


@pytest.mark.parametrize(
    "section", [_section(signed=False), _section(heading="是否按时签收"), _section(first_row=9)]
)
def test_an_empty_cell_says_nothing_where_no_column_keeps_the_day_of_signing(city, section):
    _store(city, ledger_row(row=3), sections=[section])
    assert _values(city)["on_time_signing_rate"] == (0, 0)


def test_a_later_ledger_with_the_column_is_heard_without_a_new_start(city):
    _store(city, ledger_row(row=3), sections=[_section(signed=False)])
    assert _values(city)["on_time_signing_rate"] == (0, 0)
    _store(city, ledger_row(row=3), sections=[_section()], name="新.xlsx", title="新台账")
    assert _values(city)["on_time_signing_rate"] == (0, 1)
    _store(city, ledger_row(row=3, remarks="改"), ledger_row(row=4), sections=[_section()])
    assert _values(city)["on_time_signing_rate"] == (0, 2)


def test_signing_over_the_facts_agrees_with_the_rule():
    assigned = [date(2026, 9, 30), date(2026, 10, 10), date(2026, 11, 20), date(2026, 12, 31)]
    days = [date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 12), date(2026, 11, 23),
            date(2026, 11, 24), None]  # fmt: skip
    # From 10 October the city gives two days: who was assigned before keeps one.
    rules = RuleBook.of([RuleVersion(SIGNING, "", "2", date(2026, 10, 10), "某文件")])
    for start, signed, as_of in product(assigned, days, [TODAY, date(2026, 11, 23)]):
        if signed is not None and signed < start:
            continue
        frame = figures.with_standing(_one_round(assigned_on=start, signed_on=signed))
        limit = signing_limit_on(CALENDAR, rules)
        frame = frame.with_columns(signing_limit_on=limit, asked_to_sign=True)
        now = moment(CALENDAR, as_of=as_of, period=Period(start, max(start, as_of)))
        measure = MEASURES["on_time_signing_rate"]
        assert measure.of is not None
        n, of = frame.select(n=measure.n(now).sum(), of=measure.of(now).sum()).row(0)
        if start <= as_of:
            within = rules.number(SIGNING, start)
            ruled = signed_in_time(start, signed, CALENDAR, as_of=as_of, within=within)
            assert (n, of) == (int(ruled is True), int(ruled is not None)), (start, signed, as_of)


def _one_round(**said):
    usual = {
        "item_state": ItemState.IN_ROUND.value, "round_id": 1, "round_state": "received",
        "sound": True, "excluded": False, "is_current": True, "is_dispute": True,
        "intake_on": date(2026, 9, 1), "closed_on": None, "struck_off_on": None,
        "feedback_on": None, "close_due_on": None, "resolved_by_resident": None,
        "resolved_by_unit": None,
    }  # fmt: skip
    days = ("closed_on", "struck_off_on", "feedback_on", "close_due_on", "assigned_on", "signed_on")
    kinds = dict.fromkeys(days, pl.Date) | {
        "resolved_by_resident": RESOLVED, "resolved_by_unit": RESOLVED,
    }  # fmt: skip
    row = {**usual, **said}
    kinds = {name: kind for name, kind in kinds.items() if name in row}
    return pl.DataFrame([row], schema_overrides=kinds)


# 化解率


def _dispute(row, **said):
    said = {"category": ("矛盾纠纷",), "received_on": date(2026, 11, 2), **said}
    return ledger_row(row=row, assigned_on=date(2026, 11, 3), **said)


def test_disputes_are_resolved_when_closed_and_nobody_says_otherwise(city):
    early, late = date(2026, 11, 10), date(2026, 11, 20)
    ended = {"status": "已办结", "feedback_on": early}
    _store(
        city,
        _dispute(3, **ended, closed_on=early, close_due_on=late),
        _dispute(4, **ended, closed_on=late, close_due_on=early),
        _dispute(5, **ended, closed_on=early, close_due_on=late,
                 callback=Callback(resolved=Resolution.PARTLY_RESOLVED.value)),
        _dispute(6, **ended, closed_on=early),
        _dispute(7, close_due_on=late),
        _dispute(8, close_due_on=date(2026, 12, 20)),
        ledger_row(row=9, category=("道路交通",), received_on=date(2026, 11, 2)),
    )  # fmt: skip
    told = _values(city)
    # Resolved: 3, 4, 6. Of them 6 has no limit; 5 and 7 are due and unresolved; 8 is not due.
    assert told["dispute_resolution_rate"] == (3, 6)
    assert told["on_time_dispute_resolution_rate"] == (1, 4)


def test_disputes_over_the_facts_agree_with_the_rule():
    now = moment(CALENDAR, as_of=TODAY, period=Period(date(2026, 9, 1), TODAY))
    days = [None, date(2026, 11, 9), date(2026, 11, 24), TODAY]
    answers = [None, *Resolution]
    for closed_on, limit, resident, unit in product(days, days, answers, answers):
        closed = closed_on is not None
        state = ItemState.CLOSED if closed else ItemState.IN_ROUND
        frame = figures.with_standing(
            _one_round(
                item_state=state.value, closed_on=closed_on, close_due_on=limit,
                resolved_by_resident=resident and resident.value,
                resolved_by_unit=unit and unit.value,
            )
        )  # fmt: skip
        found = frame.select(
            resolved=disputes.resolved(now), n=disputes.resolved_in_time(now),
            of=disputes.judged(now),
        ).row(0)  # fmt: skip
        resolved = is_resolved(closed, resident, unit)
        ruled = resolved_in_time(resolved, closed_on, limit, as_of=TODAY)
        assert found == (resolved, ruled is True, ruled is not None), (closed_on, limit, resident)


@pytest.mark.parametrize("slug", ["on_time_signing_rate", "dispute_resolution_rate"])
def test_a_new_figure_opens_exactly_its_rows(city, slug):
    _store(city, _dispute(3), _dispute(4), ledger_row(row=5), sections=[_section()])
    of = _values(city)[slug][1]
    page = item_page(city, scope=CITY, as_of=TODAY, filters=Filters(figure=slug, period=NOVEMBER))
    assert page.total == of > 0
