"""承诺: where one stands on a day, what is counted in 兑现率, what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.work_calendar import shipped_calendar
from supervision.commitments import (
    LONGEST_TEXT,
    CommitmentState,
    commitment_refused,
    due_refused,
    fulfilment_refused,
    report_refused,
    standing,
    tally,
    told_in_words,
)
from supervision.metrics import Rate

CALENDAR = shipped_calendar()
TODAY = date(2026, 11, 25)
SOON = date(2026, 11, 30)
STATES = CommitmentState


def _stands(due_on: date, fulfilled_on: date | None = None, as_of: date = TODAY):
    return standing(CALENDAR, due_on, fulfilled_on, as_of=as_of, soon_until=SOON)


@pytest.mark.parametrize(
    ("due_on", "fulfilled_on", "state", "late"),
    [
        (date(2026, 12, 10), None, STATES.NOT_DUE, 0),
        (date(2026, 11, 27), None, STATES.DUE_SOON, 0),
        (date(2026, 11, 25), None, STATES.DUE_SOON, 0),
        (date(2026, 11, 20), None, STATES.OVERDUE, 3),
        (date(2026, 11, 20), date(2026, 11, 20), STATES.FULFILLED_ON_TIME, 0),
        (date(2026, 11, 20), date(2026, 11, 24), STATES.FULFILLED_LATE, 2),
        (date(2026, 12, 10), date(2026, 11, 24), STATES.FULFILLED_ON_TIME, 0),
        # National Day: seven days of rest are no lateness.
        (date(2026, 9, 30), date(2026, 10, 8), STATES.FULFILLED_LATE, 1),
    ],
)
def test_where_a_commitment_stands(due_on, fulfilled_on, state, late):
    told = _stands(due_on, fulfilled_on)
    assert (told.state, told.days_late) == (state, late)


def test_a_day_of_rest_moves_to_the_next_working_day():
    saturday, monday = date(2026, 11, 21), date(2026, 11, 23)
    assert _stands(saturday, as_of=monday).state is STATES.DUE_SOON
    assert _stands(saturday, monday).state is STATES.FULFILLED_ON_TIME
    assert _stands(saturday).days_late == 2


def test_what_was_fulfilled_later_was_not_on_the_day_asked_about():
    assert _stands(date(2026, 11, 10), date(2026, 11, 24), as_of=date(2026, 11, 16)).state is (
        STATES.OVERDUE
    )


def test_beyond_the_calendar_lateness_is_not_guessed():
    told = _stands(date(2027, 1, 2), as_of=date(2027, 1, 8))
    assert (told.state, told.days_late) == (STATES.OVERDUE, None)


def test_only_what_is_due_is_in_the_rates():
    counted = tally(
        [
            _stands(date(2026, 11, 20)),
            _stands(date(2026, 11, 20), date(2026, 11, 24)),
            _stands(date(2026, 11, 20), date(2026, 11, 19)),
            _stands(date(2026, 12, 20), date(2026, 11, 19)),
            _stands(date(2026, 12, 20)),
        ]
    )
    assert (counted.total, counted.fulfilled, counted.overdue) == (5, 3, 1)
    assert (counted.rate, counted.on_time_rate) == (Rate(2, 3), Rate(1, 3))
    assert told_in_words(counted) == (
        "承诺 5 项，已兑现 3 项；逾期未兑现 1 项；到期的兑现率 66.67%（2/3）"
    )
    assert told_in_words(tally([_stands(date(2026, 12, 20))])) == (
        "承诺 1 项，已兑现 0 项；都还没有到期"
    )
    assert told_in_words(tally([])) == "还没有登记承诺"


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (commitment_refused("", "李某", TODAY), "请填写承诺内容"),
        (commitment_refused("长" * (LONGEST_TEXT + 1), "李某", TODAY), "请填写承诺内容"),
        (commitment_refused("加装", "", TODAY), "请填写承诺人"),
        (commitment_refused("加装", "李某", None), "请填写兑现期限"),
        (due_refused(date(2026, 10, 1), date(2026, 10, 8)), "不能早于座谈会"),
        (fulfilment_refused(None, "照片", held_on=None, as_of=TODAY), "请填写兑现日期"),
        (fulfilment_refused(date(2026, 11, 26), "照片", held_on=None, as_of=TODAY), "晚于今天"),
        (fulfilment_refused(date(2026, 9, 1), "照片", held_on=TODAY, as_of=TODAY), "早于座谈会"),
        (fulfilment_refused(TODAY, "", held_on=None, as_of=TODAY), "请写明佐证"),
        (report_refused("", TODAY, as_of=TODAY), "请填写进展"),
        (report_refused("有进展", date(2026, 11, 26), as_of=TODAY), "不能晚于今天"),
    ],
)
def test_what_cannot_stand_is_refused_in_chinese(refusal, sentence):
    assert refusal is not None
    assert sentence in refusal


def test_what_can_stand_is_not_refused():
    assert commitment_refused("加装电梯", "李某（副市长）", TODAY) is None
    assert due_refused(TODAY, None) is None
    assert fulfilment_refused(TODAY, "验收单", held_on=date(2026, 11, 2), as_of=TODAY) is None
    assert report_refused("已进场", TODAY, as_of=TODAY) is None
