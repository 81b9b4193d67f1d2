"""Items that read like one a person is about to register: proposed to him, never merged."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.ledger_import.similar import Likeness, alike_items
from data_access.schema.items import items
from data_access.schema.registers import reporting_units
from supervision.scope import Scope
from supervision.vocabulary import ItemState


@dataclass(frozen=True, slots=True)
class SimilarItem:
    """An open item in the same place: how people call it, how much it is alike, its state."""

    item_id: int
    name: str
    per_cent: int
    state: ItemState


def similar_items(
    engine: Engine, *, scope: Scope, unit_id: int, township_code: str | None,
    title: str | None, content: str | None,
) -> tuple[SimilarItem, ...]:  # fmt: skip
    """Open items of the place that are alike, the most alike first; only what the scope names."""
    with reading(engine) as connection:
        units = None
        if not scope.everything:
            named = reporting_units.c.name.in_(sorted(scope.reporting_units))
            units = list(connection.execute(select(reporting_units.c.id).where(named)).scalars())
        found: list[Likeness] = alike_items(
            connection, (township_code, unit_id), title, content, units=units
        )
        states = dict(
            connection.execute(
                select(items.c.id, items.c.state).where(
                    items.c.id.in_([likeness.item for likeness in found])
                )
            ).all()
        )
    return tuple(
        SimilarItem(one.item, one.name, one.per_cent, ItemState(states[one.item])) for one in found
    )
