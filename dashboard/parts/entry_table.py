"""The entries of a programme as a table: light, days late, then the columns of its definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.parts.column_room import ROW_HEIGHT, WRAPPED_HEIGHT
from dashboard.parts.paper import paper_table
from dashboard.parts.room import room_for
from dashboard.parts.safe import clean
from dashboard.parts.style import is_phone
from dashboard.parts.tables import clicked_rows, column_config, rows_digest
from dashboard.parts.theme import lamp_word

_WIDTHS = {"title": 340, "day": 104, "count": 92, "text": 128}
_ON_A_PHONE = {**_WIDTHS, "title": 178}
"""There the title stands first, and what is long is broken into lines."""


def entry_table(
    rows: Sequence[Mapping[str, Any]],
    headings: Mapping[str, tuple[str, str]],
    *,
    key: str,
    id_key: str = "entry_id",
    most_height: int | None = None,
    first: int = 1,
    on_paper: Sequence[str] = (),
) -> int | None:
    """Draw `headings` (column → heading, kind) of `rows`; the id of the row clicked on.

    A page whose main thing is this table says with `on_paper` what a printed sheet tells above it.
    """
    phone = is_phone()
    widths, line = (_ON_A_PHONE, WRAPPED_HEIGHT) if phone else (_WIDTHS, ROW_HEIGHT)
    if phone:
        headings = dict(sorted(headings.items(), key=lambda one: one[1][1] != "title"))
    frame = pd.DataFrame([{name: row.get(name) for name in headings} for row in rows])
    config: dict[str, Any] = {}
    for name, (heading, kind) in headings.items():
        if kind == "light":
            frame[name] = [[lamp_word(str(light))] if light else [] for light in frame[name]]
            config |= {name: column_config(["light"])["light"]}
        elif kind == "day":
            frame[name] = pd.to_datetime(frame[name])
            config[name] = st.column_config.DateColumn(
                heading, width=widths[kind], format="YYYY-MM-DD"
            )
        elif kind == "count":
            frame[name] = frame[name].astype("Int64")
            config[name] = st.column_config.NumberColumn(heading, width=widths[kind], format="%d")
        else:
            frame[name] = frame[name].map(clean, na_action="ignore")
            config[name] = st.column_config.TextColumn(heading, width=widths[kind])
    ids = [row[id_key] for row in rows]
    on_sheet = frame.copy()
    frame.insert(0, "place", range(first, first + len(frame)))
    config["place"] = st.column_config.NumberColumn("序", width=46, format="%d")
    needed = ROW_HEIGHT + len(frame) * line + 2
    tall = most_height is not None and needed > most_height
    with room_for(most_height if tall and most_height else needed, key):
        event = st.dataframe(
            frame, key=f"{key}:{rows_digest(ids)}", hide_index=True, column_config=config,
            on_select="rerun", selection_mode="single-cell", row_height=line, placeholder="",
            height=most_height if tall and most_height else "content", alt="专题条目表",
        )  # fmt: skip
        if not phone:
            paper_table(
                on_sheet, {name: one[0] for name, one in headings.items()}, on_paper, key=key
            )
    opened, _ = clicked_rows(event)
    return None if opened is None else int(ids[opened])
