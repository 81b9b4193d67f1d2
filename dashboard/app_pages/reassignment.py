"""拟重新交办：已标记、等待审批的事项，以及按群众评价建议标记的事项。"""

from __future__ import annotations

import streamlit as st

from dashboard import reads
from dashboard.parts.leading import lead_to, open_item
from dashboard.parts.panels import headline
from dashboard.parts.rows import worded
from dashboard.parts.sentences import ITEMS_PAGE
from dashboard.parts.tables import item_table
from dashboard.viewer import viewer_with
from supervision.rights import Right
from supervision.worklists import Worklist

who, as_of, change = viewer_with(Right.VIEW_ITEMS), reads.today(), reads.change()
flagged = worded(reads.flagged_items(change, who.scope, as_of))
headline(
    f"{len(flagged)} 件等待审批" if len(flagged) else "没有等待审批的事项",
    "标记不改变原轮次的任何记录；审批通过后开始新一轮办理。",
    key="flagged",
)
if len(flagged):
    clicked = item_table(
        flagged,
        key="flagged",
        columns=("title", "reason", "words", "lead", "unit", "township", "round_no",
                 "flagged_by", "flagged_on", "number"),
        on_paper=[f"内部资料　{who.name}（{who.account}）打印"],
    )  # fmt: skip
    if clicked.opened is not None:
        open_item(clicked.opened)
else:
    st.info("在“事项清单”勾选事项，或打开一件事项，都可以标记为拟重新交办；标记后列在这里。")
st.page_link(
    ITEMS_PAGE,
    label="从群众不满意或反弹的事项里挑选",
    query_params=lead_to(figure=Worklist.REASSIGN_CANDIDATES.value),
)
