"""Items that were gathered: by what they say, by their matter, or by people into a 类案."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Engine, select

from data_access.alike_items import alike_items
from data_access.database import reading
from data_access.schema.matters import class_matter_items


class Gathering(StrEnum):
    """What brought them together; the word stands in addresses."""

    ALIKE = "alike"
    """用语相近: the key is any item of the group."""
    AGAIN = "again"
    """反复反映: the key is any of the items that raise the matter."""
    MATTER = "matter"
    """类案: the key is its own."""


def gathered(engine: Engine, gathering: Gathering, key: int) -> frozenset[int]:
    """The items of a gathering, within reach or not: who asks narrows what he sees."""
    if gathering is Gathering.ALIKE:
        return frozenset(alike_items(engine).group_of(key))
    if gathering is Gathering.AGAIN:
        return frozenset(alike_items(engine).matter_of(key))
    held = class_matter_items.c
    with reading(engine) as connection:
        named = select(held.item_id).where(held.matter_id == key)
        return frozenset(connection.execute(named).scalars())
