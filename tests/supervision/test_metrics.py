"""Rates never lose their n/N; comparisons take their word from the computation."""

from __future__ import annotations

import pytest

from supervision.figures import FIGURES
from supervision.metrics import Rate, compared_to_last_period, compared_to_last_year


@pytest.mark.parametrize(
    ("n", "of", "percent"),
    [
        (254567, 254592, "99.99%"),
        (355, 881, "40.30%"),
        (0, 0, "—"),
        (0, 3, "0.00%"),
        (1, 8, "12.50%"),
        (41, 81, "50.62%"),
        (1, 200000, "0.00%"),
        (1, 20000, "0.01%"),
    ],
)
def test_a_rate_has_two_decimals_rounded_half_up(n, of, percent):
    assert Rate(n, of).percent == percent


def test_the_whole_adds_counts_and_never_averages():
    assert Rate.pooled([Rate(1, 1), Rate(40, 80)]).text() == "50.62%（41/81）"


def test_rates_differ_in_percentage_points():
    assert Rate(9, 10).percentage_points(Rate(8, 10)) == 10
    assert Rate(9, 10).percentage_points(Rate(0, 0)) is None


def test_a_small_sample_has_a_wide_interval():
    low, high = Rate(5, 7).wilson_interval()
    assert (round(low * 100), round(high * 100)) == (36, 92)
    assert Rate(5, 7).is_small


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (4064, 10000, "同比下降59.36%"),
        (15, 10, "同比上升50.00%"),
        (10, 10, "同比持平"),
        (3, 9, "同比由9变为3"),
        (3, 0, "—（上年同期为0）"),
    ],
)
def test_a_comparison_with_last_year_says_what_it_is(now, before, text):
    assert compared_to_last_year(now, before).text() == text


def test_a_comparison_with_the_period_before_is_huanbi():
    assert compared_to_last_period(30, 20).text() == "环比上升50.00%"


@pytest.mark.parametrize("slug", list(FIGURES))
def test_every_figure_is_named_and_defined(slug):
    figure = FIGURES[slug]
    assert figure.slug == slug
    assert figure.name
    assert figure.definition
    assert figure.formula
