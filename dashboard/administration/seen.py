"""Which version of a row its page showed: what is sent back is judged against that one.

A page is drawn anew before its button is heard; by then the row may be somebody else's newer one.
"""

from __future__ import annotations

import streamlit as st

_SEEN = "seen_version"


def seen_version(row: str, version: int) -> int:
    """The version that stood on the page when `row` (its kind and id) was opened."""
    held: tuple[str, int] | None = st.session_state.get(_SEEN)
    if held is None or held[0] != row:
        held = (row, version)
        st.session_state[_SEEN] = held
    return held[1]


def look_afresh() -> None:
    """The next run shows the row as it is then."""
    st.session_state.pop(_SEEN, None)
