"""One cell holds no other user up: what is too long is told at once, the rest read in one go.

How long the readers take is measured by `python -m benchmarks.long_cells`, on the same cells.
"""

from datetime import date

import pytest

from benchmarks.long_cells import hard_cells, readers
from data_access.ledger_import.flagging import Flags
from data_access.ledger_import.judge import judge
from data_access.ledger_import.model import LedgerRefused, LedgerRow, Sheet, Source, Workbook
from data_access.ledger_import.patience import Patience
from data_access.registers import shipped_registers
from data_access.work_calendar import shipped_calendar
from supervision.vocabulary import Severity

HEAD = ["编号", "诉求内容", "镇街", "责任单位", "交办时间", "反馈时限"]
ROW = ["1", "路灯", "船塘镇", "市教育局", "2026-11-02", "2026-11-23"]
AS_OF = date(2026, 11, 25)


def judged(rows, patience=None):
    book = Workbook("台账.xlsx", "0" * 64, "xlsx", [Sheet("台账", [HEAD, *rows])])
    return judge(book, registers=shipped_registers(), calendar=shipped_calendar(), as_of=AS_OF,
                 patience=patience)  # fmt: skip


@pytest.mark.parametrize(("column", "text"), [(3, "（" * 32_000), (5, "11月" * 9_000)])
def test_a_cell_of_thirty_thousand_signs_is_judged_at_once(column, text):
    row = [text if n == column else cell for n, cell in enumerate(ROW)]
    assert any("太长" in flag.message for flag in judged([row]).flags)


def test_every_reader_has_an_answer_for_every_hard_cell():
    for name, read in readers().items():
        answers = [read(text) for text in hard_cells()]
        assert None not in answers, name


def test_a_ledger_that_takes_too_long_is_refused_whole():
    with pytest.raises(LedgerRefused, match="用时过长"):
        judged([ROW], patience=Patience(0))


def test_tens_of_tens_are_no_number_and_no_fault_of_ours():
    (row,) = judged([[*ROW[:5], "十十月一日"]]).rows
    assert row.due_on is None


def test_departments_joined_by_and_are_all_found():
    (row,) = judged([[*ROW[:3], "市教育局和市财政局及市公安局", *ROW[4:]]]).rows
    assert row.lead_departments == ("市教育局", "市财政局", "市公安局")


def test_a_weekday_alone_is_no_date_and_not_too_long():
    told = judged([[*ROW[:5], "星期三"]])
    assert [flag.message for flag in told.flags if "太长" in flag.message] == []


def test_a_sheet_without_a_header_has_an_end_too():
    sheet = Sheet("清单", [["丙", "丁", str(n)] for n in range(50)])
    book = Workbook("清单.xlsx", "0" * 64, "xlsx", [sheet])
    asked = {"registers": shipped_registers(), "calendar": shipped_calendar(), "as_of": AS_OF}
    with pytest.raises(LedgerRefused, match="没有找到台账表头"):
        judge(book, **asked)
    with pytest.raises(LedgerRefused, match="用时过长"):
        judge(book, patience=Patience(0), **asked)


def test_a_ledger_of_nothing_but_faults_is_refused_before_they_fill_the_memory():
    flags, row = Flags(most=2), LedgerRow(Source("台账", 3))
    told = {"column": 1, "code": "x", "severity": Severity.WARNING, "say": "看不懂"}
    for _ in range(2):
        flags.at_cell(row, "due_on", **told)
    with pytest.raises(LedgerRefused, match="问题超过 2 处"):
        flags.at_cell(row, "due_on", **told)
