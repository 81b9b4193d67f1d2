"""The forms of 承诺: entered, reported on, fulfilled, set right, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard import meeting_acts
from dashboard.administration.done import done
from dashboard.administration.refusals import refusals_told
from dashboard.meeting_acts import CommitmentWanted
from dashboard.meeting_reads import Commitment, Report, SessionPlan
from dashboard.meetings.holder_box import holder_box
from dashboard.parts.leading import set_query
from dashboard.parts.safe import option, plain
from dashboard.viewer import viewer
from supervision.commitments import LONGEST_NAME, LONGEST_TEXT
from supervision.rights import Right, may
from supervision.scope import Viewer


def offer_promise(
    session_id: int, host: str, plan: SessionPlan, departments: Mapping[int, str],
    items: Mapping[int, str], who: Viewer, as_of: date,
) -> None:  # fmt: skip
    """登记承诺, and those that were withdrawn; nothing for who only looks."""
    if not may(who, Right.KEEP_COMMITMENTS):
        return
    with st.container(horizontal=True, key="promise_new"):
        with st.popover("登记承诺", icon=":material/add:"):
            told = CommitmentWanted("", host, None, None)
            with st.form(f"make_promise:{session_id}", border=False, clear_on_submit=False):
                wanted = _fields(told, plan, departments, items)
                sent = st.form_submit_button("登记", type="primary")
            if sent:
                with refusals_told():
                    meeting_acts.make_commitment(session_id, wanted, as_of=as_of, viewer=viewer())
                    done("已登记承诺。")
        ours = [one for one in plan.withdrawn if _keeps(one, plan, who)]
        if ours:
            with st.popover(f"已撤回的承诺 {len(ours)} 项"):
                _restore(ours, as_of)


def _restore(withdrawn: list[Commitment], as_of: date) -> None:
    for one in withdrawn:
        plain(f"{one.text}（{one.department}，期限 {one.due_on}）")
        if st.button("恢复", key=f"restore_promise:{one.id}:{one.row_version}"):
            with refusals_told():
                meeting_acts.restore_commitment(
                    one.id, row_version=one.row_version, as_of=as_of, viewer=viewer()
                )
                done("已恢复这项承诺。")


def _fields(
    told: CommitmentWanted, plan: SessionPlan, departments: Mapping[int, str],
    items: Mapping[int, str],
) -> CommitmentWanted:  # fmt: skip
    text = st.text_area("承诺内容", value=told.text, max_chars=LONGEST_TEXT)
    by = st.text_input("承诺人和职务", value=told.promised_by, max_chars=LONGEST_NAME)
    ours = {
        key: name
        for key, name in departments.items()
        if plan.departments is None or key in plan.departments
    }
    department = holder_box(
        "责任单位", ours, plan.in_force, kept=told.department_id, unsaid="请选择"
    )
    due_on = st.date_input("兑现期限", value=told.due_on, format="YYYY-MM-DD")
    named = {key: option(name) for key, name in items.items()}
    chosen = st.multiselect(
        "关联事项（可不选）", list(items), default=[key for key in told.items if key in items],
        format_func=named.__getitem__, placeholder="这一场的事项",
    )  # fmt: skip
    return CommitmentWanted(text, by, department, due_on, tuple(chosen))


def promise_forms(
    one: Commitment, plan: SessionPlan, departments: Mapping[int, str], items: Mapping[int, str],
    who: Viewer, as_of: date,
) -> None:  # fmt: skip
    """What may be done with a commitment."""
    # A button of a version that is gone is not heard: what was done meanwhile is shown instead.
    version = one.row_version
    ours = plan.departments is None or one.department_id in plan.departments
    with st.container(horizontal=True, key="promise_acts"):
        if ours and may(who, Right.REPORT_COMMITMENTS):
            with st.popover("报进展"):
                _report(one, as_of)
        if not _keeps(one, plan, who):
            return
        if one.fulfilled_on is None:
            with st.popover("登记兑现"):
                _fulfil(one, version, as_of)
        elif st.button("撤回兑现", key=f"take_back_fulfilment:{one.id}:{version}"):
            with refusals_told():
                meeting_acts.take_back_fulfilment(
                    one.id, row_version=version, as_of=as_of, viewer=viewer()
                )
                done("已撤回兑现，这项承诺重新待兑现。")
        with st.popover("更正"):
            _change(one, version, plan, departments, items, as_of)
        if st.button(
            "撤回承诺", key=f"withdraw_promise:{one.id}:{version}",
            help="登记有误的可以撤回，撤回后还可以恢复",
        ):  # fmt: skip
            with refusals_told():
                meeting_acts.withdraw_commitment(
                    one.id, row_version=version, as_of=as_of, viewer=viewer()
                )
                set_query(promise=None)
                done("已撤回这项承诺；登记有误时可以在“已撤回的承诺”里恢复。")


def _keeps(one: Commitment, plan: SessionPlan, who: Viewer) -> bool:
    ours = plan.departments is None or one.department_id in plan.departments
    return ours and may(who, Right.KEEP_COMMITMENTS)


def _report(one: Commitment, as_of: date) -> None:
    with st.form(f"report_promise:{one.id}", border=False, clear_on_submit=True):
        told_on = st.date_input("日期", value=as_of, max_value=as_of, format="YYYY-MM-DD")
        text = st.text_area("进展", max_chars=LONGEST_TEXT)
        sent = st.form_submit_button("提交", type="primary")
    if sent:
        with refusals_told():
            meeting_acts.report_on_commitment(one.id, told_on, text, as_of=as_of, viewer=viewer())
            done("已登记进展。")


def _fulfil(one: Commitment, version: int, as_of: date) -> None:
    with st.form(f"fulfil_promise:{one.id}:{version}", border=False):
        fulfilled_on = st.date_input("兑现日期", value=as_of, format="YYYY-MM-DD")
        evidence = st.text_area(
            "佐证", max_chars=LONGEST_TEXT, placeholder="例如：验收单文号、现场照片编号",
        )  # fmt: skip
        sent = st.form_submit_button("登记兑现", type="primary")
    if sent:
        with refusals_told():
            meeting_acts.fulfil_commitment(
                one.id, fulfilled_on, evidence,
                row_version=version, as_of=as_of, viewer=viewer(),
            )  # fmt: skip
            done("已登记兑现。")


def _change(
    one: Commitment, version: int, plan: SessionPlan, departments: Mapping[int, str],
    items: Mapping[int, str], as_of: date,
) -> None:  # fmt: skip
    told = CommitmentWanted(one.text, one.promised_by, one.department_id, one.due_on, one.items)
    with st.form(f"change_promise:{one.id}:{version}", border=False):
        wanted = _fields(told, plan, departments, items)
        sent = st.form_submit_button("保存", type="primary")
    if sent:
        with refusals_told():
            meeting_acts.change_commitment(
                one.id, wanted, row_version=version, as_of=as_of, viewer=viewer()
            )
            done("已更正这项承诺。")


def report_lines(
    reports: tuple[Report, ...], one: Commitment, plan: SessionPlan, who: Viewer, as_of: date
) -> None:
    """Progress, the newest first; a wrong report can be taken back."""
    keeps = _keeps(one, plan, who)
    for report in reports:
        with st.container(horizontal=True, vertical_alignment="center"):
            plain(f"{report.told_on}　{report.text}")
            if keeps and st.button("撤回", key=f"take_back_report_{report.id}", type="tertiary"):
                with refusals_told():
                    meeting_acts.take_back_report(report.id, as_of=as_of, viewer=viewer())
                    done("已撤回这条进展。")
