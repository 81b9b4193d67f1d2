"""The rows of a rate in their two parts: those it counts, and those it counts them out of."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.leading import set_query
from dashboard.programmes.narrowing import HITS, REST, Narrowed

_PARTS = {"全部": None, "算进分子的": HITS, "没有算进的": REST}


def draw_parts(found: Narrowed) -> None:
    """Which part of a rate's rows is shown; nothing where the figure is no rate."""
    if not found.hits_matter:
        return
    said = st.query_params.get("part")
    words = next((word for word, part in _PARTS.items() if part == said), "全部")
    with st.container(horizontal=True, key="parts_of_rate", width="content"):
        for word, part in _PARTS.items():
            st.button(
                word, key=f"part_{part or 'all'}", on_click=set_query,
                kwargs={"part": part, "page": None},
                type="primary" if word == words else "secondary",
            )  # fmt: skip
