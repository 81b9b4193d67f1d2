"""What the elements of a worksheet mean: every form of row and cell that a sheet may have."""

from __future__ import annotations

import re
from itertools import product

from data_access.ledger_import import refusals
from data_access.ledger_import.cell_text import cell_name
from data_access.ledger_import.model import LedgerRefused
from data_access.ledger_import.wire import CellWriter
from data_access.ledger_import.xlsx_cells import CellReader

_REF = re.compile(r"\$?([A-Za-z]{1,4})\$?([0-9]{1,8})")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTERS = [
    "".join(letters) for length in (1, 2, 3) for letters in product(_ALPHABET, repeat=length)
][:LAST_COLUMN]
PLACES = {letters: n for n, letters in enumerate(LETTERS)}


class SheetHandlers:
    """Called by the parser as elements open and close; hands finished rows to the writer."""

    def __init__(self, cells: CellReader, writer: CellWriter) -> None:
        self._cells, self._writer = cells, writer
        self.row = 0
        """The row begun last."""
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._merges: list[tuple[int, int, int, int]] = []
        self._last_row = self._width = 0
        # What the handlers are in the midst of.
        self._row_cells: dict[int, int] = {}
        self._column = 0
        self._in_row = self._in_cell = False
        self._cell: dict[str, str] = {}
        self._formula = False
        self._pieces: list[str] | None = None
        self._collecting = False
        self._phonetic = 0

    def wrote(self, row: int, places: list[int]) -> None:
        """A whole row, whichever way it was read."""
        self.row = row
        while places and not places[-1]:
            places.pop()
        if places:
            self._last_row = max(self._last_row, row)
            self._width = max(self._width, len(places))
            self._writer.add(row, places)

    def finish(self) -> None:
        """The sheet was read to its end."""
        hidden = {row for row in self._hidden_rows if row <= self._last_row}
        columns = {
            column
            for first, last in self._hidden_columns
            for column in range(max(first, 1), min(last, self._width) + 1)
        }
        self._writer.end_sheet(self._merges, sorted(hidden), sorted(columns))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._in_cell:
            self._start_in_cell(name)
        elif name == "c" and self._in_row:
            self._start_cell(attributes)
        elif name == "row":
            self._start_row(attributes)
        elif name == "col":
            self._start_columns(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _start_row(self, attributes: dict[str, str]) -> None:
        told = attributes.get("r", "")
        self.row = int(told) if told.isdecimal() and len(told) < 9 else self.row + 1
        if not 0 < self.row <= LAST_ROW:
            raise refusals.no_such_cell(f"A{self.row}")
        hidden = _is_true(attributes.get("hidden"))
        flat = attributes.get("ht", "1").strip("0.") == "" and "ht" in attributes
        if hidden or flat:
            self._hidden_rows.append(self.row)
        self._row_cells, self._column, self._in_row = {}, 0, True

    def _start_cell(self, attributes: dict[str, str]) -> None:
        told = attributes.get("r")
        if told:
            found = _REF.fullmatch(told.strip())
            column = PLACES.get(found[1].upper(), -1) if found else -1
            if found is None or column < 0 or int(found[2]) != self.row:
                raise refusals.no_such_cell(told[:20])
            self._column = column
        self._cell = attributes
        self._in_cell, self._formula, self._pieces = True, False, None
        self._collecting = False

    def _start_in_cell(self, name: str) -> None:
        if name == "f":
            self._formula = True
        elif name == "rPh":
            self._phonetic += 1
        elif name in ("v", "t") and not self._phonetic:
            self._pieces = self._pieces or []
            self._collecting = True

    def characters(self, text: str) -> None:
        if self._collecting and self._pieces is not None:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._collecting = False
        elif name == "rPh":
            self._phonetic -= 1
        elif name == "c" and self._in_cell:
            self._in_cell = False
            self._end_cell()
        elif name == "row" and self._in_row:
            self._in_row = False
            places = [0] * (max(self._row_cells, default=-1) + 1)
            for column, place in self._row_cells.items():
                places[column] = place
            self.wrote(self.row, places)

    def _end_cell(self) -> None:
        if self._column >= LAST_COLUMN:
            raise refusals.no_such_cell(f"XFD{self.row}")
        kind, style = self._cell.get("t", ""), self._cell.get("s", "")
        text = None if self._pieces is None else "".join(self._pieces)
        seen = (kind, style, self._formula, text)
        place = self._writer.memo.get(seen)
        cell = cell_name(self.row, self._column)
        if place is None:
            value = self._cells.value(kind, style, self._formula, text)
            place = self._writer.keep(seen, value, self._cells.is_percent(kind, style))
        before = self._row_cells.get(self._column, 0)
        if before and place and before != place:
            raise refusals.told_twice(cell)
        if place:
            self._row_cells[self._column] = place
        self._column += 1

    def _start_columns(self, attributes: dict[str, str]) -> None:
        flat = "width" in attributes and attributes["width"].strip("0.") == ""
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if (_is_true(attributes.get("hidden")) or flat) and first.isdecimal() and last.isdecimal():
            self._hidden_columns.append((int(first[:9]), int(last[:9])))

    def _merge(self, ref: str) -> None:
        corners = [_REF.fullmatch(corner) for corner in ref.split(":")]
        if len(corners) != 2 or corners[0] is None or corners[1] is None:
            return
        (left, top), (right, bottom) = (
            (PLACES.get(corner[1].upper(), LAST_COLUMN - 1) + 1, int(corner[2]))
            for corner in corners
            if corner is not None
        )
        self._merges.append((min(top, bottom), min(left, right), max(top, bottom),
                             max(left, right)))  # fmt: skip
        if len(self._merges) > self._writer.limits.merges:
            raise LedgerRefused(refusals.TOO_MANY_MERGES)


def _is_true(told: str | None) -> bool:
    return told is not None and told.strip().lower() in ("1", "true", "on")
