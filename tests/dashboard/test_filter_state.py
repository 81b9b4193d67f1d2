"""What an address may ask for: codes and former names count, all else is left out and told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard.parts.filter_state import (
    KEYS,
    MOST_CODES,
    code_of_days,
    filters_of,
    offers_of,
    reading_of,
)
from dashboard.parts.filters import told
from dashboard.reads import Choices, Filters, Period
from supervision.vocabulary import PeerGroup

DAY = date(2026, 11, 25)
NAMES = Choices(
    units={1: "东源县", 2: "紫金县"},
    townships={441625100: ("仙塘镇", 1), 441621100: ("上坪镇", 2), 441623100: ("上坪镇", 1)},
    departments={7: "市教育局", 9: "市水务局(水利)"},
    short_names={7: "教育局"},
    peer_groups={7: "city_department"},
    sessions={3: "交通出行（2026-10-08）"},
    categories={4: "学位"},
    data_until=None,
    horizon=date(2026, 12, 31),
    is_sample=False,
    themes=("交通出行",),
    origins={5: "12345热线"},
    matters={6: "加装电梯"},
    linked_leaders=("李书记",),
    stands_for={44: 4, 55: 5, 45: 400},
)
OFFERS = offers_of(NAMES, ["王市长"])


def read(**said: Any) -> tuple[Filters, tuple[str, ...]]:
    values = {key: [value] if isinstance(value, str) else value for key, value in said.items()}
    found = reading_of(values, OFFERS, stands_for=NAMES.stands_for)
    again = reading_of(found.asked, OFFERS, stands_for=NAMES.stands_for)
    assert again.asked == found.asked
    assert not again.ignored
    return filters_of(found.asked, as_of=DAY), found.ignored


def test_every_key_of_the_address_sets_its_own_filter():
    whole, ignored = read(
        **{"class": "6"}, county="1", town=["441625100"], group="county", dept=["7", "9"],
        session="3",
        theme="交通出行", cat="4", channel="5", leader="王市长", linked="李书记",
        light=["red", "yellow"],
        period="year",
    )  # fmt: skip
    assert ignored == ()
    assert whole == Filters(
        units=(1,), townships=(441625100,), peer_groups=(PeerGroup.COUNTY,), departments=(7, 9),
        sessions=(3,), themes=("交通出行",), categories=(4,), origins=(5,), matters=(6,),
        case_leader="王市长", linked_leader="李书记",
        lights=("red", "yellow"), period=Period(date(2026, 1, 1), DAY),
    )  # fmt: skip
    assert len(told(whole, NAMES)) == len(KEYS)


def test_names_of_older_links_are_understood_and_words_are_followed_to_what_they_are_now():
    by_name, ignored = read(
        county="东源县", town="上坪镇（紫金县）", dept="市水务局（水利）", cat="学位",
        session="交通出行（2026-10-08）", light="▲ 逾期", period="本月",
    )  # fmt: skip
    assert ignored == ()
    assert by_name == Filters(
        units=(1,), townships=(441621100,), departments=(9,), categories=(4,), sessions=(3,),
        lights=("red",), period=Period(date(2026, 11, 1), DAY),
    )  # fmt: skip
    assert read(cat="44", channel="55")[0] == Filters(categories=(4,), origins=(5,))


ODD = ["8", "9" * 5_000, "-7", "²", "７", "<b>7", "\x00", "None", "45"]


@pytest.mark.parametrize("odd", ODD)
def test_what_is_unknown_or_out_of_reach_is_left_out_and_told_by_its_heading(odd: str):
    for key in KEYS:
        filters, ignored = read(**{key: odd})
        assert filters == Filters(), key
        assert len(ignored) == 1
    kept, ignored = read(dept=["7", odd], county="1")
    assert kept == Filters(departments=(7,), units=(1,))
    assert ignored == ("牵头单位",)


def test_more_than_anybody_chooses_is_not_read():
    filters, ignored = read(dept=["7", *["9"] * MOST_CODES])
    assert filters == Filters(departments=(7, 9))
    assert ignored == ("牵头单位",)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("week", (2026, 11, 23), (2026, 11, 25)),
        ("last_week", (2026, 11, 16), (2026, 11, 22)),
        ("last_month", (2026, 10, 1), (2026, 10, 31)),
        ("quarter", (2026, 10, 1), (2026, 11, 25)),
        ("last_year", (2025, 1, 1), (2025, 12, 31)),
        ("2026-03-01_2026-05-31", (2026, 3, 1), (2026, 5, 31)),
        ("2026-05-31_2026-03-01", (2026, 3, 1), (2026, 5, 31)),
    ],
)
def test_a_period_moves_with_the_day_or_is_two_days(code: str, first: Any, last: Any):
    filters, ignored = read(period=code)
    assert filters.period == Period(date(*first), date(*last))
    assert ignored == ()
    assert told(filters, NAMES) == [
        f"时段：{date(*first):%Y-%m-%d} 至 {date(*last):%Y-%m-%d}"
    ]  # printed as days, whatever it was called


@pytest.mark.parametrize("first", ["0001-01-01", "1999-12-31", "9999-12-31"])
def test_days_that_no_calendar_offers_make_no_period(first: str):
    assert read(period=f"{first}_9999-12-31") == (Filters(), ("统计时段",))
    assert read(period="2000-01-01_2099-12-31")[1] == ()


def test_two_days_in_either_order_make_one_period_and_days_that_are_none_make_none():
    assert code_of_days(date(2026, 5, 1), date(2026, 3, 1)) == "2026-03-01_2026-05-01"
    for odd in ("2026-02-30_2026-03-01", "2026-03-01", "2026-3-1_2026-4-1", "_", "month_year"):
        assert read(period=odd) == (Filters(), ("统计时段",))
