"""A link from a table of figures narrows the list to the rows of its cell, and to nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.parts.link_rows import ROW_KEYS
from dashboard.parts.list_state import LINK_KEYS, list_state
from dashboard.reads import Choices, Filters

NAMES = Choices(
    units={1: "东源县"}, townships={}, departments={7: "市教育局"}, short_names={7: "教育局"},
    peer_groups={7: "city_department"}, sessions={3: "民生（2026-05-01）"},
    categories={5: "供水", 6: "供水/水压"}, data_until=None, horizon=date(2026, 12, 31),
    is_sample=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("url", "filters", "told"),
    [
        ({"at": "1"}, Filters(units=(1,)), "东源县"),
        ({"meeting": "3"}, Filters(sessions=(3,)), "民生（2026-05-01）"),
        ({"lamp": "red"}, Filters(lights=("red",)), "逾期"),
        ({"help": "7"}, Filters(helper=7), "市教育局协办"),
        ({"due": "2026-12-01"}, Filters(due_on=date(2026, 12, 1)), "2026年12月1日到期、尚未反馈"),
        ({"nobody": "session_id"}, Filters(without=("session_id",)), "不属于面对面场次"),
        ({"category": "5"}, Filters(categories=(5,)), "供水"),
        ({"category": "6,5,x"}, Filters(categories=(5, 6)), "供水等 2 类"),
    ],
)
def test_a_key_of_a_cell_narrows_the_list_and_says_so(url, filters, told):
    narrowed = list_state(Filters(), url, NAMES)
    assert (narrowed.filters, narrowed.told) == (filters, (told,))


def test_a_cell_of_neither_category_nor_county_says_both():
    narrowed = list_state(Filters(), {"nobody": "unit_id,category_id"}, NAMES)
    assert narrowed.filters == Filters(without=("unit_id", "category_id"))
    assert narrowed.told == ("县(区)不明", "没有问题分类")


@pytest.mark.parametrize("key", ROW_KEYS)
@pytest.mark.parametrize(
    "odd", ["", "0", "99", "９", "1.0", "RED", "2026-13-01", "20261201", "x" * 9_000]
)
def test_what_no_cell_says_narrows_nothing(key, odd):
    assert list_state(Filters(), {key: odd}, NAMES).filters == Filters()


def test_the_way_back_to_all_items_takes_these_keys_away():
    assert set(ROW_KEYS) <= set(LINK_KEYS)
