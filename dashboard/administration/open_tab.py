"""Tabs of which only the open one is asked for, and which stay open while one of its rows is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from supervision.scope import Viewer


def draw_open_tab(tabs: Mapping[str, Callable[[Viewer], None]], who: Viewer, *, key: str) -> None:
    """Draw the tabs and what stands in the open one."""
    labels, kept = list(tabs), f"{key}:kept"
    # A row's own page takes the place of the tabs; coming back, the same one is open.
    if key not in st.session_state and st.session_state.get(kept) in labels:
        st.session_state[key] = st.session_state[kept]
    places = st.tabs(labels, key=key, on_change="rerun")
    for label, place in zip(labels, places, strict=True):
        if place.open:
            st.session_state[kept] = label
            with place:
                tabs[label](who)
