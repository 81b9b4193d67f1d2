"""专题清单：一个数字背后的条目，点一行看全部内容和它来自台账的哪一格。"""

from __future__ import annotations

import streamlit as st

from dashboard import programme_reads, reads
from dashboard.frame import shared
from dashboard.parts.filters import told
from dashboard.parts.leading import lead_to, set_query
from dashboard.parts.safe import label
from dashboard.programmes.discreet import fit_for
from dashboard.programmes.entry_list import draw_list, list_head
from dashboard.programmes.export import export_button
from dashboard.programmes.narrowing import KEYS, narrowed
from dashboard.programmes.parts_of_rate import draw_parts
from dashboard.programmes.reporters import draw_reporters
from dashboard.programmes.told import asked_of
from dashboard.viewer import viewer_with
from supervision.rights import Right, may

PROGRAMMES = "app_pages/programmes.py"

who, as_of, filters = viewer_with(Right.VIEW_ITEMS), reads.today(), shared()
change, url = reads.change(), st.query_params.to_dict()
seen = programme_reads.programme(change, who.scope, as_of, filters, url.get("programme", ""))
if seen is None:
    st.info("没有这个专题，可能已经停用。请回到“专题”重新选择。")
    st.page_link(PROGRAMMES, label="← 回到专题", query_params=lead_to())
    st.stop()

seen, asked = fit_for(seen, who), asked_of(filters, as_of)
found = narrowed(seen, url, asked)
name, part = seen.programme.name, url.get("part")
with st.container(key="back"):
    back = label(f"← 回到{seen.programme.label}")
    st.page_link(PROGRAMMES, label=back, query_params=lead_to(programme=name))
is_coverage = found.figure is not None and found.back is not None
if not is_coverage:
    list_head(seen, found)
with st.container(horizontal=True, vertical_alignment="center", key="list_acts"):
    draw_parts(found)
    if found.told:
        st.button("看全部条目", type="tertiary", on_click=set_query,
                  kwargs=dict.fromkeys((*KEYS, "page")))  # fmt: skip
    if may(who, Right.EXPORT):
        names = reads.choices(change, who.scope, as_of)
        export_button(seen, url, filters, [*found.told, *told(filters, names)], who, as_of)
if found.figure is not None and found.back is not None:
    draw_reporters(seen, found.figure, asked, back=found.back, part=part)
else:
    draw_list(seen, found, who, as_of)
