"""Which columns of the store make a row of the facts, and of which type they are there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, and_, exists, or_

from data_access.schema.items import feedback, items, look_backs, rounds
from data_access.schema.supervision import returns
from supervision.loop_words import Ruling
from supervision.vocabulary import (
    DeadlineBasis,
    ItemState,
    Resolution,
    RoundState,
    Satisfaction,
)


def _enum(words: Iterable[str]) -> pl.Enum:
    return pl.Enum([str(word) for word in words])


ITEM_STATE, ROUND_STATE = _enum(ItemState), _enum(RoundState)
ANSWER, RESOLVED, BASIS = _enum(Satisfaction), _enum(Resolution), _enum(DeadlineBasis)


def _asked_back(ruling: Ruling | None = None) -> ColumnElement[bool]:
    """退单: whether a department asked to give the round back, and got this ruling."""
    ruled = () if ruling is None else (returns.c.ruling == ruling.value,)
    return exists().where(returns.c.round_id == rounds.c.id, *ruled)


def look_back_stands() -> ColumnElement[bool]:
    """回头看 of the item speaks of this round: a round opened here leaves what was found before."""
    of_round = exists().where(
        look_backs.c.item_id == items.c.id, look_backs.c.round_no == rounds.c.round_no
    )
    return or_(rounds.c.opened_by_act.is_(None), rounds.c.round_no == 1, of_round)


# name in the frame: (column of the store, type in the frame)
COLUMNS: dict[str, tuple[ColumnElement[Any], pl.DataType | type[pl.DataType]]] = {
    "item_id": (items.c.id, pl.Int64),
    "round_id": (rounds.c.id, pl.Int64),
    "round_no": (rounds.c.round_no, pl.Int16),
    "current_round": (items.c.current_round, pl.Int16),
    "item_state": (items.c.state, ITEM_STATE),
    "round_state": (rounds.c.state, ROUND_STATE),
    "unit_id": (items.c.reporting_unit_id, pl.Int32),
    "township_code": (items.c.township_code, pl.Int64),
    "department_id": (rounds.c.lead_department_id, pl.Int32),
    "session_id": (items.c.session_id, pl.Int32),
    "category_id": (items.c.category_id, pl.Int32),
    "origin_id": (items.c.origin_id, pl.Int32),
    "received_on": (items.c.received_on, pl.Date),
    "assigned_on": (rounds.c.assigned_on, pl.Date),
    "signed_on": (rounds.c.received_on, pl.Date),
    "stated_due_on": (rounds.c.due_on, pl.Date),
    "due_basis": (rounds.c.due_basis, BASIS),
    "extended_due_on": (rounds.c.extended_due_on, pl.Date),
    "feedback_on": (rounds.c.feedback_on, pl.Date),
    "accepted_on": (rounds.c.accepted_on, pl.Date),
    "close_due_on": (rounds.c.close_due_on, pl.Date),
    "closed_on": (items.c.closed_on, pl.Date),
    "round_closed_on": (rounds.c.closed_on, pl.Date),
    "struck_off_on": (items.c.struck_off_on, pl.Date),
    "hang_until": (items.c.hang_until, pl.Date),
    "flagged_on": (items.c.flagged_on, pl.Date),
    "excluded": (items.c.excluded, pl.Boolean),
    "sound": (items.c.sound, pl.Boolean),
    "look_back": (items.c.look_back, pl.String),
    "look_back_stands": (look_back_stands(), pl.Boolean),
    "was_returned": (_asked_back(), pl.Boolean),
    "return_granted": (_asked_back(Ruling.GRANTED), pl.Boolean),
    "has_feedback": (exists().where(feedback.c.round_id == rounds.c.id), pl.Boolean),
    "residents_wait": (
        and_(rounds.c.residents_to_inform, rounds.c.residents_told_on.is_(None)),
        pl.Boolean,
    ),
    "assigned_here": (rounds.c.opened_by_act.is_not(None), pl.Boolean),
    "resolved_by_unit": (rounds.c.resolved_by_unit, RESOLVED),
    "called_on": (rounds.c.called_on, pl.Date),
    "reached": (rounds.c.reached, pl.Boolean),
    "result": (rounds.c.result, ANSWER),
    "process": (rounds.c.process, ANSWER),
    "resolved_by_resident": (rounds.c.resolved_by_resident, RESOLVED),
}
