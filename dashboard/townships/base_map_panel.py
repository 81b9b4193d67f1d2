"""The picture of the townships over the city's own tiles, for browsers with WebGL."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts.charts import Chart
from dashboard.parts.map_deck import township_deck
from dashboard.parts.map_scales import Scale
from dashboard.parts.map_words import note_under
from dashboard.parts.maps import Asked
from dashboard.parts.panels import class_key, headline
from dashboard.parts.style import is_dark, is_phone
from dashboard.settings import settings
from dashboard.wording import MAP_TILES

ON_A_DESK, ON_A_PHONE = (720, 540), (350, 430)
"""Pixels into which the city fits: width and height."""


def base_map_panel(
    chart: Chart, counts: pd.DataFrame, asked: Asked, scale: Scale, *, key: str
) -> str | None:
    """Draw it under the headline of the chart; the code clicked, or None."""
    width, height = ON_A_PHONE if is_phone() else ON_A_DESK
    headline(chart.headline, chart.note, key=key)
    deck = township_deck(
        counts, dark=is_dark(), asked=asked, scale=scale, width=width, height=height,
        tiles_of=settings().map_tiles,
    )  # fmt: skip
    event = st.pydeck_chart(
        deck, key=key, height=height, on_select="rerun", selection_mode="single-object"
    )
    class_key(scale)
    st.caption(MAP_TILES + note_under(asked.kind))
    chosen = dict(event)["selection"]["objects"].get("town") or []
    return str(chosen[0]["properties"]["code"]) if chosen else None
