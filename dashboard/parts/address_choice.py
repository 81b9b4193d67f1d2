"""A choice that stays in the page's address by a short code that never changes (decision 0016).

Not bound to the address by Streamlit, which would write the words that are shown: they are Chinese,
may be reworded, and what is bound no act could set. Words, as addresses said them before, are
understood; what nobody knows means the first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import streamlit as st

from dashboard.parts.leading import set_query


def segments(label: str, names: Mapping[str, str], *, key: str, first: str = "",
             gone: Collection[str] = (), label_visibility: str = "collapsed") -> str:  # fmt: skip
    """Draw the choice as segments and give the code that the address asks for.

    `names` is code → words; `first`, else the first of them, is what an address that says nothing
    means; `gone` are the keys that another choice takes out of the address.
    """
    code, widget = _asked(names, key, first)
    st.segmented_control(
        label, list(names), format_func=names.__getitem__, key=widget, required=True,
        on_change=_taken, args=(key, widget, first or next(iter(names)), gone),
        label_visibility=label_visibility,
    )  # type: ignore[call-overload]  # fmt: skip
    return code


def box(label: str, names: Mapping[str, str], *, key: str, width: int, first: str = "",
        gone: Collection[str] = (), label_visibility: str = "collapsed") -> str:  # fmt: skip
    """The same as a box that opens, where there are many to choose from."""
    code, widget = _asked(names, key, first)
    st.selectbox(
        label, list(names), format_func=names.__getitem__, key=widget, width=width,
        on_change=_taken, args=(key, widget, first or next(iter(names)), gone),
        label_visibility=label_visibility,
    )  # type: ignore[call-overload]  # fmt: skip
    return code


def code_asked(said: str, names: Mapping[str, str], first: str = "") -> str:
    """The code that an address means: a code, or the words of an earlier address."""
    if said in names:
        return said
    worded = (code for code, words in names.items() if words == said)
    return next(worded, first or next(iter(names)))


def _asked(names: Mapping[str, str], key: str, first: str) -> tuple[str, str]:
    code, widget = code_asked(st.query_params.get(key, ""), names, first), f"{key}_chosen"
    if st.session_state.get(widget) != code:
        st.session_state[widget] = code
    return code, widget


def _taken(key: str, widget: str, first: str, gone: Collection[str]) -> None:
    chosen = st.session_state[widget]
    set_query(**{key: None if chosen == first else chosen}, **dict.fromkeys(gone))
