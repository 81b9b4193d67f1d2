"""满意度：群众对结果和过程各怎么评价，谁没有评价，单位说解决的群众认不认。"""

from __future__ import annotations

import streamlit as st

from dashboard import leader_reads, reads
from dashboard.frame import shared
from dashboard.parts.leading import lead_to
from dashboard.parts.panels import headline
from dashboard.parts.style import is_dark
from dashboard.parts.tiles import tile_row
from dashboard.satisfaction.causes import draw_crossed, draw_months, draw_unhappy
from dashboard.satisfaction.groups import choose, draw_groups, draw_table, grouping_asked
from dashboard.satisfaction.told import answer_tiles, answers_told, left_out_told
from dashboard.viewer import viewer_with
from supervision.rights import Right

who, as_of, filters = viewer_with(Right.VIEW_ITEMS), reads.today(), shared()
change, dark = reads.change(), is_dark()
names = reads.choices(change, who.scope, as_of)
if names.data_until is None:
    # The head says already what to do first.
    st.stop()
grouping = grouping_asked()
seen = leader_reads.satisfaction(change, who.scope, as_of, filters, grouping.column)

headline(answers_told(seen), left_out_told(seen), key="answers_told")
tile_row(answer_tiles(seen, lead_to(), as_of=as_of), key="answer_tiles")
asked = choose()
left, right = st.columns([7, 5], gap="large")
with left:
    draw_groups(seen, grouping, asked, names, dark=dark)
    draw_months(seen, as_of, dark=dark)
with right:
    draw_crossed(seen)
    draw_unhappy(seen, who, as_of)
draw_table(seen, grouping, names)
