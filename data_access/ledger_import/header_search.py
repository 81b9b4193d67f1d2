"""Where the header of a table stands: one to three rows, anywhere in a sheet.

At least two anchor fields are needed: what it is about, and who, when or how far
(ledgers.md 4: content + unit, or content + due).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from data_access.ledger_import.cell_text import as_text, without_brackets
from data_access.ledger_import.columns import Columns, HeadingFault, columns_of
from data_access.ledger_import.grid import Grid
from data_access.ledger_import.headings import (
    UNREAD,
    Heading,
    alone,
    is_short,
    joined,
    normalised,
    tick_of,
)
from data_access.ledger_import.model import CellValue
from supervision.vocabulary import Severity

SEARCHED_ROWS = 40
TALLEST = 3
_NARROWEST_TABLE = 3
_LOOKED_AT = 200
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
_COUNT = re.compile("(?:件|总|办结|交办|反馈|完成)数$|[率比]$")
_FIGURES = re.compile(r"^[\d.\-/年月日%]+$")


@dataclass(slots=True)
class Header:
    """A header as found: its 0-based first row, its height, its columns."""

    first: int
    height: int
    headings: dict[int, str]
    columns: Columns

    @property
    def width(self) -> int:
        """The columns of the table; what stands beyond a gap to the right are notes."""
        last = max((c for c, name in self.columns.fields.items() if name is not None), default=0)
        while last + 1 in self.headings:
            last += 1
        return last + 1

    @property
    def rows(self) -> range:
        """The 0-based rows of the header."""
        return range(self.first, self.first + self.height)


def named_header(grid: Grid, header_rows: tuple[int, ...]) -> Header | None:
    """The header that a person pointed at, by spreadsheet rows; None outside the sheet."""
    first = min(header_rows) - grid.sheet.first_row
    height = max(header_rows) - min(header_rows) + 1
    if not 0 <= first < len(grid.rows):
        return None
    return read_header(grid, first, height)


def first_header(grid: Grid) -> Header | None:
    """The first header among the first filled rows of a sheet."""
    searched = 0
    for row, cells in enumerate(grid.rows):
        if searched >= SEARCHED_ROWS:
            return None
        if any(cell is not None for cell in cells):
            searched += 1
            header = header_at(grid, row)
            if header is not None:
                return header
    return None


@cache
def _is_heading(text: str) -> bool:
    return alone(text.strip()).exact


def like_header(cells: list[CellValue]) -> bool:
    """A cheap look: two known headings before anything that no header holds."""
    hits = misses = 0
    for cell in cells:
        if cell is None:
            continue
        if not isinstance(cell, str):
            return False
        if len(cell) <= 20 and _is_heading(cell):
            hits += 1
            if hits == 2:
                return True
        else:
            misses += 1
            if misses > 3:
                return False
    return False


def begins_other_table(cells: list[CellValue]) -> bool:
    """Whether a row that heads no items heads something else: 县区 | 交办数 | 办结率."""
    filled = [cell for cell in cells if cell is not None and cell != ""]
    if len(filled) < 3:
        return False
    texts = [cell.strip() for cell in filled if isinstance(cell, str) and len(cell) <= 12]
    if len(texts) < len(filled) or any(map(str.isdigit, "".join(texts))):
        return False
    return sum(_is_heading(text) or _COUNT.search(text) is not None for text in texts) >= 2


def header_at(grid: Grid, row: int) -> Header | None:
    """The header that starts exactly at this row; None where none does."""
    if not _may_be_header(grid, row):
        return None
    best: tuple[tuple[bool, int, int], Header] | None = None
    merged = grid.header_height(row)
    for height in range(1, TALLEST + 1):
        if row + height > len(grid.rows) or (height > 1 and not _continues(grid, row, height)):
            break
        header = read_header(grid, row, height)
        score = _score(header)
        # Cells merged downwards say how tall the header is at least.
        fit = (height >= merged, score or 0, -height)
        if score is not None and (best is None or fit > best[0]):
            best = (fit, header)
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
    for column in _empty_twins(grid, row, height):
        headings.pop(column, None)
        found.pop(column, None)
    beside = _second_table(headings)
    for column in [c for c in headings if beside is not None and c >= beside]:
        del headings[column], found[column]
    columns = columns_of(headings, found)
    if beside is not None:
        say = "起右边还有一张同样的表，没有取用；请移到左边表格的下面再导入"
        columns.faults.append(
            HeadingFault(beside, None, "tables-side-by-side", Severity.ERROR, say)
        )
    return Header(row, height, headings, columns)


def _empty_twins(grid: Grid, row: int, height: int) -> set[int]:
    """Columns that share a merged heading with another one and hold nothing themselves."""
    twins: set[int] = set()
    below = range(row + height, min(row + height + _LOOKED_AT, len(grid.rows)))
    for columns in grid.under_one_heading(row, height):
        filled = [c for c in columns if any(grid.value(r, c) is not None for r in below)]
        twins.update(set(columns) - set(filled or columns[:1]))
    return twins


def _second_table(headings: dict[int, str]) -> int | None:
    """The column in which the same headings begin once more, where two tables stand abreast."""
    texts = [normalised(text) for text in headings.values()]
    for width in range(_NARROWEST_TABLE, len(texts) // 2 + 1):
        whole = len(texts) % width == 0
        if whole and all(text == texts[n % width] for n, text in enumerate(texts)):
            return list(headings)[width]
    return None


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
    if len(texts) < 2:
        return False
    known = sum(alone(text).exact for text in texts)
    around = sum(
        _LABELLED_VALUE.search(bare) is not None or _ABOVE_TABLES.search(bare) is not None
        for bare in map(without_brackets, texts)
    )
    # 填报单位 and 2026年计划 may be columns, 填表说明 may stand beside, where most are headings.
    most = known >= 3 and known * 2 >= len(texts)
    plain = around == 0 or most or 2 <= known > around
    return plain and not _is_form(grid.texts(row))


def _is_form(texts: list[str]) -> bool:
    """督办事项 | 路段积水 | 牵头单位 | 市水务局: labels with their values beside them."""
    labels, values = texts[::2], texts[1::2]
    return (
        len(labels) == len(values)
        and all(alone(text).exact for text in labels)
        and not any(_known(text) for text in values)
    )


def _short_text(value: CellValue) -> str | None:
    if not isinstance(value, str):
        return None
    text = as_text(value)
    return text if is_short(text) else None


def _continues(grid: Grid, row: int, height: int) -> bool:
    """Whether the row `height - 1` below belongs to the header: merges or gaps say so."""
    below = row + height - 1
    cells = grid.rows[below]
    if not any(cell is not None for cell in cells):
        return False
    for cell in cells:
        if isinstance(cell, (int, float, date)):
            return False
        if isinstance(cell, str) and (not is_short(cell) or _FIGURES.match(cell.strip())):
            return False
    if any(grid.spans_columns(r) for r in range(row, below)) or grid.header_height(row) >= height:
        return True
    above = grid.rows[below - 1]
    gaps = [
        c for c, v in enumerate(cells) if v is not None and (c >= len(above) or above[c] is None)
    ]
    own = [c for c, v in enumerate(cells) if v is not None]
    # A program that takes merges apart repeats their text in every cell.
    repeated = [c for c in own if c < len(above) and above[c] == cells[c]]
    known = [c for c in own if _known(as_text(cells[c]))]
    return (len(gaps) >= 1 or len(repeated) >= 2) and len(known) * 2 >= len(own)


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
