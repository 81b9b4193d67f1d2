"""The tools of a list: what is asked for, orders, page turning by key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import streamlit as st

from dashboard.parts.leading import set_query
from dashboard.parts.list_state import LINK_KEYS
from dashboard.parts.safe import label
from dashboard.reads import ItemPage
from supervision.scope import Viewer

PAGE_SIZE = 50
ORDERS = {
    "overdue": "逾期最久先列",
    "due": "期限先到先列",
    "newest": "最新受理先列",
    "oldest": "最早受理先列",
    "closed": "最近办结先列",
}
COLUMNS = (
    "light", "title", "lead_short", "days_overdue", "due_on", "unit", "township", "state",
    "assigned_on", "feedback_on", "closed_on", "result", "matter", "number",
)  # fmt: skip
"""What a phone shows without scrolling sideways stands first."""


def asked_for(told: Sequence[str]) -> None:
    """Say what the link narrowed the list to, with the way back to all."""
    if not told:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="asked_for"):
        st.caption("只看：" + label("，".join(told)), width="content")
        st.button(
            "看全部事项",
            type="tertiary",
            on_click=set_query,
            kwargs=dict.fromkeys((*LINK_KEYS, "after")),
        )


def page_place(page: ItemPage) -> None:
    """How many there are and where this page stands."""
    words = f"共 **{page.total}** 件{_place(page)}。点一行看详情，勾选后可标记。"
    st.caption(words, width="stretch")


def on_paper(page: ItemPage, order: str, text: str, who: Viewer) -> list[str]:
    """What a printed sheet tells above the rows, beside the filters."""
    searched = [f"搜索：{text.strip()}"] if text.strip() else []
    return [f"共 {page.total} 件{_place(page)}", f"排序：{order}", *searched, printed_by(who)]


def printed_by(who: Viewer) -> str:
    """Whose sheet it is."""
    return f"内部资料　{who.name}（{who.account}）打印"


def _place(page: ItemPage) -> str:
    last = page.position + len(page.rows)
    return f"，本页第 {page.position + 1}–{last} 件" if len(page.rows) < page.total else ""


class Turned(Protocol):
    """A page that has a place among others."""

    @property
    def position(self) -> int: ...
    @property
    def next_key(self) -> str | None: ...


def page_turner(page: Turned) -> None:
    """The first and the next page, by its key."""
    if page.position:
        st.button("回到首页", on_click=set_query, kwargs={"after": None})
    if page.next_key is not None:
        st.button("下一页", on_click=set_query, kwargs={"after": page.next_key})
