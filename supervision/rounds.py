"""Rounds: what a re-assignment opens, and which items the seed's rule proposes for one.

Seed 001: items that residents call unsatisfied, or that have no clear measures, are picked
out, re-assigned and supervised anew. JN 27 adds what was due and not done (应办未办).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervision.vocabulary import CLOSED_STATES, ItemState, ReassignReason, Satisfaction
from supervision.working_days import CalendarNotKnown, WorkCalendar

RESUBMISSION_WORKING_DAYS = 3
SIGNING_WORKING_DAYS = 1
"""How long a department may take to sign for a round (practice; no source fixes it)."""
CANDIDATE_ANSWERS = frozenset({Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED})


@dataclass(frozen=True, slots=True)
class RoundOpening:
    """What opens with round n+1; everything of round n stays as it was."""

    number: int
    lead_department: str
    assigned_on: date
    residents_to_inform: bool = True


def next_round(current: int, lead_department: str, assigned_on: date) -> RoundOpening:
    """Round n+1 with its own lead, its own day of assignment and so its own deadline."""
    return RoundOpening(current + 1, lead_department, assigned_on)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Why an item is proposed for re-assignment: the reason and a Chinese sentence."""

    reason: ReassignReason
    why: str


def reassignment_candidate(
    *,
    item_state: ItemState,
    result: Satisfaction | None,
    rebounded: bool,
    has_measures: bool = True,
    days_overdue: int = 0,
    round_no: int = 1,
) -> Candidate | None:
    """The first reason that speaks for 重新交办; None for items already flagged or struck off.

    A rebound speaks no longer once a later round handles it.
    """
    if item_state in (ItemState.REASSIGN_PENDING, ItemState.STRUCK_OFF, ItemState.ARCHIVED):
        return None
    if rebounded and not (item_state is ItemState.IN_ROUND and round_no >= 2):
        return Candidate(ReassignReason.REBOUNDED, "回头看发现问题反弹。")
    if result in CANDIDATE_ANSWERS:
        return Candidate(ReassignReason.DISSATISFIED, f"最近一次回访评价为“{result.label}”。")
    if item_state in CLOSED_STATES and not has_measures:
        return Candidate(ReassignReason.NO_CLEAR_MEASURES, "已办结，但没有写明解决措施。")
    if days_overdue > 0:
        return Candidate(ReassignReason.DUE_BUT_UNDONE, f"已逾期 {days_overdue} 个工作日仍未反馈。")
    return None


def signed_in_time(
    assigned_on: date,
    signed_on: date | None,
    calendar: WorkCalendar,
    *,
    as_of: date,
    within: int = SIGNING_WORKING_DAYS,
) -> bool | None:
    """及时签收 (metrics.md 2.4); None while the limit runs, or where the calendar ends before it.

    Not signed for when the limit has ended counts as late.
    """
    try:
        limit_on = calendar.add_working_days(assigned_on, within)
    except CalendarNotKnown:
        return None
    if signed_on is not None and signed_on <= as_of:
        return signed_on <= limit_on
    return False if limit_on < as_of else None


def counted_feedback_on(
    first_on: date,
    returned_on: date | None,
    resubmitted_on: date | None,
    calendar: WorkCalendar,
    *,
    within: int = RESUBMISSION_WORKING_DAYS,
) -> date | None:
    """退回补正 (metrics.md 2.2): the first submission keeps its day only if it comes back in time.

    None while a returned feedback has not come back. CalendarNotKnown beyond the horizon.
    """
    if returned_on is None:
        return first_on
    if resubmitted_on is None:
        return None
    in_time = calendar.working_days_between(returned_on, resubmitted_on) <= within
    return first_on if in_time else resubmitted_on
