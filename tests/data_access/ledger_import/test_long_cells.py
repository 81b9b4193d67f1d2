"""One cell holds no other user up: what is too long for a date or a unit is told at once."""

import time
from datetime import date

import pytest

from data_access.ledger_import.judge import judge
from data_access.ledger_import.model import Sheet, Workbook
from data_access.registers import shipped_registers
from data_access.work_calendar import shipped_calendar

HEAD = ["编号", "诉求内容", "镇街", "责任单位", "交办时间", "反馈时限"]
ROW = ["1", "路灯", "船塘镇", "市教育局", "2026-11-02", "2026-11-23"]


@pytest.mark.parametrize(("column", "text"), [(3, "（" * 32_000), (5, "11月" * 9_000)])
def test_a_cell_of_thirty_thousand_signs_is_judged_at_once(column, text):
    row = [text if n == column else cell for n, cell in enumerate(ROW)]
    book = Workbook("台账.xlsx", "0" * 64, "xlsx", [Sheet("台账", [HEAD, row])])
    begun = time.monotonic()
    judged = judge(
        book, registers=shipped_registers(), calendar=shipped_calendar(), as_of=date(2026, 11, 25)
    )
    assert time.monotonic() - begun < 5
    assert any("太长" in flag.message for flag in judged.flags)
