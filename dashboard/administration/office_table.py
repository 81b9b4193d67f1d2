"""Tables of the administration pages: names and states as text, a click gives a position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st

from dashboard.parts.column_room import ROW_HEIGHT
from dashboard.parts.safe import clean
from dashboard.parts.tables import clicked_rows, rows_digest

MOST_HEIGHT = 560


class Shown(NamedTuple):
    """A column: its heading and its width in pixels."""

    heading: str
    width: int


def office_table(
    rows: Sequence[Sequence[object]],
    columns: Mapping[str, Shown],
    *,
    key: str,
    alt: str,
    choose: bool = True,
    opens: bool = False,
) -> int | None:
    """Draw the rows (cells in the order of `columns`); the position of the row clicked.

    A click that `opens` another view is told once: a browser remembers what was chosen in a
    table that comes back, and would open it again.
    """
    turn = st.session_state.setdefault(f"{key}:opened", 0)
    frame = pd.DataFrame(
        [[clean(cell) for cell in row] for row in rows], columns=list(columns), dtype="object"
    )
    tall = (len(rows) + 1) * ROW_HEIGHT > MOST_HEIGHT
    event = st.dataframe(
        frame,
        # Other rows, other widget: a position chosen before must not mean another row.
        key=f"{key}:{rows_digest(rows)}:{turn}",
        hide_index=True,
        column_config={
            name: st.column_config.TextColumn(shown.heading, width=shown.width)
            for name, shown in columns.items()
        },
        row_height=ROW_HEIGHT,
        height=MOST_HEIGHT if tall else "content",
        placeholder="",
        on_select="rerun" if choose else "ignore",
        selection_mode="single-cell",
        alt=alt,
    )
    place = clicked_rows(event)[0] if choose else None
    if opens and place is not None:
        st.session_state[f"{key}:opened"] = turn + 1
    return place
