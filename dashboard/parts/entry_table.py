"""The entries of a programme as a table: light, days late, then the columns of its definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.parts.below_title import text_width, titles_with_more
from dashboard.parts.column_room import (
    LAPTOP,
    ROW_HEIGHT,
    WRAPPED_HEIGHT,
    laid_out,
    widths_within,
)
from dashboard.parts.paper import paper_table
from dashboard.parts.room import room_for
from dashboard.parts.small_frames import clean_texts
from dashboard.parts.style import is_phone
from dashboard.parts.tables import clicked_rows, column_config, rows_digest
from dashboard.parts.theme import lamp_word

Headings = Mapping[str, tuple[str, str]]
"""Column → its heading and kind."""
_PLACE = 46
_WIDTHS = {"light": 130, "title": 340, "day": 104, "count": 92, "number": 140, "text": 128}
_LEAST = {"light": 126, "title": 230, "day": 90, "count": 84, "number": 124, "text": 112}
_WRAPPED = {"light": 126, "title": 180, "day": 90, "count": 72, "number": 120, "text": 84}
"""Narrower still where a cell may take three rows."""
_AROUND_HEADING, _LONGEST_HEADING = 20, 128
_OF_ITEMS = {"light": "light", "late": "days_overdue", "due": "due_on"}
"""Column → what a list of items calls it."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    frame: pd.DataFrame
    config: dict[str, Any]
    line: int


def fit(headings: Headings, room: int = LAPTOP) -> bool:
    """Whether so many columns are in sight on a laptop, each at the least that it needs."""
    return _PLACE + sum(_least(headings, _WRAPPED).values()) <= room


def entry_table(
    rows: Sequence[Mapping[str, Any]],
    headings: Headings,
    *,
    key: str,
    id_key: str = "entry_id",
    first: int = 1,
    on_paper: Sequence[str] = (),
    who: str | None = None,
) -> int | None:
    """Draw `headings` of `rows`; the id of the row clicked on.

    A page whose main thing is this table says with `on_paper` what a printed sheet tells above it.
    `who` is the column that a phone tells below the title, with light, lateness and day.
    """
    phone = is_phone()
    drawn = _on_a_phone(rows, headings, who) if phone else _on_a_desk(rows, headings)
    on_sheet = drawn.frame.copy()
    drawn.frame.insert(0, "place", range(first, first + len(drawn.frame)))
    place = {"place": st.column_config.NumberColumn("序", width=_PLACE, format="%d")}
    ids = [row[id_key] for row in rows]
    with room_for(ROW_HEIGHT + len(rows) * drawn.line + 2, key):
        event = st.dataframe(
            drawn.frame, key=f"{key}:{rows_digest(ids)}", hide_index=True,
            column_config=place | drawn.config, on_select="rerun", selection_mode="single-cell",
            row_height=drawn.line, placeholder="", height="content", alt="专题条目表",
        )  # fmt: skip
        if not phone:
            paper_table(
                on_sheet, {name: one[0] for name, one in headings.items()}, on_paper, key=key
            )
    opened, _ = clicked_rows(event)
    return None if opened is None else int(ids[opened])


def _on_a_desk(rows: Sequence[Mapping[str, Any]], headings: Headings) -> _Drawn:
    wanted = {name: _WIDTHS[kind] for name, (_, kind) in headings.items()}
    least, line = _least(headings, _LEAST), ROW_HEIGHT
    if _PLACE + sum(least.values()) > LAPTOP:
        least, line = _least(headings, _WRAPPED), WRAPPED_HEIGHT
    return _drawn(rows, headings, widths_within(LAPTOP, wanted, _PLACE, least), line)


def _on_a_phone(rows: Sequence[Mapping[str, Any]], headings: Headings, who: str | None) -> _Drawn:
    """As items stand there: the title first, in its cell who has it and how late it is."""
    title = next((name for name, (_, kind) in headings.items() if kind == "title"), "")
    known = {title: "title", who or "": "department", **_OF_ITEMS}
    names = {name: known.get(name, f"field {name}") for name in headings}
    wanted = {names[name]: width for name, width in _least(headings, _WRAPPED).items()}
    laid = laid_out(wanted, 0, LAPTOP, phone=True)
    of = {said: name for name, said in names.items()}
    widths = {of[said]: width for said, width in laid.widths.items()}
    drawn = _drawn(rows, headings, dict.fromkeys(headings, 0) | widths, laid.line)
    if laid.below:
        drawn.frame[title] = titles_with_more(
            drawn.frame.rename(columns=names), laid.below, width=widths[title], lines=laid.rows
        )
    if "light" in laid.below:
        drawn.frame["light"] = [
            [one.partition(" ")[0] for one in told] for told in drawn.frame["light"]
        ]
    return replace(drawn, frame=drawn.frame[list(widths)])


def _least(headings: Headings, least: Mapping[str, int]) -> dict[str, int]:
    """What each column needs: its kind's least, and its heading whole."""
    return {
        name: max(least[kind], min(round(text_width(told)) + _AROUND_HEADING, _LONGEST_HEADING))
        for name, (told, kind) in headings.items()
    }


def _drawn(
    rows: Sequence[Mapping[str, Any]], headings: Headings, widths: Mapping[str, int], line: int
) -> _Drawn:
    frame = pd.DataFrame([{name: row.get(name) for name in headings} for row in rows])
    config: dict[str, Any] = {}
    for name, (heading, kind) in headings.items():
        if kind == "light":
            # From the rows: a frame of texts turns None into NaN.
            lights = [row.get(name) for row in rows]
            frame[name] = [[lamp_word(str(light))] if light else [] for light in lights]
            config |= {name: column_config(["light"], {"light": widths[name]})["light"]}
        elif kind == "day":
            frame[name] = pd.to_datetime(frame[name])
            config[name] = st.column_config.DateColumn(
                heading, width=widths[name], format="YYYY-MM-DD"
            )
        elif kind == "count":
            frame[name] = frame[name].astype("Int64")
            config[name] = st.column_config.NumberColumn(
                heading, width=widths[name], format="localized"
            )
        else:
            frame[name] = clean_texts(frame[name])
            config[name] = st.column_config.TextColumn(heading, width=widths[name])
    return _Drawn(frame, config, line)
