"""The rows of one sheet as received, one after the other, and the room that they take."""

from __future__ import annotations

from sys import getsizeof

from data_access.ledger_import.model import CellValue
from data_access.ledger_import.raw_row import RawRow
from data_access.ledger_import.room import CELL, PRINTED, RAW_ROW, Room


class RawRowsKept:
    """Collects them; `known` grows by the numbers that are printed for them."""

    def __init__(self, sheet: str, known: dict[CellValue, str], room: Room) -> None:
        self.all: list[RawRow] = []
        self._sheet, self._known, self._room = sheet, known, room
        self._printed = len(known)
        self._alike: dict[tuple[str, ...], tuple[str, ...]] = {}

    def keep(self, row: int, cells: dict[str, str], *, changed: bool) -> None:
        """`changed`: its texts are others than the item's cells had, here and in the item."""
        printed = len(self._known)
        size = RAW_ROW + CELL * len(cells) + PRINTED * (printed - self._printed)
        self._room.take(size + (2 * sum(map(getsizeof, cells.values())) if changed else 0))
        self._printed = printed
        self.all.append(RawRow.of(self._sheet, row, cells, self._alike))
