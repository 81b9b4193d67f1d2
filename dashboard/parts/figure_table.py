"""A table of figures, a line for each department, county or session: every cell leads on.

A click tells the line's key and the column, so that each number can open exactly its rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd
import streamlit as st

from dashboard.parts.column_room import LAPTOP, ROW_HEIGHT, WRAPPED_HEIGHT, widths_within
from dashboard.parts.fresh_keys import clicked_away, fresh_key
from dashboard.parts.paper import paper_table
from dashboard.parts.room import room_for
from dashboard.parts.safe import clean
from dashboard.parts.style import is_phone


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """One column: its heading, its width in pixels, numbers or words, what its 口径 is."""

    heading: str
    width: int
    is_number: bool = False
    told: str = ""
    on_phone: int | None = None
    """Its width on a phone, where long words are broken; None: its least."""
    least: int | None = None
    """What its words need where there is no room for all columns; None: its width."""

    @property
    def needs(self) -> int:
        """Pixels without which its words are cut."""
        return self.width if self.least is None else self.least


@dataclass(frozen=True, slots=True)
class Cell:
    """Which cell was clicked on."""

    key: Any
    column: str


def figure_table(
    rows: pd.DataFrame,
    keys: Sequence[Any],
    columns: Mapping[str, FigureColumn],
    *,
    key: str,
    told: str,
    most_rows: int | None = None,
    wide: bool = True,
    room: int = LAPTOP,
) -> Cell | None:
    """Draw `columns` of `rows`; `keys` names the lines, `told` the table for screen readers.

    Not `wide`: only as wide as its columns. `room`: pixels that it has on a laptop.
    """
    shown = rows[list(columns)].reset_index(drop=True)
    for name, column in columns.items():
        if not column.is_number:
            shown[name] = shown[name].map(clean, na_action="ignore")
    # Other lines, other widget: a chosen cell is a position (streamlit issue 17026).
    digest = hashlib.sha256(repr((list(keys), list(columns))).encode()).hexdigest()[:12]
    tall = most_rows is not None and len(shown) > most_rows
    lines = most_rows if tall and most_rows is not None else len(shown)
    phone = is_phone()
    widths = _widths(columns, room, phone=phone)
    breaks = phone and any(column.on_phone for column in columns.values())
    line = WRAPPED_HEIGHT if breaks else ROW_HEIGHT
    with room_for(height := ROW_HEIGHT + lines * line + 2, key):
        event = st.dataframe(
            shown,
            key=f"{fresh_key(key)}:{digest}",
            hide_index=True,
            width="stretch" if wide else "content",
            column_config={name: _configured(one, widths[name]) for name, one in columns.items()},
            on_select="rerun",
            selection_mode="single-cell",
            row_height=line,
            height=height if tall else "content",
            placeholder="",
            alt=told,
        )
        if not phone:
            headings = {name: column.heading for name, column in columns.items()}
            paper_table(shown, headings, (), key=key)
    # By item and not by attribute: tests put plain dicts there.
    cells = cast("dict[str, Any]", event)["selection"].get("cells") or []
    if not cells:
        return None
    clicked_away(key)
    return Cell(keys[int(cells[0][0])], str(cells[0][1]))


def _widths(columns: Mapping[str, FigureColumn], room: int, *, phone: bool) -> dict[str, int]:
    if phone:
        return {name: one.on_phone or one.needs for name, one in columns.items()}
    wanted = {name: one.width for name, one in columns.items()}
    return widths_within(room, wanted, 0, {name: one.needs for name, one in columns.items()})


def _configured(column: FigureColumn, width: int) -> Any:
    told = column.told or None
    if column.is_number:
        return st.column_config.NumberColumn(column.heading, width=width, format="%d", help=told)
    return st.column_config.TextColumn(column.heading, width=width, help=told)
