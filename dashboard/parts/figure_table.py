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

from dashboard.parts.below_title import text_width
from dashboard.parts.column_room import LAPTOP, PHONE, ROW_HEIGHT, WRAPPED_HEIGHT, widths_within
from dashboard.parts.fresh_keys import clicked_away, fresh_key
from dashboard.parts.paper import paper_table
from dashboard.parts.room import room_for
from dashboard.parts.small_frames import clean_texts
from dashboard.parts.style import is_dark, is_phone

_AROUND = 20
"""Pixels around the words of a cell."""
_MOST_STAYING = 200


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """One column: its heading, its width in pixels, numbers or words, what its 口径 is."""

    heading: str
    width: int
    is_number: bool = False
    told: str = ""
    on_phone: int | None = None
    """Its most on a phone, where long words are broken; None: its width."""
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
    naming: int = 1,
    breaks: bool = False,
) -> Cell | None:
    """Draw `columns` of `rows`; `keys` names the lines, `told` the table for screen readers.

    Not `wide`: only as wide as its columns. `room`: pixels that it has on a laptop. The first
    `naming` columns name a line: where a phone has no room for all, they stay when it is moved.
    `breaks`: long words are broken into lines on a desk too.
    """
    shown = pd.DataFrame(
        {
            name: rows[name].array if one.is_number else clean_texts(rows[name])
            for name, one in columns.items()
        }
    )
    # Other lines, other widget: a chosen cell is a position (streamlit issue 17026).
    digest = hashlib.sha256(repr((list(keys), list(columns))).encode()).hexdigest()[:12]
    tall = most_rows is not None and len(shown) > most_rows
    lines = most_rows if tall and most_rows is not None else len(shown)
    phone = is_phone()
    widths = _on_a_phone(columns, shown) if phone else _on_a_desk(columns, room)
    stay = list(columns)[: _staying(widths, naming) if phone else 0]
    line = _line_height(columns, shown, widths, every=breaks) if phone or breaks else ROW_HEIGHT
    with room_for(height := ROW_HEIGHT + lines * line + 2, key):
        event = st.dataframe(
            _inked(shown, stay),
            key=f"{fresh_key(key)}:{digest}",
            hide_index=True,
            width="stretch" if wide else "content",
            column_config={
                name: _configured(one, widths[name], stays=name in stay)
                for name, one in columns.items()
            },
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


def _on_a_desk(columns: Mapping[str, FigureColumn], room: int) -> dict[str, int]:
    wanted = {name: one.width for name, one in columns.items()}
    return widths_within(room, wanted, 0, {name: one.needs for name, one in columns.items()})


def _on_a_phone(columns: Mapping[str, FigureColumn], shown: pd.DataFrame) -> dict[str, int]:
    """What is told in each column, and no more than it may have."""
    return {
        name: min(_told_width(one, shown[name]), one.on_phone or one.width)
        for name, one in columns.items()
    }


def _told_width(column: FigureColumn, told: pd.Series) -> int:
    words = (column.heading, *(str(one) for one in told if pd.notna(one)))
    return round(max(map(text_width, words))) + _AROUND


def _staying(widths: Mapping[str, int], naming: int) -> int:
    """How many of the first columns do not move; none where little else would be seen."""
    all_told = list(widths.values())
    moves = sum(all_told) > PHONE and sum(all_told[:naming]) <= _MOST_STAYING
    return naming if moves else 0


def _inked(shown: pd.DataFrame, stay: Sequence[str]) -> Any:
    """Streamlit draws at 60 % what does not move: from the strongest ink that stays readable."""
    if not stay:
        return shown
    ink = "#ffffff" if is_dark() else "#000000"
    return shown.style.set_properties(subset=list(stay), color=ink)


def _line_height(
    columns: Mapping[str, FigureColumn], shown: pd.DataFrame, widths: Mapping[str, int],
    *, every: bool,
) -> int:  # fmt: skip
    """Of a line: taller where words do not fit a column that may break them, or any (`every`)."""
    broken = any(
        not one.is_number and (every or one.on_phone)
        and _told_width(one, shown[name]) > widths[name]
        for name, one in columns.items()
    )  # fmt: skip
    return WRAPPED_HEIGHT if broken else ROW_HEIGHT


def _configured(column: FigureColumn, width: int, *, stays: bool) -> Any:
    told = column.told or None
    if column.is_number:
        return st.column_config.NumberColumn(
            column.heading, width=width, format="localized", help=told
        )
    return st.column_config.TextColumn(
        column.heading, width=width, help=told, pinned=True if stays else None
    )
