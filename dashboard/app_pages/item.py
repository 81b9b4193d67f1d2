"""事项详情：一件事的来龙去脉、各轮办理、期限怎么算出来的、每个值来自台账哪一格。"""

from __future__ import annotations

import streamlit as st

from dashboard import identity, leader_reads, loop_reads, meeting_reads, notice_reads, reads
from dashboard.acts import FIELD_WORDS
from dashboard.item_forms.dialog import draw_forms
from dashboard.item_forms.duty_panel import duty_panel
from dashboard.item_forms.panel import act_panel, undo_button
from dashboard.item_forms.told import ITEM_PLACE, draw_told
from dashboard.meetings.item_promises import item_promises
from dashboard.parts import item_parts
from dashboard.parts.forms import personal_data_form
from dashboard.parts.item_merged import merged_panel
from dashboard.parts.item_rounds import holding_panel
from dashboard.parts.item_sources import source_table
from dashboard.parts.item_story import story
from dashboard.parts.leading import back_to_list
from dashboard.parts.reporter import as_seen, reporter_panel
from dashboard.problems.item_matter import matter_panel
from dashboard.viewer import viewer_with
from supervision.rights import Right

who, as_of, change = viewer_with(Right.VIEW_ITEMS), reads.today(), reads.change()
asked = st.query_params.get("id", "")
history = (
    reads.item_history(change, who.scope, as_of, int(asked))
    if asked.isdecimal() and len(asked) < 19
    else None
)
if history is None:
    if asked.isdecimal() and len(asked) < 19:
        identity.note_unseen_item(who, int(asked))
    st.info("没有找到这件事项。它可能不在您的权限范围内，或链接有误。")
    back_to_list()
    st.stop()

reporter = reads.reporter(who, as_of, history.item["id"])
history = as_seen(history, reporter)
back_to_list()
place = f"{ITEM_PLACE}{asked}"
draw_told(place)
item_parts.item_head(history)
matter_panel(leader_reads.matter_of_item(change, who.scope, as_of, history.item["id"]))
item_promises(meeting_reads.commitments_of_item(change, who.scope, as_of, history.item["id"]))
merged_panel(loop_reads.merged_items(who.scope, as_of, history.item["id"]))
act_panel(who, history, place)
with st.container(key="item_columns"):
    left, right = st.columns([7, 5], gap="large")
with left:
    item_parts.content(history)
    st.subheader("办理经过", anchor=False)
    holding_panel(loop_reads.rounds_held(who.scope, as_of, history.item["id"]))
    if not history.rounds:
        st.caption("没有交办过。")
    for round_history in reversed(history.rounds):
        item_parts.round_panel(round_history, current=history.item["current_round"])
with right:
    item_parts.facts(history)
    if reporter_panel(reporter, FIELD_WORDS):
        personal_data_form(history.item["id"])
    duty_panel(who, history, place)
    st.subheader("办理记录", anchor=False)
    acts = loop_reads.item_acts_of(who.scope, as_of, history.item["id"])
    undo_button(who, history, acts, place)
    story(history, acts, of_the_office=notice_reads.of_the_office(who))
st.subheader("每个值来自台账哪一格", anchor=False)
source_table(history, FIELD_WORDS)
draw_forms(place)
