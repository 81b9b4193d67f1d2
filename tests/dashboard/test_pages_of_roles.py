"""Every page as every role opens it, on an empty store and in the sample city: what it says."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.pages import PAGES, PageOf
from data_access import clock
from data_access.database import open_engine
from data_access.sample import fill_with_sample
from supervision.rights import RIGHTS, ROLES_OF_PEOPLE, Right
from supervision.scope import Role
from tests.app_store import store_of_the_app
from tests.dashboard.administering import APP
from tests.factories import TODAY
from tests.looking import looks

ITEMS = 150
"""Enough for something overdue, a session, a resident who is not content."""
NOTHING_YET = "还没有事项。"
SAYS_WHEN_EMPTY = {
    "拟重新交办": "没有等待审批的事项",
    "台账导入": "没有符合条件的事项",
    "数据质量": "没有发现需要处理的数据问题",
    "督办规则": "点一行可以查看历次规定和调整",
    "账号管理": "共 1 个账号",
    "审计记录": "共 **1** 条",
    "单位登记册": "在册",
    "区划与字典": "点一行查看和办理",
    "事项详情": "没有找到这件事项",
}
"""What is said where nothing was ever imported; pages with filters tell who brings it in."""
IMPORTS = "请到“台账导入”上传"
ASKS = "督查督办员或县(区)专班导入台账后"
EMPTY, FULL = "empty store", "sample city"
SENTENCE = re.compile(r"[一-鿿]{4}")


@pytest.fixture(scope="module")
def sample_city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample city that nobody has changed."""
    path = tmp_path_factory.mktemp("sample") / "store.sqlite3"
    shutil.copyfile(sqlite_template, path)
    clock.tell(TODAY)
    engine = open_engine(f"sqlite:///{path}")
    fill_with_sample(engine, as_of=TODAY, items=ITEMS)
    engine.dispose()
    clock.tell(None)
    return path


@pytest.fixture
def city(sample_city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    with store_of_the_app(sample_city, tmp_path, monkeypatch) as opened:
        yield opened


class Tab:
    """A tab of the app, turned from page to page."""

    def __init__(self) -> None:
        self.app = AppTest.from_file(str(APP), default_timeout=120).run()

    def turn_to(self, script: str, query: str = "") -> None:
        self.app.query_params.clear()
        for pair in filter(None, query.split("&")):
            name, _, value = pair.partition("=")
            self.app.query_params[name] = value.replace("%2C", ",")
        self.app.switch_page(f"app_pages/{script}")
        self.app.run()
        assert not self.app.exception, (script, query, self.app.exception[0].value)

    @property
    def said(self) -> str:
        parts = (*self.app.text, *self.app.caption, *self.app.info, *self.app.warning)
        return "\n".join(str(part.value) for part in parts)

    def drawn(self, kind: str) -> list[Any]:
        return [one.proto for one in self.app.get(kind)]


def _pages_of(role: Role) -> list[PageOf]:
    return [page for page in PAGES if page.right in RIGHTS[role]]


def _charts_told(tab: Tab) -> list[str]:
    """What is missing for those who do not see the charts."""
    charts = tab.drawn("arrow_vega_lite_chart")
    missing = [f"no sentence: {one.alt}" for one in charts if not SENTENCE.search(one.alt)]
    folded = {one.label for one in tab.app.expander}
    if charts and "查看数据" not in {*folded, *(str(one.value) for one in tab.app.text)}:
        missing.append("no 查看数据")
    return missing


@pytest.mark.parametrize("filled", [EMPTY, FULL])
@pytest.mark.parametrize("role", ROLES_OF_PEOPLE, ids=lambda role: role.value)
def test_every_page_of_a_role_says_where_it_stands_empty_and_full(
    role: Role, filled: str, sample_city: Path, sqlite_template: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    store = sqlite_template if filled == EMPTY else sample_city
    with store_of_the_app(store, tmp_path, monkeypatch) as opened:
        looks(monkeypatch, opened, role)
        tab = Tab()
        for page in _pages_of(role):
            tab.turn_to(page.script)
            assert [one.value for one in tab.app.title] == [page.title]
            assert _charts_told(tab) == [], page.title
            if Right.VIEW_ITEMS in RIGHTS[role]:
                age = "尚无数据" if filled == EMPTY else "数据截至 2026年11月25日"
                assert age in tab.said, page.title
            if filled == EMPTY:
                assert _when_empty(page, role) in tab.said, page.title
            else:
                assert NOTHING_YET not in tab.said, page.title


def _when_empty(page: PageOf, role: Role) -> str:
    if not page.filtered:
        return SAYS_WHEN_EMPTY[page.title]
    return NOTHING_YET + (IMPORTS if Right.IMPORT_LEDGER in RIGHTS[role] else ASKS)


LEADERS_PAGES = (
    ("overview.py", ""), ("units.py", "unit=2"), ("deadlines.py", ""), ("satisfaction.py", ""),
    ("townships.py", ""), ("townships.py", "map=open"), ("sessions.py", ""), ("trends.py", ""),
    ("common_problems.py", ""),
)  # fmt: skip
"""专题 counts entries, not items; its own test follows its numbers."""
TILE = re.compile(r'<div class="label">(.*?)</div>.*?<b>(\d+)</b><span class="unit">件</span>')
IN_A_LINK = re.compile(r"\*\*(\d+)(?:\*\* 件| 件\*\*)")
ROWS = re.compile(r"共 \*\*(\d+)\*\*")


def _numbers(tab: Tab) -> dict[tuple[str, str], int]:
    """Page and query of each link → the number that stands on it."""
    links = tab.drawn("page_link")
    tiles = {
        f"查看{name}": int(n) for one in tab.drawn("html") for name, n in TILE.findall(one.body)
    }
    found = {}
    for link in links:
        told = IN_A_LINK.search(link.label)
        n = int(told[1]) if told else tiles.get(link.label)
        if n is not None:
            found[link.page, link.query_string] = n
    return found


def test_every_number_on_a_leaders_page_is_as_many_rows_as_its_link_opens(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    tab, wrong, followed = Tab(), {}, 0
    for script, query in LEADERS_PAGES:
        tab.turn_to(script, query)
        for (page, wanted), n in _numbers(tab).items():
            tab.turn_to(f"{page}.py", wanted)
            rows = ROWS.search(tab.said)
            followed += 1
            if (int(rows[1]) if rows else 0) != n:
                wrong[script, wanted] = (n, rows and rows[0])
    assert wrong == {}
    assert followed >= 25
