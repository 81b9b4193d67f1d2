"""Ledgers as their senders see them, before any file format: cells, pages, and the truth.

The truth is what a reader of the ledger should understand of each row, so that tests can hold
the importer against it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the value that the spreadsheet last computed."""

    text: str
    value: int | float | str


@dataclass(frozen=True, slots=True)
class Percent:
    """A number shown as a percentage."""

    value: float


Cell = str | int | float | date | datetime | Formula | Percent | None


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell and the ledger field value that it means."""

    cell: Cell
    means: object


@dataclass(frozen=True, slots=True)
class Truth:
    """What one ledger row says: contract field → value, for the fields the ledger prints."""

    sheet: str
    row: int
    says: dict[str, object]
    faults: frozenset[str] = frozenset()
    """Fields whose cell holds a planted fault that a reader must flag as an error."""


@dataclass(slots=True)
class Page:
    """One sheet; `rows[0]` is spreadsheet row 1, bounds of merges are 1-based and inclusive."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    heading_rows: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False


@dataclass(slots=True)
class Ledger:
    """One file: its pages, and the truth about its rows."""

    file_name: str
    pages: list[Page]
    truth: list[Truth] = field(default_factory=list)


def one_page_ledger(
    file_name: str, title: str, headings: list[str], rows: list[list[Cell]]
) -> Ledger:
    """A ledger of one sheet, its headings under a title and a note that nobody in it exists."""
    page = Page("台账", [[title], ["演示数据，人名均为虚构"], list(headings), *rows])
    page.heading_rows = {1, 3}
    return Ledger(file_name, [page])
