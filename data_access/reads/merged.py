"""并单: which item this one ended in, and which ended in it; whose clock they follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.reads.items import described_items
from data_access.schema.items import items
from supervision.scope import Scope


@dataclass(frozen=True, slots=True)
class Merged:
    """LIST_COLUMNS each; what the scope does not see is absent."""

    into: pd.DataFrame
    """The item that goes on in its stead; at most one row."""
    children: pd.DataFrame


def merged_items(engine: Engine, *, scope: Scope, as_of: date, item_id: int) -> Merged:
    """Both sides of an item's 并单; nothing for an item that the scope does not see."""
    seen = described_items(engine, scope=scope, as_of=as_of, item_ids=(item_id,))
    if seen.empty:
        return Merged(seen, seen)
    with reading(engine) as connection:
        into = connection.execute(
            select(items.c.merged_into_id).where(items.c.id == item_id)
        ).scalar_one()
        children = connection.execute(
            select(items.c.id).where(items.c.merged_into_id == item_id).order_by(items.c.id)
        ).scalars()
        keys = tuple(children)
    return Merged(
        described_items(
            engine, scope=scope, as_of=as_of, item_ids=(into,) if into is not None else ()
        ),
        described_items(engine, scope=scope, as_of=as_of, item_ids=keys),
    )
