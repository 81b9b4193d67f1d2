"""How the child process hands cells to its parent: msgpack frames, typed, never pickled.

A frame of rows carries each distinct value once, in `pool`; cells are places in it (0 is
blank). Ledgers repeat themselves, so both sides do little per cell.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date, datetime
from typing import IO, Any, TypeAlias

import msgspec
from msgspec.msgpack import Ext

from data_access.ledger_import import refusals
from data_access.ledger_import.cell_text import cell_name
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import CellError, CellValue, LedgerRefused, Merge, Sheet

_DATE, _INSTANT, _ERROR = 1, 2, 3
_ROWS, _POOL, _CHARACTERS = 2_000, 40_000, 1 << 20
"""A frame is sent when it has so many rows, distinct values, or characters."""
_LONGEST_FRAME = 1 << 28


class SheetHead(msgspec.Struct, tag=True, array_like=True):
    """A visible sheet begins."""

    name: str


class Rows(msgspec.Struct, tag=True, array_like=True):
    """Rows of the sheet begun last; `cells[i]` are the cells of spreadsheet row `numbers[i]`."""

    pool: list[bool | int | float | str | Ext | None]
    numbers: list[int]
    cells: list[list[int]]


class SheetFoot(msgspec.Struct, tag=True, array_like=True):
    """The sheet ends; everything of it that is not a value, counted from 1."""

    merges: list[tuple[int, int, int, int]]
    hidden_rows: list[int]
    hidden_columns: list[int]
    percent_cells: list[tuple[int, int]]


class Done(msgspec.Struct, tag=True, array_like=True):
    """The file was read to its end."""

    kind: str
    hidden_sheets: list[str]
    date_1904: bool


class Refused(msgspec.Struct, tag=True, array_like=True):
    """The file is refused with a sentence for its sender."""

    sentence: str


class Broke(msgspec.Struct, tag=True, array_like=True):
    """A reader stumbled; `where` names module, line and class of error, never a value."""

    where: str


Frame: TypeAlias = SheetHead | Rows | SheetFoot | Done | Refused | Broke

_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[Frame] = msgspec.msgpack.Decoder(Frame)


def send(stream: IO[bytes], frame: Frame) -> int:
    """Write one frame, its length in front; how many bytes it took."""
    data = _encoder.encode(frame)
    stream.write(len(data).to_bytes(4, "big"))
    stream.write(data)
    return len(data) + 4


def frames(stream: IO[bytes]) -> Iterator[Frame]:
    """The frames of a whole answer; ValueError when it ends early or is no answer."""
    while length := stream.read(4):
        size = int.from_bytes(length, "big")
        data = stream.read(size) if size <= _LONGEST_FRAME else b""
        if len(data) != size or not size:
            raise ValueError("the answer ends early")
        yield _decoder.decode(data)


class CellWriter:
    """Collects rows into frames and holds every sheet to the limits."""

    def __init__(self, stream: IO[bytes], limits: Limits) -> None:
        self._stream, self.limits = stream, limits
        self._rows = self._cells = self._merges = self._sent = 0
        self._clear()
        self.memo: dict[Hashable, int] = {}
        """What a reader has seen in this frame → its place in the pool; emptied with it."""
        self._percents: list[tuple[int, int]] = []

    def _clear(self) -> None:
        self._pool: list[Any] = [None]
        self._percent_places: set[int] = set()
        self._characters = self._too_long = 0
        self._numbers: list[int] = []
        self._frame: list[list[int]] = []

    def begin_sheet(self, name: str) -> None:
        """A visible sheet begins."""
        self._send(SheetHead(name))

    def keep(self, seen: Hashable, value: CellValue, percent: bool = False) -> int:
        """The place of a value in the pool, remembered for what was seen."""
        place = 0
        if value is not None and value != "":
            place = len(self._pool)
            if type(value) is str:
                self._pool.append(value)
                self._characters += len(value)
                if len(value) > self.limits.cell_text:
                    self._too_long = place
            else:
                self._pool.append(_wrapped(value))
                if percent:
                    self._percent_places.add(place)
        self.memo[seen] = place
        return place

    def add(self, row: int, places: list[int]) -> None:
        """One row; trailing blanks are dropped. LedgerRefused when it breaks a limit."""
        while places and not places[-1]:
            places.pop()
        if not places:
            return
        self._rows += 1
        self._cells += len(places)
        if row > self.limits.rows or len(places) > self.limits.columns:
            raise refusals.cell_too_far(cell_name(row, len(places) - 1), self.limits)
        if self._too_long and self._too_long in places:
            cell = cell_name(row, places.index(self._too_long))
            raise refusals.cell_too_long(cell, self.limits)
        if self._rows > self.limits.rows:
            raise refusals.too_many_rows(self.limits)
        if self._cells > self.limits.cells:
            raise LedgerRefused(refusals.TOO_MANY_CELLS)
        self._numbers.append(row)
        self._frame.append(places)
        if self._percent_places and not self._percent_places.isdisjoint(places):
            self._percents += [
                (row, column)
                for column, place in enumerate(places, 1)
                if place in self._percent_places
            ]
        if len(self._frame) >= _ROWS or len(self._pool) > _POOL or self._characters > _CHARACTERS:
            self._flush()

    def end_sheet(
        self, merges: list[tuple[int, int, int, int]], hidden_rows: list[int],
        hidden_columns: list[int],
    ) -> None:  # fmt: skip
        """The sheet ends."""
        self._flush()
        self._merges += len(merges)
        if self._merges > self.limits.merges:
            raise LedgerRefused(refusals.TOO_MANY_MERGES)
        self._send(SheetFoot(merges, hidden_rows, hidden_columns, self._percents))
        self._percents = []

    def _flush(self) -> None:
        if self._frame:
            self._send(Rows(self._pool, self._numbers, self._frame))
        self._clear()
        self.memo.clear()

    def _send(self, frame: Frame) -> None:
        self._sent += send(self._stream, frame)
        if self._sent > self.limits.answer_bytes:
            raise LedgerRefused(refusals.TOO_MUCH_MEMORY)


def write_sheet(writer: CellWriter, sheet: Sheet) -> None:
    """A sheet that is in memory as a whole."""
    writer.begin_sheet(sheet.name)
    memo, keep = writer.memo, writer.keep
    for row, cells in enumerate(sheet.rows, sheet.first_row):
        places = []
        for column, value in enumerate(cells, 1):
            # 1, 1.0 and True are one key to a dict, but not one value.
            percent = (row, column) in sheet.percent_cells
            seen = (type(value), value, percent)
            place = memo.get(seen)
            places.append(keep(seen, value, percent=percent) if place is None else place)
        writer.add(row, places)
    merges = [(m.first_row, m.first_column, m.last_row, m.last_column) for m in sheet.merges]
    writer.end_sheet(merges, sorted(sheet.hidden_rows), sorted(sheet.hidden_columns))


def _wrapped(value: CellValue) -> Any:
    if isinstance(value, datetime):
        return Ext(_INSTANT, value.isoformat().encode())
    if isinstance(value, date):
        return Ext(_DATE, value.toordinal().to_bytes(4, "big"))
    if isinstance(value, CellError):
        return Ext(_ERROR, value.text.encode())
    return value


def unwrapped(value: bool | int | float | str | Ext | None) -> CellValue:
    """A pool's value as the model has it; ValueError for what no child of ours sends."""
    if not isinstance(value, Ext):
        return value
    data = bytes(value.data)
    if value.code == _DATE:
        return date.fromordinal(int.from_bytes(data, "big"))
    if value.code == _INSTANT:
        return datetime.fromisoformat(data.decode())
    if value.code == _ERROR:
        return CellError(data.decode())
    raise ValueError("no such kind of value")


def clipped(merge: tuple[int, int, int, int], rows: int, columns: int) -> Merge | None:
    """A merged range inside the filled area; None where nothing is left to fill."""
    first_row, first_column, last_row, last_column = merge
    last_row, last_column = min(last_row, rows), min(last_column, columns)
    if last_row < first_row or last_column < first_column:
        return None
    if (first_row, first_column) == (last_row, last_column):
        return None
    return Merge(first_row, first_column, last_row, last_column)
