"""One department (`?unit=ID`, or `new`): its names through time, and what may be done with it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import reads, register_acts
from dashboard.administration.alias_table import alias_table
from dashboard.administration.department_forms import (
    alias_form,
    described,
    merge_form,
    rename_form,
)
from dashboard.administration.done import done
from dashboard.administration.opened_row import NEW, opened_row, way_back
from dashboard.administration.refusals import refusals_told
from dashboard.parts.leading import set_query
from dashboard.parts.lists import pair_list
from dashboard.parts.panels import headline
from dashboard.reads import AliasEntry, DepartmentRow
from dashboard.viewer import viewer
from supervision.scope import Viewer


def department_card(asked: str, who: Viewer) -> None:
    """Everything about the department that the address asks for."""
    way_back("登记册", "unit")
    if asked == NEW:
        _enter(who)
        return
    register = reads.department_register(who)
    known = opened_row(register, asked, kind="department", missing="登记册里没有这个单位。")
    if known is None:
        return
    headline(known.name, key="department")
    left, right = st.columns([5, 7], gap="large")
    with left:
        pair_list(
            {
                "简称": known.short_name,
                "同类组": known.peer_group.label,
                "考核单位": known.reporting_unit or "市直",
                "起": known.valid.first,
                "止": known.valid.last,
                "并入": known.successor,
            }
        )
        st.subheader("别名和旧称", anchor=False)
        alias_table(known.aliases, _end_alias)
    with right:
        if known.successor is not None:
            st.info("这个单位已经并入其他单位：名称指向承接单位，办结的事项仍记在它名下。")
            return
        _forms(known, register, who)


def _forms(known: DepartmentRow, register: list[DepartmentRow], who: Viewer) -> None:
    rename, alias, merge, describe = st.tabs(["更名", "加别名", "合并", "简称和分组"])
    with rename:
        rename_form(known)
    with alias:
        alias_form(known)
    with merge:
        merge_form(known, register, reads.department_use(who, known.id))
    with describe, st.form(f"describe:{known.id}:{known.row_version}", border=False):
        wanted = described(reads.unit_names(who), known)
        if st.form_submit_button("保存", type="primary"):
            with refusals_told():
                register_acts.describe_department(
                    known.id, wanted, row_version=known.row_version, viewer=viewer()
                )
                done("已保存。")


def _end_alias(alias: AliasEntry, last: date) -> None:
    with refusals_told():
        register_acts.end_department_alias(alias.id, last=last, viewer=viewer())
        done(f"“{alias.name}”用到 {last:%Y-%m-%d}。")


def _enter(who: Viewer) -> None:
    st.subheader("登记新单位", anchor=False)
    with st.container(width=760), st.form("new_department"):
        name = st.text_input("全称", max_chars=80, placeholder="例如 市数据局")
        wanted = described(reads.unit_names(who), None)
        first = st.date_input("成立日期（一向就有的留空）", value=None, format="YYYY-MM-DD")
        if not st.form_submit_button("登记", type="primary"):
            return
    with refusals_told():
        register_acts.add_department(name, wanted, valid_from=first, viewer=viewer())
        set_query(unit=None)
        done(f"已登记“{name}”，台账里写这个名称就认得。")
