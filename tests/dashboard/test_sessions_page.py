"""面对面 through the whole app on a real store: the list, one session, where clicks lead."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine

from dashboard.meetings.told import bar_told
from dashboard.parts.milestone_charts import milestones
from data_access.ledger_import.apply import store_import
from data_access.reads.sessions import sessions
from data_access.writes.face_to_face import SessionWanted, enter_session
from supervision.scope import Role, Scope
from tests.dashboard.administering import Desk
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks


@pytest.fixture
def city(app_store: Engine) -> Engine:
    """教育 twice and 供水 to come; three items of the first session, one of them closed."""
    rows = [
        ledger_row(row=3, session_theme="教育", assigned_on=date(2026, 10, 12)),
        ledger_row(row=4, session_theme="教育", assigned_on=date(2026, 11, 20)),
        ledger_row(row=5, session_theme="教育", assigned_on=date(2026, 10, 12), status="已办结",
                   feedback_on=date(2026, 10, 20), closed_on=date(2026, 10, 22)),
    ]  # fmt: skip
    for held_on, theme in (
        (date(2026, 9, 1), "教育"), (date(2026, 10, 8), "教育"), (date(2026, 11, 27), "供水"),
    ):  # fmt: skip
        wanted = SessionWanted(held_on, theme, "分管领导", "市级", 40, 30, 25)
        enter_session(app_store, wanted, viewer=SUPERVISOR)
    store_import(app_store, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return app_store


def test_a_bar_leaves_out_the_end_of_a_long_theme_and_never_the_day(city: Engine):
    enter_session(
        city, SessionWanted(date(2026, 9, 21), "园区企业综合服务", "分管领导", "市级", 1, 1, 1),
        viewer=SUPERVISOR,
    )  # fmt: skip
    seen = sessions(city, scope=Scope.whole_city(), as_of=TODAY)
    told = {bar_told(one) for one in seen.sessions}
    assert {"园区企业综… 26-09-21", "教育 26-10-08"} <= told


def test_the_page_tells_the_sessions_and_what_is_due_around_them(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("sessions.py")
    assert "召开 2 场，其中本年 2 场，将召开 1 场；事项在办 2 件、逾期未反馈 1 件" in desk.said
    assert desk.table("day", "theme")["theme"].tolist() == ["供水", "教育", "教育"]
    assert desk.table("due", "what")["due"].tolist() == [
        "2026-11-25（今天）", "2026-12-01（还有 4 个工作日）",
    ]  # fmt: skip


def test_a_session_without_a_day_has_its_theme_alone(city: Engine, monkeypatch: pytest.MonkeyPatch):
    undated = ledger_row(row=9, session_theme="养老", assigned_on=date(2026, 10, 12))
    other = judged_ledger(undated, name="另一本.xlsx")
    store_import(city, other, viewer=SUPERVISOR, as_of=TODAY)
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("sessions.py")
    assert "召开 3 场，其中本年 2 场，1 场没有登记日期，将召开 1 场" in desk.said
    assert "（—）" not in desk.said
    one = desk.table("day", "theme")["theme"].tolist().index("养老")
    desk.click_row("sessions_table", one, "theme")
    assert "养老" in desk.said
    assert "养老（" not in desk.said


def test_numbers_open_their_rows_and_a_day_its_session(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("sessions.py").click_row("sessions_table", 1, "closure_rate")
    assert "截至 2026" in desk.said.replace("\\", "").replace("\u2060", "")
    assert "共 **3** 件" in desk.said
    desk = Desk("sessions.py").click_row("sessions_table", 1, "day")
    assert "教育（2026-10-08，市级，主持：分管领导）" in desk.said
    assert "挂图作战：3 件中已办结 1 件，1 件逾期未反馈" in desk.said
    desk.click_row("session_lights", 0, "n")
    assert "共 **1** 件" in desk.said


def test_a_theme_that_comes_again_opens_the_items_of_all_its_sessions(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("sessions.py")
    assert "1 个主题不止一场，教育最多：2 场" in desk.said
    desk.click_row("sessions_themes_table", 0, "open")
    assert "等 2 场" in desk.said
    assert "共 **2** 件" in desk.said


def test_a_county_sees_no_session_of_others(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.COUNTY_ADMIN, scope=Scope(reporting_units=frozenset({"紫金县"})))
    for asked in ({}, {"one": "1"}):
        said = Desk("sessions.py", **asked).said
        assert "没有符合条件的场次" in said
        assert "教育（" not in said


def test_the_line_of_days_ends_at_closing_and_leaves_out_what_was_never_assigned():
    days = ("assigned_on", "due_on", "feedback_on", "closed_on")
    whole = [date(2026, 10, 12), date(2026, 11, 2), date(2026, 10, 20), date(2026, 10, 22)]
    items = pd.DataFrame(
        [
            {"item_id": 1, "number": "1", "title": "路灯", "lead_short": None, "light": "grey",
             **dict(zip(days, whole, strict=True))},
            {"item_id": 2, "number": "2", "title": None, "lead_short": "局", "light": "unassigned",
             **dict.fromkeys(days)},
        ]
    )  # fmt: skip
    chart = milestones(items, total=2, dark=False, as_of=TODAY)
    assert chart.frame[["item", "until", "today"]].to_numpy().tolist() == [
        [1, "2026-10-22T12:00:00", None]
    ]
    assert "另有 1 件" in chart.note
