"""Lights (亮灯, metrics.md 2.9): computed from the clock that is running, never stored."""

from __future__ import annotations

from datetime import date

from supervision.deadlines import DUE_SOON_WORKING_DAYS, is_due_soon, is_overdue
from supervision.vocabulary import (
    AWAITING_FEEDBACK,
    CLOSED_STATES,
    OFF_THE_CLOCK,
    OUT_OF_COUNT,
    DeadlineBasis,
    ItemState,
    Light,
    RoundState,
)
from supervision.working_days import WorkCalendar


def light(
    item_state: ItemState,
    round_state: RoundState | None,
    due_on: date | None,
    basis: DeadlineBasis,
    calendar: WorkCalendar,
    *,
    as_of: date,
    within: int = DUE_SOON_WORKING_DAYS,
) -> Light:
    """The light of an item's current round (metrics.md 2.9); it belongs to the running clock."""
    fixed = _light_of_state(item_state, round_state)
    if fixed is not None:
        return fixed
    assert round_state is not None
    if due_on is None:
        known = basis is DeadlineBasis.PROVISIONAL and as_of <= calendar.horizon
        return Light.GREEN if known else Light.NO_DEADLINE
    if is_overdue(round_state, due_on, as_of=as_of):
        return Light.RED
    if is_due_soon(round_state, due_on, calendar, as_of=as_of, within=within):
        return Light.YELLOW
    return Light.GREEN


def _light_of_state(item_state: ItemState, round_state: RoundState | None) -> Light | None:
    if item_state in OUT_OF_COUNT:
        return Light.OUT
    if item_state in CLOSED_STATES:
        return Light.GREY
    if item_state is ItemState.HANGING:
        return Light.HANGING
    if item_state is ItemState.REASSIGN_PENDING:
        return Light.REASSIGN_PENDING
    if round_state is None or item_state in OFF_THE_CLOCK:
        return Light.UNASSIGNED
    return None if round_state in AWAITING_FEEDBACK else Light.AWAITING_CLOSURE
