"""On an item's page: the 类案 that it belongs to."""

from __future__ import annotations

import streamlit as st

from dashboard.leader_reads import MatterOfItem
from dashboard.parts.safe import plain
from dashboard.problems.part_choice import MATTERS


def matter_panel(matter: MatterOfItem | None) -> None:
    """One line with the way to the matter; nothing for an item that belongs to none."""
    if matter is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="item_matter"):
        plain(f"属于类案“{matter.name}”（{matter.state.label}），仍按本事项自己的期限办理。")
        st.page_link(
            "app_pages/common_problems.py", label="看这个类案",
            query_params={"part": MATTERS, "matter": str(matter.id)},
        )  # fmt: skip
