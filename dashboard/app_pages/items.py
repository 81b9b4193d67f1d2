"""事项清单：筛出要看的事项，排序、翻页、导出，点开详情，或标记拟重新交办。"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import reads
from dashboard.administration.done import done_told
from dashboard.frame import shared
from dashboard.item_export import export_button
from dashboard.item_forms.desk_acts import roles_with
from dashboard.item_forms.dialog import act_button, draw_forms
from dashboard.item_forms.told import draw_told
from dashboard.parts import list_tools
from dashboard.parts.address_choice import box
from dashboard.parts.filters import told
from dashboard.parts.leading import open_item, remember_list, set_query
from dashboard.parts.list_state import LONGEST_TEXT, list_state
from dashboard.parts.rows import worded
from dashboard.parts.style import is_phone
from dashboard.parts.tables import item_table
from dashboard.problems.gathering_rows import gather_button
from dashboard.viewer import viewer_with
from supervision.lifecycle import Act
from supervision.rights import Right, may

who, as_of = viewer_with(Right.VIEW_ITEMS), reads.today()
change = reads.change()
names = reads.choices(change, who.scope, as_of)
state = list_state(shared(), st.query_params.to_dict(), names)
FIRST_PAGE = {"after": None}
remember_list()
draw_told("items")
done_told()

with st.container(horizontal=True, vertical_alignment="bottom", key="list_tools"):
    text = st.text_input(
        "搜索", key="q", bind="query-params", max_chars=LONGEST_TEXT,
        placeholder="两个字就能搜" if is_phone() else "编号、标题、内容、地点，两个字就能搜",
        on_change=set_query,
        kwargs=FIRST_PAGE,
    )  # fmt: skip
    order = box("排序", list_tools.ORDERS, key="sort", width=190, gone=FIRST_PAGE,
                label_visibility="visible")  # fmt: skip
filters = replace(state.filters, text=text)
list_tools.asked_for(state.told)

page = reads.item_page(
    change, who.scope, as_of, filters, order,
    st.query_params.get("after"), list_tools.PAGE_SIZE,
)  # fmt: skip
if not page.total:
    if names.data_until is not None:
        st.info("没有符合条件的事项。可以放宽筛选，或换一个关键词。")
    st.stop()

rows = worded(page.rows)
# Drawn above the table, filled after it: fifty rows must not lie between a tick and its act.
acts = st.container(horizontal=True, vertical_alignment="center", key="list_acts")
clicked = item_table(
    rows, key="items", columns=list_tools.COLUMNS, many=True,
    on_paper=list_tools.on_paper(page, list_tools.ORDERS[order], text, who),
    first=page.position + 1,
)  # fmt: skip
with st.container(horizontal=True, horizontal_alignment="right", key="list_pages"):
    list_tools.page_turner(page)
if clicked.opened is not None:
    open_item(clicked.opened)
picked = rows[rows["item_id"].isin(clicked.ticked)]
with acts:
    list_tools.page_place(page)
    if roles_with(Act.FLAG_FOR_REASSIGNMENT) & who.roles:
        act_button(Act.FLAG_FOR_REASSIGNMENT, picked, "items")
    gather_button(picked, who, as_of)
    if may(who, Right.EXPORT):
        export_button(filters, order, [*state.told, *told(shared(), names)], who)
draw_forms("items")
