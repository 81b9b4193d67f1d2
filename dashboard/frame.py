"""What stands above every page: its name, 数据截至, the filters, and that samples are samples."""

from __future__ import annotations

import streamlit as st

from dashboard import reads
from dashboard.parts import filters
from dashboard.parts.safe import label
from dashboard.parts.style import draw_style
from dashboard.reads import Choices, Filters

KEPT = "shared_filters"


def page_head(title: str, choices: Choices) -> None:
    """Draw the head and keep what the filters say for the page of this run."""
    draw_style()
    with st.container(horizontal=True, vertical_alignment="bottom", key="page_head"):
        st.title(title, anchor=False)
        with st.popover("筛选", key="filters_box"):
            chosen = filters.shared_filters(choices, as_of=reads.today())
    st.caption(_as_of(choices))
    phrases = filters.told(chosen, choices)
    if phrases:
        st.caption("当前筛选　" + label("　".join(phrases)))
    if choices.horizon < reads.today():
        st.warning(
            f"工作日历只到 {choices.horizon:%Y年%m月%d日}，之后的期限为暂定。"
            "请管理员导入新一年的放假安排。"
        )
    st.session_state[KEPT] = chosen


def _as_of(choices: Choices) -> str:
    if choices.data_until is None:
        return "尚无数据"
    sample = "　·　演示数据，人名、单位反馈均为虚构" if choices.is_sample else ""
    return f"数据截至 {choices.data_until:%Y年%-m月%-d日}{sample}"


def shared() -> Filters:
    """The filters of this run, as `page_head` read them."""
    chosen: Filters = st.session_state[KEPT]
    return chosen
