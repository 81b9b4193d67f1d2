"""What an item waits for on the 督办工作台: every list as a rule over this one item.

The store answers the same for all items at once (data_access.desk_lists and desk_questions).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from supervision.beside_acts import BESIDE_RULES, BesideAct
from supervision.guards import Circumstances, satisfied_or_confirmed
from supervision.lights import light
from supervision.loop_words import CONFIRMED, ClockCause, FollowerKind, NoticeState
from supervision.rounds import reassignment_candidate
from supervision.vocabulary import (
    CONTENT,
    OPEN_STATES,
    OUT_OF_COUNT,
    DeadlineBasis,
    ItemState,
    Light,
    Resolution,
    RoundState,
    Satisfaction,
)
from supervision.working_days import WorkCalendar
from supervision.worklists import DeskList

MANY_ROUNDS = 3
"""From the third round on an item was re-assigned twice."""
ENDED = (ItemState.CLOSED, ItemState.STRUCK_OFF, ItemState.TERMINATED)
"""What becomes of an item whose residents, those of items merged into it too, are told."""
_REVIEWED = (RoundState.ACCEPTED, RoundState.CALLED_BACK)


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """An item with its current round, as far as the desk asks; everything undone is left out."""

    state: ItemState
    round_state: RoundState | None
    round_no: int = 1
    opened_here: bool = False
    """The current round was opened by an act and not told by a ledger."""
    intake_on: date | None = None
    assigned_on: date | None = None
    due_on: date | None = None
    due_basis: DeadlineBasis = DeadlineBasis.NONE
    feedback_on: date | None = None
    fix_due_on: date | None = None
    measures_told: bool = False
    closed_on: date | None = None
    flagged_on: date | None = None
    hang_until: date | None = None
    struck_off_on: date | None = None
    struck_off_here: bool = False
    look_back: str | None = None
    """Of the current round: what was found after an earlier one speaks no longer."""
    called_on: date | None = None
    reached: bool | None = None
    result: Satisfaction | None = None
    resolved: Resolution | None = None
    to_tell: bool = False
    parent: tuple[ItemState, date | None] | None = None
    """The item in which this one was merged here: its state and closing day."""
    told_of_parent_on: date | None = None
    strike_off_approved_on: tuple[date, ...] = ()
    returns_on: tuple[date, ...] = ()
    extensions_on: tuple[date, ...] = ()
    raised_again: tuple[tuple[date, FollowerKind], ...] = ()
    co_departments: frozenset[str] = frozenset()
    heard_from: frozenset[str] = frozenset()
    """Departments that have said something in the current round."""
    instructions_on: tuple[date | None, ...] = ()
    notices: tuple[tuple[NoticeState, date, date | None], ...] = ()
    """State, drafted on, reply due on."""
    clocks: tuple[tuple[ClockCause, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Today:
    """The day, how the city counts, and its rules for the desk."""

    day: date
    calendar: WorkCalendar = field(repr=False)
    due_soon: int = 3
    callback_within: int = 90
    look_back_after: int = 30
    co_silent: int = 3


Since = Iterable[date | None]
"""A day for each thing that waits, None where nobody knows since when; empty: nothing waits."""


def waits(item: WaitingItem, slug: DeskList, today: Today) -> tuple[bool, date | None]:
    """Whether the item is on the list, and since when it waits there the longest."""
    if item.state is ItemState.ARCHIVED:
        return False, None
    found = list(_RULES[slug](item, today))
    return bool(found), min((day for day in found if day is not None), default=None)


def _if(condition: bool, *since: date | None) -> Since:
    return since if condition else ()


def _at(item: WaitingItem, *states: RoundState) -> bool:
    return item.state is ItemState.IN_ROUND and item.round_state in states


def _light(item: WaitingItem, today: Today) -> Light:
    return light(
        item.state, item.round_state, item.due_on, item.due_basis, today.calendar,
        as_of=today.day, within=today.due_soon,
    )  # fmt: skip


def _may(act: BesideAct, item: WaitingItem) -> bool:
    """Nothing waits for an act that nobody may do any more."""
    return item.state in BESIDE_RULES[act].items


def _not_yet_flagged(item: WaitingItem, _today: Today) -> Since:
    """Each reason waits since its own day: an answer since the call, silence since the closing."""
    if item.state in OUT_OF_COUNT or item.state is ItemState.REBOUNDED or item.round_state is None:
        return ()
    rebounded = item.look_back == ItemState.REBOUNDED.value
    said = reassignment_candidate(
        item_state=item.state, result=item.result, rebounded=rebounded, round_no=item.round_no
    )
    silent = reassignment_candidate(
        item_state=item.state, result=None, rebounded=False, has_measures=item.measures_told
    )
    known = (day for day in (item.called_on, item.closed_on, item.feedback_on) if day is not None)
    return (
        *_if(said is not None, next(known, None)),
        *_if(silent is not None, item.closed_on),
    )


def _callbacks_due(item: WaitingItem, today: Today) -> Since:
    first = today.day - timedelta(days=today.callback_within) if today.callback_within else None
    too_old = first is not None and item.closed_on is not None and item.closed_on < first
    return _if(
        item.state is ItemState.CLOSED and item.round_state is RoundState.ACCEPTED
        and item.reached is None and item.result is None and not too_old,
        item.closed_on,
    )  # fmt: skip


def _to_strike_off(item: WaitingItem, _today: Today) -> Since:
    if item.state is not ItemState.CLOSED or item.round_state not in _REVIEWED:
        return ()
    told = Circumstances(
        look_back_confirmed=item.look_back == CONFIRMED,
        resolved_and_satisfied=bool(item.reached) and item.result in CONTENT
        and item.resolved is Resolution.RESOLVED,
    )  # fmt: skip
    allowed = satisfied_or_confirmed(told) is None
    return (*_if(allowed, item.called_on or item.closed_on), *item.strike_off_approved_on)


def _look_backs_due(item: WaitingItem, today: Today) -> Since:
    if item.state is not ItemState.STRUCK_OFF or item.struck_off_on is None:
        return ()
    due = item.struck_off_on + timedelta(days=today.look_back_after)
    return _if(item.struck_off_here and item.look_back is None and due <= today.day, due)


def _co_silent(item: WaitingItem, today: Today) -> Since:
    silent = item.co_departments - item.heard_from
    if item.state is not ItemState.IN_ROUND or not item.opened_here or item.assigned_on is None:
        return ()
    waited = today.calendar.known_between(item.assigned_on, today.day)
    late = waited is not None and waited > today.co_silent
    return _if(bool(silent) and late and item.feedback_on is None, item.assigned_on)


def _residents_to_tell(item: WaitingItem, _today: Today) -> Since:
    """Of a new round; and of a merged item how the one that went on in its stead has ended."""
    if item.state is not ItemState.MERGED or item.parent is None:
        return _if(item.state in OPEN_STATES and item.to_tell, item.assigned_on)
    state, closed_on = item.parent
    told = item.told_of_parent_on
    knows = told is not None and (closed_on is None or told >= closed_on)
    return _if(state in ENDED and not knows, closed_on)


def _notices(item: WaitingItem, state: NoticeState, act: BesideAct) -> list[tuple[date, date]]:
    if not _may(act, item):
        return []
    return [(on, due or date.max) for at, on, due in item.notices if at is state]


_RULES: dict[DeskList, Callable[[WaitingItem, Today], Since]] = {
    DeskList.OVERDUE_SILENT: lambda item, today: _if(
        _light(item, today) is Light.RED, item.due_on),
    DeskList.DUE_WITHIN: lambda item, today: _if(
        _light(item, today) is Light.YELLOW, item.assigned_on),
    DeskList.TO_ASSIGN: lambda item, _: _if(item.state is ItemState.REGISTERED, item.intake_on),
    # Ledgers mostly do not tell of signing.
    DeskList.TO_RECEIVE: lambda item, _: _if(
        _at(item, RoundState.ASSIGNED) and item.opened_here, item.assigned_on),
    DeskList.AWAITING_REVIEW: lambda item, _: _if(
        _at(item, RoundState.SUBMITTED), item.feedback_on),
    DeskList.FIX_NOT_BACK: lambda item, _: _if(
        _at(item, RoundState.RETURNED_FOR_FIX), item.fix_due_on),
    DeskList.NOT_YET_FLAGGED: _not_yet_flagged,
    DeskList.FLAGS_WAITING: lambda item, _: _if(
        item.state is ItemState.REASSIGN_PENDING, item.flagged_on),
    DeskList.RETURNS_WAITING: lambda item, _: (
        item.returns_on if _at(item, RoundState.RETURN_PENDING) else ()),
    DeskList.EXTENSIONS_WAITING: lambda item, _: (
        item.extensions_on if _at(item, RoundState.EXTENSION_PENDING) else ()),
    DeskList.HANG_REVIEW_DUE: lambda item, today: _if(
        item.state is ItemState.HANGING and item.hang_until is not None
        and item.hang_until <= today.day, item.hang_until),
    DeskList.CALLBACKS_DUE: _callbacks_due,
    DeskList.TO_STRIKE_OFF: _to_strike_off,
    DeskList.LOOK_BACKS_DUE: _look_backs_due,
    DeskList.TO_REOPEN: lambda item, _: _if(item.state is ItemState.REBOUNDED, item.intake_on),
    DeskList.RAISED_AGAIN: lambda item, _: [since for since, _kind in item.raised_again],
    DeskList.CO_SILENT: _co_silent,
    DeskList.REASSIGNED_TWICE: lambda item, _: _if(
        item.state in OPEN_STATES and item.round_no >= MANY_ROUNDS, item.assigned_on),
    DeskList.INSTRUCTIONS_OPEN: lambda item, _: (
        item.instructions_on if _may(BesideAct.ANSWER_INSTRUCTION, item) else ()),
    DeskList.NOTICES_WAITING: lambda item, _: [
        on for on, _due in _notices(item, NoticeState.DRAFTED, BesideAct.REFUSE_NOTICE)],
    DeskList.NOTICE_REPLY_LATE: lambda item, today: [
        due for _on, due in _notices(item, NoticeState.ISSUED, BesideAct.REPLY_NOTICE)
        if due < today.day],
    DeskList.CLOCKS_BESIDE: lambda item, _: [
        on for cause, on in item.clocks
        if item.state is ItemState.IN_ROUND and cause is not ClockCause.OFF_HANGING],
    DeskList.RESIDENTS_TO_TELL: _residents_to_tell,
}  # fmt: skip
