"""Faults told at their cell, in one Chinese sentence without personal data."""

from __future__ import annotations

from collections.abc import Mapping
from sys import getsizeof

from data_access.ledger_import.cell_text import cell_name
from data_access.ledger_import.field_names import LABELS
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import Flag, LedgerRefused, LedgerRow
from data_access.ledger_import.room import FAULT, Room
from supervision.vocabulary import Severity

TOO_MANY_FAULTS = (
    "这份台账的问题超过 {most} 处，多半不是交办台账，或整列填错了；没有取用任何内容，"
    "请整理后重新上传。"
)


class Flags:
    """All flags of one ledger, in the order they were found."""

    def __init__(self, most: int = Limits().faults, room: Room | None = None) -> None:
        self._most, self._room = most, room or Room(Limits().memory_bytes)
        self.all: list[Flag] = []
        self.written: Mapping[int, int] = {}
        """Column → row number, where a value of the item at hand is not written in its own row."""
        self._once: set[tuple[str, ...]] = set()

    def at_cell(
        self,
        row: LedgerRow,
        field: str,
        column: int | None,
        code: str,
        severity: Severity,
        say: str,
        candidates: tuple[str, ...] = (),
    ) -> None:
        """A fault in one cell of an item; an error makes the item unsound for rates.

        It is told at the cell in which the value is written, and belongs to the item's row.
        """
        number = row.source.row
        cell = None
        if column is not None:
            cell = cell_name(self.written.get(column, number), column)
        place = cell or f"第{number}行"
        message = f"工作表“{row.source.sheet}”{place}（{LABELS.get(field, field)}）{say}。"
        if len(self.all) >= self._most:
            raise LedgerRefused(TOO_MANY_FAULTS.format(most=self._most))
        self._room.take(FAULT + getsizeof(message))
        self.all.append(
            Flag(row.source.sheet, number, cell, row.number, field, severity, code, message,
                 candidates)
        )  # fmt: skip
        if severity == Severity.ERROR:
            row.sound = False

    def at_heading(
        self,
        sheet: str,
        row: int,
        column: int,
        field: str | None,
        code: str,
        severity: Severity,
        say: str,
        candidates: tuple[str, ...] = (),
    ) -> None:
        """A fault in a heading, told once however often the header is repeated."""
        key = (sheet, str(column), code, say)
        if key in self._once:
            return
        self._once.add(key)
        cell = cell_name(row, column)
        message = f"工作表“{sheet}”{cell}{say}。"
        self.all.append(Flag(sheet, row, cell, None, field, severity, code, message, candidates))

    def at_sheet(self, sheet: str, code: str, severity: Severity, say: str) -> None:
        """A fault of a whole sheet."""
        message = f"工作表“{sheet}”{say}。"
        self.all.append(Flag(sheet, None, None, None, None, severity, code, message))
