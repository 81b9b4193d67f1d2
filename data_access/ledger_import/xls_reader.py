"""Reads .xls (BIFF) by xlrd, which tells merges, what is hidden, and errors as well."""

from __future__ import annotations

import importlib
import io
from typing import IO, Any

import olefile

from data_access.ledger_import import refusals
from data_access.ledger_import.gate import OLE
from data_access.ledger_import.model import CellError, CellValue, LedgerRefused, Merge, Sheet
from data_access.ledger_import.number_formats import (
    GENERAL,
    Means,
    NumberFormat,
    built_in,
    meant,
    number_format,
    rounded,
)
from data_access.ledger_import.sheet_names import SheetNames
from data_access.ledger_import.shown_text import shown
from data_access.ledger_import.wire import CellWriter, Done, write_sheet

_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5
"""xlrd's cell types."""
_VISIBILITY = ("visible", "hidden", "veryHidden")
_OTHER_DOCUMENTS = {
    "encryptedpackage": refusals.ENCRYPTED,
    "worddocument": refusals.WORD,
    "powerpoint document": refusals.SLIDES,
    "__properties_version1.0": refusals.MAIL,
    "_vba_project_cur": refusals.MACROS,
    "_vba_project": refusals.MACROS,
}


def read_xls(file: IO[bytes], writer: CellWriter) -> Done:
    """Write every visible sheet; LedgerRefused for what cannot be read rightly."""
    data = file.read()
    if data.startswith(OLE):
        data = _workbook_stream(data)
    xlrd = importlib.import_module("xlrd")
    try:
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            logfile=io.StringIO(),
            on_demand=True,
            # Else one far cell is paid for with sixteen million blanks.
            ragged_rows=True,
        )
    except xlrd.XLRDError as error:
        encrypted = "encrypted" in str(error).lower()
        raise LedgerRefused(refusals.ENCRYPTED if encrypted else refusals.DAMAGED) from error
    names = SheetNames()
    visible = []
    for place in range(book.nsheets):
        state = _VISIBILITY[min(book._sheet_visibility[place], 2)]
        name = names.named(book.sheet_names()[place], state)
        if name is not None:
            visible.append((place, name))
    if not visible:
        raise LedgerRefused(refusals.ALL_HIDDEN if names.hidden else refusals.NO_SHEETS)
    told = _Formats(book)
    for place, name in visible:
        write_sheet(writer, _sheet(name, book.sheet_by_index(place), told))
        book.unload_sheet(place)
    return Done("xls", names.hidden, bool(book.datemode))


def _workbook_stream(data: bytes) -> bytes:
    """The BIFF stream inside an OLE2 container; LedgerRefused for every other document."""
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        names = {part.lower() for path in container.listdir(storages=True) for part in path}
        for name, sentence in _OTHER_DOCUMENTS.items():
            if name in names:
                raise LedgerRefused(sentence)
        for stream in ("Workbook", "Book"):
            if container.exists(stream):
                found: bytes = container.openstream(stream).read()
                if len(found) < container.get_size(stream):
                    raise LedgerRefused(refusals.DAMAGED)
                return found
    raise LedgerRefused(refusals.UNKNOWN)


class _Formats:
    """What the numbers of an old workbook mean by their cell style."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.date_1904 = bool(book.datemode)
        self._known: dict[int, NumberFormat] = {}

    def of(self, style: int | None) -> NumberFormat:
        """The number format of a cell style."""
        if style is None:
            return GENERAL
        if style not in self._known:
            self._known[style] = self._found(style)
        return self._known[style]

    def _found(self, style: int) -> NumberFormat:
        if style >= len(self._book.xf_list):
            return GENERAL
        number = self._book.xf_list[style].format_key
        told = self._book.format_map.get(number)
        # Formats 27 to 36 and 50 to 58 are Chinese dates that are not written out in the file.
        if told is None or number in range(27, 37) or number in range(50, 59):
            return built_in(number)
        return number_format(told.format_str)


def _sheet(name: str, source: Any, formats: _Formats) -> Sheet:
    rows: list[list[CellValue]] = []
    percents: set[tuple[int, int]] = set()
    for row in range(source.nrows):
        cells: list[CellValue] = []
        styles = source._cell_xf_indexes[row]
        for column, (kind, raw) in enumerate(zip(source.row_types(row), source.row_values(row),
                                                 strict=True)):  # fmt: skip
            told = formats.of(styles[column]) if kind in (_NUMBER, _DATE) else GENERAL
            value = _value(kind, raw, told, date_1904=formats.date_1904)
            if told.means is Means.SHARE and value is not None:
                percents.add((row + 1, column + 1))
            cells.append(value)
        rows.append(cells)
    return Sheet(
        name=name,
        rows=rows,
        merges=tuple(
            Merge(top + 1, left + 1, bottom, right)
            for top, bottom, left, right in source.merged_cells
        ),
        hidden_rows=frozenset(
            n + 1 for n, told in source.rowinfo_map.items() if told.hidden and n < len(rows)
        ),
        hidden_columns=frozenset(
            n + 1
            for n, told in source.colinfo_map.items()
            if (told.hidden or not told.width) and n < source.ncols
        ),
        percent_cells=frozenset(percents),
    )


def _value(kind: int, raw: Any, told: NumberFormat, *, date_1904: bool) -> CellValue:
    if kind == _TEXT:
        text = shown(raw)
        return text if text.strip() else None
    if kind in (_NUMBER, _DATE):
        value = rounded(raw)
        if isinstance(value, (str, CellError)):
            return value
        return meant(value, told, date_1904=date_1904)
    if kind == _BOOLEAN:
        return bool(raw)
    if kind == _ERROR:
        errors = importlib.import_module("xlrd").error_text_from_code
        return CellError(errors.get(raw, "#N/A"))
    return None
