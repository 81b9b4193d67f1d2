"""数据质量: long lists are turned page by page, and nothing is skipped when rows leave them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.ledger_import.apply import store_import
from data_access.reads.quality import QualityRows, quality_rows
from supervision.quality import QualityList
from supervision.scope import Scope
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

EARLY = {"feedback_on": date(2026, 10, 30)}
LONGER, OTHER = (
    "已组织人员到现场查看并完成整改，群众认可。",
    "已安排专人负责，问题已经妥善处理完毕。",
)


def page(engine: Engine, slug: QualityList, after: str | None = None, most: int = 2) -> QualityRows:
    return quality_rows(
        engine, scope=Scope.whole_city(), as_of=TODAY, slug=slug, most=most, after=after
    )


def numbers(found: QualityRows) -> list[str]:
    return [str(number) for number in found.rows["number"]]


def put(engine: Engine, *rows: dict[str, Any]) -> None:
    lines = [ledger_row(**{"row": n, **said}) for n, said in enumerate(rows, start=1)]
    store_import(engine, judged_ledger(*lines), viewer=SUPERVISOR, as_of=TODAY)


def test_pages_follow_one_another_and_tell_their_place(engine: Engine):
    put(engine, *[EARLY] * 5)
    slug = QualityList.FEEDBACK_BEFORE_ASSIGNMENT
    first = page(engine, slug)
    second = page(engine, slug, first.next_key)
    third = page(engine, slug, second.next_key)
    assert [numbers(one) for one in (first, second, third)] == [
        ["MDM-0001", "MDM-0002"], ["MDM-0003", "MDM-0004"], ["MDM-0005"],
    ]  # fmt: skip
    assert [(one.position, one.total) for one in (first, second, third)] == [(0, 5), (2, 5), (4, 5)]
    assert third.next_key is None


def test_a_row_that_was_put_right_takes_no_other_with_it(engine: Engine):
    put(engine, *[EARLY] * 5)
    slug = QualityList.FEEDBACK_BEFORE_ASSIGNMENT
    key = page(engine, slug).next_key
    right = {"feedback_on": date(2026, 11, 5)}
    put(engine, EARLY, right, EARLY, EARLY, EARLY)
    assert numbers(page(engine, slug, key)) == ["MDM-0003", "MDM-0004"]


def test_groups_stay_together_the_largest_first(engine: Engine):
    put(engine, *[{"feedback_text": text, "feedback_on": date(2026, 11, 9)}
                  for text in (OTHER, LONGER, OTHER, LONGER, OTHER, LONGER, LONGER)])  # fmt: skip
    first = page(engine, QualityList.SAME_REPLY, most=4)
    assert numbers(first) == ["MDM-0002", "MDM-0004", "MDM-0006", "MDM-0007"]
    rest = page(engine, QualityList.SAME_REPLY, first.next_key, most=4)
    assert numbers(rest) == ["MDM-0001", "MDM-0003", "MDM-0005"]


def test_rows_that_became_no_item_are_turned_too(engine: Engine):
    put(engine, *[{"storable": False}] * 3)
    first = page(engine, QualityList.ROWS_REFUSED)
    rest = page(engine, QualityList.ROWS_REFUSED, first.next_key)
    assert [first.rows["cell"].tolist(), rest.rows["cell"].tolist()] == [
        ["第1行", "第2行"], ["第3行"],
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["", "0", "0.0", "a.b.c", "0.0.²", "0.0.9", "0..1", f"0.0.{9**30}"])
def test_a_key_that_is_none_shows_the_first_page(town: Engine, key: str):
    put(town, *[EARLY] * 3)
    found = page(town, QualityList.FEEDBACK_BEFORE_ASSIGNMENT, key)
    assert (found.position, numbers(found)) == (0, ["MDM-0001", "MDM-0002"])
