"""One place (`?place=CODE`): its names through time, a township's new name, its end."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import reads, register_acts
from dashboard.administration.alias_table import alias_fields, alias_table
from dashboard.administration.done import done
from dashboard.administration.opened_row import opened_row, way_back
from dashboard.administration.place_merge import place_merge_form
from dashboard.administration.refusals import refusals_told
from dashboard.parts.lists import pair_list
from dashboard.parts.panels import headline
from dashboard.parts.safe import label
from dashboard.reads import AliasEntry, PlaceRow
from dashboard.viewer import viewer
from supervision.scope import Viewer
from supervision.vocabulary import DivisionLevel


def place_card(asked: str, who: Viewer) -> None:
    """Everything about the place that the address asks for."""
    way_back("区划", "place")
    places = (
        place
        for level in (DivisionLevel.TOWNSHIP, DivisionLevel.VILLAGE)
        for place in reads.place_register(who, level)
    )
    place = opened_row(places, asked, kind="place", missing="区划里没有这个地方。", name="code")
    if place is None:
        return
    headline(place.above + place.name, key="place")
    left, right = st.columns([5, 7], gap="large")
    with left:
        pair_list(
            {
                "层级": place.level.label,
                "统计用区划代码": place.code,
                "起": place.valid.first,
                "撤销": place.valid.last,
                "联镇领导": place.linked_leader,
            }
        )
        if place.level is DivisionLevel.TOWNSHIP:
            st.subheader("别名和旧称", anchor=False)
            alias_table(place.aliases, _end_alias)
    with right:
        if place.valid.last is not None:
            into = f"并入“{label(place.merged_into)}”" if place.merged_into else "登记撤销"
            st.info(f"这个地方已经{into}。")
        else:
            _forms(place, who)


def _forms(place: PlaceRow, who: Viewer) -> None:
    if place.level is DivisionLevel.VILLAGE:
        _end(place)
        return
    leader, rename, alias, merge, end = st.tabs(["联镇领导", "更名", "加别名", "合并", "撤销"])
    with leader:
        _link(place)
    with rename:
        _rename(place)
    with alias, st.form(f"place_alias:{place.code}", border=False, clear_on_submit=True):
        name, valid = alias_fields()
        if st.form_submit_button("加别名", type="primary"):
            with refusals_told():
                register_acts.add_place_alias(place.code, name, valid, viewer=viewer())
                done(f"已加别名“{name}”。")
    with merge:
        place_merge_form(place, who)
    with end:
        _end(place)


def _rename(place: PlaceRow) -> None:
    today = reads.today()
    with st.form(f"place_name:{place.code}:{place.row_version}", border=False):
        name = st.text_input("新的名称", max_chars=30, placeholder="以镇、乡或街道结尾")
        on = st.date_input("从哪一天起", value=today, max_value=today, format="YYYY-MM-DD")
        st.caption("旧名称自动成为旧称，台账写旧名仍认得；已入库的事项不变。")
        sent = st.form_submit_button("更名", type="primary")
    if not sent or on is None:
        return
    with refusals_told():
        register_acts.rename_township(
            place.code, name, on=on, as_of=today, row_version=place.row_version, viewer=viewer()
        )
        done(f"“{place.name}”已更名为“{name}”。")


def _link(place: PlaceRow) -> None:
    with st.form(f"place_leader:{place.code}:{place.row_version}", border=False):
        leader = st.text_input(
            "联镇领导", place.linked_leader or "", max_chars=30, placeholder="例如：王市长"
        )
        st.caption("登记后，各页“筛选”里可以按联镇领导看其联系的镇（街）。留空为不再联系。")
        sent = st.form_submit_button("保存", type="primary")
    if not sent:
        return
    with refusals_told():
        register_acts.link_township(
            place.code, leader, row_version=place.row_version, viewer=viewer()
        )
        done(f"已登记“{place.name}”的联镇领导。")


def _end(place: PlaceRow) -> None:
    today = reads.today()
    with st.form(f"place_end:{place.code}:{place.row_version}", border=False):
        last = st.date_input("最后一天", value=today, max_value=today, format="YYYY-MM-DD")
        st.caption("撤销后台账里写这个名称就不再认得。还有村（社区）或事项的镇（街）不能撤销。")
        sure = st.checkbox("已核对，确认撤销")
        sent = st.form_submit_button("登记撤销")
    if not sent or last is None:
        return
    if not sure:
        st.error("请先勾选“已核对，确认撤销”。")
        return
    with refusals_told():
        register_acts.end_place(
            place.code, last=last, as_of=today, row_version=place.row_version, viewer=viewer()
        )
        done(f"已登记撤销“{place.name}”。")


def _end_alias(alias: AliasEntry, last: date) -> None:
    with refusals_told():
        register_acts.end_place_alias(alias.id, last=last, viewer=viewer())
        done(f"“{alias.name}”用到 {last:%Y-%m-%d}。")
