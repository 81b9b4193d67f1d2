"""What becomes of a filled 回访表 or 反馈表 when acts that it told of are taken back."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select, update

from data_access import clock
from data_access.database import Transaction
from data_access.schema.imports import import_batches, import_flags, provenance, raw_rows
from data_access.schema.supervision import item_acts
from data_access.writes.acting.deed import Row
from data_access.writes.record_audit import record_audit
from supervision.scope import Viewer
from supervision.undoing import COUNTER_ACT

TAKEN_BACK = "（已撤销）"


def acts_of_its_row(connection: Connection, last: Row) -> list[Row]:
    """The act, and before it what the same row of a list did on the item: 签收, then 反馈."""
    together, version = [last], last["version_after"]
    if last["batch_id"] is None:
        return together
    earlier = connection.execute(
        select(item_acts)
        .where(
            item_acts.c.item_id == last["item_id"],
            item_acts.c.batch_id == last["batch_id"],
            item_acts.c.id < last["id"],
        )
        .order_by(item_acts.c.id.desc())
    ).mappings()
    for act in earlier:
        if act["version_after"] != version - 1:
            break
        together.append(dict(act))
        version = act["version_after"]
    return together


def let_lists_go(change: Transaction, undone: Iterable[Row], why: str, viewer: Viewer) -> None:
    """Rows whose acts were taken back tell of no item; a list with none left is undone."""
    connection = change.connection
    of_lists = {(act["batch_id"], act["item_id"]) for act in undone if act["batch_id"] is not None}
    for batch_id, item_id in sorted(of_lists):
        _let_row_go(connection, batch_id, item_id)
    for batch_id in sorted({batch for batch, _ in of_lists}):
        if _is_left(connection, batch_id):
            continue
        connection.execute(
            update(import_batches)
            .where(import_batches.c.id == batch_id)
            .values(undone_at=clock.now(), undone_by=viewer.account, undone_reason=why,
                    undone_change=change.change)
        )  # fmt: skip
        record_audit(
            change, viewer, act="undo_import", entity="import_batch", entity_id=batch_id,
            reason=why, batch_id=batch_id,
        )  # fmt: skip


def _let_row_go(connection: Connection, batch_id: int, item_id: int) -> None:
    here = (raw_rows.c.batch_id == batch_id) & (raw_rows.c.item_id == item_id)
    rows = select(raw_rows.c.id).where(here)
    connection.execute(delete(provenance).where(provenance.c.raw_row_id.in_(rows)))
    connection.execute(
        update(import_flags)
        .where(import_flags.c.batch_id == batch_id, import_flags.c.item_id == item_id)
        .values(item_id=None)
    )
    connection.execute(
        update(raw_rows)
        .where(here)
        .values(item_id=None, outcome_reason=raw_rows.c.outcome_reason + TAKEN_BACK)
    )


def _is_left(connection: Connection, batch_id: int) -> bool:
    undone = select(item_acts.c.undoes_id).where(item_acts.c.act == COUNTER_ACT.value)
    left = select(item_acts.c.id).where(
        item_acts.c.batch_id == batch_id, item_acts.c.id.not_in(undone)
    )
    return connection.execute(left.limit(1)).first() is not None
