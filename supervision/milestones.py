"""挂图作战 of a session: its milestones, drafted from the rules, decided and kept by people.

Only 会前备忘, 会后跟进, 书面反馈 and 回头看 follow a rule; for the others no source gives a day, so
the draft proposes one (示例) that people are to change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from supervision.face_to_face import follow_up_due, memo_due
from supervision.kept_days import kept_day
from supervision.vocabulary import Worded
from supervision.working_days import CalendarNotKnown, WorkCalendar

CALLBACK_AFTER, STRIKE_OFF_AFTER, BULLETIN_AFTER = 10, 5, 5
"""示例: working days from 书面反馈 to 回访, from there to 销号; from 书面反馈 to 通报."""
LONGEST_NAME, LONGEST_LEADER, LONGEST_NOTE = 16, 30, 200
MOST_MILESTONES = 40


class MilestoneKind(Worded):
    """Which point of the usual course a milestone is."""

    MEMO = "memo", "会前备忘"
    SESSION = "session", "召开座谈会"
    FOLLOW_UP = "follow_up", "会后跟进"
    ASSIGNMENT = "assignment", "交办"
    FEEDBACK = "feedback", "书面反馈"
    CALLBACK = "callback", "回访"
    STRIKE_OFF = "strike_off", "销号"
    BULLETIN = "bulletin", "通报"
    LOOK_BACK = "look_back", "回头看"
    NEXT_SESSION = "next_session", "下一场座谈会"
    OWN = "own", "自定节点"


class MilestoneState(Worded):
    """Where a milestone stands: derived from its days, never stored."""

    LATE = "late", "逾期未完成"
    PLANNED = "planned", "未到期"
    UNDATED = "undated", "日期待定"
    DONE_LATE = "done_late", "逾期完成"
    DONE = "done", "按期完成"


DONE = frozenset({MilestoneState.DONE, MilestoneState.DONE_LATE})


class MilestoneRefused(Exception):
    """Nothing was done; the text is a Chinese sentence."""


STALE = "这个节点刚被别人改过，请刷新后再办。"
NOT_YOURS = "没有这个节点，或者它不在您可以办理的范围内，请刷新后再看。"
SAME_NAME = "这一场已经有同名的节点，请换一个名称。"
ALL_THERE = "拟定的节点都已经采用，没有重复加入。"
TOO_MANY = f"一场最多 {MOST_MILESTONES} 个节点。"
DONE_ALREADY = "这个节点已经完成，要改请先撤回完成。"
NOT_DONE = "这个节点还没有完成。"
WITHDRAWN = "这个节点已经移除，要办请先恢复。"
NOT_WITHDRAWN = "这个节点没有移除。"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A point that the rules propose; without a day where the work calendar does not reach."""

    kind: MilestoneKind
    planned_on: date | None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of a session when its plan is drafted."""

    held_on: date
    assigned_on: date | None
    """When the last of its items was first assigned; None before any was."""
    feedback_on: date | None
    """The latest day on which its written feedback is due; None before any was assigned."""
    next_on: date | None
    look_back_after_days: int


def drafted(calendar: WorkCalendar, course: Course, *, as_of: date) -> tuple[Drafted, ...]:
    """The usual course of a session, in order. Nothing is taken as done but what is known."""
    follow_up = follow_up_due(calendar, course.held_on)
    callback = _after(calendar, course.feedback_on, CALLBACK_AFTER)
    struck_off = _after(calendar, callback, STRIKE_OFF_AFTER)
    look_back = _look_back(calendar, struck_off, course.look_back_after_days)
    kind = MilestoneKind
    points = [
        Drafted(kind.MEMO, memo_due(calendar, course.held_on)),
        Drafted(kind.SESSION, course.held_on, _gone(course.held_on, as_of)),
        Drafted(kind.FOLLOW_UP, follow_up),
        Drafted(kind.ASSIGNMENT, course.assigned_on or follow_up, _gone(course.assigned_on, as_of)),
        Drafted(kind.FEEDBACK, course.feedback_on),
        Drafted(kind.CALLBACK, callback),
        Drafted(kind.STRIKE_OFF, struck_off),
        Drafted(kind.BULLETIN, _after(calendar, course.feedback_on, BULLETIN_AFTER)),
        Drafted(kind.LOOK_BACK, look_back),
    ]
    if course.next_on is not None:
        points.append(Drafted(kind.NEXT_SESSION, course.next_on, _gone(course.next_on, as_of)))
    return tuple(points)


def _gone(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day <= as_of else None


def _after(calendar: WorkCalendar, day: date | None, working_days: int) -> date | None:
    if day is None:
        return None
    try:
        return calendar.add_working_days(day, working_days)
    except CalendarNotKnown:
        return None


def _look_back(calendar: WorkCalendar, struck_off: date | None, days: int) -> date | None:
    if struck_off is None:
        return None
    try:
        return calendar.next_working_day(struck_off + timedelta(days=days))
    except CalendarNotKnown:
        return None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a milestone stands on a day; `days_late` in working days, None where unknown."""

    state: MilestoneState
    days_late: int | None


def progress(
    calendar: WorkCalendar, planned_on: date | None, done_on: date | None, *, as_of: date
) -> Progress:
    """Where it stands on a day; what waits for its day is not late."""
    if planned_on is None:
        is_done = done_on is not None and done_on <= as_of
        return Progress(MilestoneState.DONE if is_done else MilestoneState.UNDATED, 0)
    kept = kept_day(calendar, planned_on, done_on, as_of=as_of)
    if kept.done_on is not None:
        state = MilestoneState.DONE_LATE if kept.is_late else MilestoneState.DONE
    else:
        state = MilestoneState.LATE if kept.is_late else MilestoneState.PLANNED
    return Progress(state, kept.days_late)


def plan_told(states: Iterable[MilestoneState]) -> str:
    """The sentence above the plan."""
    every = list(states)
    if not every:
        return "还没有作战节点"
    done = sum(state in DONE for state in every)
    late = every.count(MilestoneState.LATE)
    after = every.count(MilestoneState.DONE_LATE)
    parts = [
        f"节点 {len(every)} 个，已完成 {done} 个" + (f"（其中逾期完成 {after} 个）" * (after > 0))
    ]
    parts.append(f"逾期未完成 {late} 个" if late else "没有逾期未完成的")
    return "，".join(parts)


def milestone_refused(name: str, leader: str, note: str) -> str | None:
    """Why a milestone cannot stand so; None when it can."""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        return f"请填写节点名称（1 到 {LONGEST_NAME} 个字）。"
    if len(leader) > LONGEST_LEADER or not leader.isprintable():
        return f"责任人最多 {LONGEST_LEADER} 个字。"
    if len(note) > LONGEST_NOTE:
        return f"备注最多 {LONGEST_NOTE} 个字。"
    return None


def done_refused(done_on: date | None, *, as_of: date) -> str | None:
    """Why a milestone cannot be taken down as done then."""
    if done_on is None or done_on > as_of:
        return "完成日期不能晚于今天。"
    return None
