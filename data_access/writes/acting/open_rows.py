"""What waits on an item: an asked return or extension, a flag, a draft, a hang."""

from __future__ import annotations

from sqlalchemy import select

from data_access.schema.items import (
    callbacks,
    extensions,
    leader_instructions,
    look_backs,
    reassignment_flags,
)
from data_access.schema.supervision import hangs, item_acts, returns, supervision_notices
from data_access.writes.acting.deed import Deed, Row
from supervision.beside_acts import BesideAct
from supervision.lifecycle import ActNotAllowed
from supervision.loop_words import CONFIRMED, Ruling


def open_return(deed: Deed) -> Row | None:
    """The return that waits for its ruling."""
    return _last(
        deed.rows(returns, returns.c.round_id == deed.the_round()["id"], returns.c.ruling.is_(None))
    )


def was_ruled_before(deed: Deed) -> bool:
    """Whether a return by the same department in this round was ruled on (WF 22)."""
    at = deed.the_round()
    return bool(at["return_ruled"]) or any(
        row["department_id"] == at["lead_department_id"] and row["ruling"]
        for row in deed.rows(returns, returns.c.round_id == at["id"])
    )


def open_extension(deed: Deed) -> Row | None:
    """The extension that waits for its decision; one told by a ledger was decided there."""
    return _last(
        deed.rows(
            extensions,
            extensions.c.round_id == deed.the_round()["id"],
            extensions.c.asked_by.is_not(None),
            extensions.c.decision.is_(None),
        )
    )


def extensions_granted(deed: Deed) -> int:
    """How often the round was extended since its department has it, by acts or by ledgers."""
    at = deed.the_round()
    if at["extended_due_on"] is None:
        return 0
    given = [
        row
        for row in deed.rows(extensions, extensions.c.round_id == at["id"])
        if (row["asked_by"] is None or row["decision"] == Ruling.GRANTED.value)
        and (None in (row["asked_on"], at["assigned_on"]) or row["asked_on"] >= at["assigned_on"])
    ]
    return max(len(given), 1)


def open_flag(deed: Deed) -> Row | None:
    """The flag that waits for the approver."""
    return _last(
        deed.rows(
            reassignment_flags,
            reassignment_flags.c.item_id == deed.item_id,
            reassignment_flags.c.decision.is_(None),
        )
    )


def open_hang(deed: Deed) -> Row | None:
    """The hang that is running, where it was begun here and not told by a ledger."""
    return _last(deed.rows(hangs, hangs.c.item_id == deed.item_id, hangs.c.ended_on.is_(None)))


def end_hang(deed: Deed) -> None:
    """The running hang is over, whatever comes after it."""
    hang = open_hang(deed)
    if hang is not None:
        deed.set_row(hangs, hang, ended_on=deed.as_of)


def was_hung_before(deed: Deed) -> bool:
    """Whether the item was ever hung."""
    return bool(deed.rows(hangs, hangs.c.item_id == deed.item_id))


def notice_meant(deed: Deed, *states: str) -> Row:
    """The notice of this item that is meant and stands in one of these states."""
    found = deed.rows(
        supervision_notices,
        supervision_notices.c.item_id == deed.item_id,
        supervision_notices.c.id == (deed.said.notice_id or 0),
        supervision_notices.c.state.in_(states),
    )
    if not found:
        raise ActNotAllowed(f"不能{deed.act.label}：没有这份督办单，或它已不在这一步。")
    return found[0]


def instruction_meant(deed: Deed) -> Row:
    """The instruction on this item that waits for an answer."""
    found = deed.rows(
        leader_instructions,
        leader_instructions.c.item_id == deed.item_id,
        leader_instructions.c.id == (deed.said.instruction_id or 0),
        leader_instructions.c.answered_on.is_(None),
    )
    if not found:
        raise ActNotAllowed(f"不能{deed.act.label}：没有这条批示，或已经回复。")
    return found[0]


def attempts(deed: Deed) -> int:
    """How many calls of this round reached nobody, without the one that is being recorded."""
    at = deed.the_round()["id"]
    return len(deed.rows(callbacks, callbacks.c.round_id == at, callbacks.c.reached.is_(False)))


def is_look_back_confirmed(deed: Deed) -> bool:
    """Whether the last look-back of the round found the facts as reported."""
    of_round = deed.rows(
        look_backs,
        look_backs.c.item_id == deed.item_id,
        look_backs.c.round_no == deed.item["current_round"],
    )
    if of_round:
        return bool(of_round[-1]["outcome"] == CONFIRMED)
    at = deed.the_round()
    of_this_round = at["opened_by_act"] is None or at["round_no"] == 1
    return bool(of_this_round and deed.item["look_back"] == CONFIRMED)


def approved_reason(deed: Deed) -> str | None:
    """Why an approver allowed the present round to be struck off, as he wrote it."""
    undone = select(item_acts.c.undoes_id).where(
        item_acts.c.item_id == deed.item_id, item_acts.c.undoes_id.is_not(None)
    )
    found = deed.rows(
        item_acts,
        item_acts.c.item_id == deed.item_id,
        item_acts.c.round_no == deed.item["current_round"],
        item_acts.c.act == BesideAct.APPROVE_STRIKE_OFF.value,
        item_acts.c.id.not_in(undone),
    )
    return found[-1]["reason"] if found else None


def _last(rows: list[Row]) -> Row | None:
    return rows[-1] if rows else None
