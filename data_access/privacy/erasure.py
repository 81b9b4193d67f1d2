"""Personal data taken away for good: of one item when asked, of many when their time is over.

The item, its masked texts and the audit rows stay; audit rows never held a value, so the chain
stays whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, case, func, select, update

from data_access import clock
from data_access.audit_trail import AuditRow, add_audit_rows
from data_access.database import Transaction, reading, transaction
from data_access.ledger_import.field_names import PERSONAL
from data_access.ledger_import.personal import masked
from data_access.schema.accounts import personal_data
from data_access.schema.imports import import_sections, raw_rows
from data_access.schema.items import items
from supervision.scope import Viewer
from supervision.vocabulary import CLOSED_STATES, OUT_OF_COUNT

ERASED = "（已删除）"
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Expired:
    """Items that are over for at least so many days on this day."""

    as_of: date
    days: int


def items_named(engine: Engine, name: str) -> list[int]:
    """Ids of the items with this number; `id=123` names one by its id."""
    column, value = (
        (items.c.id, int(name[3:]))
        if name.startswith("id=") and name[3:].isdecimal() and len(name) < 21
        else (items.c.number, name)
    )
    with reading(engine) as connection:
        return list(
            connection.execute(select(items.c.id).where(column == value).limit(9)).scalars()
        )


def expired(engine: Engine, wanted: Expired) -> list[int]:
    """Ids of items whose personal data have been kept long enough."""
    with reading(engine) as connection:
        return _expired(connection, wanted)


def erase(engine: Engine, ids: list[int], *, reason: str, viewer: Viewer) -> int:
    """Erase all personal data of these items; how many values there were.

    A `reason` that names a telephone or ID number is recorded masked.
    """
    with transaction(engine) as change:
        return _erase(change, ids, masked(reason), viewer)


def erase_expired(engine: Engine, wanted: Expired, *, viewer: Viewer) -> int:
    """Erase what `expired` tells, judged again under the lock."""
    with transaction(engine) as change:
        reason = f"保存期满（结束后 {wanted.days} 天）"
        return _erase(change, _expired(change.connection, wanted), reason, viewer)


def _expired(connection: Connection, wanted: Expired) -> list[int]:
    over = [state.value for state in sorted(CLOSED_STATES | OUT_OF_COUNT)]
    last = wanted.as_of - timedelta(days=wanted.days)
    stored = func.max(func.date(personal_data.c.stored_at))
    # The later of the two days counts; a case without either, the day it was last told of.
    ended = case(
        (items.c.struck_off_on.is_(None), items.c.closed_on),
        (items.c.closed_on.is_(None), items.c.struck_off_on),
        (items.c.struck_off_on > items.c.closed_on, items.c.struck_off_on),
        else_=items.c.closed_on,
    )
    rows = connection.execute(
        select(items.c.id, ended.label("ended"), stored.label("stored"))
        .join(personal_data, personal_data.c.item_id == items.c.id)
        .where(items.c.state.in_(over), personal_data.c.erased_at.is_(None))
        .group_by(items.c.id, items.c.struck_off_on, items.c.closed_on)
        .order_by(items.c.id)
    )
    return [row.id for row in rows if _day(row.ended or row.stored) <= last]


def _day(told: date | str) -> date:
    return told if isinstance(told, date) else date.fromisoformat(told)


def _erase(change: Transaction, ids: list[int], reason: str, viewer: Viewer) -> int:
    now, erased = clock.now(), 0
    for start in range(0, len(ids), _BLOCK):
        block = ids[start : start + _BLOCK]
        fields: dict[int, list[str]] = {}
        for item, field in change.connection.execute(
            select(personal_data.c.item_id, personal_data.c.field)
            .where(personal_data.c.item_id.in_(block), personal_data.c.erased_at.is_(None))
            .order_by(personal_data.c.id)
        ):
            fields.setdefault(item, []).append(field)
        change.connection.execute(
            update(personal_data)
            .where(personal_data.c.item_id.in_(fields), personal_data.c.erased_at.is_(None))
            .values(sealed=None, lookup=None, key_id=None, masked=ERASED, erased_at=now)
        )
        change.connection.execute(
            update(items).where(items.c.id.in_(fields)).values(change_number=change.change)
        )
        blank_raw_cells(change.connection, raw_rows.c.item_id.in_(fields))
        add_audit_rows(
            change,
            [
                AuditRow(
                    now, viewer.account, "erase_personal_data", "item", item,
                    after=msgspec.json.encode({"fields": sorted(set(names))}).decode(),
                    reason=reason,
                )
                for item, names in fields.items()
            ],
        )  # fmt: skip
        erased += sum(map(len, fields.values()))
    return erased


def blank_raw_cells(connection: Connection, wanted: ColumnElement[bool]) -> None:
    """The masked cells of personal columns in the rows as received go too."""
    rows = connection.execute(
        select(raw_rows.c.id, raw_rows.c.cells, import_sections.c.mapping)
        .join(
            import_sections,
            (import_sections.c.batch_id == raw_rows.c.batch_id)
            & (import_sections.c.sheet == raw_rows.c.sheet)
            & (import_sections.c.first_row <= raw_rows.c.row_no)
            & (import_sections.c.last_row >= raw_rows.c.row_no),
        )
        .where(wanted)
    ).all()
    for row in rows:
        cells = msgspec.json.decode(row.cells)
        mapping = msgspec.json.decode(row.mapping)
        personal = {
            letter
            for letter, (_heading, field) in mapping.items()
            if field in PERSONAL and letter in cells
        }
        if personal:
            blanked = {letter: ERASED if letter in personal else text
                       for letter, text in cells.items()}  # fmt: skip
            connection.execute(
                update(raw_rows)
                .where(raw_rows.c.id == row.id)
                .values(cells=msgspec.json.encode(blanked).decode())
            )
