"""The pictures of a version before it is in force: no numbers, names and shapes alone."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.parts.map_shelf import MapShelf
from dashboard.parts.map_words import note_under
from dashboard.parts.maps import Asked, township_honeycomb
from dashboard.parts.panels import chart_panel
from dashboard.parts.style import is_dark
from dashboard.parts.zones import BORDERS, ON_TILES, kinds
from supervision.scope import Scope


def draw_preview(of: MapShelf, *, key: str) -> None:
    """Each kind of picture that the version has, chosen by name."""
    names = {kind: name for kind, name in kinds(of).items() if kind != ON_TILES}
    chosen = st.segmented_control(
        "预览", list(names), format_func=names.__getitem__, key=f"preview_{key}", required=True,
        default=BORDERS if BORDERS in names else next(iter(names)),
    )  # fmt: skip
    kind = chosen or next(iter(names))
    asked = Asked(Scope.whole_city(), kind=kind, of=of)
    picture = asked.picture
    units = {tile.unit for tile in picture.tiles}
    chart = replace(
        township_honeycomb(pd.DataFrame(), dark=is_dark(), scope=asked),
        headline=f"预览：{len(picture.tiles)} 个镇（街），{len(units)} 个县（区）",
        note="请核对形状、名称和所属县（区）；这里没有数字。",
        selection=None,
    )
    with st.container(border=True, key=f"map_preview_{key}"):
        # Without numbers there are no classes to explain.
        chart_panel(chart, key=f"map_preview_{key}_{kind}", scale=None)
        st.caption(note_under(kind, of))
