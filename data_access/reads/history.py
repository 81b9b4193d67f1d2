"""Everything about one item: facts, rounds, what happened, and the cells it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
import polars as pl
from sqlalchemy import Connection, Engine, Table, select

from data_access.calendar_store import (
    calendar_of,
    current_calendar,
    current_calendar_version,
)
from data_access.database import reading
from data_access.facts import facts
from data_access.reads.people import person_of
from data_access.schema.base import audit
from data_access.schema.imports import (
    import_batches,
    import_flags,
    import_sections,
    provenance,
    raw_rows,
)
from data_access.schema.items import (
    callbacks,
    extensions,
    feedback,
    item_texts,
    items,
    leader_instructions,
    look_backs,
    reassignment_flags,
    round_co_departments,
    rounds,
)
from data_access.schema.registers import (
    departments,
    divisions,
    face_to_face_sessions,
    reporting_units,
    terms,
)
from supervision.deadlines import FEEDBACK_LIMIT, Deadline, Limit, LimitUnit, feedback_due
from supervision.scope import Scope
from supervision.working_days import Convention

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RoundHistory:
    """One round and what happened in it; rows are plain dicts of the store's columns."""

    round: Row
    lead: str | None
    co_departments: tuple[tuple[str, str], ...]
    """(name, co_role), in the ledger's order."""
    feedback: tuple[Row, ...]
    callbacks: tuple[Row, ...]
    extensions: tuple[Row, ...]
    deadline: Deadline | None
    """The rule's deadline with its trace; None when nobody knows when it was assigned."""


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One stored field and the ledger cell it stands in."""

    field: str
    file_name: str
    sheet: str
    row: int
    cell: str
    heading: str
    text: str
    batch_id: int
    stored_at: Any


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """An item as its page shows it."""

    item: Row
    texts: Row
    light: str
    days_overdue: int | None
    unit: str | None
    township: str | None
    session: Row | None
    category: str | None
    origin: str | None
    rounds: tuple[RoundHistory, ...]
    look_backs: tuple[Row, ...] = ()
    instructions: tuple[Row, ...] = ()
    flags: tuple[Row, ...] = ()
    ledger_flags: tuple[Row, ...] = ()
    audit: tuple[Row, ...] = ()
    cells: tuple[SourceCell, ...] = field(default=())


def item_history(engine: Engine, *, scope: Scope, as_of: date, item_id: int) -> ItemHistory | None:
    """Everything about an item; None when there is none or the scope does not see it.

    Who sees less than the city is told nothing of other items: neither which one this repeats,
    nor which one it reads like, nor how many a session collected.
    """
    known = facts(engine)
    seen = known.seen_by(scope, known.moment(as_of))
    here = seen.filter(item_id=item_id, is_current=True)
    if here.is_empty():
        return None
    fact = here.row(0, named=True)
    with reading(engine) as connection:
        item = _one(connection, items, items.c.id, item_id)
        assert item is not None
        session = _one(connection, face_to_face_sessions, face_to_face_sessions.c.id,
                       item["session_id"])  # fmt: skip
        doubts = _all(connection, import_flags, import_flags.c.item_id, item_id)
        if not scope.everything:
            item["repeat_of_id"] = _within(seen, item["repeat_of_id"])
            session = {**session, **_UNTOLD} if session else None
            doubts = tuple(row for row in doubts if row["code"] != NAMES_ANOTHER)
        return ItemHistory(
            item=item,
            texts=_one(connection, item_texts, item_texts.c.item_id, item_id) or {},
            light=fact["light"],
            days_overdue=fact["days_overdue"],
            unit=_name(connection, reporting_units, "id", item["reporting_unit_id"]),
            township=_name(connection, divisions, "code", item["township_code"]),
            session=session,
            category=_name(connection, terms, "id", item["category_id"]),
            origin=_name(connection, terms, "id", item["origin_id"]),
            rounds=_rounds(connection, item_id),
            look_backs=_all(connection, look_backs, look_backs.c.item_id, item_id),
            instructions=_all(
                connection, leader_instructions, leader_instructions.c.item_id, item_id
            ),
            flags=_all(connection, reassignment_flags, reassignment_flags.c.item_id, item_id),
            ledger_flags=doubts,
            audit=_audit(connection, item_id),
            cells=source_cells(connection, item_id),
        )


NAMES_ANOTHER = "similar-item"
"""Code of the import's remark that names another item."""
_UNTOLD = dict.fromkeys(("collected", "valid", "represented"))


def _within(seen: pl.DataFrame, item_id: int | None) -> int | None:
    return None if item_id is None or seen.filter(item_id=item_id).is_empty() else item_id


def _one(connection: Connection, table: Table, column: Any, key: Any) -> Row | None:
    found = connection.execute(select(table).where(column == key)).mappings().first()
    return dict(found) if found is not None else None


def _all(connection: Connection, table: Table, column: Any, key: Any) -> tuple[Row, ...]:
    rows = connection.execute(select(table).where(column == key).order_by(table.c.id)).mappings()
    return tuple(dict(row) for row in rows)


def _name(connection: Connection, table: Table, column: str, key: Any) -> str | None:
    row = _one(connection, table, table.c[column], key)
    return row["name"] if row else None


def _audit(connection: Connection, item_id: int) -> tuple[Row, ...]:
    rows = connection.execute(
        select(audit, person_of(audit.c.actor).label("who"))
        .where(audit.c.entity == "item", audit.c.entity_id == item_id)
        .order_by(audit.c.id)
    ).mappings()
    return tuple(dict(row) for row in rows)


def _traced(connection: Connection, row: Row) -> Deadline | None:
    """The deadline by the rule, counted by the calendar and convention that it was given by."""
    if row["assigned_on"] is None:
        return None
    version, convention = row["calendar_version_id"], row["due_convention"]
    current = current_calendar(connection)
    calendar = calendar_of(
        connection,
        version or current_calendar_version(connection),
        Convention(convention) if convention else current.convention,
    )
    return feedback_due(row["assigned_on"], calendar, limit=_limit(row))


def _limit(row: Row) -> Limit:
    """The limit that was given here; a ledger's day is set beside the rule's."""
    if row["limit_unit"] is None:
        return FEEDBACK_LIMIT
    return Limit(row["limit_number"], LimitUnit(row["limit_unit"]), row["limit_on"])


def _rounds(connection: Connection, item_id: int) -> tuple[RoundHistory, ...]:
    names: dict[int, str] = dict(
        connection.execute(select(departments.c.id, departments.c.name)).all()
    )
    rows = connection.execute(
        select(rounds).where(rounds.c.item_id == item_id).order_by(rounds.c.round_no)
    ).mappings()
    found = []
    for row in rows:
        key = row["id"]
        co = connection.execute(
            select(round_co_departments.c.department_id, round_co_departments.c.co_role)
            .where(round_co_departments.c.round_id == key)
            .order_by(round_co_departments.c.position)
        )
        found.append(
            RoundHistory(
                round=dict(row),
                lead=names.get(row["lead_department_id"]),
                co_departments=tuple((names[department], role) for department, role in co),
                feedback=_all(connection, feedback, feedback.c.round_id, key),
                callbacks=_all(connection, callbacks, callbacks.c.round_id, key),
                extensions=_all(connection, extensions, extensions.c.round_id, key),
                deadline=_traced(connection, dict(row)),
            )
        )
    return tuple(found)


def source_cells(connection: Connection, item_id: int) -> tuple[SourceCell, ...]:
    """For each stored field the latest ledger cell it was read from."""
    rows = connection.execute(
        select(
            provenance.c.fields,
            raw_rows.c.sheet,
            raw_rows.c.row_no,
            raw_rows.c.cells,
            import_batches.c.file_name,
            import_batches.c.stored_at,
            import_batches.c.id,
        )
        .join_from(provenance, raw_rows, raw_rows.c.id == provenance.c.raw_row_id)
        .join(import_batches, import_batches.c.id == raw_rows.c.batch_id)
        .where(provenance.c.item_id == item_id)
        .order_by(provenance.c.id)
    ).all()
    latest: dict[str, SourceCell] = {}
    for row in rows:
        cells = msgspec.json.decode(row.cells)
        headings = _headings(connection, row.id, row.sheet, row.row_no)
        for entry in row.fields.split():
            name, _, cell = entry.partition("=")
            column = cell.rstrip("0123456789")
            own = int(cell[len(column) :]) == row.row_no
            written = cells if own else _written(connection, row.id, row.sheet, cell[len(column) :])
            latest[name] = SourceCell(
                field=name,
                file_name=row.file_name,
                sheet=row.sheet,
                row=row.row_no,
                cell=cell,
                heading=headings.get(column, ""),
                text=written.get(column, ""),
                batch_id=row.id,
                stored_at=row.stored_at,
            )
    return tuple(latest.values())


def _written(connection: Connection, batch: int, sheet: str, row_no: str) -> dict[str, str]:
    """The cells of another row: a merged cell is written in the first row that it covers."""
    cells = connection.execute(
        select(raw_rows.c.cells).where(
            raw_rows.c.batch_id == batch,
            raw_rows.c.sheet == sheet,
            raw_rows.c.row_no == int(row_no),
        )
    ).scalar()
    return dict(msgspec.json.decode(cells)) if cells else {}


def _headings(connection: Connection, batch: int, sheet: str, row_no: int) -> dict[str, str]:
    mapping = connection.execute(
        select(import_sections.c.mapping).where(
            import_sections.c.batch_id == batch,
            import_sections.c.sheet == sheet,
            import_sections.c.first_row <= row_no,
            import_sections.c.last_row >= row_no,
        )
    ).scalar()
    return {
        column: heading
        for column, (heading, _) in (msgspec.json.decode(mapping) if mapping else {}).items()
    }
