"""Undoing an import: as if it had never been stored, whole or not at all (issue 4, point 7).

The one door for it. The batch, its raw rows and its flags stay, marked; nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Row, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from data_access import clock
from data_access.audit_trail import AuditRow, add_audit_rows
from data_access.collector import rarely_collecting
from data_access.database import Transaction, transaction
from data_access.ledger_import.cell_text import clean
from data_access.ledger_import.personal import masked
from data_access.reads.batch_undo import BatchUndo, ItemChange, judged_undo, seen_batch
from data_access.schema.base import audit
from data_access.schema.imports import import_batches
from data_access.schema.items import item_texts, items
from data_access.writes.in_line import WAIT_MS, busy
from data_access.writes.undoing.gathered import gatherings_left, leave_gatherings
from data_access.writes.undoing.removing import let_rows_go, remove_items, remove_told
from data_access.writes.undoing.restoring import restore_items
from data_access.writes.undoing.words import remove_unused_words
from supervision.scope import Viewer
from supervision.undoing_imports import (
    NOT_SEEN,
    REGISTERS_CHANGED,
    reason_refused,
    undone_sentence,
)

_PERSONAL = "update_personal_data"


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing did."""

    batch_id: int
    removed: int
    restored: int
    gathered: int
    """Of those removed, how many belonged to a 类案."""
    promised: int
    """Commitments that were about one of those removed."""

    @property
    def sentence(self) -> str:
        """The whole in one Chinese line."""
        return undone_sentence(
            self.batch_id, self.removed, self.restored, self.gathered, self.promised
        )  # fmt: skip


class BatchNotUndone(Exception):
    """Nothing was done; the text says why in Chinese, `changes` are the first items in the way."""

    def __init__(self, sentence: str, changes: tuple[ItemChange, ...] = ()) -> None:
        super().__init__(sentence)
        self.changes = changes


def undo_batch(engine: Engine, batch_id: int, reason: str, *, viewer: Viewer) -> Undone:
    """Take a stored batch back, judged again under the writers' lock.

    Raises BatchNotUndone, or StoreBusy when nothing was done because others write.
    """
    why = masked(clean(reason).strip())
    if (refusal := reason_refused(why)) is not None:
        raise BatchNotUndone(refusal)
    try:
        with rarely_collecting(), transaction(engine, wait_ms=WAIT_MS) as change:
            return _undo(change, batch_id, why, viewer)
    except IntegrityError as fault:
        raise BatchNotUndone(REGISTERS_CHANGED) from fault
    except OperationalError as fault:
        raise busy(fault) from fault


def _undo(change: Transaction, batch_id: int, why: str, viewer: Viewer) -> Undone:
    connection = change.connection
    batch = seen_batch(connection, batch_id, viewer.scope)
    if batch is None:
        raise BatchNotUndone(NOT_SEEN)
    judged = judged_undo(connection, batch)
    if judged.refusal is not None:
        raise BatchNotUndone(judged.refusal, judged.changes)
    at = clock.now()
    # Read before anything goes: the trail tells what is taken away by its number and title.
    own, added = _own_rows(connection, batch_id), _added(connection, batch_id)
    done = (at, viewer.account, why)
    left = gatherings_left(connection, batch_id, *done)
    let_rows_go(change, batch_id)
    remove_told(change, batch_id)
    changed = {row.entity_id for row in own if row.act != _PERSONAL}
    restore_items(change, batch_id, changed)
    leave_gatherings(change, batch_id)
    remove_items(change, batch_id)
    connection.execute(
        update(import_batches)
        .where(import_batches.c.id == batch_id)
        .values(
            undone_at=at, undone_by=viewer.account, undone_reason=why, undone_change=change.change
        )
    )
    remove_unused_words(connection)
    add_audit_rows(change, (*_audit_rows(batch_id, judged, own, added, done), *left))
    return Undone(
        batch_id, judged.removed, judged.restored, judged.gathered, judged.promised
    )  # fmt: skip


def _own_rows(connection: Connection, batch_id: int) -> list[Row[Any]]:
    """What the batch itself told the trail of items that were known."""
    columns = (audit.c.act, audit.c.entity_id, audit.c.before, audit.c.after)
    question = select(*columns).where(
        audit.c.batch_id == batch_id, audit.c.entity == "item", audit.c.act != "register"
    )
    return list(connection.execute(question.order_by(audit.c.id)))


def _added(connection: Connection, batch_id: int) -> list[Row[Any]]:
    question = (
        select(items.c.id, items.c.number, item_texts.c.title)
        .outerjoin(item_texts, item_texts.c.item_id == items.c.id)
        .where(items.c.created_batch_id == batch_id)
    )
    return list(connection.execute(question.order_by(items.c.id)))


def _audit_rows(
    batch_id: int,
    judged: BatchUndo,
    own: list[Row[Any]],
    added: list[Row[Any]],
    done: tuple[datetime, str, str],
) -> Iterator[AuditRow]:
    """One row for the batch and one for each change of an item, turned round."""
    at, actor, why = done
    counts = _json({"removed": judged.removed, "restored": judged.restored})
    yield AuditRow(at, actor, "undo_import", "import_batch", batch_id, None, counts, why, batch_id)
    for row in added:
        before = _json({"number": row.number, "title": row.title})
        yield AuditRow(at, actor, "remove_imported", "item", row.id, before, None, why, batch_id)
    for row in own:
        told = ("restore_personal_data", "item", row.entity_id, None, row.after)
        if row.act != _PERSONAL:
            told = ("restore_before_import", "item", row.entity_id, row.after, row.before)
        yield AuditRow(at, actor, *told, why, batch_id)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
