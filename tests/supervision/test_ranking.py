"""综合得分 and ranking inside a peer group: weights, small samples, ties, who is listed apart."""

from __future__ import annotations

from datetime import date

import pytest

from supervision.city_rules import RuleBook, RuleVersion
from supervision.metrics import Rate
from supervision.ranking import (
    COMPONENTS,
    Contender,
    ScoreStyle,
    Weights,
    ranking,
    standing,
    weights_of,
)

FEEDBACK, CLOSURE, RESOLVED, CONTENT = COMPONENTS
EVEN = Weights({FEEDBACK: 30, CLOSURE: 20, RESOLVED: 25, CONTENT: 25})
ALL_BUT_FEEDBACK = (CLOSURE, RESOLVED, CONTENT)


def contender(key: int, feedback: tuple[int, int], **others: tuple[int, int]) -> Contender:
    rates = {FEEDBACK: Rate(*feedback)} | {slug: Rate(*told) for slug, told in others.items()}
    return Contender(key, place=key, rates=rates)


def whole(key: int, n: int, of: int = 20) -> Contender:
    return contender(key, (n, of), **dict.fromkeys(ALL_BUT_FEEDBACK, (n, of)))


def test_a_score_adds_the_weighed_rates():
    one = contender(1, (18, 20), **{CLOSURE: (20, 20), RESOLVED: (10, 20), CONTENT: (16, 20)})
    told = standing(one, EVEN)
    assert (told.hundredths, told.missing, told.text()) == (79_50, (), "79.50")


def test_a_component_without_enough_cases_gives_its_weight_to_the_others():
    one = contender(1, (18, 20), **{CLOSURE: (10, 20), RESOLVED: (0, 9), CONTENT: (0, 0)})
    told = standing(one, EVEN)
    assert told.hundredths == 74_00
    assert told.missing == (RESOLVED, CONTENT)
    assert told.text() == "74.00（缺2项）"


def test_deductions_take_from_full_marks_and_nothing_for_what_is_missing():
    style = Weights(EVEN.of, ScoreStyle.DEDUCTION)
    assert standing(contender(1, (18, 20), **{CLOSURE: (10, 20)}), style).hundredths == 87_00
    assert standing(whole(1, 15), style).hundredths == standing(whole(1, 15), EVEN).hundredths


def test_a_score_is_rounded_half_up():
    one = Weights.only(FEEDBACK)
    assert standing(contender(1, (2, 3)), one, least=2).text() == "66.67"
    assert standing(contender(1, (1, 800)), one, least=2).text() == "0.13"


def test_ties_share_a_rank_and_the_next_one_is_skipped():
    told = ranking([whole(4, 10), whole(3, 15), whole(1, 18), whole(2, 15)], EVEN)
    assert [(one.contender.key, one.rank) for one in told.ranked] == [
        (1, 1),
        (2, 2),
        (3, 2),
        (4, 4),
    ]


def test_what_prints_the_same_is_the_same_rank():
    told = ranking([contender(1, (33333, 100000)), contender(2, (333334, 1000000))],
                   Weights.only(FEEDBACK))  # fmt: skip
    assert [(one.text(), one.rank) for one in told.ranked] == [("33.33", 1), ("33.33", 1)]


def test_small_samples_and_those_without_due_cases_are_listed_and_not_ranked():
    told = ranking([whole(1, 12), whole(2, 9, 9), contender(3, (0, 0))], EVEN)
    assert [one.contender.key for one in told.ranked] == [1]
    assert [one.contender.key for one in told.too_few] == [2]
    assert [one.contender.key for one in told.without_due] == [3]
    assert {one.rank for one in (*told.too_few, *told.without_due)} == {None}


def test_the_smallest_sample_that_ranks_is_the_citys():
    assert ranking([whole(1, 4, 5)], EVEN, least=5).ranked[0].rank == 1
    assert ranking([whole(1, 4, 5)], EVEN, least=6).ranked == ()


def test_a_ranking_by_one_figure_needs_cases_of_that_figure():
    one = contender(1, (20, 20), **{CONTENT: (3, 9)})
    told = ranking([one], Weights.only(CONTENT), base=CONTENT)
    assert (told.ranked, [each.contender.key for each in told.too_few]) == ((), [1])


def test_nobody_is_ranked_by_a_score_that_has_no_component():
    told = ranking([contender(1, (20, 20))], Weights({FEEDBACK: 0, CONTENT: 100}))
    assert (told.ranked, told.too_few[0].text()) == ((), "—")


@pytest.mark.parametrize("text", ["", "30/20/25", "30/20/25/24", "a/20/25/25", "-5/55/25/25"])
def test_weights_that_are_none_or_not_a_hundred_are_refused(text: str):
    assert weights_of(text) is None


def test_the_shipped_weights_are_an_example_until_the_city_decides():
    shipped = RuleBook().weights(date(2026, 11, 25))
    assert (shipped.is_example, list(shipped.of.values())) == (True, [30, 20, 25, 25])
    decided = RuleBook.of(
        [
            RuleVersion("score_weights", "", "40/20/20/20", date(2026, 6, 1), "甲"),
            RuleVersion("score_style", "", "deduction", date(2026, 9, 1), "乙"),
        ]
    )
    july, november = (decided.weights(date(2026, month, 1)) for month in (7, 11))
    assert (july.is_example, july.of[FEEDBACK], july.style) == (False, 40, ScoreStyle.WEIGHTED)
    assert november.style is ScoreStyle.DEDUCTION
