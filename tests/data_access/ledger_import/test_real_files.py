"""The same ledgers as real files: what a spreadsheet program wrote is judged the same."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import xlwt

from data_access.ledger_import.field_names import SIXTEEN
from data_access.ledger_import.judge import judge
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import JudgedLedger, Sheet, Workbook
from data_access.ledger_import.workbook import open_ledger
from data_access.registers import shipped_registers
from data_access.work_calendar import shipped_calendar
from tests.data_access.ledger_import.messy_ledgers import MESSY, Messy

AS_OF = date(2026, 11, 20)
WRITTEN = [messy for messy in MESSY if messy.name.split()[0] in ("plain", "title,", "two-row")]
WRITTEN += [messy for messy in MESSY if messy.name.split()[0] in ("stacked", "ditto", "three-row")]


def _xlsx(sheets: list[Sheet]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for row in sheet.rows:
            page.append(row)
        for merge in sheet.merges:
            page.merge_cells(
                start_row=merge.first_row,
                start_column=merge.first_column,
                end_row=merge.last_row,
                end_column=merge.last_column,
            )
    return _saved(book)


def _xls(sheets: list[Sheet]) -> bytes:
    book = xlwt.Workbook()
    styles = {date: xlwt.easyxf(num_format_str="yyyy-mm-dd")}
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        merged = {(m.first_row - 1, m.first_column - 1): m for m in sheet.merges}
        for r, row in enumerate(sheet.rows):
            for c, value in enumerate(row):
                style = styles.get(type(value), xlwt.Style.default_style)
                merge = merged.get((r, c))
                if merge is not None:
                    page.write_merge(r, merge.last_row - 1, c, merge.last_column - 1, value, style)
                elif value is not None:
                    page.write(r, c, value, style)
    return _saved(book)


def _saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _csv(sheets: list[Sheet]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(
        [value.isoformat() if isinstance(value, (date, datetime)) else value for value in row]
        for row in sheets[0].rows
    )
    return stream.getvalue().encode("gb18030")


def _judged(workbook: Workbook) -> JudgedLedger:
    return judge(workbook, registers=shipped_registers(), calendar=shipped_calendar(), as_of=AS_OF)


def _said(ledger: JudgedLedger) -> list[list[Any]]:
    return [[getattr(row, name) for name in SIXTEEN] for row in ledger.rows]


@pytest.mark.parametrize("messy", WRITTEN, ids=lambda messy: messy.name)
@pytest.mark.parametrize(("write", "name"), [(_xlsx, "台账.xlsx"), (_xls, "台账.xls")])
def test_a_ledger_written_to_a_file_is_judged_as_its_cells(
    messy: Messy, write: Any, name: str
) -> None:
    from_file = _judged(open_ledger(write(messy.sheets), name, limits=Limits()))
    from_cells = _judged(Workbook(name, "0" * 64, "xlsx", messy.sheets))
    assert _said(from_file) == _said(from_cells)
    assert [flag.code for flag in from_file.flags] == [flag.code for flag in from_cells.flags]


def test_a_csv_in_gb18030_is_judged_as_its_cells() -> None:
    plain = next(messy for messy in MESSY if messy.name.startswith("plain"))
    from_file = _judged(open_ledger(_csv(plain.sheets), "台账.csv", limits=Limits()))
    assert _said(from_file) == _said(_judged(Workbook("a", "0", "xlsx", plain.sheets)))
