"""Rules of the city: what may be written, what holds on which day, how far the calendar reaches."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data_access.work_calendar import shipped_calendar
from supervision.calendar_horizon import horizon_warning
from supervision.city_rules import CITY_RULES, RuleBook, RuleVersion
from supervision.deadlines import Limit, LimitUnit
from supervision.vocabulary import ReassignReason

DAY = date(2026, 11, 25)


def version(value, *, name="feedback_limit", subject="", on=DAY, key=1):
    return RuleVersion(name, subject, value, on, "某文件", id=key)


def test_every_rule_is_shipped_with_a_value_that_may_be_written():
    assert [name for name, rule in CITY_RULES.items() if not rule.value.is_one(rule.default)] == []
    assert all(rule.value.told(rule.default) and rule.value.allowed for rule in CITY_RULES.values())


def test_before_anything_is_decided_the_limit_is_fifteen_working_days():
    assert RuleBook().limit(DAY) == Limit(15)
    assert RuleBook().reasons(DAY) == tuple(ReassignReason)


def test_a_rule_holds_from_its_day_and_the_last_decision_for_a_day_counts():
    book = RuleBook.of([version("10 workday"), version("12 workday", key=2),
                        version("20 workday", on=DAY + timedelta(30), key=3)])  # fmt: skip
    days = [DAY - timedelta(1), DAY, DAY + timedelta(29), DAY + timedelta(30)]
    assert [book.limit(day).number for day in days] == [15, 12, 12, 20]


def test_a_category_goes_before_an_origin_and_an_ended_rule_is_none():
    book = RuleBook.of([
        version("5 workday", subject="category:1"), version("30 day", subject="origin:1", key=2),
        version("", subject="category:1", on=DAY + timedelta(1), key=3),
    ])  # fmt: skip
    assert book.limit(DAY, 1, 1) == Limit(5)
    assert book.limit(DAY, 2, 1) == Limit(30, LimitUnit.DAY)
    assert book.limit(DAY + timedelta(1), 1, 1) == Limit(30, LimitUnit.DAY)
    assert book.limit(DAY, 2, 2) == Limit(15)


@pytest.mark.parametrize(
    "value",
    ["15", "workday 15", "0 workday", "251 workday", "15 month_end", "１５ workday", "", "-1 day"],
)
def test_what_is_no_limit_may_not_be_written(value):
    assert not CITY_RULES["feedback_limit"].value.is_one(value)


def test_the_warning_comes_from_the_day_when_the_longest_limit_passes_the_horizon():
    calendar, fifteen = shipped_calendar(), (Limit(5), Limit(15))
    last = next(
        day
        for day in (date(2026, 12, 31) - timedelta(n) for n in range(60))
        if horizon_warning(calendar, fifteen, day) is None
    )
    # The fifteenth working day after 2026-12-10 is 2026-12-31, the last day that is known.
    assert last == date(2026, 12, 10)
    told = horizon_warning(calendar, fifteen, last + timedelta(1))
    assert told is not None
    assert "期限15个工作日" in told
    assert horizon_warning(calendar, (Limit(60, LimitUnit.DAY),), DAY) is not None
    assert "2027年" in (horizon_warning(calendar, fifteen, date(2027, 3, 1)) or "")
