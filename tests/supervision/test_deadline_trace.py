"""The trace of a deadline as people read it: every day that was skipped or moved it, and why."""

from __future__ import annotations

from datetime import date

import pytest

from supervision.deadline_trace import trace_sentences
from supervision.deadlines import Limit, LimitUnit, feedback_due
from supervision.working_days import Convention
from tests.labelled_days import day


def test_the_trace_names_every_skipped_day_and_why(calendar):
    deadline = feedback_due(day("2026-09-18 周五"), calendar)
    assert trace_sentences(deadline) == [
        "2026-09-18 交办，期限15个工作日；交办次日起算第1个工作日，交办当日不计入。",
        "2026-09-19 周六，不计。",
        "2026-09-20 调休上班日，计为第1个工作日。",
        "2026-09-25 中秋节，不计。",
        "2026-09-26 中秋节，不计。",
        "2026-09-27 中秋节，不计。",
        *(f"2026-10-0{n} 国庆节，不计。" for n in range(1, 8)),
        "2026-10-10 调休上班日，计为第11个工作日。",
        "2026-10-11 周日，不计。",
        "2026-10-15 为期限最后一日（第15个工作日）。",
    ]


@pytest.mark.parametrize("convention", Convention)
def test_the_convention_in_force_is_printed_in_the_trace(calendar, convention):
    deadline = feedback_due(day("2026-11-14 周六"), calendar, convention=convention)
    assert trace_sentences(deadline)[0].endswith(f"{convention.label}。")


def test_a_natural_limit_that_moves_names_the_rest_days_it_moved_over(calendar):
    deadline = feedback_due(day("2026-09-18 周五"), calendar, limit=Limit(15, LimitUnit.DAY))
    assert trace_sentences(deadline) == [
        "2026-09-18 交办，期限15日；按自然日计算，交办当日不计入，末日为休息日的顺延至下一工作日。",
        *(f"2026-10-0{n} 国庆节，末日遇休息日，顺延。" for n in range(3, 8)),
        "2026-10-08 为期限最后一日。",
    ]


@pytest.mark.parametrize(
    ("assigned", "limit", "lines"),
    [
        (
            "2026-11-20 周五",
            Limit(24, LimitUnit.HOUR),
            [
                "2026-11-20 交办，期限24小时；"
                "按小时计算，折合1日，交办当日不计入，末日为休息日的顺延至下一工作日。",
                "2026-11-21 周六，末日遇休息日，顺延。",
                "2026-11-22 周日，末日遇休息日，顺延。",
                "2026-11-23 为期限最后一日。",
            ],
        ),
        (
            "2026-09-10 周四",
            Limit(10, LimitUnit.DAY),
            [
                "2026-09-10 交办，期限10日；"
                "按自然日计算，交办当日不计入，末日为休息日的顺延至下一工作日。",
                "2026-09-20 调休上班日，照常上班，不顺延。",
                "2026-09-20 为期限最后一日。",
            ],
        ),
        (
            "2026-10-12 周一",
            Limit(0, LimitUnit.MONTH_END),
            [
                "2026-10-12 交办，期限当月底前；以该月最后一日为限，遇休息日不顺延。",
                "2026-10-31 周六，期限指明了日期，不顺延。",
                "2026-10-31 为期限最后一日。",
            ],
        ),
        (
            "2026-09-18 周五",
            Limit(0, LimitUnit.FIXED_DATE, date(2026, 10, 5)),
            [
                "2026-09-18 交办，期限2026-10-05前；以指定的日期为限，遇休息日不顺延。",
                "2026-10-05 国庆节，期限指明了日期，不顺延。",
                "2026-10-05 为期限最后一日。",
            ],
        ),
        # What 2027-02-28 is nobody has published: nothing is said of it.
        (
            "2026-11-16 周一",
            Limit(3, LimitUnit.MONTH_END),
            [
                "2026-11-16 交办，期限3个月后的月底前；以该月最后一日为限，遇休息日不顺延。",
                "2027-02-28 为期限最后一日。",
            ],
        ),
    ],
)
def test_the_trace_of_a_natural_limit_says_how_it_is_counted_and_what_its_last_day_is(
    calendar, assigned, limit, lines
):
    assert trace_sentences(feedback_due(day(assigned), calendar, limit=limit)) == lines


def test_a_limit_that_runs_from_another_act_names_that_act(calendar):
    deadline = feedback_due(day("2026-11-25 周三"), calendar, limit=Limit(3))
    first, *_, last = trace_sentences(deadline, begun="签发")
    assert first == "2026-11-25 签发，期限3个工作日；签发次日起算第1个工作日，签发当日不计入。"
    assert last == "2026-11-30 为期限最后一日（第3个工作日）。"
