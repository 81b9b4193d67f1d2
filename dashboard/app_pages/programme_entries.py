"""专题清单：一个数字背后的条目，点一行看全部内容和它来自台账的哪一格。"""

from __future__ import annotations

import streamlit as st

from dashboard import programme_reads, reads
from dashboard.frame import shared
from dashboard.parts.entry_table import entry_table
from dashboard.parts.filters import told
from dashboard.parts.leading import lead_to, set_query
from dashboard.parts.panels import headline
from dashboard.parts.safe import label
from dashboard.programmes.entries import draw_entry, headings_of, rows_of
from dashboard.programmes.export import export_button
from dashboard.programmes.narrowing import KEYS, definition_of, narrowed
from dashboard.programmes.parts_of_rate import draw_parts
from dashboard.programmes.told import asked_of
from dashboard.viewer import viewer_with
from supervision.rights import Right, may

PAGE_SIZE = 100

who, as_of, filters = viewer_with(Right.VIEW_ITEMS), reads.today(), shared()
change, url = reads.change(), st.query_params.to_dict()
seen = programme_reads.programme(change, who.scope, as_of, filters, url.get("programme", ""))
if seen is None:
    st.info("没有这个专题，可能已经停用。请回到“专题”重新选择。")
    st.page_link("app_pages/programmes.py", label="← 回到专题", query_params=lead_to())
    st.stop()

asked = asked_of(filters, as_of)
found = narrowed(seen, url, asked)
unit, name = seen.programme.unit, seen.programme.name
with st.container(key="back"):
    st.page_link("app_pages/programmes.py", label=label(f"← 回到{seen.programme.label}"),
                 query_params=lead_to(programme=name))  # fmt: skip
headline(
    f"{seen.programme.label}：{'，'.join(found.told) or '全部'} {len(found.entries):,} {unit}",
    definition_of(seen, found), key="entries_told",
)  # fmt: skip
draw_parts(found)
with st.container(horizontal=True, vertical_alignment="center", key="list_acts"):
    if found.told:
        st.button("看全部条目", type="tertiary", on_click=set_query, kwargs=dict.fromkeys(KEYS))
    if may(who, Right.EXPORT) and found.entries:
        names = reads.choices(change, who.scope, as_of)
        export_button(seen, url, filters, [*found.told, *told(filters, names)], who, as_of)
if not found.entries:
    st.info("没有符合条件的条目。可以放宽筛选。")
    st.stop()

page = st.query_params.get("page", "0")
start = int(page) * PAGE_SIZE if page.isdecimal() and len(page) < 5 else 0
shown = found.entries[start : start + PAGE_SIZE] or found.entries[:PAGE_SIZE]
opened = entry_table(
    rows_of(seen, shown, found.hits if found.is_rate else None),
    headings_of(seen, counted=found.is_rate), key="entries", first=start + 1,
)  # fmt: skip
with st.container(horizontal=True, horizontal_alignment="right", key="list_pages"):
    if start:
        st.button("回到首页", on_click=set_query, kwargs={"page": None})
    if start + PAGE_SIZE < len(found.entries):
        st.button("下一页", on_click=set_query, kwargs={"page": start // PAGE_SIZE + 1})
wanted = str(opened) if opened is not None else url.get("entry")
entry = next((one for one in found.entries if str(one.id) == wanted), None)
if entry is not None:
    draw_entry(seen, entry, who, as_of)
