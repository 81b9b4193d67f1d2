"""Forms that do something. The one place that turns a refusal into words on the page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import acts, reads
from dashboard.parts.lists import pair_list
from dashboard.parts.reporter import by_name
from dashboard.parts.safe import label, plain
from dashboard.viewer import viewer
from supervision.rights import NotPermitted
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


@st.dialog("查看诉求人完整信息")
def personal_data_form(item_id: int) -> None:
    """Ask for a reason, then show an item's personal data for this one run of the dialog."""
    st.caption("谁、何时、因何查看，都会记入审计。内容只显示这一次，请勿截图、转发。")
    with st.form("personal_data", border=False):
        reason = st.text_input(
            "查看理由", max_chars=acts.LONGEST_REASON, placeholder="例如：电话回访核实办理情况"
        )
        if not st.form_submit_button("查看", type="primary"):
            return
    try:
        values = acts.see_personal_data(item_id, reason, viewer=viewer(), as_of=reads.today())
    except (NotPermitted, acts.LookRefused, acts.KeyRefused) as refusal:
        st.warning(label(refusal))
        return
    pair_list(by_name([(value.field, value.text) for value in values], acts.FIELD_WORDS))
