"""Forms that do something. The one place that turns a refusal into words on the page."""

from __future__ import annotations

import streamlit as st

from dashboard import acts, reads
from dashboard.parts.lists import pair_list
from dashboard.parts.reporter import by_name
from dashboard.parts.safe import label
from dashboard.viewer import viewer
from supervision.rights import NotPermitted


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
