"""Opens a file in a child process with limits on memory, processor and wall time.

No file can hurt the server: readers abort, explode or hang on a few hostile bytes
(hardening.md 0, 4), so they do it in a process of their own, started afresh, not forked.
"""

from __future__ import annotations

import hashlib
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from itertools import compress
from sys import getsizeof
from threading import BoundedSemaphore
from typing import IO

import msgspec

from data_access.collector import rarely_collecting
from data_access.ledger_import import refusals, wire
from data_access.ledger_import.cell_text import cell_name, column_letter, is_ditto
from data_access.ledger_import.field_names import PERSONAL
from data_access.ledger_import.gate import container_of
from data_access.ledger_import.grid import is_odd
from data_access.ledger_import.headings import alone
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import CellValue, LedgerRefused, Sheet, SheetSeen, Workbook
from data_access.ledger_import.personal import masked
from data_access.ledger_import.readers import SafeText
from data_access.ledger_import.reading_child import ReadingChild
from data_access.ledger_import.room import CELL, PRINTED, RAW_ROW, Room, weight
from data_access.ledger_import.shown_text import shown

_DEFAULTS = Limits()
_AT_ONCE = BoundedSemaphore(2)
"""Files opened at the same time, so that uploads together cannot eat the machine."""
_REMEMBERED = 50_000
_HEAD_ROWS = 30
_log = logging.getLogger(__name__)


def open_ledger(data: bytes, file_name: str, *, limits: Limits = _DEFAULTS) -> Workbook:
    """The workbook's visible sheets; LedgerRefused with one Chinese sentence for a bad file."""
    container = container_of(data, file_name, limits)
    sha256 = hashlib.sha256(data).hexdigest()
    book = Workbook(masked(_plain_name(file_name)), sha256, "", [])
    try:
        with _file_in_memory() as question:
            question.write(data)
            question.seek(0)
            with _AT_ONCE, rarely_collecting(), ReadingChild(container, question, limits) as child:
                finished = _is_filled(book, child.answer, Room(limits.memory_bytes - len(data)))
                status = child.status()
    except TimeoutError as error:
        raise LedgerRefused(refusals.TOO_LONG) from error
    except OSError as error:
        _log.exception("no room to open a ledger")
        raise LedgerRefused(refusals.NO_ROOM) from error
    if not finished:
        _log.warning("the reading child ended with %s", status)
        raise LedgerRefused(_epitaph(status))
    if not any(sheet.rows for sheet in book.sheets):
        raise LedgerRefused(refusals.NO_CELLS)
    return book


def _file_in_memory() -> IO[bytes]:
    """A file for the child to read. Residents' data in clear never reach a disk, where the
    machine knows such files."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("ledger"), "w+b")
    return tempfile.TemporaryFile()


def _plain_name(file_name: str) -> str:
    """The last part of the name, without what cannot be shown."""
    return shown(file_name.replace("\\", "/").rpartition("/")[2]).replace("\n", " ")[:200]


def _epitaph(status: int) -> str:
    if status in (-signal.SIGXCPU, -signal.SIGALRM):
        return refusals.TOO_LONG
    if status in (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGXFSZ):
        return refusals.TOO_MUCH_MEMORY
    return refusals.DIED


def _is_filled(book: Workbook, answer: IO[bytes], room: Room) -> bool:
    """Fill the workbook from the child's answer; False where the child did not finish."""
    try:
        return _fill(book, wire.frames(answer), room)
    except (ValueError, IndexError, msgspec.MsgspecError):
        # Cut short in the midst of a frame, or nothing that our child would say.
        return False


def _fill(book: Workbook, frames: Iterable[wire.Frame], room: Room) -> bool:
    """Put the child's answer into the workbook; False when its last word is missing."""
    values = _Values(SafeText(book.safe_texts), room)
    for frame in frames:
        match frame:
            case wire.SheetHead(name):
                book.sheets.append(Sheet(name, [], seen=SheetSeen()))
            case wire.Rows():
                _add_rows(book.sheets[-1], frame, values)
            case wire.SheetFoot():
                _add_foot(book.sheets[-1], frame)
            case wire.Done(kind, hidden, date_1904):
                book.kind, book.hidden_sheets = kind, tuple(hidden)
                book.date_1904 = date_1904
                book.room_left = room.left
                return True
            case wire.Refused(sentence):
                raise LedgerRefused(sentence)
            case wire.Broke(where):
                _log.warning("the reading child stumbled at %s", where)
                raise LedgerRefused(refusals.DAMAGED)
    return False


class _Values:
    """Keeps one object for equal texts and days: ledgers repeat their words."""

    def __init__(self, safe: SafeText, room: Room) -> None:
        self._safe = safe
        self._alike: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._known: dict[tuple[type, object], CellValue] = {}
        self.room = room

    def of(
        self, pool: list[bool | int | float | str | msgspec.msgpack.Ext | None]
    ) -> list[CellValue]:
        known = self._known
        if len(known) > _REMEMBERED:
            known.clear()
        found: list[CellValue] = []
        for told in pool:
            value = wire.unwrapped(told)
            kept = known.setdefault((type(value), value), value)
            if kept is value:
                self.room.take(weight(value))
            found.append(kept)
        return found

    def safe_texts(self, pool: list[CellValue]) -> list[str]:
        """The values as they may be kept and shown."""
        known, found = self._safe.known, []
        for value in pool:
            text = known.get(value)
            if text is None:
                text = self._safe.of(value)
                if text is not value:
                    self.room.take(getsizeof(text) if isinstance(value, str) else PRINTED)
            found.append(text)
        return found

    def letters(self, places: list[int]) -> tuple[str, ...]:
        """The columns that a row fills; rows filled alike share one tuple."""
        filled = tuple(compress(_letters(len(places)), places))
        return self._alike.setdefault(filled, filled)


def _add_rows(sheet: Sheet, frame: wire.Rows, values: _Values) -> None:
    # Masked and written down now: the child is reading on, and this process would only wait.
    pool = values.of(frame.pool)
    value_at, text_at = pool.__getitem__, values.safe_texts(pool).__getitem__
    odd = {place for place, value in enumerate(pool) if is_odd(value)}
    rows, seen = sheet.rows, sheet.seen or SheetSeen()
    if len(rows) < _HEAD_ROWS:
        head = {place for places in frame.cells[:_HEAD_ROWS] for place in places}
        seen.names_residents |= any(_is_of_residents(pool[place]) for place in head)
    times = 1 if seen.names_residents else 2
    values.room.take(times * (sum(map(len, frame.cells)) * CELL + len(frame.cells) * RAW_ROW))
    seen.says_ditto = seen.says_ditto or any(
        value.__class__ is str and is_ditto(value) for value in pool
    )
    for number, places in zip(frame.numbers, frame.cells, strict=True):
        blank = number - 1 - len(rows)
        if blank > 0:
            rows += [[] for _ in range(blank)]
            seen.cells += [None] * blank
        cells = list(map(value_at, places))
        if len(rows) >= number:
            _join(rows[number - 1], cells, number)
            seen.cells[number - 1] = None
            seen.odd_rows.add(number - 1)
            continue
        rows.append(cells)
        is_odd_row = bool(odd) and not odd.isdisjoint(places)
        if is_odd_row:
            seen.odd_rows.add(number - 1)
        if is_odd_row or seen.names_residents:
            seen.cells.append(None)
        else:
            seen.cells.append((values.letters(places), tuple(map(text_at, filter(None, places)))))


def _is_of_residents(value: CellValue) -> bool:
    """A heading such as 诉求人姓名."""
    return value.__class__ is str and len(str(value)) <= 12 and alone(str(value)).field in PERSONAL


@lru_cache(maxsize=500)
def _letters(width: int) -> tuple[str, ...]:
    return tuple(map(column_letter, range(width)))


def _join(row: list[CellValue], cells: list[CellValue], number: int) -> None:
    """Cells of a row that came before; the same cell twice is a contradiction."""
    row.extend([None] * (len(cells) - len(row)))
    for column, value in enumerate(cells):
        if value is not None:
            if row[column] is not None and row[column] != value:
                raise refusals.told_twice(cell_name(number, column))
            row[column] = value


def _add_foot(sheet: Sheet, foot: wire.SheetFoot) -> None:
    height, width = len(sheet.rows), max(map(len, sheet.rows), default=0)
    merges = (wire.clipped(merge, height, width) for merge in foot.merges)
    sheet.merges = tuple(merge for merge in merges if merge is not None)
    sheet.hidden_rows = frozenset(foot.hidden_rows)
    sheet.hidden_columns = frozenset(foot.hidden_columns)
    sheet.percent_cells = frozenset(foot.percent_cells)
