"""编号 and 序号: the number as printed, or a fault where the spreadsheet has changed it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from data_access.ledger_import.cell_text import BLANK_MARKS, as_text, compact, is_unknown_word
from data_access.ledger_import.flagging import Flags
from data_access.ledger_import.model import CellError, CellValue, LedgerRow
from data_access.ledger_import.readers import safe_number
from supervision.vocabulary import Severity

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{1,2}")
_AFTER_ONE_DIGIT = frozenset(".Ee")
_EXACT_DIGITS = 15
"""A spreadsheet keeps so many digits of a number and writes zeros for the others."""


def are_cut(numbers: Sequence[str]) -> bool:
    """Whether every long number of a column ends in the zeros of lost digits."""
    long = [text for text in numbers if text.isdecimal() and len(text) > _EXACT_DIGITS]
    return bool(long) and all(len(text.rstrip("0")) <= _EXACT_DIGITS for text in long)


class NumberCells:
    """Reads the number columns of one section. `cut`: what `are_cut` says of its 编号."""

    def __init__(self, flags: Flags, *, has_number: bool, cut: bool) -> None:
        self._flags = flags
        self._has_number = has_number
        self._cut = cut

    def number(self, row: LedgerRow, column: int, value: CellValue) -> None:
        """A cell of 编号."""
        if value.__class__ is not str and self._is_spoilt(row, column, value):
            return
        text = unicodedata.normalize("NFKC", as_text(value)).replace("\n", "").strip()
        if not text or is_unknown_word(text) or text in BLANK_MARKS:
            return
        if text[1:2] in _AFTER_ONE_DIGIT and _SCIENTIFIC.fullmatch(text):
            self._flags.at_cell(row, "number", column, "number-precision", Severity.ERROR,
                                "被写成了科学计数，末尾几位已丢失，请改成文本格式")  # fmt: skip
            return
        row.number = safe_number(text)
        if self._cut and len(text) > _EXACT_DIGITS and text.isdecimal():
            self._flags.at_cell(row, "number", column, "number-precision", Severity.WARNING,
                                "是数字格式，第15位以后可能已变成0，请核对")  # fmt: skip

    def row_number(self, row: LedgerRow, column: int, value: CellValue) -> None:
        """A cell of 序号: shown where the ledger has no 编号."""
        if self._has_number or row.number is not None:
            return
        if value.__class__ is int:
            row.number, row.number_is_row_number = str(value), True
        elif not self._is_spoilt(row, column, value):
            text = compact(as_text(value))
            if text:
                row.number, row.number_is_row_number = safe_number(text), True

    def _is_spoilt(self, row: LedgerRow, column: int, value: CellValue) -> bool:
        """1-2 that became 2 January, or a formula that failed."""
        if isinstance(value, CellError):
            self._flags.at_cell(row, "number", column, "cell-error", Severity.WARNING,
                                "是公式错误，按空白处理")  # fmt: skip
        elif isinstance(value, date):
            self._flags.at_cell(row, "number", column, "number-is-date", Severity.WARNING,
                                "被表格变成了日期，按空白处理，请改成文本格式")  # fmt: skip
        return isinstance(value, (CellError, date))
