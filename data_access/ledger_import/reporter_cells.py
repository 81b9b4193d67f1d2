"""The resident of a row: hidden in its texts, set apart in clear for the sealed table."""

from __future__ import annotations

import re
from dataclasses import replace

from data_access.ledger_import.cell_text import BLANK_MARKS, as_text, is_unknown_word
from data_access.ledger_import.columns import Columns
from data_access.ledger_import.field_names import JOINED, SEALED
from data_access.ledger_import.model import CellError, CellValue, LedgerRow, PersonalValue
from data_access.ledger_import.own_home import homes
from data_access.ledger_import.personal import without_reporter
from data_access.ledger_import.readers import SafeText, reporter_names, reporter_numbers
from supervision.reporters import asks_for_secrecy, is_complaint

_FINDS = {
    "reporter_name": reporter_names,
    "reporter_phone": reporter_numbers,
    "reporter_id": reporter_numbers,
    "reporter_addr": homes,
}
_BETWEEN_NUMBERS = re.compile(r"[、,，;；/\n]+")
_NUMBERS = frozenset({"reporter_phone", "reporter_id"})
_OF_KIND = frozenset({"item_type", "confidential"})


class ReporterCells:
    """Reads the personal columns of one section; `settle` closes each row.

    `texts` are the text fields that the section has.
    """

    def __init__(self, columns: Columns, texts: list[str], safe: SafeText) -> None:
        self._safe = safe
        fields = [(column, name) for column, name in columns.fields.items() if name]
        self._names = [(column, _FINDS[name]) for column, name in fields if name in _FINDS]
        self._sealed = [(column, name) for column, name in fields if name in SEALED]
        self._kinds = [(column, name) for column, name in fields if name in _OF_KIND]
        self._texts = {text: [column for column, name in fields if name == text] for text in texts}
        self._callbacks = [column for column, name in fields if name == "callback"]
        self.reporter: tuple[str, ...] = ()
        """The names, numbers and home of the last row's reporter, masked in its other cells."""

    def settle(self, row: LedgerRow, values: list[CellValue]) -> None:
        """Hide the reporter in the row's texts; keep what was hidden beside the row."""
        kept: list[PersonalValue] = []
        if self._names:
            self.reporter = self._named(values)
        if self._sealed:
            self._keep_columns(row, values, kept)
        for name, columns in self._texts.items():
            text = getattr(row, name)
            if not text:
                continue
            hidden = without_reporter(text, self.reporter) if self.reporter else text
            if hidden is not text:
                setattr(row, name, hidden)
            # A masked text has a star in it; most texts have none.
            if "*" in hidden:
                self._keep_original(name, columns, hidden, values, kept)
        if row.callback is not None and row.callback.text:
            self._hide_in_callback(row, values, kept)
        for column, name in self._kinds:
            if column < len(values) and values[column] is not None:
                row.reporter_protected |= _protects(name, as_text(values[column]))
        row.personal = tuple(kept)

    def _named(self, values: list[CellValue]) -> tuple[str, ...]:
        return tuple(
            name
            for column, find in self._names
            if column < len(values) and values[column] is not None
            for name in find(self._safe.printed(values[column]))
        )

    def _keep_columns(
        self, row: LedgerRow, values: list[CellValue], kept: list[PersonalValue]
    ) -> None:
        width = len(values)
        for column, name in self._sealed:
            value = values[column] if column < width else None
            if value is None or isinstance(value, CellError):
                continue
            text = self._safe.printed(value)
            if name == "reporter_name" and asks_for_secrecy(text):
                row.reporter_protected = True
            if not text or text in BLANK_MARKS or is_unknown_word(text):
                continue
            parts = _BETWEEN_NUMBERS.split(text) if name in _NUMBERS else (text,)
            kept += [PersonalValue(name, part.strip()) for part in parts if part.strip()]

    def _keep_original(
        self,
        name: str,
        columns: list[int],
        hidden: str,
        values: list[CellValue],
        kept: list[PersonalValue],
    ) -> None:
        """The text before anything in it was masked."""
        texts = [
            self._safe.printed(values[column])
            for column in columns
            if column < len(values) and values[column] is not None
        ]
        original = "\n".join(filter(None, texts)) if name in JOINED else "".join(texts[-1:])
        if original and original != hidden:
            kept.append(PersonalValue(f"text:{name}", original))

    def _hide_in_callback(
        self, row: LedgerRow, values: list[CellValue], kept: list[PersonalValue]
    ) -> None:
        assert row.callback is not None
        assert row.callback.text is not None
        hidden = without_reporter(row.callback.text, self.reporter)
        if hidden != row.callback.text:
            row.callback = replace(row.callback, text=hidden)
        if "*" in hidden:
            self._keep_original("callback_text", self._callbacks, hidden, values, kept)


def _protects(name: str, text: str) -> bool:
    return is_complaint(text) if name == "item_type" else asks_for_secrecy(text)
