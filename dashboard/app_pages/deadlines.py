"""时限：逾期多久、欠在谁那里、今后六周哪天到期；导出和催办一步可到。"""

from __future__ import annotations

import streamlit as st

from dashboard import leader_reads, reads
from dashboard.due.actions import draw_actions
from dashboard.due.ages import draw_ages
from dashboard.due.calendar import draw_calendar
from dashboard.due.tables import draw_tables
from dashboard.due.tiles import due_tiles, due_told, uncounted_told
from dashboard.frame import shared
from dashboard.parts.column_room import NARROW
from dashboard.parts.leading import lead_to, open_item
from dashboard.parts.panels import headline
from dashboard.parts.style import is_dark
from dashboard.parts.tables import item_table
from dashboard.parts.tiles import tile_row
from dashboard.viewer import viewer_with
from supervision.rights import Right

who, as_of, filters = viewer_with(Right.VIEW_ITEMS), reads.today(), shared()
change, dark = reads.change(), is_dark()
names = reads.choices(change, who.scope, as_of)
seen = leader_reads.deadlines(change, who.scope, as_of, filters)

headline(due_told(seen, counted=as_of <= names.horizon), uncounted_told(seen), key="due_told")
tile_row(due_tiles(seen, lead_to(), as_of=as_of), key="due_tiles")
draw_actions(filters, names, who)
left, right = st.columns([7, 5], gap="large")
with left:
    draw_calendar(seen, dark=dark, as_of=as_of)
with right:
    draw_ages(seen.counts, dark=dark, key="due_ages")
left, right = st.columns([7, 5], gap="large")
with left:
    draw_tables(seen, names)
with right:
    worst = reads.described_items(change, who.scope, as_of, seen.worst)
    if not worst.empty:
        headline("逾期最久的事项", "按逾期工作日排列，点一行看详情", key="due_worst")
        columns = ("days_overdue", "lead_short", "title")
        row = item_table(worst, key="due_worst", columns=columns, room=NARROW).opened
        if row is not None:
            open_item(row)
