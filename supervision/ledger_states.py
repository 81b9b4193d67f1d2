"""The state of an item when only a ledger row exists (lifecycle.md 3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervision.vocabulary import CLOSED_STATES, ItemState, LedgerStatus, RoundState

_ENDED = (LedgerStatus.CLOSED, LedgerStatus.EXPLAINED)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two things a row says that cannot both be so; `sentence` is Chinese."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class LedgerState:
    """The derived states, and what keeps the row out of rates until it is put right."""

    item_state: ItemState
    round_state: RoundState | None
    conflicts: tuple[Conflict, ...] = ()


def state_from_ledger(
    *,
    status: LedgerStatus | None = None,
    assigned_on: date | None = None,
    feedback_on: date | None = None,
    due_on: date | None = None,
    closed_on: date | None = None,
    struck_off: bool = False,
    validity: ItemState | None = None,
    lead_known: bool = True,
) -> LedgerState:
    """并单/无效 → 销号 → 办结 → 反馈 → 交办 → 立项, the first that the row says."""
    conflicts = tuple(_conflicts(status, assigned_on, feedback_on, due_on, closed_on, lead_known))
    item, round_state = _states(status, assigned_on, feedback_on, closed_on, struck_off, validity)
    return LedgerState(item, round_state, conflicts)


_WAY = (
    RoundState.ASSIGNED,
    RoundState.RECEIVED,
    RoundState.RETURN_PENDING,
    RoundState.EXTENSION_PENDING,
    RoundState.RETURNED_FOR_FIX,
    RoundState.SUBMITTED,
    RoundState.ACCEPTED,
    RoundState.CALLED_BACK,
)
"""How far a round has come."""
_WORKED_ON = frozenset({ItemState.REGISTERED, ItemState.IN_ROUND})


def goes_on(
    item: ItemState, at: RoundState, told: ItemState, told_round: RoundState | None
) -> tuple[ItemState, RoundState]:
    """Where a round that people moved on here stands after a ledger told of it again.

    A ledger takes it further, to its end too, and never back; what hangs, came back or waits for a
    decision stays so until it is told closed.
    """
    ended = told in CLOSED_STATES
    if item in CLOSED_STATES or (item not in _WORKED_ON and not ended):
        told = item
    elif not ended:
        told = item if told in _WORKED_ON or told is ItemState.HANGING else told
    further = told_round is not None and _WAY.index(told_round) > _WAY.index(at)
    return told, told_round if further and told_round is not None else at


def _states(
    status: LedgerStatus | None,
    assigned_on: date | None,
    feedback_on: date | None,
    closed_on: date | None,
    struck_off: bool,
    validity: ItemState | None,
) -> tuple[ItemState, RoundState | None]:
    if validity is not None:
        return validity, None
    if struck_off:
        return ItemState.STRUCK_OFF, RoundState.ACCEPTED
    working = RoundState.SUBMITTED if feedback_on else RoundState.RECEIVED
    if status is LedgerStatus.REASSIGNED and closed_on is None:
        return ItemState.IN_ROUND, RoundState.SUBMITTED if feedback_on else RoundState.ASSIGNED
    if closed_on or status in _ENDED:
        return ItemState.CLOSED, RoundState.ACCEPTED
    if status is LedgerStatus.LONG_TERM:
        return ItemState.HANGING, working
    if feedback_on:
        return ItemState.IN_ROUND, RoundState.SUBMITTED
    if status is LedgerStatus.IN_PROGRESS:
        return ItemState.IN_ROUND, RoundState.RECEIVED
    if assigned_on:
        return ItemState.IN_ROUND, RoundState.ASSIGNED
    return ItemState.REGISTERED, None


def _conflicts(
    status: LedgerStatus | None,
    assigned_on: date | None,
    feedback_on: date | None,
    due_on: date | None,
    closed_on: date | None,
    lead_known: bool,
) -> list[Conflict]:
    found = []
    # A feedback day is date enough: many ledgers have no column for the closing day, and their
    # rows count for feedback rates (metrics.md 2.2) all the same. A closing day is never made up.
    if status in _ENDED and closed_on is None and feedback_on is None:
        told = f"状态为“{status.label}”" if status is LedgerStatus.EXPLAINED else "状态已办结"
        found.append(Conflict("closed-without-date", f"{told}，但没有办结时间或反馈时间"))
    if assigned_on and feedback_on and feedback_on < assigned_on:
        found.append(Conflict("feedback-before-assignment", "反馈时间早于交办时间"))
    if assigned_on and due_on and due_on < assigned_on:
        found.append(Conflict("due-before-assignment", "反馈期限早于交办时间"))
    if assigned_on and closed_on and closed_on < assigned_on:
        found.append(Conflict("closed-before-assignment", "办结时间早于交办时间"))
    if assigned_on and not lead_known:
        found.append(Conflict("lead-unknown", "牵头单位不在名录"))
    return found
