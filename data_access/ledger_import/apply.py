"""Stores a judged ledger in one transaction, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import msgspec
from sqlalchemy import Engine, insert

from data_access import clock
from data_access.audit_trail import AuditRow, add_audit_rows
from data_access.bulk import insert_rows, next_id
from data_access.calendar_store import current_calendar, current_calendar_version
from data_access.city_rules import rule_book
from data_access.collector import rarely_collecting
from data_access.database import Transaction, transaction
from data_access.ledger_import.before import BeforeRows
from data_access.ledger_import.item_rows import ItemRows
from data_access.ledger_import.kept_here import kept_flags
from data_access.ledger_import.model import Flag, JudgedLedger
from data_access.ledger_import.personal import masked
from data_access.ledger_import.personal_rows import PersonalRows
from data_access.ledger_import.plan import ImportPlan, PlannedRow, plan_import
from data_access.ledger_import.record import shown
from data_access.ledger_import.row_cells import RowCells
from data_access.ledger_import.settle import Settler
from data_access.privacy.key_place import KeyPlace, ready_keyring
from data_access.privacy.keys import Keyring
from data_access.schema.imports import (
    import_batches,
    import_flags,
    import_sections,
    provenance,
    raw_rows,
)
from supervision.scope import Viewer
from supervision.vocabulary import RowOutcome, Severity

BLOCK = 5_000
Progress = Callable[[float, str], None]
"""Called with a share from 0 to 1 and what is being done, in Chinese."""


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """What an import did; counts of rows."""

    id: int
    new: int
    updated: int
    unchanged: int
    refused: int
    left_out: int
    vanished: int
    kept: tuple[Flag, ...] = ()
    """Notices of what was not taken, because people decided it here."""


def _quiet(_share: float, _words: str) -> None:
    """No progress bar is watching."""


def store_import(
    engine: Engine,
    judged: JudgedLedger,
    *,
    viewer: Viewer,
    as_of: date,
    keys: KeyPlace | None = None,
    progress: Progress = _quiet,
) -> StoredBatch:
    """Store what a ledger tells of the viewer's scope: one transaction, planned again inside it.

    Residents' data are sealed with `keys`; without keys only what is masked is kept.
    """
    with rarely_collecting(), transaction(engine) as change:
        progress(0.05, "正在与库中事项比对")
        plan = plan_import(change.connection, judged, scope=viewer.scope)
        # Asked under the writers' lock: a rotation cannot retire the key meanwhile.
        ring = ready_keyring(change.connection, keys) if keys is not None else None
        batch = _Batch(change, plan, viewer, as_of, ring)
        batch.store_items(lambda share: progress(0.2 + 0.4 * share, "正在写入事项"))
        progress(0.65, "正在保存原始行与来源")
        batch.store_origins()
        progress(0.9, "正在记录审计与问题清单")
        batch.store_audit()
        batch.store_flags()
        progress(0.97, "正在提交")
    progress(1.0, "已入库")
    return batch.stored


class _Batch:
    """One import on its way into the store."""

    def __init__(
        self,
        change: Transaction,
        plan: ImportPlan,
        viewer: Viewer,
        as_of: date,
        ring: Keyring | None,
    ) -> None:
        self._change, self._plan, self._viewer = change, plan, viewer
        counts = {
            "new": plan.count(RowOutcome.NEW),
            "updated": plan.count(RowOutcome.UPDATED),
            "unchanged": plan.count(RowOutcome.UNCHANGED),
            "refused": plan.count(RowOutcome.REFUSED),
            "left_out": len(plan.judged.left_out),
            "vanished": len(plan.vanished),
        }
        key = change.connection.execute(
            insert(import_batches)
            .values(
                file_name=plan.judged.file_name,
                sha256=plan.judged.sha256,
                kind=plan.judged.kind,
                sender=plan.sender,
                title=plan.judged.title,
                stored_by=viewer.account,
                stored_at=clock.now(),
                as_of=as_of,
                change_number=change.change,
                keeps_before=True,
                **counts,
            )
            .returning(import_batches.c.id)
        ).scalar_one()
        kept = tuple(kept_flags(plan, plan.judged.rows))
        self.stored = StoredBatch(int(key), **counts, kept=kept)
        self._before = BeforeRows(change.connection, int(key))
        self._personal = PersonalRows(change, ring, int(key), self._before)

    def store_items(self, progress: Callable[[float], None]) -> None:
        """Write the items in blocks; `progress` takes the share that is done."""
        connection = self._change.connection
        rows = ItemRows(
            self._change,
            self.stored.id,
            Settler(current_calendar(connection), rule_book(connection)),
            current_calendar_version(connection),
            self._before,
        )
        for n, planned in enumerate(self._plan.rows, start=1):
            planned.stored_as = rows.add(planned)
            self._personal.add(planned)
            if n % BLOCK == 0 or n == len(self._plan.rows):
                self._plan.lookups.store_new(connection, self.stored.id)
                rows.write()
                self._personal.write()
                progress(n / len(self._plan.rows))

    def store_origins(self) -> None:
        """Keep every row as received, and which fields of which item came from it."""
        connection, judged = self._change.connection, self._plan.judged
        insert_rows(
            connection,
            import_sections,
            ("batch_id", "sheet", "first_row", "last_row", "mapping"),
            [
                (self.stored.id, part.sheet, part.first_row, part.last_row, _json(
                    {letter(column): [masked(part.headings.get(column, "")), target]
                     for column, target in part.mapping.items()}
                ))
                for part in judged.sections
            ],
        )  # fmt: skip
        insert_rows(
            connection,
            raw_rows,
            ("id", "batch_id", "sheet", "row_no", "cells", "outcome", "outcome_reason", "item_id"),
            self._raw_rows(next_id(connection, raw_rows)),
        )
        insert_rows(
            connection,
            provenance,
            ("item_id", "round_no", "raw_row_id", "fields"),
            self._provenance(),
        )

    def _raw_rows(self, first: int) -> Iterator[tuple[object, ...]]:
        planned = {(p.row.source.sheet, p.row.source.row): p for p in self._plan.rows}
        left_out = {
            (left.sheet, left.row): (RowOutcome.LEFT_OUT.value, left.reason, None)
            for left in self._plan.judged.left_out
        }
        head = (RowOutcome.LEFT_OUT.value, "表头或表头以上", None)
        above: tuple[str, str | None, int | None] = head
        sheet = None
        for key, raw in enumerate(self._plan.judged.raw_rows, start=first):
            place = (raw.sheet, raw.row)
            if raw.sheet != sheet:
                sheet, above = raw.sheet, head
            row = planned.get(place)
            if row is not None:
                row.raw_row = key
                fate = (row.outcome.value, row.reason, row.stored_as)
                above = (fate[0], "同一事项的续行", fate[2])
            else:
                fate = left_out.get(place, above)
            cells = _json(dict(zip(raw.letters, raw.texts, strict=True)))
            yield key, self.stored.id, raw.sheet, raw.row, cells, *fate

    def _provenance(self) -> Iterator[tuple[object, ...]]:
        for planned in self._plan.rows:
            item, raw = planned.stored_as, planned.raw_row
            if item is None or raw is None or planned.outcome == RowOutcome.UNCHANGED:
                continue
            cells: Mapping[str, str] = planned.row.cells
            if planned.outcome == RowOutcome.NEW and isinstance(cells, RowCells):
                yield item, planned.opens_round, raw, cells.told()
                continue
            if planned.outcome == RowOutcome.UPDATED:
                changed = {change.field for change in planned.changes}
                cells = {name: cell for name, cell in cells.items() if name in changed}
            told = " ".join([f"{field}={cell}" for field, cell in cells.items()])
            yield item, planned.opens_round, raw, told

    def store_audit(self) -> None:
        add_audit_rows(self._change, self._audit_rows())

    def _audit_rows(self) -> Iterator[AuditRow]:
        at, actor, batch = clock.now(), self._viewer.account, self.stored.id
        file = {"file": self._plan.judged.file_name, "sha256": self._plan.judged.sha256}
        yield AuditRow(
            at, actor, "import_ledger", "import_batch", batch, after=_json(file), batch_id=batch
        )
        for planned in self._plan.rows:
            item = planned.stored_as
            if item is None or planned.outcome == RowOutcome.UNCHANGED:
                continue
            act, before, after = self._told(planned)
            yield AuditRow(at, actor, act, "item", item, before, after, None, batch)
        for item, fields in self._personal.changed:
            after = _json({"fields": fields})
            yield AuditRow(
                at, actor, "update_personal_data", "item", item, after=after, batch_id=batch
            )

    def _told(self, planned: PlannedRow) -> tuple[str, str | None, str | None]:
        lookups = self._plan.lookups
        if planned.outcome == RowOutcome.NEW:
            return "register", None, None
        before = {c.field: shown(c.field, c.before, lookups) for c in planned.changes}
        after = {c.field: shown(c.field, c.after, lookups) for c in planned.changes}
        act = "reassign" if planned.opens_round else "update_from_ledger"
        return act, _json(before), _json(after)

    def store_flags(self) -> None:
        stored = {(p.row.source.sheet, p.row.source.row): p.stored_as for p in self._plan.rows}
        insert_rows(
            self._change.connection,
            import_flags,
            ("batch_id", "sheet", "row_no", "cell", "number", "field", "severity", "code",
             "message", "candidates", "item_id"),
            [
                (self.stored.id, f.sheet, f.row, f.cell, f.number, f.field, f.severity.value,
                 f.code, f.message, _json(f.candidates),
                 stored.get((f.sheet, f.row)) if f.row else None)
                for f in (*self._plan.judged.flags, *self.stored.kept, *self._proposals())
            ],
        )  # fmt: skip

    def _proposals(self) -> Iterator[Flag]:
        for planned in self._plan.rows:
            if planned.like is not None:
                row = planned.row
                field = "title" if "title" in row.cells else "content"
                yield Flag(
                    row.source.sheet, row.source.row, row.cells.get(field), row.number, field,
                    Severity.NOTICE, "similar-item",
                    f"与库中“{planned.like.name}”相近（{planned.like.per_cent}%），请核对是否同一事项。",
                )  # fmt: skip


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def letter(column: int) -> str:
    """The spreadsheet's letters of a 0-based column: 0 → A, 27 → AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
