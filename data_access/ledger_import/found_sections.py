"""What a walk down a sheet finds: sections, their items, and what is no item."""

from __future__ import annotations

from dataclasses import dataclass, field

from data_access.ledger_import.context import Context
from data_access.ledger_import.header_search import Header

SAMPLED_ROWS = 200


@dataclass(slots=True)
class Item:
    """The 0-based rows of one item, and what the surroundings say of it."""

    rows: list[int]
    context: Context


@dataclass(slots=True)
class FoundSection:
    """A header and the items below it, up to the next header."""

    header: Header
    context: Context
    items: list[Item] = field(default_factory=list)
    last_row: int = 0


@dataclass(slots=True)
class Walk:
    """What a sheet holds: sections, and (0-based row, reason) of what is no item."""

    sections: list[FoundSection] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)
    other_tables: list[int] = field(default_factory=list)
    """The 0-based header rows of tables that hold no items."""
    context: Context = field(default_factory=Context)
