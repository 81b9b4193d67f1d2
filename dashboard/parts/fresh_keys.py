"""Keys for pictures and tables in which a click leads away.

The browser keeps what was chosen under a key and sends it again when one comes back: the way
back would lead away at once. After a click the next key is another one.
"""

from __future__ import annotations

import streamlit as st

_COUNT = "clicked_away_{}"


def fresh_key(name: str) -> str:
    """The key under which nothing was clicked yet."""
    return f"{name}-{st.session_state.get(_COUNT.format(name), 0)}"


def clicked_away(name: str) -> None:
    """Remember that a click was followed."""
    count = _COUNT.format(name)
    st.session_state[count] = st.session_state.get(count, 0) + 1
