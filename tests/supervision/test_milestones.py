"""挂图作战: the usual course drafted from the rules, and where a milestone stands."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.work_calendar import shipped_calendar
from supervision.kept_days import late_told
from supervision.milestones import (
    Course,
    MilestoneKind,
    MilestoneState,
    done_refused,
    drafted,
    milestone_refused,
    plan_told,
    progress,
)

CALENDAR = shipped_calendar()
TODAY = date(2026, 11, 25)
KIND = MilestoneKind


def _course(**said: object) -> Course:
    usual: dict[str, object] = {
        "held_on": date(2026, 9, 10), "assigned_on": date(2026, 9, 14),
        "feedback_on": date(2026, 10, 12), "next_on": date(2026, 10, 15),
        "look_back_after_days": 30,
    }  # fmt: skip
    return Course(**{**usual, **said})  # type: ignore[arg-type]


def test_the_usual_course_follows_the_rules():
    points = {one.kind: one for one in drafted(CALENDAR, _course(), as_of=TODAY)}
    assert {kind: one.planned_on for kind, one in points.items()} == {
        KIND.MEMO: date(2026, 9, 8),
        KIND.SESSION: date(2026, 9, 10),
        KIND.FOLLOW_UP: date(2026, 9, 14),
        KIND.ASSIGNMENT: date(2026, 9, 14),
        KIND.FEEDBACK: date(2026, 10, 12),
        KIND.CALLBACK: date(2026, 10, 26),
        KIND.STRIKE_OFF: date(2026, 11, 2),
        KIND.BULLETIN: date(2026, 10, 19),
        KIND.LOOK_BACK: date(2026, 12, 2),
        KIND.NEXT_SESSION: date(2026, 10, 15),
    }
    # Only what is known happened: nobody has told that the memo was sent.
    assert {kind for kind, one in points.items() if one.done_on} == {
        KIND.SESSION, KIND.ASSIGNMENT, KIND.NEXT_SESSION,
    }  # fmt: skip


def test_beyond_the_calendar_a_point_has_no_day_and_before_assignment_it_is_not_done():
    coming = _course(held_on=date(2026, 12, 10), assigned_on=None, feedback_on=None, next_on=None)
    points = {one.kind: one for one in drafted(CALENDAR, coming, as_of=TODAY)}
    assert points[KIND.ASSIGNMENT].planned_on == date(2026, 12, 14)
    assert points[KIND.FEEDBACK].planned_on is points[KIND.LOOK_BACK].planned_on is None
    assert KIND.NEXT_SESSION not in points
    assert not any(one.done_on for one in points.values())


@pytest.mark.parametrize(
    ("planned_on", "done_on", "state", "late"),
    [
        (None, None, MilestoneState.UNDATED, 0),
        (None, TODAY, MilestoneState.DONE, 0),
        (TODAY, None, MilestoneState.PLANNED, 0),
        (date(2026, 11, 23), None, MilestoneState.LATE, 2),
        (date(2026, 11, 20), date(2026, 11, 24), MilestoneState.DONE_LATE, 2),
        # Planned for a Saturday: Monday is in time.
        (date(2026, 11, 21), date(2026, 11, 23), MilestoneState.DONE, 0),
        # Done on a day to come is not done yet.
        (date(2026, 11, 23), date(2026, 11, 30), MilestoneState.LATE, 2),
    ],
)
def test_where_a_milestone_stands(planned_on, done_on, state, late):
    told = progress(CALENDAR, planned_on, done_on, as_of=TODAY)
    assert (told.state, told.days_late) == (state, late)


def test_the_plan_is_told_in_one_sentence():
    state = MilestoneState
    assert plan_told([]) == "还没有作战节点"
    assert plan_told([state.DONE, state.DONE_LATE, state.LATE]) == (
        "节点 3 个，已完成 2 个（其中逾期完成 1 个），逾期未完成 1 个"
    )
    assert plan_told([state.PLANNED]) == "节点 1 个，已完成 0 个，没有逾期未完成的"
    assert [late_told(days) for days in (None, 0, 2)] == [
        "工作日数待核", "不足 1 个工作日", "2 个工作日",
    ]  # fmt: skip


def test_what_cannot_stand_is_refused_in_chinese():
    assert "请填写节点名称" in (milestone_refused("", "", "") or "")
    assert "请填写节点名称" in (milestone_refused("一\n二", "", "") or "")
    assert "责任人最多" in (milestone_refused("节点", "长" * 31, "") or "")
    assert "备注最多" in (milestone_refused("节点", "", "长" * 201) or "")
    assert milestone_refused("中期调度", "王某", "") is None
    assert "不能晚于今天" in (done_refused(date(2026, 11, 26), as_of=TODAY) or "")
    assert done_refused(TODAY, as_of=TODAY) is None


def test_a_look_back_beyond_the_calendar_waits_for_it():
    course = _course(feedback_on=date(2026, 11, 12))
    points = {one.kind: one.planned_on for one in drafted(CALENDAR, course, as_of=TODAY)}
    assert points[KIND.STRIKE_OFF] == date(2026, 12, 3)
    assert points[KIND.LOOK_BACK] is None
