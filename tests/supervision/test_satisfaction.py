"""满意度得分: dated sets of points, one line each; the shipped set says that it is an example."""

from __future__ import annotations

from datetime import date

import pytest

from supervision.metrics import Score
from supervision.satisfaction import EXAMPLE, in_force, points_of
from supervision.vocabulary import Satisfaction


def test_a_line_is_read_and_written_back_as_it_stands():
    line = "2027-01-01 100/80/60/20/0 市督查办〔2027〕1号"
    points = points_of(line)
    assert points is not None
    assert points.line() == line
    assert (points.of(Satisfaction.VERY_SATISFIED), points.of(Satisfaction.DISSATISFIED)) == (
        100,
        20,
    )


@pytest.mark.parametrize(
    "line",
    [
        "",
        "100/80/60/20/0",
        "2027-02-30 100/80/60/20/0",
        "2027-01-01 100/80/60/20",
        "2027-01-01 101/80/60/20/0",
        "2027-01-01 80/100/60/20/0",
        "2027-01-01 100/80/60/20/-1",
        "2027-01-01 100/80/60/20/0\n2028-01-01 1/1/1/1/1",
    ],
)
def test_what_is_no_set_is_none(line):
    assert points_of(line) is None


def test_the_newest_set_of_the_day_is_in_force_and_the_example_before_any():
    sets = [points_of("2027-01-01 100/90/60/0/0"), points_of("2026-01-01 100/80/60/0/0")]
    found = [in_force([s for s in sets if s], date(year, 6, 1)) for year in (2025, 2026, 2027)]
    assert found == [EXAMPLE, sets[1], sets[0]]
    assert EXAMPLE.source == "示例"


@pytest.mark.parametrize(
    ("score", "text"),
    [(Score(230, 4), "57.50分（4件次）"), (Score(200, 3), "66.67分（3件次）"),
     (Score(0, 2), "0.00分（2件次）"), (Score(0, 0), "—（0件次）")],
)  # fmt: skip
def test_a_score_is_a_mean_with_its_base(score, text):
    assert score.text() == text
