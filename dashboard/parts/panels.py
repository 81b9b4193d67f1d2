"""Draws charts with their conclusion above them, and gives back what was clicked."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any, Literal, cast

import streamlit as st

from dashboard.parts.charts import Chart
from dashboard.parts.map_scales import OVERDUE, Scale
from dashboard.parts.map_words import note_under
from dashboard.parts.room import chart_height, room_for
from dashboard.parts.safe import plain
from dashboard.parts.style import is_dark
from dashboard.parts.theme import LAMPS, ink_on, palette
from dashboard.parts.zones import HONEYCOMB
from supervision.vocabulary import Light


def headline(text: str, note: str = "", *, key: str) -> None:
    """The conclusion in bold and its 口径 below, as plain text."""
    with st.container(key=f"headline_{key}"):
        plain(text)
        if note:
            plain(note)


def chart_panel(
    chart: Chart, *, key: str, lamps: bool = False, scale: Scale | None = OVERDUE
) -> list[dict[str, Any]]:
    """Draw a chart under its headline; what is selected, for instance [{"department": 7}].

    With `lamps` the key of the lights that occur stands between headline and chart. An empty
    chart is only its headline. A picture without numbers has no `scale`. The key of the widget
    holds, so a selection outlives a rerun.
    """
    headline(chart.headline, chart.note, key=key)
    if chart.is_empty:
        return []
    if lamps:
        lamp_key(Light(value) for value in chart.frame["light"].unique() if value)
    if not chart.picture:
        with room_for(chart_height(chart.spec, chart.frame), key):
            return _drawn(chart, key, "content")
    with st.container(key=f"picture_{key}"):
        chosen = _drawn(chart, key, "stretch")
    if scale is not None:
        class_key(scale)
    return chosen


def map_panel(
    chart: Chart, *, key: str, scale: Scale = OVERDUE, kind: str = HONEYCOMB
) -> str | None:
    """Draw a picture of the townships with its key and its note; the code clicked, or None."""
    chosen = chart_panel(chart, key=key, scale=scale)
    st.caption(note_under(kind))
    return str(chosen[0]["code"]) if chosen else None


def class_key(scale: Scale) -> None:
    """The classes of the honeycomb with their fills, in words."""
    classes = "".join(
        f'<span><i style="background:{fill}"></i>{escape(words)}</span>'
        for words, fill in zip(scale.words, palette(is_dark()).ramp, strict=True)
    )
    st.html(f'<div class="duban-classes"><b>{escape(scale.name)}</b>{classes}</div>')


def _drawn(chart: Chart, key: str, height: Literal["content", "stretch"]) -> list[dict[str, Any]]:
    clickable = chart.selection is not None
    event = st.vega_lite_chart(
        chart.frame,
        chart.spec,
        theme=None,
        key=key,
        height=height,
        on_select="rerun" if clickable else "ignore",
        selection_mode=chart.selection,
        alt=f"{chart.headline}。{chart.note}",
    )
    if not clickable:
        return []
    # By item and not by attribute: tests put plain dicts there.
    selected = cast("dict[str, Any]", event)["selection"]
    chosen: list[dict[str, Any]] = selected.get(chart.selection) or []
    return chosen


def lamp_key(lights: Iterable[Light]) -> None:
    """The lights in their order, each told by colour, shape and word."""
    wanted = set(lights)
    dark = is_dark()
    signs = "".join(
        f'<span><i style="background:{lamp.colour(dark)};color:{ink_on(lamp.colour(dark))}">'
        f"{lamp.sign}</i>{escape(light.label)}</span>"
        for light, lamp in LAMPS.items()
        if light in wanted
    )
    st.html(f'<div class="duban-lamps">{signs}</div>', width="content")
