"""The registered figures as conditions over the facts: which rows count, out of which rows.

Twins of `supervision.metrics` (2.1-2.6); the definitions and their words live there.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from data_access import answers, assignments, disputes
from data_access.due_lists import DUE_LISTS, days_overdue
from data_access.figures import (
    A_ROUND,
    AN_ITEM,
    CLOSED_STATE,
    COUNTED,
    IN_RATES,
    Condition,
    awaiting_feedback,
    came_in,
    closed_by,
    closed_undated,
    due_soon,
    is_open,
    judged_intake,
    overdue,
    taken_in,
    within,
)
from data_access.moment import Moment
from supervision.rounds import CANDIDATE_ANSWERS
from supervision.vocabulary import ItemState, Light
from supervision.worklists import Worklist


@dataclass(frozen=True, slots=True)
class Measure:
    """Which rows of the facts make a figure: `n` counted, `of` the base of a rate or a score.

    Of a score, `n` is no condition but the points of each row.
    """

    slug: str
    n: Condition
    of: Condition | None = None


def _state(state: ItemState) -> pl.Expr:
    return pl.col("item_state") == state.value


def _closed_within(moment: Moment) -> pl.Expr:
    return AN_ITEM & CLOSED_STATE & within("closed_on", moment)


def _closed_of_intake(moment: Moment) -> pl.Expr:
    return judged_intake(moment) & closed_by(moment)


def _due(moment: Moment) -> pl.Expr:
    ended = (pl.col("due_on") < moment.as_of).fill_null(False)
    return A_ROUND & within("due_on", moment) & ended


def due_cohort(moment: Moment) -> pl.Expr:
    """N of 2.2: lead rounds whose due day lies in the period and has ended by T."""
    return _due(moment) & IN_RATES


def _due_left_out(moment: Moment) -> pl.Expr:
    return _due(moment) & COUNTED & ~IN_RATES


def _fed_back_by(moment: Moment) -> pl.Expr:
    return (pl.col("feedback_on") <= moment.as_of).fill_null(False)


def on_time(moment: Moment) -> pl.Expr:
    """n of 2.2: fed back on or before the due day."""
    return due_cohort(moment) & (pl.col("feedback_on") <= pl.col("due_on")).fill_null(False)


def _on_time_after_extension(moment: Moment) -> pl.Expr:
    return on_time(moment) & (pl.col("feedback_on") > pl.col("stated_due_on")).fill_null(False)


def _late(moment: Moment) -> pl.Expr:
    after = (pl.col("feedback_on") > pl.col("due_on")).fill_null(False)
    return due_cohort(moment) & after & _fed_back_by(moment)


def _not_on_time(moment: Moment) -> pl.Expr:
    return due_cohort(moment) & ~on_time(moment)


def _close_cohort(moment: Moment) -> pl.Expr:
    hanging = _state(ItemState.HANGING) & (pl.col("hang_until") >= moment.as_of).fill_null(False)
    return A_ROUND & IN_RATES & ~hanging & within("close_due_on", moment)


def _closed_on_time(moment: Moment) -> pl.Expr:
    in_time = (pl.col("round_closed_on") <= pl.col("close_due_on")).fill_null(False)
    return _close_cohort(moment) & in_time


def _reached(moment: Moment) -> pl.Expr:
    by_then = (pl.col("called_on") <= moment.as_of).fill_null(True)
    return _called_for(moment) & pl.col("reached").fill_null(False) & by_then


def _called_for(moment: Moment) -> pl.Expr:
    return _closed_within(moment) & IN_RATES & A_ROUND


def _in_a_later_round(moment: Moment) -> pl.Expr:
    begun = (pl.col("assigned_on") <= moment.as_of).fill_null(True)
    return (pl.col("current_round") >= 2) & begun


def _first_round_ended(moment: Moment) -> pl.Expr:
    return taken_in(moment) & IN_RATES & (closed_by(moment) | _in_a_later_round(moment))


def _taken_up_again(moment: Moment) -> pl.Expr:
    return _first_round_ended(moment) & _in_a_later_round(moment)


def _looked_back(moment: Moment) -> pl.Expr:
    return taken_in(moment) & IN_RATES & pl.col("look_back").is_not_null()


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
    over = (ItemState.REASSIGN_PENDING, ItemState.STRUCK_OFF, ItemState.ARCHIVED)
    idle = ~pl.col("item_state").is_in([str(state) for state in over])
    return taken_in(moment) & A_ROUND & idle & (unhappy | came_back())


def came_back() -> pl.Expr:
    """A look-back found the trouble back, and no later round handles it yet."""
    handled = _state(ItemState.IN_ROUND) & (pl.col("current_round") >= 2)
    found = (pl.col("look_back") == ItemState.REBOUNDED.value) & pl.col("look_back_stands")
    return found.fill_null(False) & ~handled


_BY_RESIDENT = answers.answered("resolved_by_resident")
_RESOLVED = answers.resolved(_BY_RESIDENT, "resolved_by_resident")
_RESOLVED_BY_UNIT = answers.resolved(answers.told_by_unit, "resolved_by_unit")


def _resolution_of_round(slug: str, number: int) -> Measure:
    return Measure(
        slug, answers.of_round(_RESOLVED, number), answers.of_round(_BY_RESIDENT, number)
    )


MEASURES: dict[str, Measure] = {
    measure.slug: measure
    for measure in (
        Measure("valid", came_in),
        Measure("assigned_rounds", assignments.assigned),
        Measure("first_assigned", assignments.assigned_first),
        Measure("reassigned_rounds", assignments.assigned_again),
        Measure("open", is_open),
        Measure("intake", came_in),
        Measure("closed", _closed_within),
        Measure("closed_undated", closed_undated),
        Measure("hanging", lambda moment: is_open(moment) & _state(ItemState.HANGING)),
        Measure("on_time_feedback_rate", on_time, due_cohort),
        Measure("on_time_after_extension", _on_time_after_extension),
        Measure("due_left_out", _due_left_out),
        Measure("overdue_rate", _not_on_time, due_cohort),
        Measure("late_feedback", _late),
        Measure("overdue_open", overdue),
        Measure("due_soon", due_soon),
        Measure("closure_rate", _closed_of_intake, judged_intake),
        Measure("on_time_closure_rate", _closed_on_time, _close_cohort),
        Measure("dispute_resolution_rate", disputes.resolved, disputes.received),
        Measure("on_time_dispute_resolution_rate", disputes.resolved_in_time, disputes.judged),
        Measure("on_time_signing_rate", assignments.signed_in_time, assignments.to_be_signed),
        Measure("callback_coverage", _reached, _called_for),
        Measure("response_share", answers.gave_opinion, answers.reached),
        Measure("unreached", answers.unreached),
        Measure("no_opinion", answers.no_opinion),
        Measure("not_called", answers.not_called),
        Measure("answers_left_out", answers.answers_left_out),
        Measure("resolution_rate", _RESOLVED, _BY_RESIDENT),
        Measure("resolution_rate_by_unit", _RESOLVED_BY_UNIT, answers.told_by_unit),
        Measure("satisfaction_rate", answers.content("result"), answers.answered("result")),
        Measure("dissatisfied", answers.discontent),
        Measure("process_satisfaction_rate", answers.content("process"),
                answers.answered("process")),
        Measure("satisfaction_score", answers.points, answers.answered("result")),
        Measure("reassign_rate", _taken_up_again, _first_round_ended),
        Measure("reassign_pending", _flagged),
        _resolution_of_round("first_round_resolution_rate", 1),
        _resolution_of_round("second_round_resolution_rate", 2),
        _resolution_of_round("third_round_resolution_rate", 3),
        Measure("return_rate", assignments.returned, assignments.return_known),
        Measure("return_granted_rate", assignments.return_granted, assignments.returned),
        Measure("extension_rate", assignments.extended, assignments.assigned_in_rates),
        Measure("look_back_confirmed_rate", _confirmed, _looked_back),
        Measure("rebound_rate", _rebounded, _looked_back),
    )
}  # fmt: skip


def _long_overdue(moment: Moment) -> pl.Expr:
    return overdue(moment) & (days_overdue(moment) > moment.long_overdue).fill_null(False)


def _due_today(moment: Moment) -> pl.Expr:
    return awaiting_feedback(moment) & (pl.col("due_on") == moment.as_of).fill_null(False)


def _no_deadline(_moment: Moment) -> pl.Expr:
    return AN_ITEM & (pl.col("light") == Light.NO_DEADLINE.value).fill_null(False)


WORKLISTS: dict[Worklist, Condition] = {
    Worklist.LONG_OVERDUE: _long_overdue,
    Worklist.DUE_TODAY: _due_today,
    Worklist.TAKEN_UP_AGAIN: lambda moment: is_open(moment) & (pl.col("current_round") >= 2),
    Worklist.REASSIGN_CANDIDATES: reassign_candidate,
    Worklist.NO_LEAD: lambda moment: is_open(moment) & A_ROUND & pl.col("department_id").is_null(),
    Worklist.NO_DEADLINE: _no_deadline,
    Worklist.UNSOUND: lambda moment: taken_in(moment) & ~pl.col("sound"),
}

OF_OPEN_ITEMS = frozenset(WORKLISTS) - {Worklist.REASSIGN_CANDIDATES, Worklist.UNSOUND}
"""Worklists whose every row is open at the moment."""

LISTS: dict[str, Condition] = {str(name): such for name, such in (WORKLISTS | DUE_LISTS).items()}
"""Every named list, by its slug in links."""


def counted_rows(slug: str, moment: Moment) -> pl.Expr:
    """The rows behind a figure: those counted, or for a rate all it is out of.

    Raises KeyError for a slug that is neither a figure of rows nor a list.
    """
    if slug in LISTS:
        return LISTS[slug](moment)
    measure = MEASURES[slug]
    return (measure.of or measure.n)(moment)
