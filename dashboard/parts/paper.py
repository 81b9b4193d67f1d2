"""A table as it goes on paper: an HTML table that no screen shows, every text escaped.

The table on the screen is a picture of the screen's width: a printer cuts it in the middle of a
row and at the right edge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from numbers import Real
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.parts.safe import clean
from dashboard.parts.style import is_phone

LONGEST_CELL = 160
SHORT = 20
"""Half-width letters that stay in one line."""
MOST_ROWS = 300


def paper_table(
    rows: pd.DataFrame, headings: Mapping[str, str], told: Sequence[str], *, key: str
) -> None:
    """Lay out the rows for the printer, under a line of what is told about them.

    It stands in one container with the table of the screen, which is not printed then.
    """
    if len(rows) > MOST_ROWS:
        told = [*told, f"只印前 {MOST_ROWS} 行，共 {len(rows)} 行"]
        rows = rows.head(MOST_ROWS)
    head = "".join(f"<th>{escape(headings[name])}</th>" for name in rows.columns)
    body = "".join(
        "<tr>" + "".join(_cell(value) for value in row) + "</tr>"
        for row in zip(*(rows[name].tolist() for name in rows.columns), strict=True)
    )
    about = "".join(f"<span>{escape(clean(phrase))}</span>" for phrase in told)
    about = f'<p class="duban-paper-told">{about}</p>' if about else ""
    with st.container(key=f"paper_{key}"):
        st.html(
            f'{about}<table class="duban-paper">'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


def seen_and_printed(
    rows: pd.DataFrame, *, key: str, headings: Mapping[str, str] | None = None, widget: str = "",
    **drawn: Any,
) -> Any:  # fmt: skip
    """Draw `rows` on the screen, and the same rows for the printer; what was clicked on.

    `headings` of the sheet, else the names of the columns; `widget` is the key of a table that
    becomes another one with other rows.
    """
    with st.container():
        event = st.dataframe(
            rows,
            key=widget or key,
            hide_index=True,
            placeholder="",
            **({"height": "content"} | drawn),
        )
        if not is_phone():
            paper_table(rows, headings or {name: name for name in rows.columns}, (), key=key)
    return event


def _cell(value: object) -> str:
    """Most cells of a table are like others: what was dressed once is remembered."""
    return _dressed(tuple(value) if isinstance(value, list) else value)


@lru_cache(maxsize=4096, typed=True)
def _dressed(value: Any) -> str:
    text = _text(value)
    # What is short stays in one line: days, numbers, lamps, names of counties.
    width = len(text) if text.isascii() else 2 * len(text)
    kind = ' class="wide"' if width > SHORT else ""
    return f"<td{kind}>{escape(text)}</td>"


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(clean(part) for part in value)
    if pd.isna(value):
        return ""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, Real):
        return f"{value:,.0f}"
    text = clean(value)
    return text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + "……"
