"""The hotline's counts: faults at their cells, whole or nothing, replaced by month, undone."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
from sqlalchemy import Engine

from data_access.filters import Filters
from data_access.hotline_sheet import HotlineSheet, judged_hotline, month_told
from data_access.ledger_import.workbook import open_ledger
from data_access.reads.hotline import hotline
from data_access.writes.hotline import store_hotline, undo_hotline
from supervision.hotline import HotlineRefused
from supervision.scope import Role, Scope, Viewer
from tests.factories import SUPERVISOR, TODAY

HEAD = "月份,主题,县区,件数,办结数,满意数"
COUNTY = Scope(reporting_units=frozenset({"紫金县"}))


def _sheet(engine: Engine, *lines: str, head: str = HEAD, name: str = "热线.csv") -> HotlineSheet:
    data = "\n".join(["12345热线统计", head, *lines]).encode()
    return judged_hotline(engine, open_ledger(data, name), as_of=TODAY)


def _counts(engine: Engine, scope: Scope = SUPERVISOR.scope, **asked: object):
    seen = hotline(engine, scope=scope, as_of=TODAY, filters=Filters(**asked))
    return {(r["theme"], r["month"]): r["received"] for r in seen.counts.iter_rows(named=True)}


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("2026-10", date(2026, 10, 1)), ("2026年1月", date(2026, 1, 1)),
        ("2025-11", date(2025, 11, 1)), ("202611", date(2026, 11, 1)),
        ("2026/9", date(2026, 9, 1)), ("2026年10月份", date(2026, 10, 1)),
        (202603, date(2026, 3, 1)), (datetime.fromisoformat("2026-05-09T08:00"), date(2026, 5, 1)),
        ("２０２６－１０", date(2026, 10, 1)), ("2026-10-01", date(2026, 10, 1)),
        (2026.1, None), ("10月", None), ("2026-13", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_month_is_read_as_clerks_write_it(cell: object, month: date | None):
    assert month_told(cell) == month


def test_counts_are_stored_and_lines_of_sums_left_out(town: Engine):
    sheet = _sheet(town, "2026-10,看病难,,120,110,100", "2026-10,饮水难,全市,\"1,200\",,",
                   "2026-10,合计,,1320,,")  # fmt: skip
    assert (sheet.faults, sheet.totals, len(sheet.rows)) == ((), 1, 2)
    assert store_hotline(town, sheet, viewer=SUPERVISOR).sentence == (
        "已导入热线统计 2 行，1 个月。"
    )
    october = date(2026, 10, 1)
    assert _counts(town) == {("看病难", october): 120, ("饮水难", october): 1200}


@pytest.mark.parametrize(
    ("line", "cell", "words"),
    [
        ("2026-13,看病难,,1,,", "A4", "看不出是哪个月"),
        ("2027-01,看病难,,1,,", "A4", "还没有到"),
        ("2026-10,,,1,,", "B4", "请填写主题"),
        (f"2026-10,{'长' * 31},,1,,", "B4", "最多 30 个字"),
        ("2026-10,看病难,某某县,1,,", "C4", "登记册里没有"),
        ("2026-10,看病难,,,,", "D4", "不小于 0 的整数"),
        ("2026-10,看病难,,-3,,", "D4", "不小于 0 的整数"),
        ("2026-10,看病难,,1.5,,", "D4", "不小于 0 的整数"),
        ("2026-10,看病难,,5,6,", "E4", "不能多于件数（5）"),
        ("2026-10,看病难,,5,4,许多", "F4", "不小于 0 的整数"),
        ("2026-09,出行难,,7,,", "B4", "与第 3 行是同一个月"),
        ("2026-09,出行难,紫金县,7,,", "C4", "不能混填"),
    ],
)
def test_a_fault_is_told_at_its_cell_and_nothing_is_stored(
    town: Engine, line: str, cell: str, words: str
):
    sheet = _sheet(town, "2026-09,出行难,,3,,", line)
    told = [(fault.cell, fault.sentence) for fault in sheet.faults]
    assert len(told) == 1
    assert told[0][0] == cell
    assert words in told[0][1]
    with pytest.raises(HotlineRefused, match="一行也没有导入"):
        store_hotline(town, sheet, viewer=SUPERVISOR)
    assert _counts(town) == {}


def test_another_file_is_refused_in_one_sentence(town: Engine):
    with pytest.raises(HotlineRefused, match="没有找到表头"):
        _sheet(town, "a,b", head="编号,事项")
    with pytest.raises(HotlineRefused, match="表头下面没有数据"):
        _sheet(town, ",,,,,")


def test_other_headings_of_the_field_are_understood(town: Engine):
    sheet = _sheet(
        town, "紫金县,2026年9月,饮水难,33 件", head="所属县区,统计月份,诉求类别,受理件数"
    )
    assert [(row.theme, row.received) for row in sheet.rows] == [("饮水难", 33)]


def _workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_each_sheet_with_the_headings_is_read_and_another_is_named(town: Engine):
    head = ["月份", "主题", "件数"]
    sheets = {
        "9月": [head, ["2026-09", "看病难", 10]],
        "10月": [["2026年热线"], head, ["2026-10", "看病难", 20], ["2026-09", "看病难", 3]],
        "说明": [["各月由热线办填写"]], "空": [],
    }  # fmt: skip
    sheet = judged_hotline(town, open_ledger(_workbook(sheets), "热线.xlsx"), as_of=TODAY)
    assert [(row.month.month, row.received) for row in sheet.rows] == [(9, 10), (10, 20)]
    assert [(one.cell, one.sentence) for one in sheet.faults] == [
        ("10月!B4", "与“9月”第 2 行是同一个月、同一主题、同一县（区）。")
    ]
    assert sheet.unread_told == "工作表“说明”里没有热线统计的表头，没有读取。"


def test_a_month_told_again_is_replaced_and_undoing_brings_it_back(city: Engine):
    first = _sheet(city, "2026-09,看病难,,10,,", "2026-10,看病难,,20,,", "2026-10,停车难,,5,,")
    store_hotline(city, first, viewer=SUPERVISOR)
    with pytest.raises(HotlineRefused, match="已经导入过"):
        store_hotline(city, first, viewer=SUPERVISOR)
    again = store_hotline(city, _sheet(city, "2026-10,看病难,,22,,"), viewer=SUPERVISOR)
    assert "2026年10月已有数据，已用这一份替换" in again.sentence
    september, october = date(2026, 9, 1), date(2026, 10, 1)
    assert _counts(city) == {("看病难", september): 10, ("看病难", october): 22}
    with pytest.raises(HotlineRefused, match="请先撤销后来的那一次"):
        undo_hotline(city, 1, viewer=SUPERVISOR)
    assert undo_hotline(city, again.import_id, viewer=SUPERVISOR) == 1
    assert _counts(city)[("看病难", october)] == 20
    assert _counts(city)[("停车难", october)] == 5
    with pytest.raises(HotlineRefused, match="已经撤销"):
        undo_hotline(city, again.import_id, viewer=SUPERVISOR)
    seen = hotline(city, scope=SUPERVISOR.scope, as_of=TODAY)
    assert [(one.id, one.undone, one.rows) for one in seen.imports] == [(2, True, 0), (1, False, 3)]


def test_a_county_sees_its_own_counts_and_a_department_none(city: Engine):
    store_hotline(
        city, _sheet(city, "2026-10,看病难,紫金县,7,,", "2026-10,看病难,源城区,9,,"),
        viewer=SUPERVISOR,
    )  # fmt: skip
    key = ("看病难", date(2026, 10, 1))
    assert _counts(city) == {key: 16}
    assert _counts(city, COUNTY) == {key: 7}
    assert hotline(city, scope=COUNTY, as_of=TODAY).imports == ()
    assert _counts(city, Scope(departments=frozenset({"市教育局"}))) == {}
    county = Viewer("county", "专班", frozenset({Role.COUNTY_ADMIN}), COUNTY)
    with pytest.raises(HotlineRefused, match="可见全市的人"):
        undo_hotline(city, 1, viewer=county)
