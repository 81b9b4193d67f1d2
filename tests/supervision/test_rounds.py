"""Rounds: what a re-assignment opens, who is proposed for one, which feedback day counts."""

from __future__ import annotations

import pytest

from supervision.rounds import (
    RESUBMISSION_WORKING_DAYS,
    counted_feedback_on,
    next_round,
    reassignment_candidate,
)
from supervision.vocabulary import ItemState, ReassignReason, Satisfaction
from supervision.working_days import CalendarNotKnown
from tests.labelled_days import day


def test_the_next_round_has_its_own_number_lead_and_day():
    opened = next_round(1, "市水务局", day("2026-11-25 周三"))
    assert (opened.number, opened.lead_department) == (2, "市水务局")
    assert opened.assigned_on == day("2026-11-25 周三")
    assert opened.residents_to_inform


@pytest.mark.parametrize("result", [None, *Satisfaction])
def test_a_closed_item_is_proposed_exactly_when_its_resident_is_unhappy(result):
    found = reassignment_candidate(item_state=ItemState.CLOSED, result=result, rebounded=False)
    unhappy = {Satisfaction.DISSATISFIED: "不满意", Satisfaction.VERY_DISSATISFIED: "非常不满意"}
    if result in unhappy:
        assert found is not None
        assert found.reason is ReassignReason.DISSATISFIED
        assert found.why == f"最近一次回访评价为“{unhappy[result]}”。"
    else:
        assert found is None


@pytest.mark.parametrize(
    ("said", "reason", "why"),
    [
        ({"rebounded": True}, ReassignReason.REBOUNDED, "回头看发现问题反弹。"),
        ({"has_measures": False}, ReassignReason.NO_CLEAR_MEASURES,
         "已办结，但没有写明解决措施。"),
        ({"item_state": ItemState.IN_ROUND, "days_overdue": 1}, ReassignReason.DUE_BUT_UNDONE,
         "已逾期 1 个工作日仍未反馈。"),
    ],
)  # fmt: skip
def test_each_reason_speaks_in_its_own_words(said, reason, why):
    plain = {"item_state": ItemState.CLOSED, "result": None, "rebounded": False}
    found = reassignment_candidate(**(plain | said))
    assert found is not None
    assert (found.reason, found.why) == (reason, why)


def test_the_first_reason_is_the_one_that_is_told():
    found = reassignment_candidate(
        item_state=ItemState.CLOSED, result=Satisfaction.DISSATISFIED, rebounded=True,
        has_measures=False, days_overdue=9,
    )  # fmt: skip
    assert found is not None
    assert found.reason is ReassignReason.REBOUNDED


@pytest.mark.parametrize(("round_no", "proposed"), [(1, True), (2, False), (3, False)])
def test_a_rebound_that_a_later_round_handles_is_not_proposed_again(round_no, proposed):
    found = reassignment_candidate(
        item_state=ItemState.IN_ROUND, result=None, rebounded=True, round_no=round_no
    )
    assert (found is not None) is proposed


@pytest.mark.parametrize("state", ItemState)
def test_missing_measures_speak_only_against_a_closed_item(state):
    found = reassignment_candidate(
        item_state=state, result=None, rebounded=False, has_measures=False
    )
    assert (found is not None) == (state is ItemState.CLOSED)


@pytest.mark.parametrize(
    "state", [ItemState.REASSIGN_PENDING, ItemState.STRUCK_OFF, ItemState.ARCHIVED]
)
def test_what_is_flagged_already_or_struck_off_is_not_proposed(state):
    found = reassignment_candidate(
        item_state=state, result=Satisfaction.VERY_DISSATISFIED, rebounded=True, days_overdue=30
    )
    assert found is None


FIRST, RETURNED = "2026-11-12 周四", "2026-11-13 周五"


@pytest.mark.parametrize(
    ("again", "counts"),
    [
        ("2026-11-13 周五", FIRST),
        ("2026-11-18 周三", FIRST),
        ("2026-11-19 周四", "2026-11-19 周四"),
    ],
)
def test_a_returned_feedback_keeps_its_day_only_when_it_comes_back_in_time(calendar, again, counts):
    found = counted_feedback_on(day(FIRST), day(RETURNED), day(again), calendar)
    assert found == day(counts)
    assert RESUBMISSION_WORKING_DAYS == 3


def test_a_feedback_never_returned_keeps_its_day_and_a_silent_one_has_none(calendar):
    assert counted_feedback_on(day(FIRST), None, None, calendar) == day(FIRST)
    assert counted_feedback_on(day(FIRST), day(RETURNED), None, calendar) is None


def test_a_return_beyond_the_published_years_is_not_judged(calendar):
    with pytest.raises(CalendarNotKnown, match="2027年"):
        counted_feedback_on(
            day("2026-12-29 周二"), day("2026-12-30 周三"), day("2027-01-04 周一"), calendar
        )
