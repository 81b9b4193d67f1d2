"""Which acts a page may offer somebody on an item: what `perform` would not refuse at once."""

from __future__ import annotations

from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.schema.items import items
from data_access.writes.acting.actors import Actor
from data_access.writes.item_act import current_round
from supervision.beside_acts import AnyAct, allowed_beside
from supervision.lifecycle import allowed_acts
from supervision.scope import Viewer
from supervision.vocabulary import ItemState, RoundState


def acts_open_to(engine: Engine, item_id: int, *, viewer: Viewer) -> tuple[AnyAct, ...]:
    """By roles, scope and the states of now, the table's acts first; guards ask for more.

    Nothing on an item that the viewer does not see.
    """
    with reading(engine) as connection:
        found = connection.execute(select(items).where(items.c.id == item_id)).mappings().first()
        if found is None:
            return ()
        item = dict(found)
        at = current_round(connection, item)
        roles = Actor(connection, viewer).standing(item, at).roles
    states = ItemState(item["state"]), RoundState(at["state"]) if at is not None else None
    return (*allowed_acts(*states, roles), *allowed_beside(*states, roles)) if roles else ()
