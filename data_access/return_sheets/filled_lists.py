"""The filled lists that came back: what each did, and what of it may still be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from data_access.return_sheets.taken_up import TakenUp, last_acts_of
from data_access.schema.imports import import_batches
from data_access.schema.supervision import item_acts
from supervision.return_sheets import ReturnSheet
from supervision.scope import Viewer


@dataclass(frozen=True, slots=True)
class FilledList:
    """One list, on how many items it did something, and the acts that may be taken back."""

    batch_id: int
    kind: ReturnSheet
    file_name: str
    stored_at: datetime
    items: int
    is_undone: bool
    undoable: tuple[TakenUp, ...]


def filled_lists(
    connection: Connection, *, viewer: Viewer, as_of: date, before: int | None, most: int
) -> list[FilledList]:
    """The viewer's own lists, the newest first; `before`: those that came earlier than this one."""
    touched = (
        select(func.count(item_acts.c.item_id.distinct()))
        .where(item_acts.c.batch_id == import_batches.c.id)
        .scalar_subquery()
    )
    question = (
        select(import_batches, touched.label("n"))
        .where(
            import_batches.c.kind.in_(list(ReturnSheet)),
            import_batches.c.as_of <= as_of,
            import_batches.c.stored_by == viewer.account,
        )
        .order_by(import_batches.c.id.desc())
        .limit(most)
    )
    if before is not None:
        question = question.where(import_batches.c.id < before)
    return [
        FilledList(
            batch_id=row.id, kind=ReturnSheet(row.kind), file_name=row.file_name,
            stored_at=row.stored_at, items=row.n,
            is_undone=row.undone_at is not None,
            undoable=last_acts_of(connection, row.id, viewer=viewer),
        )
        for row in connection.execute(question)
    ]  # fmt: skip
