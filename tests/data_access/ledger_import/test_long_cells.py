"""One cell holds no other user up: what is too long is told at once, the rest read in one go.

A ledger may have a hundred thousand rows of such cells, so each must cost next to nothing.
"""

import time
from datetime import date

import pytest

from data_access.ledger_import import headings, personal
from data_access.ledger_import.dates import DateReader
from data_access.ledger_import.department_names import NameBook
from data_access.ledger_import.departments import DepartmentReader
from data_access.ledger_import.gazetteer import Gazetteer
from data_access.ledger_import.judge import judge
from data_access.ledger_import.model import Sheet, Workbook
from data_access.ledger_import.places import PlaceReader
from data_access.ledger_import.readers import reporter_names
from data_access.registers import shipped_registers
from data_access.work_calendar import shipped_calendar

HEAD = ["编号", "诉求内容", "镇街", "责任单位", "交办时间", "反馈时限"]
ROW = ["1", "路灯", "船塘镇", "市教育局", "2026-11-02", "2026-11-23"]
AS_OF = date(2026, 11, 25)
SHARE = 0.03
"""Seconds of processor: ten times what the slowest cell needs, a tenth of what it once needed."""
HARD = [
    "(", "（a", "[a]", " ", "a ", "、", "市教育局和", "和", "a和", "牵头", "牵头单位:", " 牵头:",
    "会同", "按职责", "市教育局", "一", "一二三", "十", "十十月", "年", "1年", "1月", "2026-1-1 ",
    "1-", "1.", "123 ", "镇", "街", "船塘镇", "源城区", "×", "ﷺ", "138", "0762-", "a@b.", "证",
    "联系人", "李四,",
]  # fmt: skip


def judged(rows):
    book = Workbook("台账.xlsx", "0" * 64, "xlsx", [Sheet("台账", [HEAD, *rows])])
    return judge(book, registers=shipped_registers(), calendar=shipped_calendar(), as_of=AS_OF)


@pytest.mark.parametrize(("column", "text"), [(3, "（" * 32_000), (5, "11月" * 9_000)])
def test_a_cell_of_thirty_thousand_signs_is_judged_at_once(column, text):
    row = [text if n == column else cell for n, cell in enumerate(ROW)]
    begun = time.monotonic()
    told = judged([row])
    assert time.monotonic() - begun < 5
    assert any("太长" in flag.message for flag in told.flags)


def spent(read, text):
    begun = time.process_time()
    read(text)
    return time.process_time() - begun


@pytest.fixture(scope="module")
def readers():
    registers = shipped_registers()
    units = DepartmentReader(NameBook(registers, on=AS_OF))
    places = PlaceReader(Gazetteer(registers))
    dates = DateReader(year=2026, as_of=AS_OF)
    return {
        "units": lambda text: units.read(text, "lead"),
        "dates": dates.read,
        "townships": lambda text: places.read("", text, "", "", None),
        "addresses": lambda text: places.read("", "", "", text, None),
        "personal": personal.masked,
        "headings": headings.alone,
        "names": reporter_names,
    }


@pytest.mark.parametrize("reader", ["units", "dates", "townships", "addresses", "personal",
                                    "headings", "names"])  # fmt: skip
def test_no_cell_of_a_thousand_signs_takes_long_to_read(readers, reader):
    read = readers[reader]
    for n, sign in enumerate(HARD):
        follower = HARD[(n * 7 + 3) % len(HARD)]
        for text in ((sign * 1000)[:1000], (sign * 500)[:500] + (follower * 500)[:500],
                     ((sign + follower) * 500)[:1000]):  # fmt: skip
            # The second time tells whether it was the cell or the machine.
            slow = spent(read, text) > SHARE and spent(read, text + " .") > SHARE
            assert not slow, f"{sign!r} and {follower!r}"


def test_tens_of_tens_are_no_number_and_no_fault_of_ours():
    (row,) = judged([[*ROW[:5], "十十月一日"]]).rows
    assert row.due_on is None


def test_departments_joined_by_and_are_all_found():
    (row,) = judged([[*ROW[:3], "市教育局和市财政局及市公安局", *ROW[4:]]]).rows
    assert row.lead_departments == ("市教育局", "市财政局", "市公安局")


def test_a_weekday_alone_is_no_date_and_not_too_long():
    told = judged([[*ROW[:5], "星期三"]])
    assert [flag.message for flag in told.flags if "太长" in flag.message] == []
