"""面对面: commitments and the plan of a session through the whole app, per role."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, select, update

from dashboard import meeting_acts
from dashboard.meeting_acts import CommitmentWanted
from dashboard.parts.plan_charts import Point, plan_chart
from data_access.database import reading, recording
from data_access.ledger_import.apply import store_import
from data_access.reads.commitments import session_plan
from data_access.schema.registers import departments
from data_access.writes.face_to_face import SessionWanted, enter_session
from supervision.milestones import MilestoneState
from supervision.scope import Role, Scope
from tests.dashboard.administering import Desk
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

PAGE = "sessions.py"
HOSTILE = "![x](http://evil.example/x.png)<script>承诺</script>"
NOW = {"as_of": TODAY, "viewer": SUPERVISOR}


@pytest.fixture
def city(app_store: Engine) -> Engine:
    """教育 with an item of 市教育局; 供水 without items, where 市水务局 promised."""
    for held_on, theme in ((date(2026, 10, 8), "教育"), (date(2026, 9, 1), "供水")):
        wanted = SessionWanted(held_on, theme, "分管领导", "市级", 40, 30, 25)
        enter_session(app_store, wanted, viewer=SUPERVISOR)
    row = ledger_row(row=3, session_theme="教育", assigned_on=date(2026, 10, 12))
    store_import(app_store, judged_ledger(row), viewer=SUPERVISOR, as_of=TODAY)
    for session, name, text, due_on in (
        (1, "市教育局", HOSTILE, date(2026, 11, 20)),
        (1, "市教育局", "年底前加装红绿灯", date(2026, 12, 20)),
        (2, "市水务局", "枯水期前通水", date(2026, 11, 10)),
    ):
        with reading(app_store) as connection:
            key = connection.execute(
                select(departments.c.id).where(departments.c.name == name)
            ).scalar_one()
        promise = CommitmentWanted(text, f"李某（{name}局长）", key, due_on)
        meeting_acts.make_commitment(session, promise, **NOW)
    return app_store


def _write(desk: Desk, words: str, text: str) -> Desk:
    next(one for one in desk.app.text_area if one.label == words).set_value(text)
    return desk


def _links(desk: Desk) -> str:
    return "\n".join(str(one.proto.label) for one in desk.app.get("page_link"))


def _plan(engine: Engine):
    return session_plan(engine, scope=SUPERVISOR.scope, as_of=TODAY, session_id=1)


def test_a_leader_sees_what_is_overdue_first_and_each_number_is_its_rows(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk(PAGE)
    assert "承诺 3 项，已兑现 0 项；逾期未兑现 2 项；到期的兑现率 0.00%（0/2）" in desk.said
    rows = desk.table("state", "text")
    assert rows["state"].tolist() == ["▲ 逾期 11 个工作日", "▲ 逾期 3 个工作日", "● 未到期"]
    assert "evil" in rows.to_csv()
    assert desk.table("day", "kept")["kept"].tolist() == ["0/2，▲逾期 1", "0/1，▲逾期 1"]
    desk = Desk(PAGE, kept="overdue", part="promises")
    assert len(desk.table("state", "text")) == 2
    desk.click_row("promises_all_table", 1, "text")
    assert "教育（2026-10-08" in desk.said
    assert "李某（市教育局局长）承诺，市教育局负责，期限 2026-11-20" in desk.said
    assert HOSTILE in desk.said
    assert not any(desk.offers(words) for words in ("登记兑现", "撤回承诺", "提交", "增加"))


def test_a_supervisor_enters_fulfils_and_takes_back(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.SUPERVISOR)
    desk = Desk(PAGE, one="1")
    _write(desk, "承诺内容", "一个月内开通校车").write("承诺人和职务", "王某（副市长）")
    desk.press("登记")
    assert any("请填写兑现期限" in words for words in desk.refusals)
    desk = Desk(PAGE, one="1", promise="2")
    _write(desk, "佐证", "").press("登记兑现")
    assert any("请写明佐证" in words for words in desk.refusals)
    _write(desk, "佐证", "验收单12号").press("登记兑现")
    assert "佐证：验收单12号" in desk.said
    assert "已登记兑现。" in desk.said
    desk.press("撤回兑现")
    assert "佐证：" not in desk.said
    _write(desk, "进展", "已立项").press("提交")
    assert "2026-11-25　已立项" in desk.said
    desk.press("撤回承诺")
    assert "承诺 1 项" in desk.said
    desk.press("恢复")
    assert "承诺 2 项" in desk.said


def test_a_department_reports_on_its_own_commitment_and_sees_no_other(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEAD_UNIT, scope=Scope(departments=frozenset({"市水务局"})))
    desk = Desk(PAGE)
    assert "承诺 1 项" in desk.said
    assert desk.table("day", "theme")["theme"].tolist() == ["供水"]
    desk = Desk(PAGE, one="2", promise="3")
    assert "枯水期前通水" in desk.said
    assert not desk.offers("登记兑现")
    _write(desk, "进展", "管线已铺完").press("提交")
    assert "管线已铺完" in desk.said
    assert "红绿灯" not in Desk(PAGE, one="1", promise="2").said


def test_the_drafted_plan_is_accepted_and_a_point_done(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    desk = Desk(PAGE, one="1")
    assert "还没有作战节点" in desk.said
    desk.press("采用")
    assert len(_plan(city).milestones) == 9
    assert "逾期未完成 6 个，会前备忘最久：" in desk.said
    desk.press("登记完成")
    assert "逾期未完成 5 个" in desk.said
    assert "（11-25 已完成）" in desk.said
    desk.press("移除这个节点")
    assert {one.name for one in _plan(city).removed} == {"会前备忘"}


@pytest.mark.parametrize(("role", "told"), [(Role.SUPERVISOR, True), (Role.CALLBACK, False)])
def test_the_desk_tells_what_is_overdue_to_who_keeps_it(
    city: Engine, monkeypatch: pytest.MonkeyPatch, role: Role, told: bool
):
    looks(monkeypatch, city, role)
    sentence = "**2** 项面对面承诺逾期未兑现，最久逾期 11 个工作日（市水务局）"
    assert (sentence in _links(Desk("desk.py"))) is told


def test_an_ended_department_is_offered_only_to_what_it_has(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    with recording(city) as change:
        ended = departments.c.name == "市教育局"
        change.connection.execute(update(departments).where(ended).values(valid_to=TODAY))
    looks(monkeypatch, city, Role.SUPERVISOR)
    desk = Desk(PAGE, one="1", promise="2")
    old, new, point = (one for one in desk.app.selectbox if one.label.startswith("责任单位"))
    in_use = ["市教育局（已停用或并入）", *new.options]
    assert "市教育局" not in new.options + point.options
    assert old.options == in_use
    desk.write("承诺人和职务", "李某（教育局原局长）")
    next(one for one in desk.app.button if one.label == "保存").click()
    desk.run()
    assert "已更正这项承诺。" in desk.said
    kept = next(one for one in _plan(city).commitments if one.id == 2)
    assert (kept.promised_by, kept.department) == ("李某（教育局原局长）", "市教育局")


def test_an_item_leads_to_what_was_promised_about_it(city: Engine, monkeypatch: pytest.MonkeyPatch):
    key = departments.c.name == "市教育局"
    with reading(city) as connection:
        education = connection.execute(select(departments.c.id).where(key)).scalar_one()
    wanted = CommitmentWanted(HOSTILE * 2, "王某", education, date(2026, 11, 10), (1,))
    meeting_acts.make_commitment(1, wanted, **NOW)
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("item.py", id="1")
    assert (
        f"▲ 逾期 11 个工作日　{HOSTILE * 2}（王某承诺，市教育局负责，期限 2026-11-10）" in desk.said
    )
    assert "看这项承诺" in _links(desk)
    assert "红绿灯" not in desk.said


def test_the_plan_tells_lateness_by_sign_and_word():
    points = [
        Point("会前备忘", MilestoneState.LATE, 32, date(2026, 10, 9), None),
        Point("会后跟进", MilestoneState.DONE_LATE, 1, date(2026, 10, 12), date(2026, 10, 13)),
        Point("回头看", MilestoneState.UNDATED, 0, None, None),
    ]
    chart = plan_chart(points, (("首件交办", date(2026, 10, 12)),), dark=False, as_of=TODAY)
    assert chart.headline == (
        "节点 3 个，已完成 1 个（其中逾期完成 1 个），逾期未完成 1 个，会前备忘最久：32 个工作日"
    )
    assert chart.frame["label"].tolist() == [
        "▲ 逾期 32 个工作日", "√ 逾期 1 个工作日完成", "○ 待定", "10/12",
    ]  # fmt: skip
    assert chart.frame["until"].tolist()[:2] == ["2026-11-25T12:00:00", "2026-10-13T12:00:00"]
    assert plan_chart([], (), dark=True, as_of=TODAY).is_empty
