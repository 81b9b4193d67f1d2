"""The registered figures as conditions over the facts: which rows count, out of which rows.

Twins of `supervision.metrics` (2.1-2.6); the definitions and their words live there.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from data_access.figures import (
    A_ROUND,
    AN_ITEM,
    CLOSED_STATE,
    COUNTED,
    IN_RATES,
    Condition,
    awaiting_feedback,
    closed_by,
    due_soon,
    is_open,
    overdue,
    taken_in,
)
from data_access.moment import Moment
from supervision.rounds import CANDIDATE_ANSWERS
from supervision.vocabulary import CONTENT, ItemState, Light, Resolution
from supervision.worklists import LONG_OVERDUE_WORKING_DAYS, Worklist


@dataclass(frozen=True, slots=True)
class Measure:
    """Which rows of the facts make a figure: `n` counted, `of` the base of a rate."""

    slug: str
    n: Condition
    of: Condition | None = None


def _within(column: str, moment: Moment) -> pl.Expr:
    return pl.col(column).is_between(moment.period.first, moment.period.last).fill_null(False)


def _state(state: ItemState) -> pl.Expr:
    return pl.col("item_state") == state.value


def _came_in(moment: Moment) -> pl.Expr:
    return AN_ITEM & COUNTED & _within("intake_on", moment)


def _closed_within(moment: Moment) -> pl.Expr:
    return AN_ITEM & CLOSED_STATE & _within("closed_on", moment)


def _closed_of_intake(moment: Moment) -> pl.Expr:
    return _came_in(moment) & closed_by(moment)


def _assigned(moment: Moment) -> pl.Expr:
    return A_ROUND & COUNTED & _within("assigned_on", moment)


def due_cohort(moment: Moment) -> pl.Expr:
    """N of 2.2: lead rounds whose due day lies in the period and has ended by T."""
    return (
        A_ROUND
        & IN_RATES
        & _within("due_on", moment)
        & (pl.col("due_on") < moment.as_of).fill_null(False)
    )


def _fed_back_by(moment: Moment) -> pl.Expr:
    return (pl.col("feedback_on") <= moment.as_of).fill_null(False)


def on_time(moment: Moment) -> pl.Expr:
    """n of 2.2: fed back on or before the due day."""
    return due_cohort(moment) & (pl.col("feedback_on") <= pl.col("due_on")).fill_null(False)


def _late(moment: Moment) -> pl.Expr:
    after = (pl.col("feedback_on") > pl.col("due_on")).fill_null(False)
    return due_cohort(moment) & after & _fed_back_by(moment)


def _not_on_time(moment: Moment) -> pl.Expr:
    return due_cohort(moment) & ~on_time(moment)


def _close_cohort(moment: Moment) -> pl.Expr:
    hanging = _state(ItemState.HANGING) & (pl.col("hang_until") >= moment.as_of).fill_null(False)
    return A_ROUND & IN_RATES & ~hanging & _within("close_due_on", moment)


def _closed_on_time(moment: Moment) -> pl.Expr:
    in_time = (pl.col("round_closed_on") <= pl.col("close_due_on")).fill_null(False)
    return _close_cohort(moment) & in_time


def answered_day() -> pl.Expr:
    """The day an answer is counted on: the call's, else the day the round ended."""
    return pl.coalesce("called_on", "round_closed_on", "feedback_on")


def _asked(moment: Moment) -> pl.Expr:
    inside = answered_day().is_between(moment.period.first, moment.period.last)
    return A_ROUND & IN_RATES & inside.fill_null(False)


def _answer(column: str) -> tuple[Condition, Condition]:
    content = pl.col(column).is_in([str(word) for word in CONTENT]).fill_null(False)

    def of(moment: Moment) -> pl.Expr:
        return _asked(moment) & pl.col(column).is_not_null()

    def n(moment: Moment) -> pl.Expr:
        return of(moment) & content

    return n, of


def _resolved(column: str) -> tuple[Condition, Condition]:
    def of(moment: Moment) -> pl.Expr:
        return _asked(moment) & pl.col(column).is_not_null()

    def n(moment: Moment) -> pl.Expr:
        return of(moment) & (pl.col(column) == Resolution.RESOLVED.value).fill_null(False)

    return n, of


def _reached(moment: Moment) -> pl.Expr:
    return _called_for(moment) & pl.col("reached").fill_null(False)


def _called_for(moment: Moment) -> pl.Expr:
    return _closed_within(moment) & IN_RATES & A_ROUND


def _first_round_ended(moment: Moment) -> pl.Expr:
    return taken_in(moment) & IN_RATES & (closed_by(moment) | (pl.col("current_round") >= 2))


def _taken_up_again(moment: Moment) -> pl.Expr:
    return _first_round_ended(moment) & (pl.col("current_round") >= 2)


def _extended(moment: Moment) -> pl.Expr:
    return _assigned(moment) & pl.col("extended_due_on").is_not_null()


def _returned(moment: Moment) -> pl.Expr:
    return _assigned(moment) & pl.col("returned").fill_null(False)


def _repeated(moment: Moment) -> pl.Expr:
    return _came_in(moment) & pl.col("repeat_of_id").is_not_null()


def _looked_back(moment: Moment) -> pl.Expr:
    return taken_in(moment) & pl.col("look_back").is_not_null()


def _rebounded(moment: Moment) -> pl.Expr:
    return _looked_back(moment) & (pl.col("look_back") == ItemState.REBOUNDED.value)


def _confirmed(moment: Moment) -> pl.Expr:
    return _looked_back(moment) & (pl.col("look_back") == "confirmed")


def _flagged(moment: Moment) -> pl.Expr:
    later = (pl.col("flagged_on") > moment.as_of).fill_null(False)
    return taken_in(moment) & _state(ItemState.REASSIGN_PENDING) & ~later


def reassign_candidate(moment: Moment) -> pl.Expr:
    """Twin of supervision.rounds.reassignment_candidate, as far as answers tell."""
    unhappy = pl.col("result").is_in([str(a) for a in CANDIDATE_ANSWERS]).fill_null(False)
    back = (pl.col("look_back") == ItemState.REBOUNDED.value).fill_null(False)
    idle = ~_state(ItemState.REASSIGN_PENDING) & ~_state(ItemState.STRUCK_OFF)
    return taken_in(moment) & A_ROUND & idle & (unhappy | back)


_SATISFIED, _SATISFACTION_ASKED = _answer("result")
_PROCESS, _PROCESS_ASKED = _answer("process")
_BY_RESIDENT, _BY_RESIDENT_ASKED = _resolved("resolved_by_resident")
_BY_UNIT, _BY_UNIT_ASKED = _resolved("resolved_by_unit")


def _reached_round(moment: Moment) -> pl.Expr:
    return _asked(moment) & pl.col("reached").fill_null(False)


def _gave_opinion(moment: Moment) -> pl.Expr:
    return _reached_round(moment) & pl.col("result").is_not_null()


def _first_round_asked(moment: Moment) -> pl.Expr:
    return _BY_RESIDENT_ASKED(moment) & (pl.col("round_no") == 1)


def _resolved_at_first(moment: Moment) -> pl.Expr:
    return _BY_RESIDENT(moment) & (pl.col("round_no") == 1)


MEASURES: dict[str, Measure] = {
    measure.slug: measure
    for measure in (
        Measure("valid", _came_in),
        Measure("assigned_rounds", _assigned),
        Measure("open", is_open),
        Measure("intake", _came_in),
        Measure("closed", _closed_within),
        Measure("hanging", lambda moment: is_open(moment) & _state(ItemState.HANGING)),
        Measure("on_time_feedback_rate", on_time, due_cohort),
        Measure("overdue_rate", _not_on_time, due_cohort),
        Measure("late_feedback", _late),
        Measure("overdue_open", overdue),
        Measure("due_soon", due_soon),
        Measure("closure_rate", _closed_of_intake, _came_in),
        Measure("on_time_closure_rate", _closed_on_time, _close_cohort),
        Measure("callback_coverage", _reached, _called_for),
        Measure("response_share", _gave_opinion, _reached_round),
        Measure("first_round_resolution_rate", _resolved_at_first, _first_round_asked),
        Measure("resolution_rate", _BY_RESIDENT, _BY_RESIDENT_ASKED),
        Measure("resolution_rate_by_unit", _BY_UNIT, _BY_UNIT_ASKED),
        Measure("satisfaction_rate", _SATISFIED, _SATISFACTION_ASKED),
        Measure("process_satisfaction_rate", _PROCESS, _PROCESS_ASKED),
        Measure("reassign_rate", _taken_up_again, _first_round_ended),
        Measure("reassign_pending", _flagged),
        Measure("extension_rate", _extended, _assigned),
        Measure("return_rate", _returned, _assigned),
        Measure("repeat_rate", _repeated, _came_in),
        Measure("look_back_confirmed_rate", _confirmed, _looked_back),
        Measure("rebound_rate", _rebounded, _looked_back),
    )
}


def _long_overdue(moment: Moment) -> pl.Expr:
    if moment.working_day is None:
        return pl.lit(False)
    days = pl.lit(moment.working_day, dtype=pl.Int32) - pl.col("due_index")
    return overdue(moment) & (days > LONG_OVERDUE_WORKING_DAYS).fill_null(False)


def _due_today(moment: Moment) -> pl.Expr:
    return awaiting_feedback(moment) & (pl.col("due_on") == moment.as_of).fill_null(False)


def _light_is(light: Light) -> Condition:
    def condition(_moment: Moment) -> pl.Expr:
        return AN_ITEM & (pl.col("light") == light.value).fill_null(False)

    return condition


WORKLISTS: dict[Worklist, Condition] = {
    Worklist.LONG_OVERDUE: _long_overdue,
    Worklist.DUE_TODAY: _due_today,
    Worklist.TAKEN_UP_AGAIN: lambda moment: is_open(moment) & (pl.col("current_round") >= 2),
    Worklist.REASSIGN_CANDIDATES: reassign_candidate,
    Worklist.NO_LEAD: lambda moment: is_open(moment) & A_ROUND & pl.col("department_id").is_null(),
    Worklist.NO_DEADLINE: _light_is(Light.NO_DEADLINE),
    Worklist.UNSOUND: lambda moment: taken_in(moment) & ~pl.col("sound"),
}


OF_OPEN_ITEMS = frozenset(WORKLISTS) - {Worklist.REASSIGN_CANDIDATES, Worklist.UNSOUND}
"""Worklists whose every row is open at the moment."""


def counted_rows(slug: str, moment: Moment) -> pl.Expr:
    """The rows behind a figure: those counted, or for a rate all it is out of.

    Raises KeyError for a slug that is neither a figure of rows nor a worklist.
    """
    if slug in WORKLISTS:
        return WORKLISTS[Worklist(slug)](moment)
    measure = MEASURES[slug]
    return (measure.of or measure.n)(moment)
