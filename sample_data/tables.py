"""From columns and entries to rows of a page, with the truth written down beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from sample_data.paper import Cell, Formula, Ledger, Page, Printed, Truth
from sample_data.story import Seen

FAULT_FIELDS = {"lead": "lead_departments", "township": "township", "due_on": "due_on"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading, the ledger field that its cells mean (None: none), its hand."""

    heading: str
    field: str | None
    show: Callable[[Seen], Printed]
    group: str | None = None
    """The upper heading of a two-level header."""


def title_rows(page: Page, width: int, title: str, *under: str) -> None:
    """A merged title line and lines under it, above the header."""
    for text in (title, *under):
        page.rows.append([text, *[None] * (width - 1)])
        page.merges.append((len(page.rows), 1, len(page.rows), width))
        page.heading_rows.add(len(page.rows))


def header_row(page: Page, columns: list[Column]) -> None:
    """A header of one row."""
    page.rows.append([column.heading for column in columns])
    page.heading_rows.add(len(page.rows))


def two_level_header(page: Page, columns: list[Column]) -> None:
    """A header of two merged rows: groups over headings, ungrouped headings over both."""
    upper = len(page.rows) + 1
    top: list[Cell] = [column.group or column.heading for column in columns]
    page.rows += [top, [column.heading if column.group else None for column in columns]]
    page.heading_rows |= {upper, upper + 1}
    at = 1
    for group, members in groupby(columns, key=lambda column: column.group):
        size = len(list(members))
        if group is None:
            page.merges += [(upper, c, upper + 1, c) for c in range(at, at + size)]
        else:
            top[at : at + size - 1] = [None] * (size - 1)
            if size > 1:
                page.merges.append((upper, at, upper, at + size - 1))
        at += size


def body(
    ledger: Ledger, page: Page, columns: list[Column], entries: Iterable[Seen], **always: object
) -> None:
    """One row per entry; `always` is what the page says of each row without a column."""
    for seen in entries:
        printed = [column.show(seen) for column in columns]
        page.rows.append([one.cell for one in printed])
        says = {
            column.field: one.means
            for column, one in zip(columns, printed, strict=True)
            if column.field
        }
        fault = FAULT_FIELDS.get(seen.item.fault or "")
        spoiled = fault in says and says[fault] in (None, ())
        faults = frozenset({fault}) if fault and spoiled else frozenset()
        ledger.truth.append(Truth(page.name, len(page.rows), {**always, **says}, faults))


def counted(*, start_row: int = 0, formula: bool = False) -> Callable[[Seen], Printed]:
    """序号 counting from 1; as a formula it is computed from its row, `start_row` above it."""
    so_far = 0

    def show(_: Seen) -> Printed:
        nonlocal so_far
        so_far += 1
        cell: Cell = Formula(f"=ROW()-{start_row}", so_far) if formula else so_far
        return Printed(cell, str(so_far))

    return show


def merged_down(page: Page, first_row: int, column: int) -> None:
    """Merge equal neighbours of one column, 1-based, from `first_row` to the last row."""
    rows = [(at, page.rows[at - 1]) for at in range(first_row, len(page.rows) + 1)]
    for _, run in groupby(rows, key=lambda pair: pair[1][column - 1]):
        members = list(run)
        if len(members) > 1:
            page.merges.append((members[0][0], column, members[-1][0], column))
            for _, cells in members[1:]:
                cells[column - 1] = None
