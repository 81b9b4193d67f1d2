"""周通报 of a programme: the week in words and numbers, ranking where it is allowed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import Engine

from dashboard.briefing.programme_bulletin import Bulletin, numeral, programme_bulletin
from dashboard.briefing.watermark import Watermark
from dashboard.programmes.weekly import bulletin, entries_of, weeks
from dashboard.programmes.weekly_ranking import ranking_told
from supervision.metrics import Rate
from supervision.scope import Role, Scope
from tests.app_store import store_of_the_app
from tests.dashboard.administering import Desk
from tests.data_access.in_use import small_in_use
from tests.factories import TODAY
from tests.looking import looks
from tests.programmes import HOSTILE, LINES, line, seen, store

MARK = Watermark("某人", "someone", datetime(2026, 11, 25, 9, 30))  # noqa: DTZ001
RUNNING, EARLIER = "2026-11-23", "2026-11-02"


@pytest.fixture
def city(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        small_in_use(opened)
        store(opened, *LINES, line("N-6", HOSTILE, "紫金县", begun="2026-11-03"))
        yield opened


def _told(city: Engine, code: str, *, whole: bool = True) -> Bulletin:
    return bulletin(seen(city), weeks(TODAY)[code], {}, whole=whole)


def _rows(told: Bulletin, heading: str) -> list[tuple[str, ...]]:
    return [tuple(row) for one in told.sections if one.heading == heading for row in one.rows]


def test_weeks_begin_on_monday_and_the_running_one_ends_today():
    known = weeks(TODAY)
    assert list(known)[:2] == [RUNNING, "2026-11-16"]
    assert known[RUNNING].told == "11月23日起一周（至25日）"
    assert (known["2026-11-16"].last, known["2026-11-16"].told) == (
        date(2026, 11, 22), "11月16日起一周",
    )  # fmt: skip


def test_a_week_that_runs_into_another_year_says_both():
    running = next(iter(weeks(date(2027, 1, 1)).values()))
    assert running.told == "2026年12月28日起一周（至1月1日）"


def test_flows_are_of_the_week_rates_of_the_year_and_stock_of_today(city: Engine):
    figures = {row[0]: row[1:] for row in _rows(_told(city, EARLIER), "总体情况")}
    assert figures["受理"] == ("本周", "4 件", "—")
    assert figures["涉及人数"] == ("本周", "8 人", "—")
    assert figures["办结率"] == ("本年至周末", "50.00%", "2/4")
    assert figures["办理中"] == ("截至数据日", "3 件", "—")
    assert {row[0]: row[2] for row in _rows(_told(city, RUNNING), "总体情况")}["受理"] == "1 件"


def test_who_is_silent_and_what_is_late_is_named(city: Engine):
    told = _told(city, RUNNING)
    reports = next(one for one in told.sections if one.heading == "报送情况").sentences[0]
    assert reports.startswith("周报已报 12.50%（1/8），未报 7 个县(区)：")
    late = next(one for one in told.sections if one.heading == "逾期和临期")
    assert late.sentences == ["逾期 2 件，临期 0 件。"]
    assert [row[0] for row in late.rows] == ["N-3", "N-6"]


def test_past_the_work_calendar_the_counties_still_add_up_to_what_is_late(city: Engine):
    as_of = date(2028, 3, 1)
    week = next(iter(weeks(as_of).values()))
    told = bulletin(seen(city, as_of=as_of), week, {}, whole=True)
    late = next(one for one in told.sections if one.heading == "逾期和临期")
    assert late.sentences == ["逾期 3 件，临期 0 件。"]
    assert sum(int(row[2]) for row in _rows(told, "分县(区)情况")) == 3


def test_its_rows_are_what_moved_in_the_week_and_what_is_late(city: Engine):
    week = weeks(TODAY)[RUNNING]
    assert {one.values["number"] for one in entries_of(seen(city), week)} == {"N-3", "N-4", "N-6"}


def test_ranking_keeps_to_peers_enough_cases_ties_and_the_whole_city():
    rates = {1: Rate(9, 10), 2: Rate(18, 20), 3: Rate(5, 10), 4: Rate(3, 3), 5: Rate(0, 0),
             6: Rate(10, 10)}  # fmt: skip
    names = {key: f"{key}县" for key in rates}
    peers = {**dict.fromkeys(range(1, 6), "county"), 6: "functional_zone"}
    told = ranking_told(rates, peers, names, name="化解率", least=10, whole=True)
    assert told[1:] == [
        "县(区)：第1名 1县 90.00%（9/10），第1名 2县 90.00%（18/20），第3名 3县 50.00%（5/10）；"
        "件数不足不排名的：4县 100.00%（3/3）；没有应计件数的：5县。",
        "功能区：第1名 6县 100.00%（10/10）。",
    ]
    part = ranking_told(rates, peers, names, name="化解率", least=10, whole=False)
    assert part == ["排名只在全市范围、同类之间进行；这里是一部分，不排名。"]


def test_sections_are_counted_beyond_the_tenth():
    told = [numeral(n) for n in (1, 9, 10, 11, 19, 20, 21, 99)]
    assert told == ["一", "九", "十", "十一", "十九", "二十", "二十一", "九十九"]


def test_the_document_says_it_all_and_keeps_hostile_titles_as_text(city: Engine):
    content = programme_bulletin(_told(city, RUNNING), watermark=MARK)
    document = Document(io.BytesIO(content))
    paragraphs = "\n".join(one.text for one in document.paragraphs)
    assert "小专题周通报" in paragraphs
    assert "（2026年11月23日至2026年11月25日）" in paragraphs
    assert "办结率：“受理日期”在统计期内的，其中“状态”为“已办结”的比例" in paragraphs
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert HOSTILE in cells
    assert MARK.words in document.sections[0].footer.paragraphs[1].text
    xml = document.element.xml
    assert not any(sign in xml for sign in ("w:hyperlink", "w:instrText", "w:fldSimple"))


def test_the_page_offers_both_files_to_who_may_export(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    desk = Desk("programmes.py", programme="small", week="2026-11-16")
    offered = {one.proto.label for one in desk.app.get("download_button")}
    assert {"下载 Word", "下载 Excel"} <= offered
    assert desk.app.session_state["week_chosen"] == "2026-11-16"


def test_a_department_is_told_of_its_own_entries_only(city: Engine):
    found = seen(city, scope=Scope(departments=frozenset({"市教育局"})))
    told = bulletin(found, weeks(TODAY)[EARLIER], {}, whole=False)
    assert [row[0] for row in _rows(told, "逾期和临期")] == ["N-3"]
    assert {row[0] for row in _rows(told, "分县(区)情况")} == {"东源县", "紫金县"}
