"""The forms of 作战节点: the drafted ones accepted, others added, changed, done, removed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard import meeting_acts
from dashboard.administration.done import done
from dashboard.administration.refusals import refusals_told
from dashboard.meeting_acts import MilestoneWanted
from dashboard.meeting_reads import Milestone, SessionPlan
from dashboard.meetings.holder_box import holder_box
from dashboard.parts.safe import option
from dashboard.viewer import viewer
from supervision.milestones import (
    LONGEST_LEADER,
    LONGEST_NAME,
    LONGEST_NOTE,
    Drafted,
)
from supervision.rights import Right, may
from supervision.scope import Viewer

UNDATED = "日期待定"


def plan_forms(
    session_id: int, plan: SessionPlan, departments: Mapping[int, str], who: Viewer, as_of: date
) -> None:
    """What may be done with the plan; nothing for who only looks."""
    if not (plan.is_whole and may(who, Right.KEEP_COMMITMENTS)):
        return
    with st.container(horizontal=True, key="plan_acts"):
        if plan.proposed:
            with st.popover(
                f"采用拟定节点（{len(plan.proposed)}）",
                type="secondary" if plan.milestones else "primary",
            ):
                _accept(session_id, plan.proposed, as_of)
        with st.popover("增加节点", icon=":material/add:"):
            _add(session_id, departments, plan.in_force, as_of)
        if plan.milestones:
            with st.popover("办理节点"):
                _work_on(plan.milestones, departments, plan.in_force, as_of)
        if plan.removed:
            with st.popover(f"已移除的节点（{len(plan.removed)}）"):
                _restore(plan.removed, as_of)


def _accept(session_id: int, proposed: Sequence[Drafted], as_of: date) -> None:
    words = {one.kind: f"{one.kind.label}（{one.planned_on or UNDATED}）" for one in proposed}
    with st.form(f"accept_plan:{session_id}", border=False):
        st.caption(
            "按会前 2 个工作日、会后 2 个工作日、反馈期限和回头看的规定推算；"
            "回访、销号、通报没有规定，为示例。工作日历没有录到的日期待定。采用后都可以更正。"
        )
        kinds = st.multiselect(
            "拟定的节点", list(words), default=list(words), format_func=words.__getitem__,
        )  # fmt: skip
        sent = st.form_submit_button("采用", type="primary")
    if sent:
        with refusals_told():
            n = meeting_acts.accept_plan(session_id, kinds, as_of=as_of, viewer=viewer())
            done(f"已采用 {n} 个节点。")


def _add(
    session_id: int, departments: Mapping[int, str], in_force: Collection[int], as_of: date
) -> None:
    with st.form(f"add_milestone:{session_id}", border=False):
        wanted = _fields(MilestoneWanted("", None), departments, in_force)
        sent = st.form_submit_button("增加", type="primary")
    if sent:
        with refusals_told():
            meeting_acts.add_milestone(session_id, wanted, as_of=as_of, viewer=viewer())
            done("已增加节点。")


def _fields(
    told: MilestoneWanted, departments: Mapping[int, str], in_force: Collection[int]
) -> MilestoneWanted:
    name = st.text_input("节点名称", value=told.name, max_chars=LONGEST_NAME)
    planned_on = st.date_input("计划日期（可待定）", value=told.planned_on, format="YYYY-MM-DD")
    department = holder_box(
        "责任单位（可不填）", departments, in_force, kept=told.department_id, unsaid="不填"
    )
    leader = st.text_input("责任人（可不填）", value=told.leader, max_chars=LONGEST_LEADER)
    note = st.text_input("备注（可不填）", value=told.note, max_chars=LONGEST_NOTE)
    return MilestoneWanted(name, planned_on, department, leader, note)


def _work_on(
    milestones: Sequence[Milestone], departments: Mapping[int, str], in_force: Collection[int],
    as_of: date,
) -> None:  # fmt: skip
    known = {one.id: one for one in milestones}
    words = {
        one.id: option(f"{one.name}（{_day(one.planned_on)}，{one.progress.state.label}）")
        for one in milestones
    }
    chosen = st.selectbox(
        "节点", list(known), key="milestone_chosen",
        format_func=words.__getitem__,
    )  # fmt: skip
    one = known[chosen]
    # A button of a version that is gone is not heard: what was done meanwhile is shown instead.
    version = one.row_version
    if one.done_on is None:
        with st.form(f"finish_milestone:{one.id}:{version}", border=False):
            done_on = st.date_input("完成日期", value=as_of, format="YYYY-MM-DD")
            sent = st.form_submit_button("登记完成", type="primary")
        if sent:
            with refusals_told():
                meeting_acts.finish_milestone(
                    one.id, done_on, row_version=version, as_of=as_of, viewer=viewer()
                )
                done(f"“{one.name}”已完成。")
    elif st.button("撤回完成", key=f"take_back_finish:{one.id}:{version}"):
        with refusals_told():
            meeting_acts.take_back_finish(one.id, row_version=version, as_of=as_of, viewer=viewer())
            done(f"已撤回“{one.name}”的完成。")
    told = MilestoneWanted(one.name, one.planned_on, one.department_id, one.leader, one.note)
    with st.form(f"change_milestone:{one.id}:{version}", border=False):
        wanted = _fields(told, departments, in_force)
        sent = st.form_submit_button("保存更正")
    if sent:
        with refusals_told():
            meeting_acts.change_milestone(
                one.id, wanted, row_version=version, as_of=as_of, viewer=viewer()
            )
            done("已更正节点。")
    if st.button("移除这个节点", key=f"remove_milestone:{one.id}:{version}", type="tertiary"):
        with refusals_told():
            meeting_acts.remove_milestone(one.id, row_version=version, as_of=as_of, viewer=viewer())
            done(f"已移除“{one.name}”，可以在“已移除的节点”里恢复。")


def _day(day: date | None) -> str:
    return UNDATED if day is None else f"{day.month}月{day.day}日"


def _restore(removed: Sequence[Milestone], as_of: date) -> None:
    known = {one.id: one for one in removed}
    words = {one.id: option(one.name) for one in removed}
    chosen = st.selectbox(
        "已移除的", list(known), format_func=words.__getitem__,
        key="milestone_removed",
    )  # fmt: skip
    if st.button("恢复", key=f"restore_milestone:{chosen}:{known[chosen].row_version}"):
        with refusals_told():
            meeting_acts.restore_milestone(
                chosen, row_version=known[chosen].row_version, as_of=as_of, viewer=viewer()
            )
            done(f"已恢复“{known[chosen].name}”。")
