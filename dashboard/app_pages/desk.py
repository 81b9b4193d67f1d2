"""督办工作台：今天要办的事，按清单列出，等得最久的在前；办完一件少一件。"""

from __future__ import annotations

import streamlit as st

from dashboard import loop_reads, reads
from dashboard.administration.calendar_line import calendar_line
from dashboard.frame import shared
from dashboard.item_forms import desk_view
from dashboard.item_forms.act_table import PAGE_SIZE
from dashboard.item_forms.desk_acts import acts_for, roles_with
from dashboard.item_forms.dialog import draw_forms, open_form
from dashboard.item_forms.told import draw_told
from dashboard.meetings.desk_line import overdue_promises_line
from dashboard.parts.leading import open_item, remember_list
from dashboard.parts.panels import headline
from dashboard.viewer import viewer_with
from supervision.lifecycle import Act
from supervision.rights import Right

PLACE = "desk"
who, as_of, filters = viewer_with(Right.WORK_ON_ITEMS), reads.today(), shared()
remember_list("app_pages/desk.py", "督办工作台")
draw_told(PLACE)
calendar_line(who, as_of)
head = st.container(horizontal=True, vertical_alignment="center", key="desk_head")
with head:
    words = st.container()
    if roles_with(Act.REGISTER) & who.roles:
        st.button("登记新事项", on_click=open_form, args=(Act.REGISTER, {}, PLACE))

entries = loop_reads.desk(who.scope, as_of, filters)
waiting = [entry for entry in entries if entry.count]
mine = [entry for entry in waiting if acts_for(entry.slug, who.roles)]
with words:
    headline(desk_view.desk_told(mine, who), key="desk")
opened = desk_view.opened_list(mine)
with st.container(key="desk_lists"):
    for entry in mine:
        desk_view.list_line(entry, is_open=entry.slug == opened)
        if entry.slug != opened:
            continue
        page = loop_reads.desk_items(
            who.scope, as_of, entry.slug, filters, PAGE_SIZE, st.query_params.get("after")
        )
        clicked = desk_view.list_body(entry.slug, page, who, PLACE)
        if clicked is not None:
            open_item(clicked)
overdue_promises_line(who, as_of, filters)
desk_view.quiet_line("由别人办理", (entry for entry in waiting if entry not in mine), counted=True)
desk_view.quiet_line(
    "今天没有",
    (entry for entry in entries if not entry.count and acts_for(entry.slug, who.roles)),
    counted=False,
)
draw_forms(PLACE)
