"""Opening an item and its rounds: register, assign, re-assign, reopen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select

from data_access.act_effects import Effect
from data_access.ledger_import.model import LedgerRow, Source
from data_access.ledger_import.record import fingerprint
from data_access.removed_items import unused_item_id
from data_access.schema.items import (
    item_texts,
    items,
    reassignment_flags,
    round_co_departments,
    rounds,
)
from data_access.schema.registers import divisions, reporting_units
from data_access.schema.supervision import first_receivers, followers
from data_access.writes.acting.circumstances import into_item
from data_access.writes.acting.deed import Deed, Row
from data_access.writes.acting.open_rows import end_hang, open_flag
from data_access.writes.acting.origins import origin_of
from data_access.writes.acting.reporters import reporter_kept
from supervision.deadlines import Limit, feedback_due
from supervision.lifecycle import ActNotAllowed
from supervision.loop_words import FollowerKind, Ruling
from supervision.rounds import next_round
from supervision.vocabulary import OUT_OF_COUNT, CoRole, ItemState, RoundState

_NUMBER = re.compile(r"^DB(\d{4})-(\d+)$")


@dataclass(frozen=True, slots=True)
class Due:
    """The columns of a round's deadline, with what its trace needs."""

    columns: dict[str, Any]


def due_by(deed: Deed, assigned_on: date, limit: Limit) -> Due:
    """The deadline of a limit that begins now, by the calendar and convention in force."""
    occasion = deed.occasion
    deadline = feedback_due(assigned_on, occasion.calendar, limit=limit)
    if deadline.due_on is not None and deadline.due_on < assigned_on:
        raise ActNotAllowed("反馈期限不能早于交办日期。")
    return Due(
        {
            "due_on": deadline.due_on,
            "due_basis": deadline.basis.value,
            "due_words": None if deadline.due_on else f"交办后{limit.words()}",
            "due_convention": deadline.convention.value,
            "calendar_version_id": occasion.calendar_version or None,
            "limit_number": limit.number,
            "limit_unit": limit.unit.value,
            "limit_on": limit.on,
        }
    )


def registered(deed: Deed) -> None:
    """T1: the item gets its number; its row was begun by `begun_item`."""
    said = deed.said
    deed.add(
        item_texts, item_id=deed.item_id, title=said.title, content=said.content,
        village=said.village, address=said.address, urgency=said.urgency,
        case_leader=said.case_leader,
    )  # fmt: skip
    reporter_kept(deed)


def begun_item(deed: Deed) -> Row:
    """The row of an item that is being registered."""
    said, occasion = deed.said, deed.occasion
    row = LedgerRow(source=Source("", 0), title=said.title, content=said.content,
                    village=said.village)  # fmt: skip
    values: Row = {
        "number": _next_number(deed),
        "number_is_row_number": False,
        "fingerprint": fingerprint(row, _place_words(deed)),
        "state": ItemState.DRAFT.value,
        "session_id": said.session_id,
        "category_id": said.category_id,
        "origin_id": origin_of(deed),
        "reporting_unit_id": said.unit_id,
        "township_code": said.township_code,
        "received_on": said.received_on or occasion.as_of,
        "excluded": False,
        "sound": True,
        "current_round": 1,
        "row_version": 0,
        "change_number": occasion.change.change,
    }
    values |= unused_item_id(occasion.connection)
    made = occasion.connection.execute(insert(items).values(**values).returning(items))
    return dict(made.mappings().one())


def _place_words(deed: Deed) -> str:
    connection = deed.occasion.connection
    names = func.coalesce(divisions.c.first_name, divisions.c.name)
    township = connection.execute(
        select(names).where(divisions.c.code == (deed.said.township_code or ""))
    ).scalar()
    unit = connection.execute(
        select(reporting_units.c.name).where(reporting_units.c.id == (deed.said.unit_id or 0))
    ).scalar()
    return str(township or unit or "")


def _next_number(deed: Deed) -> str:
    year = deed.as_of.year
    known = deed.occasion.connection.execute(
        select(items.c.number).where(items.c.number.like(f"DB{year}-%"))
    ).scalars()
    taken = [int(found[2]) for number in known if (found := _NUMBER.match(number or ""))]
    return f"DB{year}-{max(taken, default=0) + 1:05d}"


def merged(deed: Deed) -> None:
    """T2: the item ends in another one, whose clock it follows; its reporter stays linked."""
    parent = into_item(deed)
    if parent is None:
        raise ActNotAllowed("不能并单：没有要并入的事项，或不在您的权限范围内。")
    if ItemState(parent["state"]) in OUT_OF_COUNT:
        raise ActNotAllowed(f"不能并单：要并入的事项{ItemState(parent['state']).label}。")
    deed.set_item(merged_into_id=parent["id"])
    deed.add(
        followers, item_id=parent["id"], kind=FollowerKind.RESIDENT.value,
        from_item_id=deed.item_id, words=deed.said.reason,
        since_on=deed.item["received_on"] or deed.as_of,
        raised_again=False, recorded_by=deed.account,
    )  # fmt: skip


def assigned(deed: Deed) -> None:
    """T3: round 1 with its lead, its day and its deadline."""
    limit = deed.said.limit
    assert limit is not None
    _open_round(deed, deed.item["current_round"], limit, to_inform=False)


def reassigned(deed: Deed) -> None:
    """T16: round n+1; the flag is granted, round n ends as it is."""
    flag = open_flag(deed)
    if flag is not None:
        deed.set_row(
            reassignment_flags, flag, decision=Ruling.GRANTED.value, decided_by=deed.account,
            decided_at=deed.occasion.at, decision_words=deed.said.words,
        )  # fmt: skip
    _next_round(deed)


def reopened(deed: Deed) -> None:
    """T18: what came back is handled in a round of its own."""
    _next_round(deed)


def _next_round(deed: Deed) -> None:
    if deed.round is not None and deed.round["ended_on"] is None:
        deed.set_round(ended_on=deed.as_of)
    end_hang(deed)
    limit = deed.said.limit or Limit(deed.occasion.rules.next_round_working_days)
    opening = next_round(deed.item["current_round"], "", deed.as_of)
    deed.set_item(
        current_round=opening.number, closed_on=None, struck_off_on=None, flagged_on=None,
        hang_until=None, excluded=False,
    )  # fmt: skip
    _open_round(deed, opening.number, limit, to_inform=opening.residents_to_inform)


def _open_round(deed: Deed, number: int, limit: Limit, *, to_inform: bool) -> None:
    said = deed.said
    values: Row = {
        "item_id": deed.item_id,
        "round_no": number,
        "state": RoundState.ASSIGNED.value,
        "lead_department_id": said.lead_department_id,
        "assigned_on": deed.as_of,
        **due_by(deed, deed.as_of, limit).columns,
        "close_due_on": said.close_due_on,
        "returned": False,
        "residents_to_inform": to_inform,
        "opened_by_act": deed.act_id,
    }
    key = deed.add(rounds, **values)
    deed.round = deed.rows(rounds, rounds.c.id == key)[0]
    with_co_departments(deed)
    receive_first(deed)


def with_co_departments(deed: Deed) -> None:
    """The co-departments of the act, for the current round; the lead is none of them."""
    at = deed.the_round()
    known = {at["lead_department_id"], *co_department_ids(deed)}
    for position, department in enumerate(dict.fromkeys(deed.said.co_department_ids)):
        if department in known:
            continue
        row = {"department_id": department, "co_role": CoRole.CO.value, "position": position}
        deed.occasion.connection.execute(
            insert(round_co_departments).values(round_id=at["id"], **row)
        )
        deed.effects.append(Effect(str(round_co_departments.name), at["id"], None, row))


def without_co_department(deed: Deed, department: int | None) -> None:
    """Who leads the round from now on no longer helps in it."""
    at, table = deed.the_round(), round_co_departments
    here = (table.c.round_id == at["id"]) & (table.c.department_id == department)
    connection = deed.occasion.connection
    found = connection.execute(select(table).where(here)).mappings().one_or_none()
    if found is not None:
        connection.execute(delete(table).where(here))
        row = {name: found[name] for name in ("department_id", "co_role", "position")}
        deed.effects.append(Effect(str(table.name), at["id"], row, {}))


def co_department_ids(deed: Deed) -> list[int]:
    """The departments that help in the current round."""
    if deed.round is None:
        return []
    question = select(round_co_departments.c.department_id).where(
        round_co_departments.c.round_id == deed.round["id"]
    )
    return list(deed.occasion.connection.execute(question).scalars())


def receive_first(deed: Deed) -> None:
    """首接责任: the first lead department answers until the resident is told."""
    lead = deed.the_round()["lead_department_id"]
    known = deed.rows(first_receivers, first_receivers.c.item_id == deed.item_id)
    if lead is not None and not known:
        deed.add(first_receivers, item_id=deed.item_id, department_id=lead, received_on=deed.as_of)
