"""The twins over the facts agree with the rules (house rule 4): lights, 逾期, 临期, figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

import polars as pl
import pytest

from data_access import figures as twins
from data_access.fact_columns import BASIS, ITEM_STATE, ROUND_STATE
from data_access.measures import MEASURES
from data_access.moment import moment
from data_access.reads.figures import figure_values
from data_access.work_calendar import shipped_calendar
from supervision import deadlines
from supervision.city_rules import DUE_SOON, RuleBook, RuleVersion
from supervision.closing import closed_from
from supervision.figures import FIGURES, Kind
from supervision.lights import light
from supervision.scope import Scope
from supervision.vocabulary import (
    AWAITING_FEEDBACK,
    CLOSED_STATES,
    DeadlineBasis,
    ItemState,
    Light,
    RoundState,
)
from tests.factories import TODAY

CALENDAR = shipped_calendar()
ROUNDS = (None, *RoundState)
FEEDBACK_BEFORE = timedelta(days=2)

DAYS = {
    "a plain Wednesday": date(2026, 11, 25),
    "a Friday": date(2026, 11, 27),
    "a Saturday": date(2026, 11, 28),
    "a make-up Sunday": date(2026, 9, 20),
    "the eve of a long holiday": date(2026, 9, 30),
    "inside a long holiday": date(2026, 10, 4),
    "near the horizon": date(2026, 12, 29),
    "the horizon": date(2026, 12, 31),
    "beyond the horizon": date(2027, 1, 4),
}
NO_MEASURE = {
    "collected": "told by sessions, not by rounds: the sum of face_to_face_sessions.collected",
    "net": "the difference of two counts, 新增－办结: not a set of rows",
    "longest_overdue": "working days of the overdue rows, not a number of rows",
    "median_overdue": "the same",
    "median_handling": "working days of the closed rows, not a number of rows",
    "p90_handling": "the same",
    "valid_rate": "told by sessions, like collected",
    "commitments": "told by session_commitments, not by rounds",
    "commitments_overdue": "the same",
    "commitment_fulfilment_rate": "the same",
    "commitment_on_time_rate": "the same",
    "response_rate": "no ledger tells when the resident was contacted: 无数据",
    "repeat_rate": "no ledger tells that an item repeats another: 无数据",
}
"""Registered figures that are no condition over the facts, each with the reason."""

each_day = pytest.mark.parametrize("as_of", DAYS.values(), ids=DAYS)


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the facts, as far as lights ask."""

    item_state: ItemState
    round_state: RoundState | None
    due_on: date | None
    due_basis: DeadlineBasis | None
    feedback_on: date | None


def cases(as_of: date) -> list[Case]:
    """Every state × due day from long before to far after × basis × feedback."""
    dues = [None, *(as_of + timedelta(days=n) for n in (-40, -1, *range(8), 10, 12, 60))]
    found = []
    for item, at, due, basis in product(ItemState, ROUNDS, dues, [None, *DeadlineBasis]):
        # A round still owing feedback has given none, unless it was sent back.
        silent = at is None or (at in AWAITING_FEEDBACK and at is not RoundState.RETURNED_FOR_FIX)
        for fed_back in [None] if silent else [None, as_of - FEEDBACK_BEFORE, as_of]:
            found.append(Case(item, at, due, basis, fed_back))
    return found


def frame(rows: list[Case]) -> pl.DataFrame:
    """The rows as facts of current rounds of items taken in long ago."""

    def column(name: str, kind: pl.DataType | type[pl.DataType]) -> pl.Series:
        values = [getattr(row, name) for row in rows]
        plain = [str(v) if isinstance(v, str) else v for v in values]
        return pl.Series(name, plain, dtype=kind)

    facts = pl.DataFrame(
        [
            column("item_state", ITEM_STATE),
            column("round_state", ROUND_STATE),
            column("due_on", pl.Date),
            column("due_basis", BASIS),
            column("feedback_on", pl.Date),
        ]
    ).with_columns(
        round_id=pl.when(pl.col("round_state").is_not_null()).then(1),
        is_current=pl.lit(True),
        intake_on=pl.lit(date(2025, 1, 2)),
        assigned_on=pl.lit(date(2025, 1, 3)),
        closed_on=pl.lit(None, dtype=pl.Date),
        struck_off_on=pl.lit(None, dtype=pl.Date),
        flagged_on=pl.lit(None, dtype=pl.Date),
        sound=True,
        excluded=False,
    )
    return twins.with_standing(facts)


def ruled(row: Case, as_of: date, within: int = deadlines.DUE_SOON_WORKING_DAYS) -> Light:
    """The light that the rule gives the row."""
    basis = row.due_basis or DeadlineBasis.NONE
    return light(
        row.item_state, row.round_state, row.due_on, basis, CALENDAR, as_of=as_of, within=within
    )


def told_otherwise(rows: list[Case], found: pl.Series, expected: list) -> list:
    """The rows on which twin and rule differ, with both answers; short enough to be read."""
    answers = zip(rows, found, expected, strict=True)
    return [(row, twin, rule) for row, twin, rule in answers if twin != rule][:5]


@each_day
def test_the_light_of_every_state_is_the_light_of_the_rule(as_of):
    rows = cases(as_of)
    found = frame(rows).select(light=twins.light(moment(CALENDAR, as_of=as_of)))["light"]
    assert told_otherwise(rows, found.cast(pl.String), [str(ruled(r, as_of)) for r in rows]) == []


@pytest.mark.parametrize("within", [0, 1, 5, 10])
@each_day
def test_lights_agree_however_early_yellow_begins(as_of, within):
    rows = [row for row in cases(as_of) if row.item_state is ItemState.IN_ROUND]
    decided = RuleVersion(DUE_SOON, "", str(within), date.min, "某文件")
    now = moment(CALENDAR, as_of=as_of, rules=RuleBook.of([decided]))
    found = frame(rows).select(light=twins.light(now))["light"].cast(pl.String)
    assert told_otherwise(rows, found, [str(ruled(r, as_of, within)) for r in rows]) == []


@each_day
def test_overdue_and_due_soon_of_a_running_round_are_those_of_the_rules(as_of):
    rows = [row for row in cases(as_of) if row.item_state is ItemState.IN_ROUND]
    now = moment(CALENDAR, as_of=as_of)
    found = frame(rows).select(late=twins.overdue(now), soon=twins.due_soon(now))
    late, soon = [], []
    for row in rows:
        has_round = row.round_state is not None
        late.append(has_round and deadlines.is_overdue(row.round_state, row.due_on, as_of=as_of))
        soon.append(
            has_round and deadlines.is_due_soon(row.round_state, row.due_on, CALENDAR, as_of=as_of)
        )
    assert told_otherwise(rows, found["late"], late) == []
    assert told_otherwise(rows, found["soon"], soon) == []


@pytest.mark.parametrize("state", list(ItemState))
def test_the_overdue_are_the_red_and_the_due_soon_are_the_yellow(state):
    for as_of in DAYS.values():
        rows = [row for row in cases(as_of) if row.item_state is state]
        now = moment(CALENDAR, as_of=as_of)
        found = frame(rows).select(late=twins.overdue(now), soon=twins.due_soon(now))
        lights = [ruled(row, as_of) for row in rows]
        assert told_otherwise(rows, found["late"], [seen is Light.RED for seen in lights]) == []
        assert told_otherwise(rows, found["soon"], [seen is Light.YELLOW for seen in lights]) == []


@each_day
def test_asked_about_an_earlier_day_a_round_fed_back_later_was_still_silent(as_of):
    later = as_of + timedelta(days=1)
    rows = [
        Case(ItemState.IN_ROUND, at, due, DeadlineBasis.STATED, later)
        for at in (RoundState.SUBMITTED, RoundState.ACCEPTED, RoundState.CALLED_BACK)
        for due in (as_of + timedelta(days=n) for n in range(-2, 16))
    ]
    silent = [replace(row, round_state=RoundState.RECEIVED) for row in rows]
    found = frame(rows).select(light=twins.light(moment(CALENDAR, as_of=as_of)))["light"]
    assert told_otherwise(rows, found.cast(pl.String), [str(ruled(r, as_of)) for r in silent]) == []


def test_since_when_a_closed_item_is_no_longer_open_is_the_day_of_the_rule():
    days = [None, date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 20)]
    names = ("closed_on", "struck_off_on", "feedback_on")
    for state, *known in product(ItemState, days, days, days):
        row = Case(state, RoundState.ACCEPTED, None, None, None)
        told = dict(zip(names, known, strict=True))
        dated = frame([row]).with_columns(pl.lit(day, pl.Date).alias(n) for n, day in told.items())
        found = twins.with_standing(dated)["closed_from"][0]
        assert found == (closed_from(*known) if state in CLOSED_STATES else None), (state, told)


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_a_registered_figure_has_a_measure_or_a_reason_why_not(figure):
    assert (figure.slug in MEASURES) is not (figure.slug in NO_MEASURE)
    if figure.slug in MEASURES:
        assert figure.kind in (Kind.COUNT, Kind.RATE, Kind.SCORE)
        assert (MEASURES[figure.slug].of is None) is (figure.kind is Kind.COUNT)
    if not figure.fed_by_ledgers:
        assert figure.slug in NO_MEASURE


def test_no_measure_and_no_exception_is_without_a_registered_figure():
    assert {*MEASURES, *NO_MEASURE} == {*FIGURES}


def test_every_figure_that_ledgers_feed_is_told_whether_measured_or_not(city):
    told = figure_values(city, scope=Scope.whole_city(), as_of=TODAY)
    assert set(told) == {slug for slug, figure in FIGURES.items() if figure.fed_by_ledgers}
