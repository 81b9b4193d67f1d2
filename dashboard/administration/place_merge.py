"""The form 合并 of one township: it ends, another of its county carries on."""

from __future__ import annotations

import streamlit as st

from dashboard import reads, register_acts
from dashboard.administration.done import done
from dashboard.administration.refusals import refusals_told
from dashboard.parts.safe import option
from dashboard.reads import PlaceRow
from dashboard.viewer import viewer
from supervision.scope import Viewer
from supervision.vocabulary import DivisionLevel


def place_merge_form(place: PlaceRow, who: Viewer) -> None:
    """Which township of the county takes over, and from when."""
    offered = {
        option(one.name): one
        for one in reads.place_register(who, DivisionLevel.TOWNSHIP)
        if one.above == place.above and one.valid.last is None and one.code != place.code
    }
    today = reads.today()
    with st.form(f"place_merge:{place.code}:{place.row_version}", border=False):
        into = st.selectbox(
            "由哪个镇（街）承接", list(offered), index=None, placeholder="选择镇（街）"
        )
        on = st.date_input("从哪一天起", value=today, max_value=today, format="YYYY-MM-DD")
        st.caption(
            f"{reads.place_use(who, place.code)} 件事项和下辖的村（社区）归到承接镇（街），"
            "期限和统计不变。原名称和别名今后都指向承接镇（街）；两边的统计用区划代码都不变。"
            "合并后不能撤销。"
        )
        sure = st.checkbox("已核对，确认合并")
        sent = st.form_submit_button("合并", type="primary")
    if not sent or on is None:
        return
    if into is None or not sure:
        st.error("请选择承接的镇（街），并勾选“已核对，确认合并”。")
        return
    with refusals_told():
        merged = register_acts.merge_township(
            place.code, offered[into].code, on=on, as_of=today,
            row_version=place.row_version, viewer=viewer(),
        )  # fmt: skip
        done(
            f"“{place.name}”已并入“{offered[into].name}”，"
            f"归入事项 {merged.items} 件、村（社区）{merged.villages} 个。"
        )
