"""Rates never lose their n/N; comparisons take their word from the computation."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.metrics import (
    NOTHING,
    SMALL_SAMPLE,
    Rate,
    compared_to_last_period,
    compared_to_last_year,
)

RATES = st.integers(1, 10**7).flatmap(lambda of: st.builds(Rate, st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("n", "of", "percent"),
    [
        # Siping printed 99.9 %; Jiangdong 100 % for 104 of 117; seed 001.
        (254567, 254592, "99.99%"),
        (104, 117, "88.89%"),
        (355, 881, "40.30%"),
        (822, 835, "98.44%"),
        (0, 0, "—"),
        (0, 3, "0.00%"),
        (3, 3, "100.00%"),
        (1, 8, "12.50%"),
        (41, 81, "50.62%"),
        (1, 200000, "0.00%"),
        (1, 20000, "0.01%"),
        (199, 20000, "1.00%"),
    ],
)
def test_a_rate_has_two_decimals_rounded_half_up(n, of, percent):
    assert Rate(n, of).percent == percent
    assert Rate(n, of).text() == f"{percent}（{n}/{of}）"


@given(rate=RATES)
def test_a_rate_rounds_as_exact_decimals_do(rate):
    exact = Decimal(rate.n * 100) / Decimal(rate.of)
    assert rate.percent == f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


@given(rates=st.lists(RATES, max_size=8))
def test_the_whole_adds_counts(rates):
    whole = Rate.pooled(rates)
    assert (whole.n, whole.of) == (sum(r.n for r in rates), sum(r.of for r in rates))


def test_the_whole_is_never_the_average_and_nothing_pooled_is_nothing():
    assert Rate.pooled([Rate(1, 1), Rate(40, 80)]).text() == "50.62%（41/81）"
    assert Rate.pooled([Rate(0, 0), Rate(1, 4)]).percent == "25.00%"
    assert Rate.pooled([]).percent == NOTHING


@pytest.mark.parametrize(
    ("now", "before", "points"),
    [
        # Beijing's resolution rate of January and October 2019.
        (Rate(7436, 10000), Rate(5309, 10000), 21.27),
        (Rate(5309, 10000), Rate(7436, 10000), -21.27),
        (Rate(1, 3), Rate(2, 3), -33.33),
        (Rate(9, 10), Rate(9, 10), 0.0),
        (Rate(9, 10), Rate(0, 0), None),
        (Rate(0, 0), Rate(9, 10), None),
    ],
)
def test_rates_differ_in_percentage_points_never_in_percent_of_percent(now, before, points):
    assert now.percentage_points(before) == points


@given(now=RATES, before=RATES)
def test_a_rise_and_the_fall_back_are_the_same_points(now, before):
    assert now.percentage_points(before) == -before.percentage_points(now)


def test_five_of_seven_may_be_anything_from_36_to_92_percent():
    low, high = Rate(5, 7).wilson_interval()
    assert (round(low * 100), round(high * 100)) == (36, 92)


@given(rate=RATES)
def test_the_interval_holds_the_share_and_stays_a_share(rate):
    low, high = rate.wilson_interval()
    assert 0 <= low <= rate.n / rate.of + 1e-9
    assert rate.n / rate.of - 1e-9 <= high <= 1


def test_nothing_of_nothing_has_no_interval():
    assert Rate(0, 0).wilson_interval() is None


@pytest.mark.parametrize(("of", "small"), [(0, True), (9, True), (10, False)])
def test_below_ten_cases_there_is_no_colour_and_no_rank(of, small):
    assert Rate(0, of).is_small() is small
    assert SMALL_SAMPLE == 10


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        # Seed 001: 看病难, 饮水难, 出行难.
        (4064, 10000, "同比下降59.36%"),
        (7216, 10000, "同比下降27.84%"),
        (8063, 10000, "同比下降19.37%"),
        # Beijing 2020 against 2019 is 同比, whatever the report called it.
        (15524, 10000, "同比上升55.24%"),
        (0, 10, "同比下降100.00%"),
        (20001, 20000, "同比上升0.01%"),
        (10, 10, "同比持平"),
        (3, 9, "同比由9变为3"),
        (9, 9, "同比持平"),
        (3, 0, "同比—（上年同期为0）"),
        (0, 0, "同比—（上年同期为0）"),
    ],
)
def test_a_comparison_with_last_year_says_what_it_is(now, before, text):
    assert compared_to_last_year(now, before).text() == text


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (30, 20, "环比上升50.00%"),
        (20, 30, "环比下降33.33%"),
        (4, 5, "环比由5变为4"),
        (4, 0, "环比—（上期为0）"),
    ],
)
def test_a_comparison_with_the_period_before_is_huanbi(now, before, text):
    assert compared_to_last_period(now, before).text() == text
