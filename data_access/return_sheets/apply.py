"""Stores a filled list: its acts, its rows and where each value came from, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import msgspec
from sqlalchemy import Connection, Engine, insert, update
from sqlalchemy.exc import OperationalError

from data_access import clock
from data_access.audit_trail import AuditRow, add_audit_rows
from data_access.bulk import insert_rows, next_id
from data_access.database import Transaction, part_of, transaction
from data_access.ledger_import.cell_text import as_text
from data_access.ledger_import.personal import masked, without_reporter
from data_access.privacy.key_place import KeyPlace
from data_access.return_sheets.filled import FilledSheet
from data_access.return_sheets.plan import PlannedReturn, ReturnPlan, RowFate, plan_return
from data_access.schema.imports import (
    import_batches,
    import_flags,
    import_sections,
    provenance,
    raw_rows,
)
from data_access.writes.acting.outcome import Performed
from data_access.writes.acting.reporters import known_names
from data_access.writes.in_line import WAIT_MS, busy
from data_access.writes.item_act import perform_in
from supervision.return_sheets import CHECK, FILLED, FIXED, ReturnSheet
from supervision.scope import Viewer
from supervision.vocabulary import RowOutcome

_OUTCOMES = {
    RowFate.DONE: RowOutcome.UPDATED,
    RowFate.SAME: RowOutcome.UNCHANGED,
    RowFate.CONFLICT: RowOutcome.REFUSED,
    RowFate.REFUSED: RowOutcome.REFUSED,
    RowFate.BLANK: RowOutcome.LEFT_OUT,
}
_FIELDS = {
    ReturnSheet.CALLBACK: {
        "called_on": "called_on", "reached": "reached", "result": "satisfaction",
        "process": "process_satisfaction", "resolved": "resolved", "text": "callback_text",
    },
    ReturnSheet.FEEDBACK: {
        "resolved": "resolved_by_unit", "measures": "measures", "text": "feedback_text",
        "feedback_on": "feedback_on",
    },
}  # fmt: skip
"""Column filled in → the field of the item that its cell tells."""


@dataclass(frozen=True, slots=True)
class StoredReturn:
    """What a filled list did: its batch, and how every row ended."""

    batch_id: int
    plan: ReturnPlan


class _RowRefused(Exception):
    """One row's acts are taken back together."""


def store_return(
    engine: Engine,
    sheet: FilledSheet,
    *,
    viewer: Viewer,
    as_of: date,
    keys: KeyPlace | None = None,
) -> StoredReturn:
    """Do what the list says, planned again inside the transaction; each row wholly or not at all.

    With `keys` each item's resident is hidden in what was filled in. Raises StoreBusy when nothing
    was stored because others write.
    """
    try:
        with transaction(engine, wait_ms=WAIT_MS) as change:
            plan = plan_return(change.connection, sheet, viewer=viewer, as_of=as_of)
            batch = _begun(change, sheet, viewer, as_of)
            for row in plan.rows:
                if row.fate is RowFate.DONE:
                    _do(change, row, batch, keys)
            _keep_rows(change, plan, batch, keys)
            _tell(change, plan, viewer, batch)
    except OperationalError as fault:
        raise busy(fault) from fault
    return StoredReturn(batch, plan)


def _begun(change: Transaction, sheet: FilledSheet, viewer: Viewer, as_of: date) -> int:
    none = dict.fromkeys(("new", "updated", "unchanged", "refused", "left_out", "vanished"), 0)
    key = change.connection.execute(
        insert(import_batches)
        .values(
            file_name=sheet.file_name, sha256=sheet.sha256, kind=sheet.kind.value,
            sender=sheet.kind.label, title=sheet.kind.label, stored_by=viewer.account,
            stored_at=clock.now(), as_of=as_of, change_number=change.change, **none,
        )
        .returning(import_batches.c.id)
    ).scalar_one()  # fmt: skip
    return int(key)


def _do(change: Transaction, row: PlannedReturn, batch: int, keys: KeyPlace | None) -> None:
    """The row's acts one after the other; where one is refused, none of them was done."""
    assert row.item_id is not None
    assert row.version is not None
    version = row.version
    try:
        with part_of(change):
            for n, step in enumerate(row.steps):
                token = f"sheet-{batch}-{row.told.source.row}-{n}"
                ended = perform_in(
                    change, step.act, {row.item_id: version}, step.said, viewer=step.viewer,
                    as_of=step.on, token=token, keys=keys, batch_id=batch,
                )  # fmt: skip
                if not ended.done:
                    raise _RowRefused(_why(ended))
                version = ended.done[0].version
    except _RowRefused as refusal:
        row.fate, row.words = RowFate.REFUSED, str(refusal)


def _why(ended: Performed) -> str:
    return ended.refused[0].sentence if ended.refused else "导出后这件事项已有变化，没有覆盖。"


def _keep_rows(change: Transaction, plan: ReturnPlan, batch: int, keys: KeyPlace | None) -> None:
    connection, sheet = change.connection, plan.sheet
    headings = {column.name: column.heading for column in (*FIXED[sheet.kind], *FILLED[sheet.kind])}
    insert_rows(
        connection, import_sections, ("batch_id", "sheet", "first_row", "last_row", "mapping"),
        [
            (batch, name, head + 1, max(r.row for r in sheet.rows if r.sheet == name), _json(
                {_letter(row.cells[col]): [headings.get(col, "校验码"), col]
                 for row in sheet.rows[:1] for col in row.cells}
            ))
            for name, (head, _) in sheet.headings.items()
            if any(row.sheet == name for row in sheet.rows)
        ],
    )  # fmt: skip
    first = next_id(connection, raw_rows)
    insert_rows(
        connection, raw_rows,
        ("id", "batch_id", "sheet", "row_no", "cells", "outcome", "outcome_reason", "item_id"),
        [
            (first + n, batch, row.told.source.sheet, row.told.source.row,
             _cells(row, _names(connection, row, keys)),
             _OUTCOMES[row.fate].value, row.words or row.fate.label, _changed_item(row))
            for n, row in enumerate(plan.rows)
        ],
    )  # fmt: skip
    insert_rows(
        connection, provenance, ("item_id", "round_no", "raw_row_id", "fields"),
        [
            (row.item_id, row.round_no, first + n, _told_cells(row))
            for n, row in enumerate(plan.rows)
            if row.fate is RowFate.DONE
        ],
    )  # fmt: skip
    insert_rows(
        connection, import_flags,
        ("batch_id", "sheet", "row_no", "cell", "number", "field", "severity", "code",
         "message", "candidates", "item_id"),
        [
            (batch, f.sheet, f.row, f.cell, f.number, f.field, f.severity.value, f.code,
             f.message, "[]", row.item_id)
            for row in plan.rows for f in row.told.faults
        ],
    )  # fmt: skip


def _changed_item(row: PlannedReturn) -> int | None:
    """A row that did nothing is told of no item: it is in nobody's way when a ledger is undone."""
    return row.item_id if row.fate is RowFate.DONE else None


def _names(connection: Connection, row: PlannedReturn, keys: KeyPlace | None) -> tuple[str, ...]:
    return known_names(connection, keys, row.item_id) if row.item_id is not None else ()


def _cells(row: PlannedReturn, names: tuple[str, ...]) -> str:
    """What the person filled in, masked; our own columns may hold a resident's number in clear."""
    source = row.told.source
    kept = {_letter(source.cells[name]): without_reporter(masked(as_text(value)), names)
            for name, value in source.values.items()}  # fmt: skip
    if source.code is not None:
        kept[_letter(source.cells[CHECK])] = source.code.text
    return _json(kept)


def _told_cells(row: PlannedReturn) -> str:
    source, fields = row.told.source, _FIELDS[row.told.kind]
    return " ".join(
        f"{fields[name]}={source.cells[name]}" for name in source.values if name in fields
    )


def _letter(cell: str) -> str:
    return cell.rstrip("0123456789")


def _tell(change: Transaction, plan: ReturnPlan, viewer: Viewer, batch: int) -> None:
    """The counts of the batch, and its row of the audit."""
    counts = {"updated": plan.count(RowFate.DONE), "unchanged": plan.count(RowFate.SAME),
              "refused": plan.count(RowFate.REFUSED) + plan.count(RowFate.CONFLICT),
              "left_out": plan.count(RowFate.BLANK)}  # fmt: skip
    change.connection.execute(
        update(import_batches).where(import_batches.c.id == batch).values(**counts)
    )
    add_audit_rows(change, _audit_rows(plan, viewer, batch))


def _audit_rows(plan: ReturnPlan, viewer: Viewer, batch: int) -> Iterator[AuditRow]:
    sheet = plan.sheet
    yield AuditRow(
        clock.now(), viewer.account, f"import_{sheet.kind.value}", "import_batch", batch,
        after=_json({"file": sheet.file_name, "sha256": sheet.sha256,
                     "rows": plan.count(RowFate.DONE)}),
        batch_id=batch,
    )  # fmt: skip


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
