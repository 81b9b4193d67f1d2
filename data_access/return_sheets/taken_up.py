"""What of a filled list may still be taken back, and whether all of it was."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from data_access.schema.imports import import_batches
from data_access.schema.items import items
from data_access.schema.supervision import item_acts
from supervision.return_sheets import ReturnSheet
from supervision.scope import Role, Viewer


class TakenUp(NamedTuple):
    """The last act that a list did on an item, and the version it left."""

    act_id: int
    item_id: int
    version: int


def is_undone(connection: Connection, batch_id: int) -> bool:
    """Whether nothing of what the list did is left."""
    undone = select(import_batches.c.undone_at).where(import_batches.c.id == batch_id)
    return connection.execute(undone).scalar() is not None


def last_acts_of(connection: Connection, batch_id: int, *, viewer: Viewer) -> tuple[TakenUp, ...]:
    """The batch's acts after which nothing was done on their items, for author or approver.

    What a row did before its last act is taken back with it. Whether the item is still seen is
    judged when it is done, as for every act taken back.
    """
    question = (
        select(item_acts.c.id, item_acts.c.item_id, item_acts.c.version_after)
        .join(items, items.c.id == item_acts.c.item_id)
        .join(import_batches, import_batches.c.id == item_acts.c.batch_id)
        .where(
            item_acts.c.batch_id == batch_id,
            item_acts.c.version_after == items.c.row_version,
            import_batches.c.kind.in_(list(ReturnSheet)),
        )
        .order_by(item_acts.c.id)
    )
    if Role.APPROVER not in viewer.roles:
        question = question.where(item_acts.c.account == viewer.account)
    return tuple(TakenUp(*row) for row in connection.execute(question))
