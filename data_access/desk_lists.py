"""Lists of the 督办工作台 that are conditions over the facts: which rows, and since when."""

from __future__ import annotations

from datetime import date

import polars as pl

from data_access.figures import (
    A_ROUND,
    AN_ITEM,
    Condition,
    due_soon,
    is_open,
    overdue,
    taken_in,
)
from data_access.measures import came_back, reassign_candidate
from data_access.moment import Moment
from supervision.loop_words import CONFIRMED
from supervision.rounds import reassignment_candidate
from supervision.vocabulary import (
    CONTENT,
    OPEN_STATES,
    ItemState,
    Resolution,
    RoundState,
    Satisfaction,
)
from supervision.waiting import MANY_ROUNDS
from supervision.worklists import DeskList


def _item(*states: ItemState) -> pl.Expr:
    return pl.col("item_state").is_in([str(state) for state in states])


def _round(*states: RoundState) -> pl.Expr:
    return pl.col("round_state").is_in([str(state) for state in states]).fill_null(False)


def _in_round(*states: RoundState) -> Condition:
    return lambda moment: is_open(moment) & in_round(*states)


def in_round(*states: RoundState) -> pl.Expr:
    """The item is in a round, which is in one of these states."""
    return _item(ItemState.IN_ROUND) & _round(*states)


def _opened_here() -> pl.Expr:
    return pl.col("assigned_here").fill_null(False)


def assigned_and_silent() -> pl.Expr:
    """Assigned here on a day that is known, and no feedback of the round."""
    told = pl.col("assigned_on").is_not_null() & pl.col("feedback_on").is_null()
    return _item(ItemState.IN_ROUND) & _opened_here() & told


def not_looked_back(until: date) -> pl.Expr:
    """Struck off up to this day, and nobody has looked whether it held."""
    looked = pl.col("look_back").is_not_null() & pl.col("look_back_stands")
    early = (pl.col("struck_off_on") <= until).fill_null(False)
    return _item(ItemState.STRUCK_OFF) & early & ~looked


def may_be_struck_off() -> pl.Expr:
    """The resident said solved and content, or a look-back found it so (满意才销号)."""
    answers = [str(answer) for answer in CONTENT]
    confirmed = (pl.col("look_back") == CONFIRMED) & pl.col("look_back_stands")
    return confirmed.fill_null(False) | (
        pl.col("reached").fill_null(False)
        & pl.col("result").is_in(answers).fill_null(False)
        & (pl.col("resolved_by_resident") == Resolution.RESOLVED.value).fill_null(False)
    )


def uncalled(moment: Moment) -> pl.Expr:
    """Closed, and nobody has asked the resident yet."""
    return (
        taken_in(moment)
        & _item(ItemState.CLOSED)
        & _round(RoundState.ACCEPTED)
        & pl.col("result").is_null()
        & pl.col("reached").is_null()
    )


def called_no_more(moment: Moment) -> pl.Expr:
    """Closed longer ago than the city calls back; a day that nobody knows is not that long ago."""
    return (pl.col("closed_on") < moment.callbacks_from).fill_null(False)


def _why(*, rebounded: bool = False, result: Satisfaction | None = None) -> str:
    found = reassignment_candidate(item_state=ItemState.CLOSED, result=result, rebounded=rebounded)
    assert found is not None
    return found.why


DESK_CONDITIONS: dict[DeskList, tuple[Condition, pl.Expr]] = {
    DeskList.OVERDUE_SILENT: (overdue, pl.col("due_on")),
    DeskList.DUE_WITHIN: (due_soon, pl.col("assigned_on")),
    DeskList.TO_ASSIGN: (
        lambda moment: is_open(moment) & _item(ItemState.REGISTERED), pl.col("intake_on"),
    ),
    # Assigned here and not signed for; ledgers mostly do not tell of signing.
    DeskList.TO_RECEIVE: (
        lambda _: in_round(RoundState.ASSIGNED) & _opened_here(), pl.col("assigned_on"),
    ),
    DeskList.AWAITING_REVIEW: (_in_round(RoundState.SUBMITTED), pl.col("feedback_on")),
    DeskList.NOT_YET_FLAGGED: (
        lambda moment: reassign_candidate(moment) & ~_item(ItemState.REBOUNDED),
        pl.coalesce("called_on", "closed_on", "feedback_on"),
    ),
    DeskList.FLAGS_WAITING: (
        lambda moment: is_open(moment) & _item(ItemState.REASSIGN_PENDING), pl.col("flagged_on"),
    ),
    DeskList.HANG_REVIEW_DUE: (
        lambda moment: is_open(moment) & _item(ItemState.HANGING)
        & (pl.col("hang_until") <= moment.as_of).fill_null(False),
        pl.col("hang_until"),
    ),
    DeskList.CALLBACKS_DUE: (
        lambda moment: uncalled(moment) & ~called_no_more(moment), pl.col("closed_on"),
    ),
    DeskList.TO_STRIKE_OFF: (
        lambda moment: taken_in(moment) & _item(ItemState.CLOSED)
        & _round(RoundState.ACCEPTED, RoundState.CALLED_BACK) & may_be_struck_off(),
        pl.coalesce("called_on", "closed_on"),
    ),
    DeskList.TO_REOPEN: (
        lambda moment: is_open(moment) & _item(ItemState.REBOUNDED), pl.col("intake_on"),
    ),
    DeskList.RESIDENTS_TO_TELL: (
        lambda _: _item(*OPEN_STATES) & pl.col("residents_wait").fill_null(False),
        pl.col("assigned_on"),
    ),
    DeskList.REASSIGNED_TWICE: (
        lambda moment: is_open(moment) & (pl.col("current_round") >= MANY_ROUNDS),
        pl.col("assigned_on"),
    ),
}  # fmt: skip
"""List → the condition on its rows, and the column that tells since when they wait."""


def without_measures() -> pl.Expr:
    """Closed here, and nothing of the round tells what was done: 未明确解决措施."""
    told = pl.col("has_feedback").fill_null(False)
    return AN_ITEM & A_ROUND & _item(ItemState.CLOSED) & ~told


NO_MEASURES = "已办结，但没有写明解决措施。"

# The words of supervision.rounds.reassignment_candidate, in its order.
WHY = (
    pl.when(came_back())
    .then(pl.lit(_why(rebounded=True)))
    .when(pl.col("result") == Satisfaction.VERY_DISSATISFIED.value)
    .then(pl.lit(_why(result=Satisfaction.VERY_DISSATISFIED)))
    .otherwise(pl.lit(_why(result=Satisfaction.DISSATISFIED)))
)
"""Why a row of NOT_YET_FLAGGED is proposed."""


def rows_of(slug: DeskList) -> tuple[Condition, pl.Expr]:
    """The condition and the day of a list over the facts."""
    condition, since = DESK_CONDITIONS[slug]
    return (lambda moment: AN_ITEM & condition(moment)), since
