"""Old workbooks (.xls): values, places and structure."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import xlwt

from data_access.ledger_import.model import CellError, CellValue, LedgerRefused, Merge
from data_access.ledger_import.workbook import Workbook, open_ledger

MORNING = datetime.fromisoformat("2026-03-01 09:30")


def opened(fill: Callable[[Any], None], **told: Any) -> Workbook:
    book = xlwt.Workbook(encoding="utf-8", **told)
    fill(book)
    made = io.BytesIO()
    book.save(made)
    return open_ledger(made.getvalue(), "台账.xls")


def _format(code: str) -> Any:
    return xlwt.easyxf(num_format_str=code)


CELLS: tuple[tuple[Any, str, CellValue], ...] = (
    ("路灯不亮", "General", "路灯不亮"),
    ("00123", "General", "00123"),
    ("　 ", "General", None),
    ("一\r\n二\x0b三\u202e", "General", "一\n二\n三"),
    (12, "General", 12),
    (0.95, "0%", 0.95),
    (0.1 + 0.2, "General", 0.3),
    (441600199001010000, "General", "441600199001010000"),
    (7, "0000", "0007"),
    (True, "General", True),
    (date(2026, 3, 1), "yyyy-mm-dd", date(2026, 3, 1)),
    (MORNING, "yyyy/m/d h:mm", MORNING),
    (0.5, "h:mm", "12:00"),
    (60, "yyyy-mm-dd", 60),
    (-10, "yyyy-mm-dd", -10),
    (15, '0"天"', 15),
)
"""A value as it is written, its number format, and the value read back."""


@pytest.fixture(scope="module")
def read_cells() -> list[CellValue]:
    """All of CELLS, one in each row."""

    def fill(book: Any) -> None:
        sheet = book.add_sheet("台账")
        for row, (told, code, _) in enumerate(CELLS):
            sheet.write(row, 0, told, _format(code))
            sheet.write(row, 1, 1)

    return [row[0] for row in opened(fill).sheets[0].rows]


@pytest.mark.parametrize("place", range(len(CELLS)), ids=[f"{t} {c}" for t, c, _ in CELLS])
def test_a_cell_is_read_as_its_file_means_it(place: int, read_cells: list[CellValue]):
    found, value = read_cells[place], CELLS[place][2]
    assert (type(found), found) == (type(value), value)


def test_errors_are_told_and_not_blank():
    def fill(book: Any) -> None:
        sheet = book.add_sheet("台账")
        sheet.row(0).set_cell_error(0, "#REF!")
        sheet.row(0).set_cell_error(1, "#N/A!")

    assert opened(fill).sheets[0].rows == [[CellError("#REF!"), CellError("#N/A")]]


def test_rows_and_columns_count_as_the_spreadsheet_does():
    def fill(book: Any) -> None:
        sheet = book.add_sheet("台账")
        sheet.write(3, 2, "甲")
        for row in range(9, 3000):
            sheet.write(row, 0, None, _format("0%"))

    assert opened(fill).sheets[0].rows == [[], [], [], [None, None, "甲"]]


def test_merges_hidden_parts_and_percentages_are_told():
    def fill(book: Any) -> None:
        sheet = book.add_sheet("台账")
        sheet.write_merge(0, 0, 0, 3, "交办事项台账")
        for row in range(1, 5):
            sheet.write(row, 0, row)
            sheet.write(row, 3, 0.5, _format("0.0%"))
        sheet.row(2).hidden = True
        sheet.col(1).hidden = True
        book.add_sheet("底稿").visibility = 1
        book.add_sheet("字典").visibility = 2

    book = opened(fill)
    (sheet,) = book.sheets
    assert sheet.merges == (Merge(1, 1, 1, 4),)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({3}, {2})
    assert sheet.percent_cells == {(row, 4) for row in range(2, 6)}
    assert book.hidden_sheets == ("底稿", "字典")


def test_a_workbook_that_counts_from_1904_says_so():
    def fill(book: Any) -> None:
        book.dates_1904 = True
        book.add_sheet("台账").write(0, 0, 44196, _format("yyyy-mm-dd"))

    book = opened(fill)
    assert book.date_1904
    assert book.sheets[0].rows == [[date(2025, 1, 1)]]


def test_an_old_workbook_is_known_under_any_suffix():
    made = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("台账").write(0, 0, "甲")
    book.save(made)
    assert open_ledger(made.getvalue(), "台账.xlsx").sheets[0].rows == [["甲"]]


def test_a_far_cell_is_told_and_not_unfolded():
    def fill(book: Any) -> None:
        sheet = book.add_sheet("台账")
        sheet.write(0, 0, "甲")
        sheet.write(65535, 255, "远")

    assert opened(fill).sheets[0].rows[65535][255] == "远"


def test_empty_old_workbooks_are_refused():
    with pytest.raises(LedgerRefused, match="没有任何内容"):
        opened(lambda book: book.add_sheet("台账"))


def test_all_hidden_old_workbooks_are_refused():
    def fill(book: Any) -> None:
        book.add_sheet("台账").write(0, 0, "甲")
        book.get_sheet(0).visibility = 1

    with pytest.raises(LedgerRefused, match="隐藏"):
        opened(fill)
