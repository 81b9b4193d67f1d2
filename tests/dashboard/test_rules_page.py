"""The page 督办规则, through the whole app on a real store: tried, confirmed, kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine, select

from dashboard import rule_acts, rule_reads
from dashboard.briefing.calendar_template import calendar_template
from data_access import clock, database
from data_access.calendar_store import current_calendar
from data_access.calendar_workbook import read_calendar
from data_access.city_rules import city_rules
from data_access.database import reading, transaction
from data_access.schema.registers import terms
from data_access.work_calendar import calendar_findings
from supervision.deadlines import Limit, LimitUnit
from supervision.rights import NotPermitted, Right, may
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import Severity
from tests.acting import round_rows, stored_item
from tests.app_store import store_of_the_app
from tests.dashboard.administering import Desk
from tests.deciding import decide, rule_change
from tests.factories import TODAY
from tests.looking import looks

PAGE = "rules.py"
DAYS = {
    "元旦": (date(2027, 1, 1), 3), "春节": (date(2027, 2, 5), 8), "清明节": (date(2027, 4, 5), 1),
    "劳动节": (date(2027, 5, 1), 3), "端午节": (date(2027, 6, 9), 1),
    "中秋节": (date(2027, 9, 15), 1), "国庆节": (date(2027, 10, 1), 7),
}  # fmt: skip


@pytest.fixture
def store(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        looks(monkeypatch, engine, Role.SUPERVISOR)
        yield engine


def notice(**wrong: object) -> bytes:
    """The template filled in as a clerk would, with some cells wrong."""
    book = openpyxl.load_workbook(io.BytesIO(calendar_template(2027)))
    sheet = book["放假安排"]
    for row in range(2, 9):
        first, length = DAYS[sheet.cell(row, 1).value]
        sheet.cell(row, 2).value = first
        if length > 1:
            sheet.cell(row, 3).value = first + timedelta(days=length - 1)
    for cell, value in wrong.items():
        sheet[cell] = value
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def upload(desk: Desk, data: bytes, name: str = "2027.xlsx") -> Desk:
    desk.app.file_uploader[0].set_value((name, data, "x"))
    return desk.run()


def ruled(store: Engine, name: str) -> list[tuple[str, str]]:
    return [(one.subject, one.value) for one in city_rules(store, on=TODAY) if one.name == name]


def test_a_limit_is_tried_first_and_moves_open_items_only_when_confirmed(store: Engine):
    item = stored_item(store, assigned_on=date(2026, 11, 9))
    desk = Desk(PAGE)
    assert "交办后15个工作日内反馈" in desk.table("rule", "words")["words"].tolist()
    desk.click_row("rules_deadlines", 0, "rule")
    desk.app.number_input[0].set_value(10)
    desk.write("依据", "市委办〔2026〕18号")
    desk.app.checkbox[0].check()
    desk.press("试算影响")
    assert "1 件在办事项期限变动，1 件由此逾期，0 件已定结论改变。" in desk.said
    assert desk.table("before", "after")["after"].tolist() == ["2026-11-23"]
    assert ruled(store, "feedback_limit") == [("", "15 workday")]
    desk.press("确认实施")
    assert "反馈期限已定为：交办后10个工作日内反馈。" in desk.said
    assert ruled(store, "feedback_limit") == [("", "10 workday")]
    assert round_rows(store, item)[0]["due_on"] == date(2026, 11, 23)
    assert "市委办〔2026〕18号" in desk.table("at", "basis")["basis"].tolist()


def test_a_trial_is_let_go_and_nothing_was_kept(store: Engine):
    desk = Desk(PAGE, rule="due_soon_working_days")
    desk.app.number_input[0].set_value(5)
    desk.press("试算影响")
    assert desk.refusals == ["请写明依据（文件、会议或批示），1 到 200 个字。"]
    desk.write("依据", "会议").press("试算影响")
    assert "临期 0 件，今天不变。" in desk.said
    desk.press("不改了")
    assert not desk.offers("确认实施")
    assert ruled(store, "due_soon_working_days") == [("", "3")]


def test_a_trial_that_had_to_wait_too_long_says_so_and_may_be_pressed_again(
    store: Engine, monkeypatch: pytest.MonkeyPatch
):
    desk = Desk(PAGE, rule="due_soon_working_days")
    desk.app.number_input[0].set_value(5)
    desk.write("依据", "会议")
    with monkeypatch.context() as hurried:
        hurried.setattr(database, "BUSY_MS", 50)
        with transaction(store):
            desk.press("试算影响")
    assert "系统正忙" in desk.refusals[0]
    desk.press("试算影响")
    assert desk.offers("确认实施")


def test_whoever_was_slower_sees_what_the_other_decided(store: Engine):
    desk = Desk(PAGE, rule="due_soon_working_days")
    desk.app.number_input[0].set_value(5)
    desk.write("依据", "会议").press("试算影响")
    decide(store, "due_soon_working_days", "7")
    desk.press("确认实施")
    assert "刚由tester定为“7个工作日内到期（含当日）为临期”" in desk.refusals[0]
    assert ruled(store, "due_soon_working_days") == [("", "7")]


def test_a_category_gets_its_own_limit_and_assigning_is_filled_with_it(store: Engine):
    item = stored_item(store, category=("咨询",), assigned_on=None)
    with reading(store) as connection:
        key = connection.execute(select(terms.c.id).where(terms.c.name == "咨询")).scalar_one()
    desk = Desk(PAGE, rule="feedback_limit")
    desk.take("为一类事项单独规定", "分类“咨询”").press("去规定")
    desk.app.checkbox[0].check()
    desk.app.number_input[0].set_value(2)
    desk.take("单位", "日（自然日）").write("依据", "规定").press("试算影响").press("确认实施")
    assert ruled(store, "feedback_limit") == [("", "15 workday"), (f"category:{key}", "2 day")]
    assert rule_reads.limit_of_items(TODAY, [item]) == Limit(2, LimitUnit.DAY)


@pytest.mark.usefixtures("store")
def test_reasons_that_the_city_leaves_out_are_not_offered():
    desk = Desk(PAGE, rule="reassign_reasons")
    desk.choose("重新交办的原因", "不满意", "反弹").write("依据", "会议")
    desk.press("试算影响").press("确认实施")
    assert [one.label for one in rule_reads.reassign_reasons(TODAY)] == ["不满意", "反弹", "其他"]


def test_the_yearly_notice_is_checked_by_cells_tried_and_put_in_force(store: Engine):
    item = stored_item(store, assigned_on=date(2026, 12, 21))
    desk = Desk(PAGE).turn_to("工作日历")
    assert "已录入 2021—2026 年，期限最远能推算到 2026-12-31" in desk.said
    upload(desk, notice(B2="2027年13月1日", D3="也许"), "错.xlsx")
    assert desk.table("cell", "message")["cell"].tolist() == ["B2", "D3", "—"]
    assert not desk.offers("启用这份工作日历")
    upload(desk, notice())
    assert "试算：启用后已录入 2021—2027 年，1 件暂定期限确定" in desk.said
    assert round_rows(store, item)[0]["due_on"] is None
    desk.press("启用这份工作日历")
    assert "已启用 2021—2027 年的工作日历，1 件暂定期限已确定。" in desk.said
    assert round_rows(store, item)[0]["due_on"] == date(2027, 1, 12)
    with reading(store) as connection:
        assert current_calendar(connection).why(date(2027, 1, 2)) == "元旦"


@pytest.mark.usefixtures("store")
def test_a_template_sent_back_empty_is_told_by_its_cells():
    data = calendar_template(2028)
    desk = upload(Desk(PAGE).turn_to("工作日历"), data)
    assert "B2" in desk.table("cell", "message")["cell"].tolist()
    file = read_calendar(notice(), "x.xlsx")
    assert [one for one in calendar_findings(file) if one.severity is Severity.ERROR] == []
    assert read_calendar(b"PK\x03\x04rest", "x.xlsx").findings[0].severity is Severity.ERROR


@pytest.mark.parametrize("page", ["overview.py", "desk.py", "rules.py"])
def test_supervisors_are_warned_when_the_calendar_ends_before_the_longest_limit(
    store: Engine, page: str
):
    stored_item(store)
    warned = "今天交办、期限15个工作日的事项算不出反馈期限，只能暂定。请导入2027年的放假安排。"
    for day, is_told in ((date(2026, 12, 10), False), (date(2026, 12, 11), True)):
        clock.tell(day)
        desk = Desk(page)
        if page == PAGE:
            desk.turn_to("工作日历")
        assert (warned in desk.said) is is_told, day


OTHERS = [r for r in Role if not may(Viewer("x", "x", frozenset({r}), Scope()), Right.MANAGE_RULES)]


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_reads_or_decides_rules(store: Engine, role: Role):
    assert Role.SYSADMIN in OTHERS
    other = Viewer("other", "别人", frozenset({role}), Scope.whole_city())
    change, file = rule_change("due_soon_working_days", "5"), read_calendar(notice(), "x.xlsx")
    for act in (
        lambda: rule_reads.city_rules(other, TODAY),
        lambda: rule_reads.city_rule(other, TODAY, "feedback_limit", ""),
        lambda: rule_reads.decided_rules(other),
        lambda: rule_reads.kinds(other),
        lambda: rule_reads.calendar_state(other, TODAY),
        lambda: rule_acts.rehearse_rule(change, viewer=other, as_of=TODAY),
        lambda: rule_acts.decide_rule(change, viewer=other, as_of=TODAY),
        lambda: rule_acts.read_calendar_file(b"", "x.csv", viewer=other),
        lambda: rule_acts.rehearse_calendar(file, viewer=other, as_of=TODAY),
        lambda: rule_acts.import_calendar(file, "x.xlsx", viewer=other, as_of=TODAY),
    ):
        with pytest.raises(NotPermitted, match="您的角色不能调整督办规则和工作日历"):
            act()
    assert ruled(store, "due_soon_working_days") == [("", "3")]
