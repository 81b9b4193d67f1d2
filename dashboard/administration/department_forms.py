"""The forms of one department: rename, alias, merge, and what it is besides its name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import reads, register_acts
from dashboard.administration.alias_table import alias_fields
from dashboard.administration.done import done
from dashboard.administration.refusals import refusals_told
from dashboard.parts.safe import option
from dashboard.reads import DepartmentRow, DepartmentUse
from dashboard.register_acts import DepartmentWanted
from dashboard.viewer import viewer
from supervision.vocabulary import PeerGroup

_CITY = "市直"


def described(units: Sequence[str], known: DepartmentRow | None) -> DepartmentWanted:
    """Short name, peer group and reporting unit, inside a form."""
    short = st.text_input(
        "简称（图表上用，台账里写它也认得；留空就用全称）" if known is None else "简称",
        value=known.short_name if known else "",
        max_chars=40,
    )
    labels = [group.label for group in PeerGroup]
    of = known.peer_group if known else PeerGroup.CITY_DEPARTMENT
    group = st.selectbox("同类组（只在组内排名）", labels, index=labels.index(of.label))
    named = {_CITY: None, **{option(unit): unit for unit in units}}
    own = known.reporting_unit if known else None
    unit = st.selectbox(
        "考核单位",
        list(named),
        index=list(named.values()).index(own) if own in named.values() else 0,
    )
    return DepartmentWanted(short, list(PeerGroup)[labels.index(group)], named[unit])


def rename_form(known: DepartmentRow) -> None:
    """A new name from a day on."""
    with st.form(f"rename:{known.id}:{known.row_version}", border=False):
        name = st.text_input("新的全称", max_chars=80)
        short = st.text_input("新的简称（留空就用全称）", max_chars=40)
        on = _day("从哪一天起")
        st.caption("旧名称自动成为旧称：以前的台账、以后仍写旧名的台账都认得。事项和统计不变。")
        sent = st.form_submit_button("更名", type="primary")
    if not sent or on is None:
        return
    with refusals_told():
        register_acts.rename_department(
            known.id, name, short, on=on, as_of=reads.today(),
            row_version=known.row_version, viewer=viewer(),
        )  # fmt: skip
        done(f"“{known.name}”已更名为“{name}”。")


def alias_form(known: DepartmentRow) -> None:
    """Another name by which ledgers call it."""
    with st.form(f"alias:{known.id}", border=False, clear_on_submit=True):
        name, valid = alias_fields()
        sent = st.form_submit_button("加别名", type="primary")
    if not sent:
        return
    with refusals_told():
        register_acts.add_department_alias(known.id, name, valid, viewer=viewer())
        done(f"已加别名“{name}”。")


def merge_form(known: DepartmentRow, register: Sequence[DepartmentRow], use: DepartmentUse) -> None:
    """It ends; another one carries on."""
    offered = {
        option(one.name): one for one in register if one.successor is None and one.id != known.id
    }
    with st.form(f"merge:{known.id}:{known.row_version}", border=False):
        into = st.selectbox("由哪个单位承接", list(offered), index=None, placeholder="选择单位")
        on = _day("从哪一天起")
        st.caption(
            f"在办的 {use.open_items} 件移交承接单位，期限不变；已办结的仍记在原单位名下。"
            "原单位的名称和别名今后都指向承接单位。合并后不能撤销。"
        )
        if use.accounts:
            st.caption(
                f"有 {use.accounts} 个账号的可见范围是原单位，合并后请到“账号管理”逐个调整。"
            )
        sure = st.checkbox("已核对，确认合并")
        sent = st.form_submit_button("合并", type="primary")
    if not sent or on is None:
        return
    if into is None or not sure:
        st.error("请选择承接单位，并勾选“已核对，确认合并”。")
        return
    with refusals_told():
        merged = register_acts.merge_department(
            known.id, offered[into].id, on=on, as_of=reads.today(),
            row_version=known.row_version, viewer=viewer(),
        )  # fmt: skip
        done(
            f"“{known.name}”已并入“{offered[into].name}”，"
            f"移交牵头事项 {merged.led} 件、协办事项 {merged.beside} 件。"
        )


def _day(words: str) -> date | None:
    today = reads.today()
    return st.date_input(words, value=today, max_value=today, format="YYYY-MM-DD")
