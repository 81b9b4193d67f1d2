"""Short lists of names and values as HTML, every text escaped: they wrap, print and fit a phone.

A table would cut long texts and bring its own scroll bars; it is for what is searched or sorted.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

import streamlit as st

from dashboard.parts.safe import clean


def pair_list(pairs: dict[str, Any]) -> None:
    """Names and values, one line each; values that nobody knows are left out."""
    lines = "".join(
        f"<dt>{_shown(name)}</dt><dd>{_shown(value)}</dd>"
        for name, value in pairs.items()
        if value not in (None, "")
    )
    st.html(f'<dl class="duban-pairs">{lines}</dl>')


def term_list(terms: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Names, each with lines that explain it."""
    entries = "".join(
        f"<dt>{_shown(name)}</dt><dd>{''.join(f'<p>{_shown(line)}</p>' for line in lines)}</dd>"
        for name, lines in terms
    )
    st.html(f'<dl class="duban-terms">{entries}</dl>')


def time_line(entries: Iterable[tuple[str, str, str]]) -> None:
    """What happened: (when, by whom, what), one entry below the other."""
    lines = "".join(
        f'<li><span class="when">{_shown(when)}　{_shown(who)}</span>{_shown(what)}</li>'
        for when, who, what in entries
    )
    st.html(f'<ol class="duban-story">{lines}</ol>')


def _shown(text: object) -> str:
    return escape(clean(text))
