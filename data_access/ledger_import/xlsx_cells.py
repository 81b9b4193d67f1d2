"""One cell of an .xlsx: what its type, its style and its text come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from data_access.ledger_import import refusals
from data_access.ledger_import.model import CellError, CellValue, LedgerRefused
from data_access.ledger_import.number_formats import GENERAL, Means, NumberFormat, number_value
from data_access.ledger_import.shown_text import shown, stored_text

UNCOMPUTED = CellError("公式未计算")
"""A formula whose result the file does not hold, as programs write it that cannot compute."""


@dataclass(slots=True)
class CellReader:
    """Turns cells into values with the workbook's strings, number formats and date system."""

    strings: list[str] = field(default_factory=list)
    """The shared strings, as `stored_text` leaves them."""
    formats: list[NumberFormat] = field(default_factory=list)
    date_1904: bool = False

    def value(self, kind: str, style: str, formula: bool, text: str | None) -> CellValue:
        """The value of a cell; `text` is None where it holds none.

        Raises LedgerRefused for a shared string that does not exist.
        """
        if kind == "s" and text:
            return self._shared(text)
        if formula and (text is None or (not text and kind in ("", "n"))):
            return UNCOMPUTED
        if text is None or text == "":
            return None
        if kind in ("", "n"):
            return number_value(text, self._format(style), date_1904=self.date_1904)
        if kind == "b":
            return text.strip().lower() in ("1", "true")
        if kind == "e":
            return CellError(shown(text)[:40])
        if kind == "d":
            return self._iso(text)
        return stored_text(text)

    def is_percent(self, kind: str, style: str) -> bool:
        """Whether a number in this style is printed as a percentage."""
        return kind in ("", "n") and self._format(style).means is Means.SHARE

    def _format(self, style: str) -> NumberFormat:
        place = int(style) if style.isdecimal() else 0
        return self.formats[place] if place < len(self.formats) else GENERAL

    def _shared(self, text: str) -> str:
        try:
            # int() takes more than digits, so they are asked for first.
            return self.strings[int(text) if text.isdecimal() else -1 - len(self.strings)]
        except IndexError as error:
            raise LedgerRefused(refusals.DAMAGED) from error

    def _iso(self, text: str) -> CellValue:
        """A date in ISO 8601, as strict workbooks may write it."""
        try:
            moment = datetime.fromisoformat(text.strip()).replace(tzinfo=None)
        except ValueError:
            return stored_text(text)
        return moment if moment.time().replace(microsecond=0) != _MIDNIGHT else moment.date()


_MIDNIGHT = datetime.min.time()
