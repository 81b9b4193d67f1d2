"""总览：什么在办、什么逾期、谁欠着、在哪里；每个数字点开就是它的清单。"""

from __future__ import annotations

import streamlit as st

from dashboard import reads
from dashboard.administration.calendar_line import calendar_line
from dashboard.frame import nothing_seen, shared
from dashboard.parts import charts, column_room, maps, overview_frames, sentences
from dashboard.parts.leading import lead_to, open_item, open_list, worklist_links
from dashboard.parts.overview_data import draw_data
from dashboard.parts.panels import chart_panel, headline, map_panel
from dashboard.parts.small_frames import as_pandas
from dashboard.parts.style import is_dark
from dashboard.parts.tables import item_table
from dashboard.parts.tiles import tile_row
from dashboard.parts.trend import month_trend
from dashboard.viewer import viewer_with
from supervision.rights import Right

who, as_of, filters = viewer_with(Right.VIEW_ITEMS), reads.today(), shared()
change, dark = reads.change(), is_dark()
calendar_line(who, as_of)
seen = reads.overview(change, who.scope, as_of, filters)
names = reads.choices(change, who.scope, as_of)

figures = overview_frames.figures(seen)
by_department = overview_frames.by_department(seen, names)
headline(
    sentences.overview_sentence(figures, overview_frames.worst_departments(by_department),
                                as_of=as_of,
                                due_soon_working_days=seen.due_soon_working_days),
    overview_frames.since_session(seen),
    key="sentence",
)  # fmt: skip
tile_row(
    sentences.overview_tiles(
        figures,
        words=("期内" if filters.period else "本月", overview_frames.compared_with(seen)),
        query=lead_to(),
        small_sample=seen.small_sample,
        about=overview_frames.about(seen),
    )
)
if not figures["open"]["n"] and not seen.by_month["came_in"].sum():
    nothing_seen(names)
    st.stop()

with st.container(key="overview_columns"):
    left, decisions, places = st.columns(3, gap="large")
with left:
    clicked = chart_panel(
        charts.open_by_department(by_department, dark=dark, most=8), key="departments", lamps=True
    )
    if clicked:
        open_list(lead=clicked[0]["department"], figure="open")
    worst = reads.described_items(change, who.scope, as_of, tuple(seen.worst["item_id"].to_list()))
    if not worst.empty:
        headline("逾期最久的事项", "按逾期工作日排列，点一行看详情", key="worst")
        columns = ("days_overdue", "lead_short", "title")
        row = item_table(worst, key="worst", columns=columns, room=column_room.HALF).opened
        if row is not None:
            open_item(row)
with decisions:
    worklist_links(seen.worklists)
    day = chart_panel(overview_frames.due_calendar(seen, dark=dark), key="due")
    if day:
        open_list(due=day[0]["day"])
    chart_panel(month_trend(as_pandas(seen.by_month), dark=dark, as_of=as_of), key="months")
with places:
    town = map_panel(
        maps.township_honeycomb(
            overview_frames.overdue_by_township(seen), dark=dark, scope=who.scope
        ),
        key="townships",
    )
    if town:
        open_list(place=town, figure="overdue_open")
draw_data(seen, names)
