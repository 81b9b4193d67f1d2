"""Forms that do something. The one place that turns a refusal into words on the page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import acts, reads
from dashboard.parts.safe import plain
from dashboard.viewer import viewer
from supervision.vocabulary import ReassignReason

LONGEST_WORDS = 500
TOLD_AT_MOST = 8


@st.dialog("拟重新交办", width="large")
def reassignment_form(rows: pd.DataFrame) -> None:
    """Flag these items (item_id, row_version, number, title) with a reason and words."""
    st.caption(f"已选 {len(rows)} 件，标记后等待审批；审批通过才开始新一轮办理。")
    for row in rows.head(TOLD_AT_MOST).to_dict("records"):
        plain(f"{row['number'] or '（无编号）'}　{row['title'] or ''}")
    if len(rows) > TOLD_AT_MOST:
        st.caption(f"……等 {len(rows)} 件")
    labels = [reason.label for reason in ReassignReason]
    with st.form("reassignment", border=False):
        reason = st.radio("原因", labels, horizontal=True)
        words = st.text_area(
            "说明", max_chars=LONGEST_WORDS, placeholder="例如：回访称路灯只修了一半，请补齐"
        )
        if not st.form_submit_button("确认标记", type="primary"):
            return
    versions = dict(zip(rows["item_id"].tolist(), rows["row_version"].tolist(), strict=True))
    ended = acts.flag_for_reassignment(
        versions, list(ReassignReason)[labels.index(reason)], words,
        viewer=viewer(), as_of=reads.today(),
    )  # fmt: skip
    numbers = dict(
        zip(rows["item_id"].tolist(), rows["number"].fillna("（无编号）").tolist(), strict=True)
    )
    if ended.flagged:
        st.success(f"已标记 {len(ended.flagged)} 件，可在“拟重新交办”页查看。")
    for item_id, sentence in ended.refused:
        st.error("未标记：")
        plain(f"{numbers[item_id]}　{sentence}")
    if st.button("知道了"):
        st.rerun()
