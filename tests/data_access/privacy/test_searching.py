"""A search answers only from what whoever asks may read: it finds out no complainant."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from data_access.filters import Filters
from data_access.reads.items import item_page, item_rows
from supervision.scope import Scope
from tests.factories import TODAY
from tests.residents import CONTENT, PHONE, Store, told

DEPARTMENT = Scope(departments=frozenset({"市教育局"}))
COUNTY = Scope(reporting_units=frozenset({"东源县"}))
GUESSES = (PHONE, "139****1111", "139", "1111", "139 1111", "钱", "钱多多", "5678", "9 路灯")
"""What the department knows of somebody whom it suspects."""


def _found(city: Engine, scope: Scope, words: str) -> list[str]:
    page = item_page(city, scope=scope, as_of=TODAY, filters=Filters(text=words))
    rows = item_rows(city, scope=scope, as_of=TODAY, filters=Filters(text=words))
    assert page.total == len(rows)
    return sorted(page.rows["number"])


@pytest.fixture
def complaint(city: Engine, store: Store) -> Engine:
    store(told("S-1", 诉求内容=CONTENT, 事项类型="投诉"), told("S-2", 诉求内容="校门口积水"))
    return city


@pytest.mark.parametrize("guess", GUESSES)
def test_a_department_cannot_find_out_by_searching_who_complained(complaint: Engine, guess: str):
    assert _found(complaint, DEPARTMENT, guess) == []


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("路灯不亮", ["S-1"]), ("S-1", ["S-1"]), ("积 水", ["S-2"]), ("灯", ["S-1"]),
     ("s", ["S-1", "S-2"]), ("路灯 积水", [])],
)  # fmt: skip
def test_a_department_finds_what_it_may_read(complaint: Engine, words: str, numbers: list[str]):
    assert _found(complaint, DEPARTMENT, words) == numbers


def test_who_may_read_the_masked_resident_finds_the_item_by_it(complaint: Engine):
    for scope in (COUNTY, Scope.whole_city()):
        assert _found(complaint, scope, "139 1111") == ["S-1"]
