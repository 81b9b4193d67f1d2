"""Where the header of a table stands: one to three rows, anywhere in a sheet.

At least two anchor fields are needed: what it is about, and who, when or how far
(ledgers.md 4: content + unit, or content + due).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from data_access.ledger_import.cell_text import as_text
from data_access.ledger_import.columns import Columns, columns_of
from data_access.ledger_import.department_names import without_brackets
from data_access.ledger_import.grid import Grid
from data_access.ledger_import.headings import (
    LONGEST_HEADING,
    UNREAD,
    Heading,
    alone,
    joined,
    tick_of,
)
from data_access.ledger_import.model import CellValue

SEARCHED_ROWS = 40
TALLEST = 3
_TEXT = ("content", "title")
_BESIDE = frozenset(
    {"lead_departments", "co_departments", "due_on", "close_due_on", "assigned_on", "received_on",
     "feedback_on", "feedback_text", "status", "county", "township", "measures", "satisfaction",
     "progress"}
)  # fmt: skip
_STRONG = frozenset({"lead_departments", "co_departments", "due_on", "close_due_on"})
_LABELLED_VALUE = re.compile(r"[:：]\s*\S")
_ABOVE_TABLES = re.compile(
    r"填报|填表|制表|报送单位|报送时间|(?:19|20)\d\d\s*[年./-]|截[至止]\s*\d"
)
_FIGURES = re.compile(r"^[\d.\-/年月日%]+$")


@dataclass(slots=True)
class Header:
    """A header as found: its 0-based first row, its height, its columns."""

    first: int
    height: int
    headings: dict[int, str]
    columns: Columns

    @property
    def rows(self) -> range:
        """The 0-based rows of the header."""
        return range(self.first, self.first + self.height)


def header_at(grid: Grid, row: int) -> Header | None:
    """The header that starts exactly at this row; None where none does."""
    if not _may_be_header(grid, row):
        return None
    best: tuple[tuple[int, int], Header] | None = None
    for height in range(1, TALLEST + 1):
        if row + height > len(grid.rows) or (height > 1 and not _continues(grid, row, height)):
            break
        header = read_header(grid, row, height)
        score = _score(header)
        if score is not None and (best is None or (score, -height) > best[0]):
            best = ((score, -height), header)
    return best[1] if best is not None else None


def read_header(grid: Grid, row: int, height: int) -> Header:
    """Rows taken as a header, whatever they say (also what a person pointed at)."""
    headings: dict[int, str] = {}
    found: dict[int, Heading] = {}
    levels = grid.header_texts(row, height)
    if height > 1:
        _fill_gaps(levels, grid.spans_columns(row))
    for column in range(grid.width):
        parts = list(dict.fromkeys(level[column] for level in levels if level[column]))
        if not parts:
            continue
        headings[column] = "/".join(part.replace("\n", "") for part in parts)
        found[column] = joined(tuple(parts[:-1]), parts[-1]) if len(parts) > 1 else alone(parts[0])
    return Header(row, height, headings, columns_of(headings, found))


def _fill_gaps(levels: list[list[str]], merged: bool) -> None:
    """A CSV keeps only the first cell of a merged parent: it stands over its children."""
    if merged:
        return
    parent = ""
    for column, text in enumerate(levels[0]):
        below = any(level[column] for level in levels[1:])
        if text:
            parent = text
        elif below and parent:
            levels[0][column] = parent


def _may_be_header(grid: Grid, row: int) -> bool:
    texts = {text for text in map(_short_text, grid.rows[row]) if text is not None}
    return len(texts) >= 2 and not any(
        _LABELLED_VALUE.search(without_brackets(text))
        or _ABOVE_TABLES.search(without_brackets(text))
        for text in texts
    )


def _short_text(value: CellValue) -> str | None:
    if not isinstance(value, str):
        return None
    text = as_text(value)
    return text if text and len(text) <= LONGEST_HEADING else None


def _continues(grid: Grid, row: int, height: int) -> bool:
    """Whether the row `height - 1` below belongs to the header: merges or gaps say so."""
    below = row + height - 1
    cells = grid.rows[below]
    if not any(cell is not None for cell in cells):
        return False
    for cell in cells:
        if isinstance(cell, (int, float, date)):
            return False
        if isinstance(cell, str) and (len(cell) > LONGEST_HEADING or _FIGURES.match(cell.strip())):
            return False
    if any(grid.spans_columns(r) for r in range(row, below)) or grid.header_height(row) >= height:
        return True
    above = grid.rows[below - 1]
    gaps = [
        c for c, v in enumerate(cells) if v is not None and (c >= len(above) or above[c] is None)
    ]
    own = [c for c, v in enumerate(cells) if v is not None]
    known = [c for c in own if _known(as_text(cells[c]))]
    return len(gaps) >= 1 and len(known) * 2 >= len(own)


def _known(text: str) -> bool:
    return alone(text) is not UNREAD or tick_of(text) is not None


def _score(header: Header) -> int | None:
    """How many columns are understood; None where the anchors are missing."""
    fields = [name for name in header.columns.fields.values() if name is not None]
    known = set(fields)
    if not known & set(_TEXT):
        return None
    beside = {name for name in known if name in _BESIDE or ":" in name}
    if not beside or (not beside & _STRONG and len(known) < 3):
        return None
    if len(fields) * 2 < len(header.headings):
        return None
    return len(fields)
