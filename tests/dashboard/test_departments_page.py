"""The page 单位登记册, through the whole app on a real store; and who is kept out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import reads, register_acts
from dashboard.register_acts import DepartmentWanted, Validity
from data_access.department_register import DepartmentRow, department_register
from data_access.ledger_import.apply import store_import
from supervision.rights import NotPermitted
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import PeerGroup
from tests.app_store import store_of_the_app
from tests.dashboard.administering import Desk
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

PAGE = "departments.py"
PAGES = Path(__file__).parents[2] / "dashboard" / "app_pages"


@pytest.fixture
def blank(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        yield engine


@pytest.fixture
def store(blank: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    looks(monkeypatch, blank, Role.SYSADMIN)
    return blank


def of(store: Engine, name: str) -> DepartmentRow:
    return next(one for one in department_register(store) if one.name == name)


def card(store: Engine, name: str) -> Desk:
    return Desk(PAGE, unit=str(of(store, name).id))


def day(desk: Desk, words: str, value: date) -> Desk:
    next(one for one in desk.app.date_input if one.label.startswith(words)).set_value(value)
    return desk


def test_departments_are_listed_and_found_by_their_alias(store: Engine):
    desk = Desk(PAGE)
    assert len(desk.table("name", "aliases")) == len(department_register(store))
    desk.write("查找", "住建").run()
    assert desk.table("name", "aliases")["name"].tolist() == ["市住房和城乡建设局"]
    desk.click_row("departments", 0, "name")
    assert desk.offers("← 回到登记册")
    assert "市住房和城乡建设局" in desk.said


def test_a_department_is_entered_from_the_page(store: Engine):
    desk = Desk(PAGE).press("登记新单位")
    desk.write("全称", "市轨道交通局").write("简称", "市轨道局").press("登记")
    assert "已登记“市轨道交通局”" in desk.said
    assert of(store, "市轨道交通局").peer_group == PeerGroup.CITY_DEPARTMENT


def test_a_refused_name_is_told_and_nothing_is_entered(store: Engine):
    before = len(department_register(store))
    desk = Desk(PAGE).press("登记新单位").write("全称", "市住建局").press("登记")
    assert "已经是“市住房和城乡建设局”的别名" in desk.refusals[0]
    assert len(department_register(store)) == before


def test_a_department_is_renamed_from_the_page(store: Engine):
    desk = day(card(store, "市教育局"), "从哪一天起", date(2026, 10, 1))
    desk.write("新的全称", "市教育和体育局").write("新的简称", "市教体局").press("更名")
    assert "“市教育局”已更名为“市教育和体育局”。" in desk.said
    table = desk.table("name", "last").set_index("name")["last"]
    assert table["市教育局"] == "2026-09-30"
    assert of(store, "市教育和体育局").short_name == "市教体局"


def test_two_renames_of_the_same_page_do_not_both_happen(store: Engine):
    early, late = card(store, "市教育局"), card(store, "市教育局")
    early.write("新的全称", "市教育和体育局").press("更名")
    late.write("新的全称", "市教育委员会").press("更名")
    assert late.refusals == ["这个单位刚被别人改过，请刷新后再改。"]
    assert of(store, "市教育和体育局")


def test_a_merge_says_what_it_moves_and_is_confirmed(store: Engine):
    store_import(store, judged_ledger(ledger_row(), ledger_row(row=4)), viewer=SUPERVISOR,
                 as_of=TODAY)  # fmt: skip
    desk = card(store, "市教育局")
    assert "在办的 2 件移交承接单位" in desk.said
    desk.take("由哪个单位承接", "市财政局").press("合并")
    assert desk.refusals == ["请选择承接单位，并勾选“已核对，确认合并”。"]
    desk.app.checkbox[0].check()
    desk.press("合并")
    assert "移交牵头事项 2 件、协办事项 0 件" in desk.said
    assert of(store, "市教育局").successor == "市财政局"
    assert "这个单位已经并入其他单位" in desk.said


def test_an_alias_is_added_and_ended_from_the_page(store: Engine):
    desk = card(store, "市教育局").write("别名", "市学校建设办").press("加别名")
    names = desk.table("name", "last")["name"].tolist()
    desk.click_row("aliases", names.index("市学校建设办"), "name")
    day(desk, "停用前的最后一天", date(2026, 10, 31))
    desk.press("停用这个别名")
    entry = next(one for one in of(store, "市教育局").aliases if one.name == "市学校建设办")
    assert entry.valid.last == date(2026, 10, 31)


def test_the_peer_group_is_changed_from_the_page(store: Engine):
    desk = card(store, "市教育局").take("同类组", "公共服务企业").press("保存")
    assert "已保存。" in desk.said
    assert of(store, "市教育局").peer_group == PeerGroup.PUBLIC_SERVICE


OTHERS = [role for role in Role if role not in (Role.SYSADMIN, Role.SYSTEM)]


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_reads_or_changes_the_register(blank: Engine, role: Role):
    other = Viewer("other", "别人", frozenset({role}), Scope.whole_city())
    wanted = DepartmentWanted("", PeerGroup.CITY_DEPARTMENT, None)
    before = department_register(blank)
    tried = (
        lambda: reads.department_register(other),
        lambda: reads.department_use(other, 1),
        lambda: reads.unit_names(other),
        lambda: register_acts.add_department("市轨道局", wanted, valid_from=None, viewer=other),
        lambda: register_acts.rename_department(
            1, "新名称", "", on=TODAY, as_of=TODAY, row_version=1, viewer=other
        ),
        lambda: register_acts.merge_department(
            1, 2, on=TODAY, as_of=TODAY, row_version=1, viewer=other
        ),
        lambda: register_acts.describe_department(1, wanted, row_version=1, viewer=other),
        lambda: register_acts.add_department_alias(1, "别名", Validity(), viewer=other),
        lambda: register_acts.end_department_alias(1, last=TODAY, viewer=other),
    )  # fmt: skip
    for act in tried:
        with pytest.raises(NotPermitted, match="您的角色不能维护单位"):
            act()
    assert department_register(blank) == before


@pytest.mark.parametrize("script", ["accounts.py", "departments.py", "registers.py"])
@pytest.mark.parametrize("role", [Role.LEADER, Role.SUPERVISOR, Role.AUDITOR])
def test_the_page_itself_refuses_whoever_may_not_open_it(
    blank: Engine, monkeypatch: pytest.MonkeyPatch, script: str, role: Role
):
    looks(monkeypatch, blank, role)
    page = AppTest.from_file(str(PAGES / script), default_timeout=60).run()
    assert page.warning[0].value.startswith("您的角色不能")
    assert not page.dataframe
    assert not page.button
