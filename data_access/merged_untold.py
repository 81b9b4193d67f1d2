"""并单: whose residents are still to be told how the item that went on in their stead has ended."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import Connection, select

from data_access.schema.items import items
from data_access.schema.supervision import followers
from supervision.vocabulary import ItemState
from supervision.waiting import ENDED


def merged_untold(connection: Connection) -> list[tuple[int, date | None, str | None, int]]:
    """Items merged here whose residents do not know how it ended: item, since when, and the number
    and the key of the item that went on."""
    parent = items.alias("parent")
    knows = followers.c.answered_on.is_not(None) & (
        parent.c.closed_on.is_(None) | (followers.c.answered_on >= parent.c.closed_on)
    )
    question = (
        select(items.c.id, parent.c.closed_on, parent.c.number, parent.c.id)
        .join(followers, followers.c.from_item_id == items.c.id)
        .join(parent, parent.c.id == followers.c.item_id)
        .where(
            items.c.state == ItemState.MERGED.value,
            parent.c.state.in_([str(state) for state in ENDED]),
            ~knows,
        )
    )
    return [tuple(row) for row in connection.execute(question)]


def untold_by_parent(connection: Connection) -> Counter[int]:
    """Item that went on → how many residents of items merged into it are still to be told."""
    return Counter(parent for *_, parent in merged_untold(connection))
