"""Deadlines of open rounds counted again, by another rule of the city or another calendar.

A verdict that has fallen stays: rounds that were answered, closed or already overdue are not
touched, nor those whose day a ledger stated, a person chose or an extension gave.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, and_, bindparam, or_, select, update

from data_access import clock
from data_access.audit_trail import AuditRow, add_audit_rows
from data_access.database import Transaction
from data_access.schema.items import item_texts, items, rounds
from data_access.schema.registers import departments
from supervision.deadlines import FEEDBACK_LIMIT, Deadline, Limit, LimitUnit
from supervision.scope import Viewer
from supervision.vocabulary import AWAITING_FEEDBACK, DeadlineBasis, ItemState

PROVISIONAL = "暂定"
_COUNTED = (DeadlineBasis.COMPUTED.value, DeadlineBasis.PROVISIONAL.value)


@dataclass(frozen=True, slots=True)
class MovedDeadline:
    """One open item whose deadline moves; `before` is None where it was 暂定."""

    item_id: int
    number: str | None
    title: str | None
    department: str | None
    round_no: int
    assigned_on: date
    before: date | None
    after: date
    becomes_overdue: bool


@dataclass(frozen=True, slots=True)
class Movement:
    """What counting again moved, and what stayed as it was, each with its reason."""

    moved: tuple[MovedDeadline, ...] = ()
    settled: int = 0
    """暂定 deadlines that got their day."""
    stated: int = 0
    """Their day was stated by a ledger or chosen by a person."""
    extended: int = 0
    already_overdue: int = 0
    verdicts_changed: int = 0
    """Rounds whose verdict had fallen and is another one now; must be none."""

    @property
    def become_overdue(self) -> int:
        """How many items are overdue by the new day and were not by the old."""
        return sum(one.becomes_overdue for one in self.moved)


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A running round as it is counted; `limit` is None where a ledger's words gave the day."""

    row: Row[Any]
    limit: Limit | None

    @property
    def assigned_on(self) -> date:
        on: date = self.row.assigned_on
        return on


@dataclass(frozen=True, slots=True)
class Recount:
    """How deadlines are counted anew."""

    concerns: Callable[[OpenRound], bool]
    deadline: Callable[[OpenRound], Deadline | None]
    """The new deadline; None where the rule did not give the day and so does not move it."""


def move_open_deadlines(
    change: Transaction,
    recount: Recount,
    *,
    viewer: Viewer,
    as_of: date,
    calendar_version: int,
    reason: str,
) -> Movement:
    """Count every open round again and keep what moves, each with its audit row."""
    connection = change.connection
    moves: list[tuple[Row[Any], Deadline]] = []
    stated = extended = late = 0
    for one in (OpenRound(row, _limit_of(row)) for row in _running(connection)):
        row = one.row
        if not recount.concerns(one):
            continue
        told = recount.deadline(one) if row.due_basis in _COUNTED else None
        if told is None:
            stated += 1
        elif told.due_on is None or told.due_on == row.due_on:
            continue
        elif row.extended_due_on is not None:
            extended += 1
        elif row.due_on is not None and row.due_on < as_of:
            late += 1
        else:
            moves.append((row, told))
    _keep(change, moves, calendar_version)
    _record(change, moves, viewer, reason)
    moved = tuple(_told(row, told, as_of) for row, told in moves if row.due_on is not None)
    changed = _verdicts_changed(connection, [row for row, _ in moves], as_of)
    return Movement(moved, len(moves) - len(moved), stated, extended, late, changed)


def _running(connection: Connection) -> list[Row[Any]]:
    """Current rounds that owe feedback; 暂定 ones whatever has become of them."""
    awaits = [state.value for state in AWAITING_FEEDBACK]
    question = (
        select(rounds, items.c.number, items.c.category_id, items.c.origin_id,
               item_texts.c.title, departments.c.name.label("department"))
        .join(items, and_(items.c.id == rounds.c.item_id,
                          items.c.current_round == rounds.c.round_no))
        .outerjoin(item_texts, item_texts.c.item_id == items.c.id)
        .outerjoin(departments, departments.c.id == rounds.c.lead_department_id)
        .where(
            rounds.c.assigned_on.is_not(None),
            or_(
                and_(items.c.state == ItemState.IN_ROUND.value, rounds.c.state.in_(awaits),
                     rounds.c.feedback_on.is_(None)),
                rounds.c.due_basis == DeadlineBasis.PROVISIONAL.value,
            ),
        )
        .order_by(rounds.c.id)
    )  # fmt: skip
    return list(connection.execute(question))


def _limit_of(row: Row[Any]) -> Limit | None:
    if row.limit_unit is not None:
        return Limit(row.limit_number, LimitUnit(row.limit_unit), row.limit_on)
    return FEEDBACK_LIMIT if row.due_words is None else None


def _keep(
    change: Transaction, moves: Sequence[tuple[Row[Any], Deadline]], calendar_version: int
) -> None:
    if not moves:
        return
    columns = ("due_on", "due_basis", "due_convention", "limit_number", "limit_unit")
    change.connection.execute(
        update(rounds)
        .where(rounds.c.id == bindparam("key"))
        .values({
            **{name: bindparam(name) for name in columns},
            "calendar_version_id": calendar_version or None,
        }),
        [
            {"key": row.id, "due_on": told.due_on, "due_basis": told.basis.value,
             "due_convention": told.convention.value, "limit_number": told.limit.number,
             "limit_unit": told.limit.unit.value}
            for row, told in moves
        ],
    )  # fmt: skip
    change.connection.execute(
        update(items)
        .where(items.c.id == bindparam("key"))
        .values(change_number=change.change, row_version=items.c.row_version + 1),
        [{"key": row.item_id} for row, _ in moves],
    )


def _record(
    change: Transaction,
    moves: Sequence[tuple[Row[Any], Deadline]],
    viewer: Viewer,
    reason: str,
) -> None:
    at = clock.now()
    add_audit_rows(
        change,
        (
            AuditRow(
                at=at, actor=viewer.account,
                act="move_deadline" if row.due_on else "settle_deadline",
                entity="item", entity_id=row.item_id,
                before=_json({"due_on": row.due_on.isoformat() if row.due_on else PROVISIONAL}),
                after=_json({"due_on": told.due_on.isoformat()}), reason=reason,
            )
            for row, told in moves
            if told.due_on is not None
        ),
    )  # fmt: skip


def _json(values: dict[str, str]) -> str:
    return msgspec.json.encode(values).decode()


def _again(connection: Connection, keys: Sequence[int]) -> dict[int, Row[Any]]:
    """The rounds as they are stored now."""
    found: dict[int, Row[Any]] = {}
    for start in range(0, len(keys), 5_000):
        block = select(rounds).where(rounds.c.id.in_(keys[start : start + 5_000]))
        found |= {row.id: row for row in connection.execute(block)}
    return found


def _verdicts_changed(connection: Connection, before: Sequence[Row[Any]], as_of: date) -> int:
    now = _again(connection, [row.id for row in before])
    judged = [(was, row.id) for row in before if (was := _verdict(row, as_of)) is not None]
    return sum(was is not _verdict(now[key], as_of) for was, key in judged)


def _verdict(row: Row[Any], as_of: date) -> bool | None:
    """按期 or not, once it has fallen: answered, or the due day has ended in silence."""
    due: date | None = row.extended_due_on or row.due_on
    if due is None:
        return None
    if row.feedback_on is not None:
        return bool(row.feedback_on <= due)
    return False if due < as_of else None


def _told(row: Row[Any], told: Deadline, as_of: date) -> MovedDeadline:
    assert told.due_on is not None
    return MovedDeadline(
        item_id=row.item_id,
        number=row.number,
        title=row.title,
        department=row.department,
        round_no=row.round_no,
        assigned_on=row.assigned_on,
        before=row.due_on,
        after=told.due_on,
        becomes_overdue=told.due_on < as_of,
    )
