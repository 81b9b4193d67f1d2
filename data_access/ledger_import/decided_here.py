"""A ledger completes what was done in the program and never rewrites it.

Counties send their whole ledger again each month; it has not heard of returns, re-assignments or
reviews made here since.
"""

from __future__ import annotations

from data_access.ledger_import.record import OF_A_ROUND, Record
from data_access.ledger_import.stored import StoredItem
from supervision.ledger_states import state_from_ledger
from supervision.vocabulary import ItemState, LedgerStatus, RoundState

_OF_THE_END = frozenset({"closed_on", "struck_off_on", "status", "look_back"})
_CALLBACK = frozenset(
    {"called_on", "reached", "satisfaction", "process_satisfaction", "resolved", "callback_text"}
)
_TEXTS = frozenset({"feedback_text", "measures", "progress", "next_step"})


def completing(item: StoredItem, said: Record, *, told_round: int) -> Record:
    """What a row may still say of an item whose current round was acted on here.

    A row that tells of an earlier round says nothing of this one.
    """
    if item.state == ItemState.ARCHIVED:
        return {}
    said = {name: value for name, value in said.items() if name not in item.decided}
    if not item.acted_here:
        return said
    if told_round < item.current_round:
        return {n: v for n, v in said.items() if n not in OF_A_ROUND and n not in _OF_THE_END}
    return {name: value for name, value in said.items() if _may_say(item, said, name)}


def _may_say(item: StoredItem, said: Record, name: str) -> bool:
    stored = item.record.get(name)
    if name in _CALLBACK:
        before, now = item.record.get("called_on"), said.get("called_on")
        return before is None or (now is not None and now > before)
    if name == "feedback_on" and item.round_state == RoundState.RETURNED_FOR_FIX:
        # The feedback that was sent back is not handed in again by a ledger that has its old day.
        return item.first_feedback_on is None or said[name] > item.first_feedback_on
    if name in _TEXTS or name not in OF_A_ROUND | _OF_THE_END:
        return True
    return stored is None


def held_against(item: StoredItem, said: Record, *, told_round: int) -> Record:
    """What the store holds where a row says something else that `completing` does not take.

    A ledger that repeats what it said before the acts says nothing new.
    """
    taken = completing(item, said, told_round=told_round)
    held = item.record
    if item.acted_here and told_round < item.current_round:
        held = {**item.record, **item.earlier.get(told_round, {})}
    if item.round_state == RoundState.RETURNED_FOR_FIX and held.get("feedback_on") is None:
        held = {**held, "feedback_on": item.first_feedback_on}
    return {
        name: held.get(name)
        for name, value in said.items()
        if name not in taken and value != held.get(name) and not _is_so(item, name, value)
    }


def _is_so(item: StoredItem, name: str, value: object) -> bool:
    """Whether a status tells the state in which the item stands by now."""
    if name != "status":
        return False
    return state_from_ledger(status=LedgerStatus(str(value))).item_state == item.state
