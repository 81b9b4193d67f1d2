"""What stands above every page: its name, 数据截至, the filters, and that samples are samples."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import reads
from dashboard.identity import SignedIn
from dashboard.login_notice import last_use_told
from dashboard.pages import PageOf
from dashboard.parts import filters
from dashboard.parts.filter_state import Offers
from dashboard.parts.leading import lead_to
from dashboard.parts.safe import label, plain
from dashboard.parts.style import draw_style, is_dark
from dashboard.parts.theme import palette
from dashboard.reads import Choices, Filters
from dashboard.view_box import draw_views
from supervision.rights import ROLES_OF_PEOPLE, Right, may, needs_a_scope
from supervision.scope import Viewer, scope_words

KEPT = "shared_filters"
DEFINITIONS = "definitions.py"
WORD_MARK = Path(__file__).parent / "static" / "wordmark.svg"


def word_mark() -> None:
    """The program's name at the left of the navigation, in the ink of this appearance."""
    drawing = WORD_MARK.read_text(encoding="utf-8")
    st.logo(drawing.replace("INK", palette(is_dark()).ink), size="large")


def plain_head(title: str, who: SignedIn) -> None:
    """The head for people who see no items: administrators and auditors."""
    draw_style()
    with st.container(horizontal=True, vertical_alignment="center", key="page_head"):
        st.title(title, anchor=False, width="stretch")
        person_menu(who)


def person_menu(who: SignedIn) -> None:
    """Who is logged in, as what, seeing what; the ways to one's password and out."""
    viewer = who.viewer
    with (
        st.container(key="person", width="content"),
        st.popover(label(viewer.name), key="person_box", type="tertiary"),
    ):
        plain(f"{viewer.name}（{viewer.account}）")
        st.caption("、".join(role.label for role in ROLES_OF_PEOPLE if role in viewer.roles))
        if needs_a_scope(viewer.roles):
            st.caption("可见范围　" + label(scope_words(viewer.scope)))
        last_use_told(who)
        if who.way == "password":
            st.link_button("修改密码", "/password", width="stretch")
        st.link_button("退出登录", "/logout", width="stretch")


def page_head(page: PageOf, who: SignedIn, choices: Choices, *, filtered: bool) -> None:
    """Draw the head and keep what the filters say for the page of this run.

    Where the page is not `filtered` they stay set, and neither page nor address speaks of them.
    """
    draw_style()
    as_of = reads.today()
    leaders = reads.case_leaders(reads.change(), who.viewer.scope, as_of)
    chosen, offers = filters.shared_filters(
        choices, leaders, page=page.title, as_of=as_of, in_address=filtered
    )
    with st.container(horizontal=True, vertical_alignment="center", key="page_head"):
        st.title(label(page.title), anchor=False, width="content")
        st.caption(_as_of(choices), width="stretch")
        if filtered:
            _ways_to_see(page, who, choices, offers)
        person_menu(who)
    if filtered:
        _filters_told(page.title, chosen, choices)
        if choices.data_until is None:
            st.info(_nothing_yet(who.viewer))
    if choices.horizon < as_of:
        st.warning(
            f"工作日历只到 {choices.horizon:%Y年%m月%d日}，之后的期限为暂定。"
            "请管理员导入新一年的放假安排。"
        )
    st.session_state[KEPT] = chosen


def _ways_to_see(page: PageOf, who: SignedIn, choices: Choices, offers: Offers) -> None:
    """What the figures mean, what is asked for, and what was asked for before."""
    if page.script != DEFINITIONS:
        with st.container(key="definitions", width="content"):
            st.page_link(f"app_pages/{DEFINITIONS}", label="口径说明", query_params=lead_to())
    with st.container(key="filters", width="content"), st.popover("筛选", key="filters_box"):
        filters.draw_filters(choices, offers, as_of=reads.today())
    with st.container(key="views", width="content"), st.popover("视图", key="views_box"):
        draw_views(page, who.viewer)


def _filters_told(title: str, chosen: Filters, choices: Choices) -> None:
    phrases = filters.told(chosen, choices)
    if phrases:
        with st.container(horizontal=True, vertical_alignment="center", key="filters_told"):
            st.caption("当前筛选　" + label("　".join(phrases)), width="content")
            st.button("清除筛选", on_click=filters.clear_filters, type="tertiary")
    if chosen.lights:
        st.caption("按亮灯筛选时，各项比率只算亮这些灯的事项，不是全部事项的比率。")
    if ignored := filters.ignored_here(title):
        st.caption(
            f"链接里有筛选条件不在您的可见范围内或已不存在，没有采用：{'、'.join(ignored)}。"
        )


def _nothing_yet(viewer: Viewer) -> str:
    if may(viewer, Right.IMPORT_LEDGER):
        return "还没有事项。请到“台账导入”上传县区或部门的台账。"
    return "还没有事项。督查督办员或县(区)专班导入台账后，这里就有数字。"


def nothing_seen(choices: Choices) -> None:
    """Say that there are items, but none that this viewer asks for."""
    if choices.data_until is not None:
        st.info("您的可见范围和当前筛选下没有事项。可以放宽筛选。")


def _as_of(choices: Choices) -> str:
    if choices.data_until is None:
        return "尚无数据"
    sample = "　·　演示数据，人名、单位反馈均为虚构" if choices.is_sample else ""
    return f"数据截至 {choices.data_until:%Y年%-m月%-d日}{sample}"


def shared() -> Filters:
    """The filters of this run, as `page_head` read them."""
    chosen: Filters = st.session_state[KEPT]
    return chosen
