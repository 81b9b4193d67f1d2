"""The ladder of 督办单: how high a card, which paper, and when the next one may follow."""

from __future__ import annotations

import pytest

from supervision.escalation import Earlier, Ladder, first_level, kind_of, proposal
from supervision.loop_words import NoticeKind, NoticeLevel, NoticeState, NoticeTrigger

BLUE, YELLOW, RED = NoticeLevel
OVERDUE = frozenset({NoticeTrigger.OVERDUE})


@pytest.mark.parametrize(
    ("days", "level"), [(1, BLUE), (5, BLUE), (6, YELLOW), (15, YELLOW), (16, RED), (90, RED)]
)
def test_the_card_rises_with_the_working_days_overdue(days: int, level: NoticeLevel):
    made = proposal(OVERDUE, days_overdue=days)
    assert made is not None
    assert (made.level, made.kind) == (level, kind_of(level))
    assert made.why == f"逾期未反馈：逾期{days}个工作日"


def test_a_city_sets_its_own_steps():
    steps = Ladder(yellow_after_overdue=1, red_after_overdue=2)
    cards = [first_level(NoticeTrigger.OVERDUE, days_overdue=n, ladder=steps) for n in (1, 2, 3)]
    assert cards == [BLUE, YELLOW, RED]


def test_blue_is_a_reminder_and_what_is_above_it_a_supervision_notice():
    assert [kind_of(level) for level in NoticeLevel] == [
        NoticeKind.REMINDER, NoticeKind.SUPERVISION, NoticeKind.SUPERVISION,
    ]  # fmt: skip


def test_a_false_report_begins_at_yellow_and_speaks_louder_than_lateness():
    made = proposal({NoticeTrigger.OVERDUE, NoticeTrigger.FALSE_RESULT}, days_overdue=2)
    assert made is not None
    assert (made.trigger, made.level) == (NoticeTrigger.FALSE_RESULT, YELLOW)
    assert made.why == "办理结果不实、逾期未反馈：逾期2个工作日"


@pytest.mark.parametrize(
    "earlier",
    [
        Earlier(NoticeState.DRAFTED, BLUE),
        Earlier(NoticeState.ISSUED, BLUE),
        Earlier(NoticeState.REPLIED, BLUE, settled_for=4),
        Earlier(NoticeState.REFUSED, BLUE, settled_for=4),
    ],
    ids=["a draft waits", "the reply is not due", "answered lately", "refused lately"],
)
def test_nothing_is_proposed_while_an_earlier_notice_works(earlier: Earlier):
    assert proposal(OVERDUE, days_overdue=30, earlier=[earlier]) is None


def test_where_the_reply_is_late_the_next_card_is_a_step_higher():
    late = Earlier(NoticeState.ISSUED, BLUE, reply_is_late=True)
    made = proposal(OVERDUE, days_overdue=2, earlier=[late])
    assert made is not None
    assert made.level is YELLOW
    assert made.why.endswith("此前已发蓝色督办单，逾期未回复，提高一级")


def test_where_a_reply_did_not_help_the_next_card_is_a_step_higher_but_never_above_red():
    answered = Earlier(NoticeState.REPLIED, RED, settled_for=5)
    made = proposal(OVERDUE, days_overdue=2, earlier=[answered])
    assert made is not None
    assert made.level is RED
    assert "仍未解决" in made.why


def test_a_draft_that_was_not_signed_raises_nothing():
    refused = Earlier(NoticeState.REFUSED, YELLOW, settled_for=9)
    made = proposal(OVERDUE, days_overdue=2, earlier=[refused])
    assert made is not None
    assert (made.level, made.why) == (BLUE, "逾期未反馈：逾期2个工作日")


def test_an_item_with_no_trigger_gets_no_card():
    assert proposal(frozenset()) is None
    assert proposal({NoticeTrigger.OTHER}) is None
