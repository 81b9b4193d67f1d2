"""The page 区划与字典, through the whole app on a real store."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from dashboard import reads, register_acts
from dashboard.register_acts import SessionWanted, TermKind, Validity
from data_access.dictionary import dictionary
from data_access.ledger_import.apply import store_import
from data_access.place_register import PlaceRow, place_register
from data_access.writes.face_to_face import session_register
from supervision.rights import NotPermitted
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import DivisionLevel
from tests.dashboard.administering import Desk
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

PAGE = "registers.py"


@pytest.fixture
def store(app_store: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    looks(monkeypatch, app_store, Role.SYSADMIN)
    return app_store


def town(store: Engine, name: str) -> PlaceRow:
    places = place_register(store, level=DivisionLevel.TOWNSHIP)
    return next(one for one in places if one.name == name)


def day(desk: Desk, words: str, value: date) -> Desk:
    next(one for one in desk.app.date_input if one.label == words).set_value(value)
    return desk


def stored(store: Engine, *categories: str) -> None:
    rows = [ledger_row(row=n, category=(name,)) for n, name in enumerate(categories, start=3)]
    store_import(store, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)


def test_a_township_is_found_and_renamed(store: Engine):
    desk = Desk(PAGE).write("查找地名", "埔前").run()
    assert desk.table("name", "above")["above"].tolist() == ["源城区"]
    desk.click_row("places", 0, "name")
    day(desk, "从哪一天起", date(2026, 10, 1)).write("新的名称", "埔前街道").press("更名")
    assert "“埔前镇”已更名为“埔前街道”。" in desk.said
    assert town(store, "埔前街道").aliases[-1].name == "埔前镇"


def test_a_township_is_linked_to_a_leader(store: Engine):
    desk = Desk(PAGE, place=town(store, "埔前镇").code).write("联镇领导", "王市长").press("保存")
    assert "已登记“埔前镇”的联镇领导。" in desk.said
    assert town(store, "埔前镇").linked_leader == "王市长"


def test_an_alias_of_a_township_is_added_and_ended(store: Engine):
    desk = Desk(PAGE, place=town(store, "埔前镇").code).write("别名", "埔前新镇").press("加别名")
    names = desk.table("name", "last")["name"].tolist()
    desk.click_row("aliases", names.index("埔前新镇"), "name")
    day(desk, "停用前的最后一天", date(2026, 10, 31)).press("停用这个别名")
    assert town(store, "埔前镇").aliases[-1].valid.last == date(2026, 10, 31)


def test_a_township_is_merged_into_another_of_its_county(store: Engine):
    desk = Desk(PAGE, place=town(store, "埔前镇").code).press("合并")
    assert "请选择承接的镇（街）" in desk.refusals[0]
    into = next(one for one in desk.app.selectbox if one.label == "由哪个镇（街）承接")
    assert "源西街道" in into.options
    assert "船塘镇" not in into.options
    into.select("源西街道")
    next(one for one in desk.app.checkbox if one.label.endswith("确认合并")).check()
    desk.press("合并")
    assert "“埔前镇”已并入“源西街道”，归入事项 0 件、村（社区）" in desk.said
    assert town(store, "埔前镇").merged_into == "源西街道"
    assert "这个地方已经并入“源西街道”。" in desk.said


def test_a_township_with_villages_is_not_ended(store: Engine):
    desk = Desk(PAGE, place=town(store, "埔前镇").code).press("登记撤销")
    assert desk.refusals == ["请先勾选“已核对，确认撤销”。"]
    next(one for one in desk.app.checkbox if one.label.endswith("确认撤销")).check()
    desk.press("登记撤销")
    assert "请先逐个登记撤销" in desk.refusals[0]
    assert town(store, "埔前镇").valid.last is None


def test_a_category_is_renamed_and_another_merged_into_it(store: Engine):
    stored(store, "道路交通", "交通")
    desk = Desk(PAGE).turn_to("字典").click_row("words", 1, "name")
    desk.write("新的名称", "交通出行").press("更名")
    assert "已更名为“交通出行”。" in desk.said
    desk.press("← 回到字典")
    names = desk.table("name", "also")["name"].tolist()
    desk.click_row("words", names.index("交通出行"), "name")
    other = next(name for name in names if name != "交通出行")
    desk.take("并入哪一个", other).press("合并")
    assert "1 件事项改用新名称" in desk.said
    [left] = dictionary(store, kind=TermKind.CATEGORY)
    assert (left.name, left.items) == (other, 2)


def test_a_session_is_entered_and_corrected(store: Engine):
    desk = Desk(PAGE).turn_to("面对面场次").press("登记场次").write("主题", "教育面对面")
    day(desk, "日期", date(2026, 11, 10))
    desk.app.number_input[0].set_value(10)
    desk.app.number_input[1].set_value(12)
    desk.press("登记")
    assert desk.refusals == ["有效件数不能多于收集件数。"]
    desk.app.number_input[1].set_value(9)
    desk.press("登记")
    assert "已登记“教育面对面”。" in desk.said
    desk.click_row("face_to_face", 0, "theme").write("主持人", "分管副市长").press("保存")
    assert session_register(store)[0].told.host == "分管副市长"


OTHERS = [role for role in Role if role not in (Role.SYSADMIN, Role.SYSTEM)]


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_reads_or_changes_them(store: Engine, role: Role):
    other = Viewer("other", "别人", frozenset({role}), Scope.whole_city())
    session = SessionWanted(None, "主题", None, None, None, None, None)
    code = town(store, "埔前镇").code
    tried = (
        lambda: reads.place_register(other, DivisionLevel.TOWNSHIP),
        lambda: reads.dictionary(other, TermKind.ORIGIN),
        lambda: reads.session_register(other),
        lambda: register_acts.rename_township(
            code, "新镇", on=TODAY, as_of=TODAY, row_version=1, viewer=other
        ),
        lambda: register_acts.link_township(code, "王市长", row_version=1, viewer=other),
        lambda: register_acts.end_place(code, last=TODAY, as_of=TODAY, row_version=1, viewer=other),
        lambda: reads.place_use(other, code),
        lambda: register_acts.merge_township(
            code, town(store, "源西街道").code, on=TODAY, as_of=TODAY, row_version=1, viewer=other
        ),
        lambda: register_acts.add_place_alias(code, "新镇", Validity(), viewer=other),
        lambda: register_acts.end_place_alias(1, last=TODAY, viewer=other),
        lambda: register_acts.rename_term(1, "新", seen="旧", viewer=other),
        lambda: register_acts.merge_term(1, 2, seen="旧", viewer=other),
        lambda: register_acts.enter_session(session, viewer=other),
        lambda: register_acts.correct_session(1, session, row_version=1, viewer=other),
    )
    for act in tried:
        with pytest.raises(NotPermitted, match="您的角色不能维护单位、区划"):
            act()
    assert town(store, "埔前镇").row_version == 1
