"""Every department of the register, found by any of its names."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import reads
from dashboard.administration.office_table import Shown, office_table
from dashboard.administration.opened_row import NEW
from dashboard.administration.seen import look_afresh
from dashboard.parts.leading import set_query
from dashboard.reads import DepartmentRow
from supervision.scope import Viewer

_COLUMNS = {
    "name": Shown("单位", 240),
    "short": Shown("简称", 140),
    "group": Shown("同类组", 110),
    "unit": Shown("考核单位", 100),
    "aliases": Shown("别名和旧称", 420),
    "state": Shown("状态", 240),
}


def department_list(who: Viewer) -> None:
    """Search, counts, the table; a click opens the department."""
    look_afresh()
    known, today = reads.department_register(who), reads.today()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "查找", placeholder="名称、简称、别名或旧称的一部分", max_chars=60, width=420
        )
        st.button("登记新单位", type="primary", on_click=set_query, kwargs={"unit": NEW})
    wanted = "".join(text.split())
    found = [one for one in known if any(wanted in name for name in _names(one))]
    ended = sum(one.successor is not None for one in known)
    st.caption(
        f"在册 {len(known) - ended} 个，已并入其他单位 {ended} 个。点一行查看和办理。"
        if found
        else "没有这样的单位。"
    )
    if not found:
        return
    rows = [
        (one.name, one.short_name, one.peer_group.label, one.reporting_unit or "市直",
         "、".join(alias.name for alias in one.aliases), _state(one, today))
        for one in found
    ]  # fmt: skip
    place = office_table(rows, _COLUMNS, key="departments", alt="单位登记册", opens=True)
    if place is not None:
        set_query(unit=found[place].id)
        st.rerun()


def _names(department: DepartmentRow) -> list[str]:
    return [department.name, department.short_name, *(one.name for one in department.aliases)]


def _state(department: DepartmentRow, today: date) -> str:
    if department.successor is not None:
        return f"{department.valid.last} 止，并入{department.successor}"
    begun = department.valid.first
    return f"{begun} 起" if begun is not None and begun > today else "在册"
