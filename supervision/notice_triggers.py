"""What speaks for a 督办单 about one item (data_access.reads.proposed_notices asks it of all)."""

from __future__ import annotations

from collections.abc import Iterator

from supervision.lights import light
from supervision.loop_words import NoticeTrigger
from supervision.vocabulary import (
    AWAITING_FEEDBACK,
    CLOSED_STATES,
    OUT_OF_COUNT,
    ItemState,
    Light,
    Resolution,
    RoundState,
)
from supervision.waiting import MANY_ROUNDS, Today, WaitingItem, waits
from supervision.worklists import DeskList

_T = NoticeTrigger


def triggers_of(
    item: WaitingItem, today: Today, *, resolved_by_unit: Resolution | None, reported: bool,
    signing: int,
) -> frozenset[NoticeTrigger]:  # fmt: skip
    """Every trigger that the store can see; `reported`: progress was told in the current round,
    `signing`: working days in which a round that was opened here is to be signed for."""
    if item.state in OUT_OF_COUNT or item.state in CLOSED_STATES:
        return frozenset()
    told = {
        _T.OVERDUE: _overdue(item, today),
        _T.FALSE_RESULT: resolved_by_unit is Resolution.RESOLVED
        and item.resolved is Resolution.UNRESOLVED,
        _T.REPEATED: item.round_no >= MANY_ROUNDS or len(item.raised_again) > 1,
        _T.RAISED_AGAIN: len(item.raised_again) == 1,
        _T.CO_SILENT: waits(item, DeskList.CO_SILENT, today)[0],
        _T.FIX_NOT_BACK: item.state is ItemState.IN_ROUND
        and item.round_state is RoundState.RETURNED_FOR_FIX
        and item.fix_due_on is not None and item.fix_due_on < today.day,
    }  # fmt: skip
    spoken = {trigger for trigger, speaks in told.items() if speaks}
    if not reported:
        spoken.update(_silent(item, today, signing))
    return frozenset(spoken)


def _overdue(item: WaitingItem, today: Today) -> bool:
    shown = light(
        item.state, item.round_state, item.due_on, item.due_basis, today.calendar,
        as_of=today.day, within=today.due_soon,
    )  # fmt: skip
    return shown is Light.RED


def _silent(item: WaitingItem, today: Today, signing: int) -> Iterator[NoticeTrigger]:
    """Of rounds that were opened here: a ledger tells nothing of the process."""
    awaited = item.state is ItemState.IN_ROUND and item.round_state in AWAITING_FEEDBACK
    if not awaited or not item.opened_here or item.assigned_on is None or item.feedback_on:
        return
    held = today.calendar.known_between(item.assigned_on, today.day)
    if held is None:
        return
    if item.round_state is RoundState.ASSIGNED and held > signing:
        yield _T.REFUSED_TO_RECEIVE
    whole = today.calendar.known_between(item.assigned_on, item.due_on) if item.due_on else None
    if whole and held * 2 >= whole:
        yield _T.NO_PROCESS
