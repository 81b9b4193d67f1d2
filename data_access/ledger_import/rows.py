"""From a row's cells to a LedgerRow: each column read by its kind, faults told at the cell."""

from __future__ import annotations

import re
from collections.abc import Callable

from data_access.ledger_import.cell_text import (
    DITTO_STARTS,
    column_letter,
    is_ditto,
    is_unknown_word,
)
from data_access.ledger_import.columns import Columns
from data_access.ledger_import.context import Context
from data_access.ledger_import.date_reading import Reading, counted, unit_in_heading
from data_access.ledger_import.field_names import DATES, DEADLINES, JOINED
from data_access.ledger_import.flagging import Flags
from data_access.ledger_import.headings import SATISFACTION_TICK, STATUS_TICK
from data_access.ledger_import.model import CellError, CellValue, LedgerRow, Source
from data_access.ledger_import.number_cells import NumberCells
from data_access.ledger_import.readers import Readers
from data_access.ledger_import.reporter_cells import ReporterCells
from data_access.ledger_import.row_cells import RowCells
from data_access.ledger_import.row_order import RowDates
from data_access.ledger_import.unit_cells import UnitCells
from data_access.ledger_import.word_cells import WordCells
from supervision.vocabulary import Severity

_TEXTS = frozenset({"title", "content", "feedback_text", "remarks", "measures", "progress",
                    "next_step", "instruction", "case_leader", "urgency", "origin", "address",
                    "village", "session_theme"})  # fmt: skip
_PLACES = ("county", "township", "village", "address")
_SETTLED = frozenset({*DATES, "county", "township"})
"""Read when the row is settled, together with their neighbours."""
_PATH = re.compile(r"\s*(?:->|→|>|›|/|\\|——|--|,|，|、|;|；)\s*")
_BLANK_TEXT = frozenset({"/", "\\", "-", "--", "—", "——", "－", "／"})
Take = Callable[[LedgerRow, int, CellValue], None]


class RowBuilder:
    """Builds the rows of one section."""

    def __init__(
        self,
        *,
        sheet: str,
        columns: Columns,
        headings: dict[int, str],
        readers: Readers,
        flags: Flags,
        percent_cells: frozenset[tuple[int, int]],
        hundred: bool,
        binary: bool,
        numbers_cut: bool,
        says_ditto: bool = True,
    ) -> None:
        self._sheet = sheet
        self._columns = columns
        self._headings = headings
        self._says_ditto = says_ditto
        self._readers = readers
        self._flags = flags
        self._known = readers.safe.known
        self._units = UnitCells(
            readers, flags, has_lead="lead_departments" in columns.fields.values()
        )
        self._numbers = NumberCells(flags, has_number=columns.has("number"), cut=numbers_cut)
        self._dates = RowDates(readers, flags)
        self._words = WordCells(flags, headings, percent_cells, hundred=hundred, binary=binary)
        self._above: list[CellValue] = []
        self._takes: list[tuple[int, Take | None]] = []
        self._named: list[tuple[str, str]] = []
        """Field and column letter of each of `_takes`."""
        self._letters_of: dict[tuple[int, ...], tuple[dict[str, str], str]] = {}
        self._by_name: dict[str, int] = {}
        self._plan()

    def _plan(self) -> None:
        for column, name in self._columns.fields.items():
            if name is None:
                continue
            take = self._take_for(name)
            if take is not None or name in _SETTLED:
                self._takes.append((column, take))
                self._named.append((name, column_letter(column)))
                self._by_name.setdefault(name, column)
        texts = [name for name in self._by_name if name in _TEXTS]
        self.residents = ReporterCells(self._columns, texts, self._readers.safe)
        self._place_columns = [self._by_name.get(name) for name in _PLACES]
        self._has_places = any(column is not None for column in self._place_columns)
        self._limit_units = {
            column: unit
            for column, name in self._columns.fields.items()
            if name in DEADLINES and (unit := unit_in_heading(self._headings.get(column, "")))
        }
        self._date_columns = [(n, self._by_name[n]) for n in DATES if n in self._by_name]

    def _take_for(self, name: str) -> Take | None:
        if name in _TEXTS:
            return self._joined_text(name) if name in JOINED else self._text(name)
        if name.startswith((STATUS_TICK, SATISFACTION_TICK)):
            return self._words.tick(name)
        special: dict[str, Take] = {
            "number": self._numbers.number,
            "row_number": self._numbers.row_number,
            "lead_departments": self._units.lead,
            "co_departments": self._units.co,
            "category": self._category,
        }
        return special.get(name) or self._words.take(name)

    def build(self, number: int, values: list[CellValue], context: Context) -> LedgerRow:
        """`number` is the spreadsheet row; `values` one cell per column."""
        row = LedgerRow(Source(self._sheet, number))
        values = self._with_dittos(row, values)
        self._above = values
        width, filled = len(values), []
        for n, (column, take) in enumerate(self._takes):
            if column < width:
                value = values[column]
                if value is not None:
                    filled.append(n)
                    if take is not None:
                        take(row, column, value)
        row.cells = RowCells(*self._letters(tuple(filled)), number)
        self._settle(row, values, context)
        return row

    def _letters(self, filled: tuple[int, ...]) -> tuple[dict[str, str], str]:
        """Field → letter of the columns that a row fills; the first of a field counts."""
        known = self._letters_of.get(filled)
        if known is None:
            letters: dict[str, str] = {}
            for n in filled:
                letters.setdefault(*self._named[n])
            known = self._letters_of[filled] = letters, RowCells.pattern(letters)
        return known

    def _settle(self, row: LedgerRow, values: list[CellValue], context: Context) -> None:
        self._settle_dates(row, values)
        self._settle_place(row, values, context)
        self._units.settle(row)
        self._words.settle(row)
        if row.session_theme is None:
            row.session_theme = context.theme
        if not row.category and context.category is not None:
            row.category = (context.category,)
        self.residents.settle(row, values)
        if row.title is None and row.content is None:
            row.storable = False
            self._flags.at_cell(row, "content", self._by_name.get("content"), "content-missing",
                                Severity.ERROR, "没有标题和内容，请补全后再导入")  # fmt: skip

    # Cells ---------------------------------------------------------------------------------

    def _with_dittos(self, row: LedgerRow, values: list[CellValue]) -> list[CellValue]:
        """同上 and 〃 take the value of the cell above, once the item above is read."""
        if not self._says_ditto:
            return values
        likely = [
            column
            for column, value in enumerate(values)
            if isinstance(value, str) and len(value) <= 6 and value[0] in DITTO_STARTS
        ]
        for column in likely:
            value = values[column]
            if not isinstance(value, str) or not is_ditto(value):
                continue
            values = list(values)
            above = self._above[column] if column < len(self._above) else None
            values[column] = above
            name = self._columns.fields.get(column)
            if above is None and name is not None:
                self._flags.at_cell(row, name, column, "ditto-without-above", Severity.ERROR,
                                    "写的是同上，但上一行没有内容，请补全")  # fmt: skip
        return values

    def _text(self, name: str) -> Take:
        def take(row: LedgerRow, column: int, value: CellValue) -> None:
            text = self._plain(row, name, column, value)
            if text:
                setattr(row, name, text)

        return take

    def _joined_text(self, name: str) -> Take:
        """Several columns may carry one text: joined in their order."""

        def take(row: LedgerRow, column: int, value: CellValue) -> None:
            text = self._plain(row, name, column, value)
            if text:
                before = getattr(row, name)
                setattr(row, name, f"{before}\n{text}" if before else text)

        return take

    def _plain(self, row: LedgerRow, name: str, column: int, value: CellValue) -> str:
        text = self._known.get(value) or self._readers.safe.of(value)
        if len(text) <= 12:
            if text in _BLANK_TEXT:
                return ""
            if isinstance(value, CellError):
                self._flags.at_cell(row, name, column, "cell-error", Severity.WARNING,
                                    "是公式错误，按空白处理")  # fmt: skip
                return ""
            if is_unknown_word(text):
                self._tell_unknown(row, name, column)
                return ""
        return text

    def _tell_unknown(self, row: LedgerRow, name: str, column: int) -> None:
        self._flags.at_cell(row, name, column, "unknown-word", Severity.NOTICE,
                            "写明不详或保密，按空白处理")  # fmt: skip

    def _category(self, row: LedgerRow, column: int, value: CellValue) -> None:
        text = self._plain(row, "category", column, value)
        if text:
            row.category += tuple(part for part in _PATH.split(text) if part)

    # Dates and places ----------------------------------------------------------------------

    def _settle_dates(self, row: LedgerRow, values: list[CellValue]) -> None:
        readings: dict[str, tuple[Reading, int]] = {}
        width = len(values)
        for name, column in self._date_columns:
            value = values[column] if column < width else None
            if value is not None:
                unit = self._limit_units.get(column)
                reading = counted(value, unit) if unit else None
                readings[name] = (reading or self._readers.dates.read(value), column)
        if readings:
            self._words.callback_day(row, readings)
            self._dates.settle(row, readings)

    def _settle_place(self, row: LedgerRow, values: list[CellValue], context: Context) -> None:
        if not self._has_places:
            row.county = context.county
            return
        county, township, village, address = [
            self._place_text(values, column) for column in self._place_columns
        ]
        place = self._readers.places.read(county, township, village, address, context.county)
        row.county, row.township = place.county, place.township
        for fault in place.faults:
            column = next(
                (c for c in (self._by_name.get(fault.field), *self._place_columns[::-1])
                 if c is not None), None,
            )  # fmt: skip
            self._flags.at_cell(row, fault.field, column, fault.code, fault.severity, fault.say,
                                fault.candidates)  # fmt: skip

    def _place_text(self, values: list[CellValue], column: int | None) -> str:
        value = values[column] if column is not None and column < len(values) else None
        return "" if value is None else self._readers.safe.printed(value)
