"""The pages and the right that opens each: hidden from others, and refused by the page itself."""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

from supervision.rights import Right, may
from supervision.scope import Viewer

_FOLDER = Path(__file__).parent / "app_pages"


class PageOf(NamedTuple):
    """A page's script, its name, its address and who opens it."""

    script: str
    title: str
    url_path: str
    right: Right
    visibility: Literal["visible", "hidden"] = "visible"
    filtered: bool = False
    """Whether the shared filters stand on it: where one thing or everything is shown, a filter
    would promise what it cannot do."""


PAGES = (
    PageOf("overview.py", "总览", "overview", Right.VIEW_ITEMS, filtered=True),
    PageOf("units.py", "部门", "units", Right.VIEW_ITEMS, filtered=True),
    PageOf("deadlines.py", "时限", "deadlines", Right.VIEW_ITEMS, filtered=True),
    PageOf("satisfaction.py", "满意度", "satisfaction", Right.VIEW_ITEMS, filtered=True),
    PageOf("townships.py", "镇街地图", "townships", Right.VIEW_ITEMS, filtered=True),
    PageOf("sessions.py", "面对面", "sessions", Right.VIEW_ITEMS, filtered=True),
    PageOf("trends.py", "趋势", "trends", Right.VIEW_ITEMS, filtered=True),
    PageOf("common_problems.py", "共性问题", "common", Right.VIEW_ITEMS, filtered=True),
    PageOf("programmes.py", "专题", "programmes", Right.VIEW_ITEMS, filtered=True),
    PageOf("desk.py", "督办工作台", "desk", Right.WORK_ON_ITEMS, filtered=True),
    PageOf("items.py", "事项清单", "items", Right.VIEW_ITEMS, filtered=True),
    PageOf("reassign.py", "拟重新交办", "reassign", Right.VIEW_ITEMS),
    PageOf("notices.py", "督办单", "notices", Right.VIEW_ITEMS, filtered=True),
    PageOf("ledger_upload.py", "台账导入", "ledger", Right.RETURN_SHEETS),
    PageOf("quality.py", "数据质量", "quality", Right.CHECK_QUALITY),
    PageOf("rules.py", "督办规则", "rules", Right.MANAGE_RULES),
    PageOf("accounts.py", "账号管理", "accounts", Right.MANAGE_ACCOUNTS),
    PageOf("audit.py", "审计记录", "audit", Right.READ_AUDIT),
    PageOf("departments.py", "单位登记册", "departments", Right.MANAGE_REGISTERS),
    PageOf("registers.py", "区划与字典", "registers", Right.MANAGE_REGISTERS),
    PageOf("definitions.py", "口径说明", "definitions", Right.VIEW_ITEMS, "hidden", filtered=True),
    PageOf("programme_entries.py", "专题清单", "entries", Right.VIEW_ITEMS, "hidden",
           filtered=True),
    PageOf("item.py", "事项详情", "item", Right.VIEW_ITEMS, "hidden"),
)  # fmt: skip


def page_named(title: str) -> PageOf:
    """The page that the navigation calls so."""
    return next(page for page in PAGES if page.title == title)


def pages_of(viewer: Viewer) -> list[StreamlitPage]:
    """What this viewer may open, in the order of the navigation; the first one is the start."""
    # Outside of a run Streamlit makes pages that nothing can be done with: they are not kept.
    made = _made if get_script_run_ctx() is not None else _made.__wrapped__
    # A copy for each run: Streamlit marks the page that it may call.
    return [copy(made(page, is_first=n == 0)) for n, page in enumerate(_open_to(viewer))]


@lru_cache(maxsize=2 * len(PAGES))
def _made(page: PageOf, *, is_first: bool) -> StreamlitPage:
    """Made once: Streamlit looks for the file of each page that it makes."""
    return st.Page(
        _FOLDER / page.script,
        title=page.title,
        url_path=None if is_first else page.url_path,
        default=is_first,
        visibility=page.visibility,
    )


def is_first_page(viewer: Viewer, url_path: str) -> bool:
    """Whether this viewer starts on this page: Streamlit gives it no address but `/`."""
    return [page.url_path for page in _open_to(viewer)][:1] == [url_path]


def _open_to(viewer: Viewer) -> list[PageOf]:
    return [page for page in PAGES if may(viewer, page.right)]
