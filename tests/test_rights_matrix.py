"""Role × page × act × scope, cell by cell: what is not written here is refused."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import acts, quality_reads, reads, return_acts
from dashboard.pages import PAGES, pages_of
from data_access.accounts.known import account_named
from data_access.accounts.upkeep import AccountRefused
from data_access.database import reading
from data_access.filters import Filters
from data_access.ledger_import.apply import store_import
from data_access.reads.items import item_rows
from supervision.lifecycle import Act
from supervision.rights import NotPermitted, Right, may
from supervision.scope import Role, Scope, Viewer
from tests.app_store import store_of_the_app
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.knocking import (
    knock_for_a_matter,
    knock_for_a_milestone,
    knock_for_a_promise,
    knock_for_the_hotline,
    knock_to_flag,
    knock_to_judge,
    knock_to_store,
    knock_with_a_map,
    knock_with_a_report,
    knock_with_a_view,
)
from tests.looking import account, looks
from tests.programmes import stored_and_taken_back, taken_out_of_use

PROJECT = Path(__file__).parents[1]
APP_PAGES = PROJECT / "dashboard" / "app_pages"
PEOPLE = tuple(role for role in Role if role is not Role.SYSTEM)

READING_PAGES = {
    "总览", "部门", "时限", "满意度", "镇街地图", "共性问题", "事项清单", "拟重新交办", "督办单",
    "事项详情", "口径说明", "专题", "专题清单",
}  # fmt: skip
ITEM_PAGES = {*READING_PAGES, "督办工作台"}
PAGES_OPEN_TO: dict[Role, set[str]] = {
    Role.LEADER: {*READING_PAGES, "数据质量"},
    Role.SUPERVISOR: {*ITEM_PAGES, "台账导入", "数据质量", "督办规则"},
    Role.APPROVER: {*ITEM_PAGES, "数据质量", "督办规则"},
    Role.LEAD_UNIT: {*ITEM_PAGES, "台账导入"},
    Role.CO_UNIT: ITEM_PAGES,
    Role.COUNTY_ADMIN: {*ITEM_PAGES, "台账导入", "数据质量"},
    Role.CALLBACK: {*ITEM_PAGES, "台账导入"},
    Role.AUDITOR: {"审计记录"},
    Role.SYSADMIN: set(),
}
OF_BUSINESS = {*ITEM_PAGES, "台账导入", "数据质量", "督办规则", "审计记录"}
"""The pages this matrix speaks of; the pages of administration have their own."""

KEEPS_PROMISES = ("promise", "milestone", "promise report")
ACTS_OPEN_TO: dict[Role, set[str]] = {
    Role.LEADER: {"export", "quality", "view", "share"},
    Role.SUPERVISOR: {"export", "flag", "judge", "plan", "store", "undo", "quality", "sheets",
                      "sheet acts", "sheet lists", "view", "share", "programme", "definition",
                      "matter", "hotline", *KEEPS_PROMISES},
    Role.APPROVER: {"export", "quality", "view", "share", "definition", "matter",
                    *KEEPS_PROMISES},
    Role.LEAD_UNIT: {"export", "sheets", "sheet acts", "sheet lists", "view", "promise report"},
    Role.CO_UNIT: {"view"},
    Role.COUNTY_ADMIN: {"export", "flag", "judge", "plan", "store", "undo", "quality", "sheets",
                        "sheet acts", "sheet lists", "view", "share", "programme",
                        *KEEPS_PROMISES},
    Role.CALLBACK: {"sheets", "sheet acts", "sheet lists", "view"},
    Role.AUDITOR: {"audit", "verify"},
    Role.SYSADMIN: {"map"},
}  # fmt: skip

COUNTY = Scope(reporting_units=frozenset({"东源县"}))
DEPARTMENT = Scope(departments=frozenset({"市教育局"}))
WHOLE = {"A", "B", "C", "D", "E"}
# A: 东源县, led by 市教育局. B: 紫金县, 市水务局. C: 东源县, 市水务局 with 市教育局 helping.
# D: no place, 市公安局. E: 紫金县, 市公安局 and 市教育局 leading jointly.
ITEMS_SEEN: dict[tuple[Role, str], set[str]] = {
    (Role.LEADER, "全市"): WHOLE, (Role.LEADER, "县"): {"A", "C"},
    (Role.LEADER, "单位"): {"A", "E"},
    (Role.SUPERVISOR, "全市"): WHOLE, (Role.SUPERVISOR, "县"): {"A", "C"},
    (Role.SUPERVISOR, "单位"): {"A", "E"},
    (Role.APPROVER, "全市"): WHOLE, (Role.APPROVER, "县"): {"A", "C"},
    (Role.APPROVER, "单位"): {"A", "E"},
    (Role.LEAD_UNIT, "单位"): {"A", "E"}, (Role.CO_UNIT, "单位"): {"A", "C", "E"},
    (Role.COUNTY_ADMIN, "全市"): WHOLE, (Role.COUNTY_ADMIN, "县"): {"A", "C"},
    (Role.COUNTY_ADMIN, "单位"): {"A", "E"},
    (Role.CALLBACK, "全市"): WHOLE, (Role.CALLBACK, "县"): {"A", "C"},
    (Role.CALLBACK, "单位"): {"A", "E"},
    (Role.AUDITOR, "无"): set(), (Role.SYSADMIN, "无"): set(),
}  # fmt: skip
SCOPES = {"全市": Scope.whole_city(), "县": COUNTY, "单位": DEPARTMENT, "无": Scope()}


@pytest.fixture
def city(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """A store of its own that the doors of this test open, with the items A to E."""
    rows = [
        ledger_row(row=3, number="A"),
        ledger_row(row=4, number="B", county="紫金县", township="蓝塘镇",
                   lead_departments=("市水务局",)),
        ledger_row(row=5, number="C", lead_departments=("市水务局",),
                   co_departments=("市教育局",)),
        ledger_row(row=6, number="D", county=None, township=None,
                   lead_departments=("市公安局",)),
        ledger_row(row=7, number="E", county="紫金县", township="蓝塘镇",
                   lead_departments=("市公安局", "市教育局")),
    ]  # fmt: skip
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        store_import(opened, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
        yield opened


def somebody(role: Role, scope: Scope | None = None) -> Viewer:
    return Viewer("someone", "某人", frozenset({role}), scope or Scope.whole_city())


def test_the_matrix_speaks_of_every_role():
    assert set(PAGES_OPEN_TO) == set(ACTS_OPEN_TO) == set(PEOPLE)
    assert {role for role, _ in ITEMS_SEEN} == set(PEOPLE)


@pytest.mark.parametrize("role", PEOPLE)
def test_a_role_is_offered_its_pages_and_no_others(role: Role):
    offered = {page.title for page in PAGES if may(somebody(role), page.right)}
    assert offered & OF_BUSINESS == PAGES_OPEN_TO[role]
    assert len(pages_of(somebody(role))) == len(offered)


CLOSED = [
    (role, page)
    for role in PEOPLE
    for page in PAGES
    if page.title in OF_BUSINESS and page.title not in PAGES_OPEN_TO[role]
]


@pytest.mark.parametrize(
    ("role", "page"), CLOSED, ids=[f"{role.value}-{page.url_path}" for role, page in CLOSED]
)
def test_a_page_refuses_by_itself_whoever_was_not_offered_it(
    city: Engine, monkeypatch: pytest.MonkeyPatch, role: Role, page: Any
):
    looks(monkeypatch, city, role)
    app = AppTest.from_file(str(APP_PAGES / page.script)).run(timeout=60)
    assert not app.exception
    assert [message.value for message in app.warning] != []
    assert app.warning[0].value.startswith("您的角色不能")
    assert app.dataframe == []


class Door(NamedTuple):
    """A way to do something, harmless where it is open."""

    right: Right | Act
    knock: Callable[[Viewer], object]


DOORS: dict[str, Door] = {
    "flag": Door(Act.FLAG_FOR_REASSIGNMENT, knock_to_flag),
    "plan": Door(
        Right.IMPORT_LEDGER, lambda viewer: acts.plan_ledger(judged_ledger(), viewer=viewer)
    ),
    "judge": Door(Right.IMPORT_LEDGER, knock_to_judge),
    "store": Door(Right.IMPORT_LEDGER, knock_to_store),
    "undo": Door(
        Right.IMPORT_LEDGER, lambda viewer: acts.undo_batch(1, "导错了", viewer=viewer)
    ),
    "quality": Door(
        Right.CHECK_QUALITY, lambda viewer: quality_reads.quality(viewer, TODAY)
    ),
    "sheets": Door(
        Right.RETURN_SHEETS, lambda viewer: return_acts.is_undone(1, viewer=viewer)
    ),
    "sheet acts": Door(
        Right.RETURN_SHEETS, lambda viewer: return_acts.last_acts_of(1, viewer=viewer)
    ),
    "sheet lists": Door(
        Right.RETURN_SHEETS,
        lambda viewer: return_acts.filled_lists(viewer=viewer, as_of=TODAY, before=None, most=1),
    ),
    "audit": Door(
        Right.READ_AUDIT, lambda viewer: reads.audit_page(
            reads.AuditFilters(), viewer=viewer, before=None
        )
    ),
    "view": Door(Right.VIEW_ITEMS, knock_with_a_view(shared=False)),
    "share": Door(Right.SHARE_VIEWS, knock_with_a_view(shared=True)),
    "programme": Door(Right.IMPORT_LEDGER, stored_and_taken_back),
    "definition": Door(Right.MANAGE_RULES, taken_out_of_use),
    "matter": Door(Right.KEEP_MATTERS, knock_for_a_matter),
    "promise": Door(Right.KEEP_COMMITMENTS, knock_for_a_promise),
    "milestone": Door(Right.KEEP_COMMITMENTS, knock_for_a_milestone),
    "promise report": Door(Right.REPORT_COMMITMENTS, knock_with_a_report),
    "hotline": Door(Right.COUNT_HOTLINE, knock_for_the_hotline),
    "map": Door(Right.MANAGE_REGISTERS, knock_with_a_map),
    "verify": Door(Right.READ_AUDIT, lambda viewer: reads.audit_standing(viewer=viewer)),
}  # fmt: skip
CELLS = [(role, act) for role in PEOPLE for act in DOORS]


@pytest.mark.parametrize(("role", "act"), CELLS, ids=[f"{role.value}-{act}" for role, act in CELLS])
@pytest.mark.usefixtures("city")
def test_an_act_is_done_for_its_roles_and_refused_to_all_others(role: Role, act: str):
    door = DOORS[act]
    if act in ACTS_OPEN_TO[role]:
        assert door.knock(somebody(role)) is not None
        return
    with pytest.raises(NotPermitted, match=door.right.label):
        door.knock(somebody(role))


@pytest.mark.parametrize("role", PEOPLE)
def test_a_list_is_exported_by_its_roles_alone(role: Role):
    assert may(somebody(role), Right.EXPORT) is ("export" in ACTS_OPEN_TO[role])


@pytest.mark.parametrize(
    ("door", "careless"),
    # Taking down an export is no act of its own: dashboard.downloads has asked for its right.
    [
        ("acts", ["record_export"]),
        ("item_acts", []),
        ("programme_acts", []),
        ("register_acts", []),
        ("return_acts", []),
        ("rule_acts", []),
        ("quality_reads", []),
        ("problem_acts", []),
        ("meeting_acts", []),
        ("view_acts", []),
    ],
)
def test_every_act_that_knows_who_does_it_asks_for_a_right(door: str, careless: list[str]):
    tree = ast.parse((PROJECT / "dashboard" / f"{door}.py").read_text(encoding="utf-8"))
    assert careless == [
        function.name
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        and "viewer" in {argument.arg for argument in function.args.kwonlyargs}
        and not any(
            isinstance(node, ast.Call)
            and getattr(node.func, "id", "") in ("require", "require_role")
            for node in ast.walk(function)
        )
    ]
    # An act that is handed on as it is stands behind its right.
    given = [node for node in tree.body if isinstance(node, ast.Assign)]
    acts_of_it = [node for node in given if ast.unparse(node.targets[0])[0].islower()]
    assert all(ast.unparse(node.value).startswith("behind(Right.") for node in acts_of_it)


@pytest.mark.parametrize(
    ("role", "kind"), list(ITEMS_SEEN), ids=[f"{r.value}-{k}" for r, k in ITEMS_SEEN]
)
def test_an_account_sees_the_items_of_its_scope(city: Engine, role: Role, kind: str):
    account(city, role, scope=SCOPES[kind], login="looker")
    with reading(city) as connection:
        made = account_named(connection, "looker")
    assert made is not None
    rows = item_rows(city, scope=made.viewer.scope, as_of=TODAY, filters=Filters())
    assert set(rows["number"]) == ITEMS_SEEN[role, kind]


@pytest.mark.parametrize("role", [r for r in PEOPLE if r not in (Role.AUDITOR, Role.SYSADMIN)])
def test_nobody_who_sees_items_is_without_a_scope(city: Engine, role: Role):
    with pytest.raises(AccountRefused, match="可见范围"):
        account(city, role, scope=Scope(departments=frozenset()), login="looker")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SYSADMIN])
def test_who_audits_or_administers_is_given_no_items(city: Engine, role: Role):
    with pytest.raises(AccountRefused, match="不看事项"):
        account(city, role, scope=COUNTY, login="looker")


def test_an_item_has_no_point_on_any_map():
    """The finest place of an item is its township: there is nothing finer to draw."""
    from data_access.schema import tables  # noqa: F401
    from data_access.schema.base import metadata

    columns = {column.name for table in metadata.tables.values() for column in table.columns}
    assert not columns & {"lat", "lon", "latitude", "longitude", "point", "geometry", "x", "y"}
    assert "township_code" in columns
