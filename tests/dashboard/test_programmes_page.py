"""专题 through the whole app on a real store: every number is its rows, faults at their cells."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from sqlalchemy import Engine

from dashboard.briefing.list_workbook import list_workbook
from dashboard.briefing.programme_workbook import ledger_template
from dashboard.briefing.watermark import Watermark
from dashboard.programmes.about import about_of
from dashboard.programmes.entries import headings_of, rows_of
from dashboard.programmes.narrowing import narrowed
from dashboard.programmes.tiles import figure_tiles
from dashboard.programmes.told import asked_of, conclusion
from data_access import clock
from data_access.filters import Filters, Period
from data_access.ledger_import.workbook import open_ledger as read_workbook
from data_access.programmes.book import KnownProgramme
from data_access.programmes.judging import judged_programme
from data_access.registers import shipped_registers
from supervision.programmes import RATES, Measure
from supervision.scope import Role, Scope
from tests.dashboard.administering import Desk
from tests.data_access.in_use import small_in_use
from tests.factories import TODAY
from tests.looking import looks
from tests.programmes import HOSTILE, LINES, SMALL, ledger, line, seen, small, store


@pytest.fixture
def bare(app_store: Engine) -> Engine:
    """A store with the small programme and no ledger of it."""
    small_in_use(app_store)
    return app_store


@pytest.fixture
def city(bare: Engine) -> Engine:
    """The same with its five entries."""
    store(bare, *LINES)
    return bare


def test_cards_tell_what_is_late_first_and_open_a_programme(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("programmes.py")
    assert "1 个专题有台账，逾期 1 条，最多的是小专题 1 条，1 个专题本期有未报的" in desk.said
    desk.press("小专题")
    assert (
        "逾期 1 件，最长 12 个工作日；周报：本周 7 个县(区)未报；办结率 50.00%（2/4），样本偏少"
    ) in desk.said
    assert not desk.offers("检查并启用")


def test_a_cell_of_a_table_opens_exactly_its_rows(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("programmes.py", programme="small")
    table = desk.table("name", "all", "late", "done_rate")
    row = table["name"].tolist().index("东源县")
    assert table.loc[row, "done_rate"] == "100.00%（2/2）"
    desk.click_row("programme_by_county", row, "done_rate")
    assert "小专题：办结率 100.00%（2/2），县(区)：东源县，共 2 件" in desk.said
    paper = "".join(str(one.proto.body) for one in desk.app.get("html"))
    assert "<span>共 2 件</span>" in paper
    assert "水管漏水" in paper
    assert len(desk.table("title", "status")) == 2


def test_every_number_is_as_many_rows_as_its_list_has(city: Engine):
    found = seen(city)
    asked = asked_of(Filters(), TODAY)
    assert len(figure_tiles(found, asked, {})) == len(found.programme.figures)
    for tile in figure_tiles(found, asked, {}):
        figure = found.programme.figure(str(tile.query["figure"]))
        url = {key: str(value) for key, value in tile.query.items()}
        if figure.measure is Measure.COVERED_RATE:
            continue
        rows = narrowed(found, url, asked).entries
        if figure.measure in RATES:
            n, of = map(int, tile.basis.split("/"))
            hits = narrowed(found, {**url, "part": "n"}, asked).entries
            rest = narrowed(found, {**url, "part": "rest"}, asked).entries
            assert (len(hits), len(rest), len(rows)) == (n, of - n, of)
        elif figure.measure in (Measure.SUM, Measure.MEDIAN):
            assert tile.basis == f"{len(rows)} 件已填"
        else:
            assert tile.value == str(len(rows))


def test_a_figure_says_what_it_counts_leaves_out_and_of_which_days(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    found, asked = seen(city), asked_of(Filters(), TODAY)
    told = {one.name: about_of(found, one, asked) for one in found.programme.figures}
    assert told["done_rate"][1:] == (
        "算式：“状态”为“已办结”的件数÷统计范围的件数＝50.00%（2/4）",
        "台账 5 件，计入 4，“撤回”不计 1",
        "统计期 2026-01-01 至 2026-11-25，截至 2026-11-25",
    )
    assert told["on_time_rate"][2] == ("台账 5 件，计入 3，“撤回”不计 1，不在统计期或统计范围的 1")
    assert told["open"][3] == "截至 2026-11-25"
    assert told["reported"][1].endswith("÷应报的县(区)数＝12.50%（1/8）")
    looks(monkeypatch, city, Role.LEADER)
    page = "".join(str(one.proto.body) for one in Desk("definitions.py").app.get("html"))
    assert all(line in page for lines in told.values() for line in lines)


def test_other_rows_begin_on_their_first_page(bare: Engine, monkeypatch: pytest.MonkeyPatch):
    many = [line(f"N-{n}", "路灯不亮", "东源县" if n % 3 else "紫金县") for n in range(310)]
    store(bare, *many)
    looks(monkeypatch, bare, Role.LEADER)
    desk = Desk("programme_entries.py", programme="small", lamp="red", page="2")
    assert "本页第 201–300" in _on_paper(desk)
    desk.choose("县(区)", "东源县").run()
    assert "本页第 1–100" in _on_paper(desk)
    desk.press("下一页").press("看全部条目")
    assert "本页第 1–100" in _on_paper(desk)


def _on_paper(desk: Desk) -> str:
    return "".join(str(one.proto.body) for one in desk.app.get("html"))


def test_a_rate_of_coverage_lists_who_has_to_report(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("programme_entries.py", programme="small", figure="reported")
    assert "起一周，本周报送率 12.50%（1/8），这里列 8 个县(区)" in desk.said
    assert desk.table("name", "told")["told"].tolist() == ["未报"] * 7 + ["已报"]
    desk.press("没有算进的")
    assert "这里列 7 个县(区)" in desk.said
    desk.app.query_params["back"] = "3"
    desk.press("全部")
    assert "2026年11月2日起一周，本周报送率 37.50%（3/8）" in desk.said


def test_a_cycle_without_a_rate_of_its_own_opens_its_rows_too(
    app_store: Engine, monkeypatch: pytest.MonkeyPatch
):
    small_in_use(app_store, SMALL[: SMALL.rindex("[[figure]]")])
    store(app_store, *LINES)
    looks(monkeypatch, app_store, Role.LEADER)
    desk = Desk("programmes.py", programme="small")
    names = desk.table("name", "told", "n")
    row = names["name"].tolist().index("源城区")
    assert names.loc[row, "n"] == 1
    desk.click_row("cycle_weekly", row, "n")
    assert "2026-11-23 至 2026-11-25 报送的，县(区)：源城区，共 1 件" in desk.said
    earlier = Desk("programmes.py", programme="small").table("span", "lines")
    assert earlier["lines"].tolist() == [4]
    whole = Desk("programme_entries.py", programme="small", cycle="weekly", back="3")
    assert "2026-11-02 至 2026-11-08 报送的，共 4 件" in whole.said


def test_one_entry_tells_where_each_value_stands(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("programme_entries.py", programme="small", lamp="red")
    assert "小专题：逾期，共 1 件" in desk.said
    desk.click_row("entries-0", 0, "title")
    cells = desk.table("栏目", "台账单元格").set_index("栏目")["台账单元格"]
    assert cells["事项"].startswith("B5")


def test_an_address_that_asks_for_nonsense_shows_everything_or_says_so(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    nonsense = {"figure": "x", "lamp": "x", "by": "kind", "is": "x", "back": "-1", "days": "x",
                "page": "999", "entry": "x", "part": "x"}  # fmt: skip
    assert "类别：x，共 0 件" in Desk("programme_entries.py", programme="small", **nonsense).said
    by = {**nonsense, "by": "x"}
    assert "小专题：全部，共 5 件" in Desk("programme_entries.py", programme="small", **by).said
    assert "没有这个专题" in Desk("programme_entries.py", programme="x").said
    endless = {"figure": "reported", "back": "9" * 5_000}
    assert "这里列 8 个县(区)" in Desk("programme_entries.py", programme="small", **endless).said


def test_a_county_sees_its_own_and_is_told_nothing_of_others(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.COUNTY_ADMIN, scope=Scope(reporting_units=frozenset({"东源县"})))
    said = Desk("programmes.py", programme="small").said
    assert "没有逾期；周报：本周 1 个县(区)未报；办结率 100.00%（2/2）" in said
    assert "噪声" not in said


def test_a_department_reads_no_trace_of_a_resident(bare: Engine, monkeypatch: pytest.MonkeyPatch):
    told = "赖春生，电话13812345678，反映水管漏水"
    store(bare, line("N-1", told, "东源县", department="市教育局", who="赖春生",
                     phone="13812345678"))  # fmt: skip
    key = str(seen(bare).entries[0].id)
    looks(monkeypatch, bare, Role.LEAD_UNIT)
    desk = Desk("programme_entries.py", programme="small", entry=key)
    whole = desk.table("栏目", "内容").to_string() + desk.table("title").to_string() + desk.said
    assert "反映水管漏水" in whole
    assert all(trace not in whole for trace in ("赖", "138", "姓名", "电话\n"))


class _Uploaded:
    """What the browser has put into the box."""

    def __init__(self, data: bytes) -> None:
        self.key, self.name, self.data = "upload-1", "小专题.csv", data


def test_a_ledger_is_looked_through_stored_and_taken_back(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    data = ledger(
        line("N-3", "噪声扰民", "紫金县", done="2026-11-25", status="已办结"),
        line("N-8", HOSTILE, "东源县"), line("N-9", "坏行", "东源县", kind="丙类"),
    )  # fmt: skip
    monkeypatch.setattr(
        "dashboard.programmes.importing.upload_box", lambda *_a, **_k: _Uploaded(data)
    )
    desk = Desk("programmes.py", programme="small")
    assert "小专题台账：新增 1 行，更新 1 行，拒绝 1 行" in desk.said
    assert desk.table("outcome", "message")["place"].tolist() == ["E5　CSV"]
    desk.press("登记 2 行")
    assert "第 2 批已入库：新增 1 条，更新 1 条，1 行没有入库" in desk.said
    assert "没有逾期" not in desk.said
    desk.write("撤销的原因", "填错了").press("撤销这一批")
    assert "已撤销第 2 批：移除新增的 1 条，恢复更新前的 1 条。" in desk.said


def test_the_template_filled_in_is_read_without_a_fault():
    book = openpyxl.load_workbook(io.BytesIO(ledger_template(small(), ["东源县", "紫金县"])))
    sheet = book["台账"]
    headings = [cell.value for cell in sheet[3]]
    assert headings[:3] == ["编号*", "事项*", "县(区)*"]
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists["C4:C2003"] == "选项!$C$1:$C$2"
    for column, text in enumerate(LINES[0], 1):
        sheet.cell(4, column, text or None)
    made = io.BytesIO()
    book.save(made)
    told = judged_programme(
        KnownProgramme(small(), 1), read_workbook(made.getvalue(), "模板.xlsx"),
        registers=shipped_registers(), as_of=TODAY, scope=Scope.whole_city(),
    )  # fmt: skip
    assert (len(told.lines), told.faults) == (1, [])


def test_an_export_has_the_rows_of_its_list_and_no_formula(city: Engine):
    store(city, line("N-8", HOSTILE, "东源县"))
    found = seen(city)
    content = list_workbook(
        rows_of(found, found.entries), headings_of(found), title="小专题清单", as_of=TODAY,
        told=["全部"], watermark=Watermark("某人", "someone", clock.now()),
    )  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(content))["清单"]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert len(rows) == 6
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    headings = [cell.value for cell in sheet[4]]
    assert headings[:4] == ["亮灯", "事项", "逾期(工作日)", "期限"]
    assert "姓名" not in headings


def test_a_definition_with_faults_names_their_lines(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.APPROVER)
    desk = Desk("programmes.py", programme="small")
    assert not desk.offers("登记")
    desk.press("停用这个专题")
    assert "已停用“小专题”（small，第 2 版）。" in desk.said
    assert re.search("没有条目|没有台账", desk.said)


def test_nothing_to_tell_is_told_as_that(bare: Engine):
    assert conclusion(seen(bare), asked_of(Filters(), TODAY)) == "小专题还没有台账"
    store(bare, LINES[0])
    outside = seen(bare, scope=Scope(reporting_units=frozenset({"紫金县"})))
    assert "在您的可见范围和当前筛选下没有条目" in conclusion(outside, asked_of(Filters(), TODAY))


def test_a_period_without_cases_is_not_called_a_small_sample(city: Engine):
    nothing = Filters(period=Period(date(2001, 1, 1), date(2001, 1, 2)))
    assert conclusion(seen(city), asked_of(nothing, TODAY)).endswith("办结率 —（0/0）")
