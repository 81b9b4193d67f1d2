"""挂图作战 in the store: the drafted points accepted once, changed, done, removed, put back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, select

from data_access.audit_story import changes_told
from data_access.database import reading
from data_access.ledger_import.apply import store_import
from data_access.reads.commitments import Milestone, SessionPlan, session_plan
from data_access.schema.base import audit
from data_access.schema.registers import departments
from data_access.writes import commitments, milestones
from data_access.writes.commitment_rows import CommitmentWanted
from data_access.writes.department_merge import merge_department
from data_access.writes.face_to_face import SessionWanted, enter_session
from data_access.writes.milestones import MilestoneWanted
from supervision.commitments import CommitmentRefused
from supervision.milestones import (
    MOST_MILESTONES,
    MilestoneKind,
    MilestoneRefused,
    MilestoneState,
)
from supervision.scope import Role, Scope, Viewer
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope
EVERY = tuple(MilestoneKind)
NOW = {"as_of": TODAY, "viewer": SUPERVISOR}


def _filled(engine: Engine) -> Engine:
    for held_on, theme, level in (
        (date(2026, 9, 10), "教育", "市级"), (date(2026, 10, 15), "供水", "市级"),
        (date(2026, 11, 3), "路灯", "县级"), (None, "交通", "市级"),
    ):  # fmt: skip
        wanted = SessionWanted(held_on, theme, "分管领导", level, None, None, None)
        enter_session(engine, wanted, viewer=SUPERVISOR)
    rows = [
        ledger_row(row=3, session_theme="教育", assigned_on=date(2026, 9, 14)),
        ledger_row(row=4, session_theme="教育", assigned_on=date(2026, 9, 15),
                   feedback_on=date(2026, 10, 9), status="已办结", closed_on=date(2026, 10, 20)),
        ledger_row(row=5, session_theme="路灯", county="紫金县", township="蓝塘镇"),
    ]  # fmt: skip
    store_import(engine, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return engine


@pytest.fixture
def told(city: Engine) -> Engine:
    """On both engines."""
    return _filled(city)


@pytest.fixture
def local(town: Engine) -> Engine:
    """On SQLite."""
    return _filled(town)


def _plan(engine: Engine, session_id: int = 1, scope: Scope = CITY) -> SessionPlan:
    return session_plan(engine, scope=scope, as_of=TODAY, session_id=session_id)


def _named(engine: Engine, name: str) -> Milestone:
    return next(one for one in _plan(engine).milestones if one.name == name)


def test_the_drafted_points_are_accepted_once_and_can_be_changed_done_and_removed(told: Engine):
    proposed = {one.kind: one.planned_on for one in _plan(told).proposed}
    assert proposed[MilestoneKind.ASSIGNMENT] == date(2026, 9, 15)
    assert proposed[MilestoneKind.NEXT_SESSION] == date(2026, 10, 15)
    assert milestones.accept_plan(told, 1, EVERY[:2], **NOW) == 2
    assert milestones.accept_plan(told, 1, EVERY, **NOW) == 8
    with pytest.raises(MilestoneRefused, match="没有重复加入"):
        milestones.accept_plan(told, 1, EVERY, **NOW)
    assert _plan(told).proposed == ()
    memo = _named(told, "会前备忘")
    assert (memo.planned_on, memo.progress.state) == (date(2026, 9, 8), MilestoneState.LATE)
    milestones.finish_milestone(told, memo.id, date(2026, 9, 9), row_version=1, **NOW)
    assert _named(told, "会前备忘").progress.state is MilestoneState.DONE_LATE
    milestones.take_back_finish(told, memo.id, row_version=2, **NOW)
    milestones.change_milestone(
        told, memo.id, MilestoneWanted("会前备忘", date(2026, 9, 9), None, "王某", "书面"),
        row_version=3, **NOW,
    )  # fmt: skip
    assert _named(told, "会前备忘").leader == "王某"
    milestones.remove_milestone(told, memo.id, row_version=4, **NOW)
    assert [one.id for one in _plan(told).removed] == [memo.id]
    milestones.restore_milestone(told, memo.id, row_version=5, **NOW)
    assert milestones.add_milestone(told, 1, MilestoneWanted("中期调度", None), **NOW) == 11
    assert _plan(told).milestones[-1].progress.state is MilestoneState.UNDATED
    with reading(told) as connection:
        done = connection.execute(
            select(audit.c.act).where(audit.c.act.like("%milestone") | audit.c.act.in_(
                ["accept_plan", "take_back_finish"]
            )).order_by(audit.c.id)
        ).scalars().all()  # fmt: skip
    assert done == [
        "accept_plan", "accept_plan", "finish_milestone", "take_back_finish", "change_milestone",
        "remove_milestone", "restore_milestone", "add_milestone",
    ]  # fmt: skip


def test_a_refused_act_leaves_no_trace(told: Engine):
    key = milestones.add_milestone(told, 1, MilestoneWanted("中期调度", TODAY), **NOW)
    blank, again = MilestoneWanted(" ", None), MilestoneWanted("中期调度", None)
    refused = {
        "同名": lambda: milestones.add_milestone(told, 1, again, **NOW),
        "请填写节点名称": lambda: milestones.add_milestone(told, 1, blank, **NOW),
        "责任单位": lambda: milestones.add_milestone(
            told, 1, MilestoneWanted("另一个", None, 999_999), **NOW
        ),
        "没有这个节点": lambda: milestones.remove_milestone(told, 99, row_version=1, **NOW),
        "刚被别人改过": lambda: milestones.remove_milestone(told, key, row_version=9, **NOW),
        "没有移除": lambda: milestones.restore_milestone(told, key, row_version=1, **NOW),
        "还没有完成": lambda: milestones.take_back_finish(told, key, row_version=1, **NOW),
        "晚于今天": lambda: milestones.finish_milestone(
            told, key, date(2026, 11, 26), row_version=1, **NOW
        ),
        "召开日期": lambda: milestones.accept_plan(told, 4, EVERY, **NOW),
    }  # fmt: skip
    for sentence, act in refused.items():
        with pytest.raises(MilestoneRefused, match=sentence):
            act()
    (only,) = _plan(told).milestones
    assert only.row_version == 1


def test_a_plan_has_an_end(local: Engine):
    for n in range(MOST_MILESTONES):
        milestones.add_milestone(local, 1, MilestoneWanted(f"节点{n}", TODAY), **NOW)
    with pytest.raises(MilestoneRefused, match="最多"):
        milestones.accept_plan(local, 1, EVERY, **NOW)


def test_a_county_keeps_the_plan_of_its_own_session_and_of_no_other(local: Engine):
    scope = Scope(reporting_units=frozenset({"紫金县"}))
    county = Viewer("county", "专班", frozenset({Role.COUNTY_ADMIN}), scope)
    assert _plan(local, 3, scope).is_whole
    assert milestones.accept_plan(local, 3, EVERY, as_of=TODAY, viewer=county) >= 9
    assert _plan(local, 1, scope) == SessionPlan()
    with pytest.raises(MilestoneRefused, match="没有这个节点"):
        milestones.accept_plan(local, 1, EVERY, as_of=TODAY, viewer=county)
    with pytest.raises(MilestoneRefused, match="没有这个节点"):
        milestones.add_milestone(
            local, 1, MilestoneWanted("别场", None), as_of=TODAY, viewer=county
        )


def test_a_department_sees_the_plan_but_not_what_is_another_departments(local: Engine):
    with reading(local) as connection:
        water = connection.execute(
            select(departments.c.id).where(departments.c.name == "市水务局")
        ).scalar_one()
    milestones.add_milestone(local, 1, MilestoneWanted("通水", TODAY, water), **NOW)
    milestones.add_milestone(local, 1, MilestoneWanted("调度", TODAY), **NOW)
    education = Scope(departments=frozenset({"市教育局"}))
    plan = _plan(local, 1, education)
    assert [one.name for one in plan.milestones] == ["调度"]
    assert {one.name for one in _plan(local).milestones} == {"通水", "调度"}


def test_the_days_of_the_items_are_told_beside_the_plan(local: Engine):
    assert _plan(local).actual == (
        ("首件交办", date(2026, 9, 14)), ("末件交办", date(2026, 9, 15)),
        ("最晚反馈期限", date(2026, 10, 12)), ("首件办结", date(2026, 10, 20)),
    )  # fmt: skip
    assert _plan(local, 2).actual == ()


def test_a_department_that_merges_hands_over_what_is_not_done_yet(local: Engine):
    with reading(local) as connection:
        found = select(departments).where(departments.c.name.in_(["市教育局", "市水务局"]))
        old, new = sorted(connection.execute(found), key=lambda row: row.name != "市教育局")
    for text in ("甲", "乙"):
        wanted = CommitmentWanted(text, "李某", old.id, TODAY)
        commitments.make_commitment(local, 1, wanted, **NOW)
    commitments.fulfil_commitment(local, 1, TODAY, "照片", row_version=1, **NOW)
    milestones.add_milestone(local, 1, MilestoneWanted("调度", TODAY, old.id), **NOW)
    merge_department(
        local, old.id, new.id, on=TODAY, as_of=TODAY, row_version=old.row_version,
        viewer=SUPERVISOR,
    )  # fmt: skip
    plan = _plan(local)
    assert {one.text: one.department_id for one in plan.commitments} == {"甲": old.id, "乙": new.id}
    assert plan.milestones[0].department_id == new.id
    # The trail tells of each one; what had been fulfilled is not in it.
    with reading(local) as connection:
        trail = select(audit.c.entity, audit.c.entity_id, audit.c.before, audit.c.after)
        moved = connection.execute(
            trail.where(audit.c.act == "hand_over", audit.c.entity != "item")
        ).all()
    assert [(one.entity, one.entity_id) for one in moved] == [("commitment", 2), ("milestone", 1)]
    assert {changes_told(one.entity, one.before, one.after) for one in moved} == {
        ("责任单位：市教育局 → 市水务局",)
    }
    # What was done before and is open again has somebody who answers for it.
    done = {one.text: one for one in plan.commitments}["甲"]
    commitments.take_back_fulfilment(local, done.id, row_version=done.row_version, **NOW)
    assert {one.department_id for one in _plan(local).commitments} == {new.id}
    ended = CommitmentWanted("丙", "李某", old.id, TODAY)
    with pytest.raises(CommitmentRefused, match="已经停用或并入"):
        commitments.make_commitment(local, 1, ended, **NOW)
    with pytest.raises(MilestoneRefused, match="已经停用或并入"):
        milestones.add_milestone(local, 1, MilestoneWanted("验收", TODAY, old.id), **NOW)
