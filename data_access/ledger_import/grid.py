"""One sheet as a grid of cells that knows its merges, rows and columns counted from 0."""

from __future__ import annotations

from collections import defaultdict

from data_access.ledger_import.cell_text import as_text, clean
from data_access.ledger_import.model import CellValue, Merge, Sheet

MOST_FILLED_CELLS = 2_000_000
MOST_HEADER_COLUMNS = 500


class Grid:
    """Cells by 0-based row and column; `row_number` gives the spreadsheet's own count."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows = _printing_rows(sheet)
        self.width = min(max(map(len, sheet.rows), default=0), MOST_HEADER_COLUMNS)
        self._starting: dict[int, list[Merge]] = defaultdict(list)
        self.down: dict[int, dict[int, int]] = {}
        """row → column → the row of the merged cell that covers it from above."""
        self._index_merges()

    def _index_merges(self) -> None:
        filled = 0
        last_row = len(self.rows) - 1
        for merge in self.sheet.merges:
            first = merge.first_row - self.sheet.first_row
            last = min(merge.last_row - self.sheet.first_row, last_row)
            if first < 0 or first > last_row:
                continue
            self._starting[first].append(merge)
            filled += last - first
            if filled > MOST_FILLED_CELLS:
                continue
            for row in range(first + 1, last + 1):
                self.down.setdefault(row, {})[merge.first_column - 1] = first

    def row_number(self, row: int) -> int:
        """The row as the spreadsheet counts it, from 1."""
        return self.sheet.first_row + row

    def value(self, row: int, column: int) -> CellValue:
        """The stored value; None outside the sheet."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """The stored value as text."""
        return as_text(self.value(row, column))

    def texts(self, row: int) -> list[str]:
        """The row's cells that are not blank, as text, left to right."""
        return [text for text in map(as_text, self.rows[row]) if text]

    def header_texts(self, first: int, height: int) -> list[list[str]]:
        """Header rows as text with every merge that starts inside them filled out."""
        levels = [
            [self.text(row, column) for column in range(self.width)]
            for row in range(first, min(first + height, len(self.rows)))
        ]
        for row in range(first, first + height):
            for merge in self._starting.get(row, ()):
                self._fill(levels, first, merge)
        return levels

    def _fill(self, levels: list[list[str]], first: int, merge: Merge) -> None:
        top = merge.first_row - self.sheet.first_row - first
        left = merge.first_column - 1
        if not (0 <= top < len(levels) and left < self.width):
            return
        text = levels[top][left]
        for row in range(top, min(top + merge.last_row - merge.first_row + 1, len(levels))):
            for column in range(left, min(merge.last_column, self.width)):
                levels[row][column] = text

    def under_one_heading(self, first: int, height: int) -> list[range]:
        """The columns that a cell merged across, down to a header's last row, stands over."""
        bottom = self.row_number(first + height - 1)
        return [
            range(merge.first_column - 1, min(merge.last_column, self.width))
            for row in range(first, first + height)
            for merge in self._starting.get(row, ())
            if merge.last_column > merge.first_column and merge.last_row >= bottom
        ]

    def spans_columns(self, row: int) -> bool:
        """Whether a merged cell of this row spans several, but not all, columns."""
        return any(
            merge.last_column > merge.first_column
            and merge.last_column - merge.first_column + 1 < self.width
            for merge in self._starting.get(row, ())
        )

    def header_height(self, row: int) -> int:
        """How many rows the cells merged downwards from this row cover (1 without any)."""
        heights = [
            merge.last_row - merge.first_row + 1
            for merge in self._starting.get(row, ())
            if merge.last_column == merge.first_column
        ]
        return min(max(heights, default=1), 3)


def is_odd(value: CellValue) -> bool:
    """Cells that print nothing are blank, whatever spaces they hold; TRUE is a word."""
    if value.__class__ is str:
        return not value.isalnum() and _prints_nothing(value)
    return value.__class__ is bool


def _printing_rows(sheet: Sheet) -> list[list[CellValue]]:
    if sheet.seen is None:
        odd = [row for row, cells in enumerate(sheet.rows) if any(map(is_odd, cells))]
    else:
        odd = sorted(sheet.seen.odd_rows)
    rows = list(sheet.rows)
    for row in odd:
        rows[row] = [_as_printed(value) for value in rows[row]]
    return rows


def _prints_nothing(text: object) -> bool:
    return isinstance(text, str) and (len(text) < 4 or text[0].isspace()) and not clean(text)


def _as_printed(value: CellValue) -> CellValue:
    if isinstance(value, bool):
        return as_text(value)
    return None if _prints_nothing(value) else value
