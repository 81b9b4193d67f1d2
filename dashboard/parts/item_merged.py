"""并单 on an item's page: where it goes on, by which deadline, and what was merged into it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.loop_reads import Merged
from dashboard.parts.safe import plain
from dashboard.parts.theme import lamp_word

_SHOWN_AT_MOST = 20


def merged_panel(merged: Merged) -> None:
    """The item that goes on, with its clock; then those that follow this one's."""
    for row in merged.into.to_dict("records"):
        _line(f"已并入 {_named(row)}，随它办理：{_clock(row)}。", row)
    children = merged.children.to_dict("records")
    if children:
        plain(f"并入本事项的有 {len(children)} 件，随本事项的期限办理：")
    for row in children[:_SHOWN_AT_MOST]:
        _line(_named(row), row)


def _line(words: str, row: Mapping[Hashable, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"merged_{row['item_id']}"):
        plain(words)
        st.page_link("app_pages/item.py", label="打开看", query_params={"id": str(row["item_id"])})


def _named(row: Mapping[Hashable, Any]) -> str:
    return f"{row['number'] or '（无编号）'}　{row['title'] or ''}"


def _clock(row: Mapping[Hashable, Any]) -> str:
    light = lamp_word(str(row["light"]))
    return light if pd.isna(row["due_on"]) else f"{light}，反馈期限 {row['due_on']:%Y-%m-%d}"
