"""Every light and figure as a named expression over the facts.

Each is the tested twin of a rule in `supervision/` (house rule 4): lights of
`supervision.lights.light`, figures of `supervision.metrics`. Expressions take a `Moment`
and also answer for an earlier day, as far as dates tell: what was closed later was open then.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from data_access.moment import Moment
from supervision.vocabulary import (
    AWAITING_FEEDBACK,
    CLOSED_STATES,
    OFF_THE_CLOCK,
    OUT_OF_COUNT,
    DeadlineBasis,
    ItemState,
    Light,
    Satisfaction,
)

Condition = Callable[[Moment], pl.Expr]


def _any_of(column: str, words: frozenset[ItemState] | frozenset[Satisfaction]) -> pl.Expr:
    return pl.col(column).is_in([str(word) for word in sorted(words)])


_COUNTED = ~_any_of("item_state", OUT_OF_COUNT)
# What no day changes is told once, when the facts are loaded, not by every question.
_STANDING = {
    "counted": _COUNTED,
    "closed_state": _any_of("item_state", CLOSED_STATES),
    "in_rates": _COUNTED & pl.col("sound") & ~pl.col("excluded"),
    "off_the_clock": _any_of("item_state", OFF_THE_CLOCK),
    "round_awaits": pl.col("round_state").is_in([str(s) for s in sorted(AWAITING_FEEDBACK)]),
    # Twin of supervision.closing.closed_from.
    "closed_from": pl.when(_any_of("item_state", CLOSED_STATES)).then(
        pl.coalesce("closed_on", "struck_off_on", "feedback_on")
    ),
}
COUNTED, CLOSED_STATE, IN_RATES = pl.col("counted"), pl.col("closed_state"), pl.col("in_rates")
A_ROUND = pl.col("round_id").is_not_null()
AN_ITEM = pl.col("is_current")


def with_standing(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds the conditions that hold on every day: COUNTED, CLOSED_STATE, IN_RATES and others."""
    return frame.with_columns(**_STANDING)


def within(column: str, moment: Moment) -> pl.Expr:
    """The column's day lies in the period."""
    return pl.col(column).is_between(moment.period.first, moment.period.last).fill_null(False)


def came_in(moment: Moment) -> pl.Expr:
    """Counted items that came in within the period."""
    return AN_ITEM & COUNTED & within("intake_on", moment)


def judged_intake(moment: Moment) -> pl.Expr:
    """The same without items whose ledger contradicts itself (lifecycle.md 3.4)."""
    return came_in(moment) & pl.col("sound")


def taken_in(moment: Moment) -> pl.Expr:
    """Counted items that had come in by the day."""
    return AN_ITEM & COUNTED & (pl.col("intake_on") <= moment.as_of).fill_null(True)


def closed_by(moment: Moment) -> pl.Expr:
    """Closed by the day, as far as its dates tell (supervision.closing).

    A closed item without any date is open on no day: nobody knows since when.
    """
    return CLOSED_STATE & (pl.col("closed_from") <= moment.as_of).fill_null(True)


def closed_undated(moment: Moment) -> pl.Expr:
    """Closed by the day, without a closing day: named beside what is counted by that day."""
    return taken_in(moment) & closed_by(moment) & pl.col("closed_on").is_null()


def is_open(moment: Moment) -> pl.Expr:
    """在办: counted, come in, not closed at the day; hanging and flagged items included."""
    if moment.lit:
        return pl.col("open_then")
    return taken_in(moment) & ~closed_by(moment)


def awaiting_feedback(moment: Moment) -> pl.Expr:
    """An open item whose current round owes written feedback at the day."""
    if moment.lit:
        return pl.col("awaits_then")
    return (
        is_open(moment)
        & A_ROUND
        & (pl.col("assigned_on") <= moment.as_of).fill_null(True)
        & ~_states_at(moment, ItemState.HANGING, ItemState.REASSIGN_PENDING)
        & ~pl.col("off_the_clock")
        & (pl.col("round_awaits") | _later(moment))
    )


def _states_at(moment: Moment, *states: ItemState) -> pl.Expr:
    flagged_later = (pl.col("flagged_on") > moment.as_of).fill_null(False)
    return pl.col("item_state").is_in([str(state) for state in states]) & ~flagged_later


def _later(moment: Moment) -> pl.Expr:
    """Feedback came after the day asked about: then the round was still silent."""
    return (pl.col("feedback_on") > moment.as_of).fill_null(False)


def overdue(moment: Moment) -> pl.Expr:
    """逾期未反馈: the due day has ended and the written feedback has not come."""
    return awaiting_feedback(moment) & (pl.col("due_on") < moment.as_of).fill_null(False)


def due_soon(moment: Moment) -> pl.Expr:
    """临期: due within k working days, today included; nothing beyond a known calendar."""
    if moment.soon_until is None:
        return pl.lit(False)
    near = (pl.col("due_on") >= moment.as_of) & (pl.col("due_on") <= moment.soon_until)
    return awaiting_feedback(moment) & near.fill_null(False)


def light(moment: Moment) -> pl.Expr:
    """The light of an item's current round at the day; null on rounds gone by."""
    provisional = (pl.col("due_basis") == DeadlineBasis.PROVISIONAL.value).fill_null(False)
    undated = pl.col("due_on").is_null() & ~(provisional & pl.lit(moment.as_of <= moment.horizon))
    state = pl.col("item_state")
    return (
        pl.when(~AN_ITEM)
        .then(None)
        .when(~COUNTED)
        .then(pl.lit(Light.OUT.value))
        .when(closed_by(moment))
        .then(pl.lit(Light.GREY.value))
        .when(state == ItemState.HANGING.value)
        .then(pl.lit(Light.HANGING.value))
        .when(_states_at(moment, ItemState.REASSIGN_PENDING))
        .then(pl.lit(Light.REASSIGN_PENDING.value))
        .when(~A_ROUND | pl.col("off_the_clock"))
        .then(pl.lit(Light.UNASSIGNED.value))
        .when(~awaiting_feedback(moment))
        .then(pl.lit(Light.AWAITING_CLOSURE.value))
        .when(undated)
        .then(pl.lit(Light.NO_DEADLINE.value))
        .when(overdue(moment))
        .then(pl.lit(Light.RED.value))
        .when(due_soon(moment))
        .then(pl.lit(Light.YELLOW.value))
        .otherwise(pl.lit(Light.GREEN.value))
        .cast(pl.Enum([str(word) for word in Light]))
    )
