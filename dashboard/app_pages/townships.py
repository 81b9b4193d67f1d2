"""镇街地图：哪里多、哪里欠；点一个镇（街）看进去，图外的另行列数，合起来就是全部。"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import reads, township_reads
from dashboard.frame import shared
from dashboard.parts.fresh_keys import clicked_away, fresh_key
from dashboard.parts.honeycomb import residents
from dashboard.parts.maps import tile_rows, township_honeycomb
from dashboard.parts.panels import map_panel
from dashboard.parts.style import is_dark
from dashboard.parts.zones import BORDERS, HONEYCOMB, ON_TILES, ZONES
from dashboard.townships.base_map_panel import base_map_panel
from dashboard.townships.inside import draw_inside
from dashboard.townships.measure import counts_of, kind_chosen, measure_chosen
from dashboard.townships.place import Place, asked_of, draw_way, go_to, place_of
from dashboard.townships.ranking import draw_ranking, draw_table
from dashboard.townships.totals import draw_totals, totals
from dashboard.viewer import viewer_with
from dashboard.wording import MAP_BORDERS, MAP_UNITS, MAP_ZONES
from supervision.rights import Right

who, as_of, filters = viewer_with(Right.VIEW_ITEMS), reads.today(), shared()
names = reads.choices(reads.change(), who.scope, as_of)
seen = township_reads.townships(who.scope, as_of, filters)
place = place_of(filters, names)

if place.town is not None:
    draw_way(place, names)
    draw_inside(seen, names.townships[place.town][0], filters, as_of, who)
    st.stop()

tools = st.container(horizontal=True, vertical_alignment="center", key="town_tools")
with tools:
    scale = measure_chosen(residents(), seen.small_sample)
    asked = asked_of(place, filters, names, who.scope, kind_chosen())
counts = counts_of(seen, scale, residents())
chart = township_honeycomb(counts, dark=is_dark(), scope=asked, scale=scale)
tiles = chart.frame[(chart.frame["kind"] == "tile") & chart.frame["n"].notna()]
with tools:
    honeycomb = replace(asked, kind=HONEYCOMB)
    units = chart.frame if asked == honeycomb else tile_rows(counts, honeycomb, scale)
    draw_way(place, names, units)
with st.container(key="town_columns"):
    left, right = st.columns([7, 4], gap="large")
with left:
    note = MAP_UNITS + {ZONES: MAP_ZONES, BORDERS: MAP_BORDERS}.get(asked.kind, "")
    chart, key = replace(chart, note=note), fresh_key("town_map")
    if asked.kind == ON_TILES:
        clicked = base_map_panel(chart, counts, asked, scale, key=key)
    else:
        clicked = map_panel(chart, key=key, scale=scale, kind=asked.kind)
    if clicked and clicked.isdecimal() and int(clicked) in names.townships:
        clicked_away("town_map")
        go_to(Place(town=int(clicked)))
        st.rerun()
with right:
    draw_totals(totals(counts, chart.frame, scale), scale, asked.place)
    draw_ranking(tiles, scale)
    draw_table(seen, asked, tiles, scale)
