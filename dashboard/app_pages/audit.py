"""审计记录：谁在什么时候做了什么，记录是否完整。"""

from __future__ import annotations

import streamlit as st

from dashboard import reads
from dashboard.audit_export import export_button
from dashboard.parts import audit_parts
from dashboard.parts.leading import set_query
from dashboard.viewer import viewer_with
from supervision.rights import Right

who = viewer_with(Right.READ_AUDIT)
standing = st.container(horizontal=True, vertical_alignment="center", key="audit_standing")
filters, told = audit_parts.audit_filters(reads.audit_choices(viewer=who))
asked = st.query_params.get("before", "")
before = int(asked) if asked.isdecimal() and len(asked) < 19 else None
page = reads.audit_page(filters, viewer=who, before=before)

count = reads.audit_count(filters, viewer=who)
with st.container(horizontal=True, vertical_alignment="center", key="audit_acts"):
    st.caption(audit_parts.place(page, count), width="stretch")
    export_button(filters, told, who, count)
if page.entries:
    audit_parts.entries(page)
else:
    st.info("没有符合条件的记录。可以放宽筛选。")
with st.container(horizontal=True, horizontal_alignment="right", key="audit_pages"):
    if before is not None:
        st.button("回到最新", on_click=set_query, kwargs={"before": None})
    if page.older is not None:
        st.button("更早的记录", on_click=set_query, kwargs={"before": page.older})
# The whole trail is walked: what can be read stands on the page before that.
with standing:
    audit_parts.chain_standing(lambda: reads.audit_standing(viewer=who))
