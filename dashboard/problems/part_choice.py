"""Which part of 共性问题 is looked at; it stays in the address, and acts may turn to another."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.leading import set_query

HEAT, REPEATS, ALIKE, MATTERS, HOTLINE = (
    "分类与县区", "反复反映", "相似诉求", "类案", "12345热线",
)  # fmt: skip
PARTS = (HEAT, REPEATS, ALIKE, MATTERS, HOTLINE)
_KEY = "problem_part"


def choose_part() -> str:
    """Draw the parts, set to what the address asks for."""
    asked = st.query_params.get("part", HEAT)
    part = asked if asked in PARTS else HEAT
    # Not bound to the address by Streamlit: what is bound no act could set.
    if st.session_state.get(_KEY) != part:
        st.session_state[_KEY] = part
    st.segmented_control(
        "看哪一部分", PARTS, key=_KEY, required=True, on_change=_taken,
        label_visibility="collapsed",
    )  # fmt: skip
    return part


def _taken() -> None:
    part = st.session_state[_KEY]
    turn_to(None if part == HEAT else part)


def turn_to(part: str | None, *, matter: int | None = None) -> None:
    """Ask for a part, and there for one 类案; the next run shows it."""
    set_query(part=part, matter=matter, saying=None)
