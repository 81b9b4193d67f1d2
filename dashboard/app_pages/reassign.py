"""拟重新交办：等待审批的标记，和按规则建议标记的事项，每件写明为什么。"""

from __future__ import annotations

import streamlit as st

from dashboard import loop_reads, reads
from dashboard.item_forms import candidates
from dashboard.item_forms.act_table import act_table
from dashboard.item_forms.desk_acts import acts_for
from dashboard.item_forms.dialog import draw_forms
from dashboard.item_forms.told import draw_told
from dashboard.parts.leading import open_item, remember_list
from dashboard.parts.panels import headline
from dashboard.viewer import viewer_with
from supervision.rights import Right
from supervision.worklists import DeskList

PLACE = "reassignment"
who, as_of = viewer_with(Right.VIEW_ITEMS), reads.today()
remember_list("app_pages/reassign.py", "拟重新交办")
draw_told(PLACE)
flagged = loop_reads.waiting_flags(who.scope, as_of)
headline(
    f"{len(flagged)} 件等待审批" if len(flagged) else "没有等待审批的事项",
    "标记不改变原轮次的任何记录；审批通过后开始新一轮办理，并告知群众。",
    key="flagged",
)
if len(flagged):
    clicked = act_table(
        flagged, acts_for(DeskList.FLAGS_WAITING, who.roles),
        ("reason", "title", "lead", "words", "evidence", "proposed", "proposed_department",
         "unit", "round_no", "asked_by", "asked_on", "number"),
        who=who, key="flagged", place=PLACE,
    )  # fmt: skip
    if clicked is not None:
        open_item(clicked)

proposed = candidates.proposed(who.scope, as_of, st.query_params.get("after"))
headline(
    f"建议标记 {proposed.total} 件" if proposed.total else "没有建议标记的事项",
    "群众不满意、反弹、没有写明解决措施，或逾期仍未反馈的，系统列在这里；标不标由人决定。",
    key="candidates",
)
if proposed.total:
    clicked = act_table(
        proposed.rows, acts_for(DeskList.NOT_YET_FLAGGED, who.roles),
        ("title", "why", "age_days", "lead_short", "unit", "township", "state", "number"),
        who=who, key="candidates", place=PLACE, page=proposed,
    )  # fmt: skip
    if clicked is not None:
        open_item(clicked)
draw_forms(PLACE)
