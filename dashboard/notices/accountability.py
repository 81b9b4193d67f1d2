"""问责登记: every act of calling to account, and how many of each kind each department has."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import item_acts, loop_reads, notice_reads, reads
from dashboard.item_forms.desk_acts import roles_with
from dashboard.item_forms.fields import LONGEST_LINE, LONGEST_WORDS
from dashboard.parts.leading import open_item
from dashboard.parts.panels import headline
from dashboard.parts.paper import seen_and_printed
from dashboard.parts.safe import label, option
from dashboard.parts.tables import item_table
from dashboard.reads import Filters
from dashboard.viewer import viewer
from supervision.beside_acts import BesideAct
from supervision.lifecycle import ActNotAllowed
from supervision.loop_words import AccountabilityKind
from supervision.rights import NotPermitted
from supervision.scope import Viewer

_SAID, _TURN = "held_said", "held_turn"


def draw_register(filters: Filters, who: Viewer, as_of: date) -> None:
    """问责 counted and act by act, then who still answers as the first receiver."""
    _held(filters, who, as_of)
    _first_receivers(who, as_of)


def _held(filters: Filters, who: Viewer, as_of: date) -> None:
    """The counts by department and below them each act; a click opens its item."""
    found = notice_reads.accountability_register(who.scope, as_of, filters)
    if found.empty:
        headline("没有问责登记", "对事项的问责，在事项详情的“职责与跟踪”里登记。", key="held")
        _of_a_department(who, as_of)
        return
    counts = counted(found)
    headline(
        f"问责 {len(found)} 次，涉及 {len(counts)} 个单位",
        "、".join(
            f"{kind.label} {n} 次"
            for kind in AccountabilityKind
            if (n := int((found["kind"] == kind.label).sum()))
        ),
        key="held",
    )
    _of_a_department(who, as_of)
    seen_and_printed(counts, width="content", key="held_counts", alt="各单位问责次数")
    clicked = item_table(
        found, key="held", id_column="accountability_id",
        columns=("done_on", "kind", "department", "title", "words", "outcome", "recorded_by",
                 "number"),
        on_paper=[f"内部资料　{who.name}（{who.account}）打印"],
    )  # fmt: skip
    if clicked.opened is not None:
        open_item(found.loc[found["accountability_id"] == clicked.opened, "item_id"].iloc[0])


def _first_receivers(who: Viewer, as_of: date) -> None:
    """首接责任 that ends only when the resident is told; nothing where all of them are."""
    found = loop_reads.first_receivers_open(who.scope, as_of)
    if found.empty:
        return
    headline(
        f"首接责任未了 {int(found['items'].sum())} 件，涉及 {len(found)} 个单位",
        "首接单位负责到告知群众为止；以全部事项计，不受筛选影响。",
        key="first_receivers",
    )
    shown = found.rename(
        columns={"department": "首接单位", "items": "件数", "oldest_on": "最早首接"}
    )
    seen_and_printed(
        shown.astype({"最早首接": str}), width="content", key="first_receivers_table",
        alt="首接责任未了的单位",
    )  # fmt: skip


def _of_a_department(who: Viewer, as_of: date) -> None:
    """For those who see the whole city: 问责 on a department as such, over no single item."""
    said = st.session_state.pop(_SAID, None)
    if said is not None:
        st.success(label(said))
    if not (roles_with(BesideAct.RECORD_ACCOUNTABILITY) & who.roles and who.scope.everything):
        return
    turn = st.session_state.setdefault(_TURN, 0)
    with st.popover("登记对单位的问责", key=f"hold_{turn}"):
        names = reads.choices(reads.change(), who.scope, as_of).departments
        keys, kinds = list(names), list(AccountabilityKind)
        with st.form(f"hold:{turn}", border=False):
            at = st.selectbox(
                "单位", range(len(keys)), index=None, placeholder="请选择",
                format_func=[option(names[key]) for key in keys].__getitem__,
            )  # fmt: skip
            kind = st.radio(
                "方式", range(len(kinds)), horizontal=True,
                format_func=[kind.label for kind in kinds].__getitem__,
            )  # fmt: skip
            on = st.date_input("日期", value=as_of, max_value=as_of, format="YYYY-MM-DD")
            words = st.text_area("事由", max_chars=LONGEST_WORDS, height=100)
            outcome = st.text_input("结果（可不填）", max_chars=LONGEST_LINE)
            if not st.form_submit_button("登记", type="primary"):
                return
        if at is None:
            st.error("请选择单位。")
            return
        try:
            recorded = item_acts.hold_department_to_account(
                keys[at], kinds[kind], words, outcome=outcome or None, on=on, viewer=viewer()
            )
        except (ActNotAllowed, NotPermitted, item_acts.StoreBusy) as refusal:
            st.error(label(refusal))
            return
    again = "（此前已登记，没有重复登记）" if recorded.repeated else ""
    st.session_state[_SAID] = f"已登记对{names[keys[at]]}的问责：{kinds[kind].label}{again}。"
    st.session_state[_TURN] = turn + 1
    st.rerun()


def counted(found: pd.DataFrame) -> pd.DataFrame:
    """单位, one column for each kind there is, 合计; the most called to account first."""
    kinds = [kind.label for kind in AccountabilityKind if (found["kind"] == kind.label).any()]
    table = (
        found.assign(department=found["department"].fillna("单位不明"), n=1)
        .pivot_table(index="department", columns="kind", values="n", aggfunc="sum", fill_value=0)
        .reindex(columns=kinds)
        .astype(int)
    )
    table["合计"] = table.sum(axis=1)
    table = table.sort_values(["合计", *kinds], ascending=False)
    return table.reset_index().rename(columns={"department": "单位"}).rename_axis(None, axis=1)
