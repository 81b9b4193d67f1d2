"""不计入考核 over the facts agrees with the book of rules, kind by kind and day by day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import polars as pl

from data_access.appraisal import OUT, left_out_of_appraisal
from supervision.city_rules import EXCLUDED, RuleBook, RuleVersion

FIRST = date(2026, 11, 1)


def decided(subject, value, after, key):
    return RuleVersion(EXCLUDED, subject, value, FIRST + timedelta(after), "某文件", id=key)


BOOKS = (
    RuleBook(),
    RuleBook.of([decided("", "yes", 5, 1), decided("category:1", "no", 3, 2)]),
    RuleBook.of([decided("origin:2", "yes", 0, 1), decided("category:1", "no", 2, 2),
                 decided("category:1", "", 4, 3)]),
    RuleBook.of([decided("category:1", "yes", 2, 1), decided("category:1", "no", 2, 2),
                 decided("origin:2", "yes", 6, 3), decided("", "yes", 8, 4)]),
)  # fmt: skip


def test_who_is_left_out_is_who_the_book_says():
    days = [FIRST + timedelta(n) for n in range(-1, 11)]
    rows = list(product((1, 3, None), (2, 4, None), days))
    frame = pl.DataFrame(
        rows, schema={"category_id": pl.Int32, "origin_id": pl.Int32, "intake_on": pl.Date},
        orient="row",
    )  # fmt: skip
    for book in BOOKS:
        found = frame.with_columns(out=left_out_of_appraisal(book))["out"].to_list()
        ruled = [book.of_kind(EXCLUDED, day, category, origin) == OUT
                 for category, origin, day in rows]  # fmt: skip
        assert found == ruled


def test_whoever_came_in_on_no_known_day_is_judged_by_no_rule():
    frame = pl.DataFrame({"category_id": [1], "origin_id": [2], "intake_on": [None]},
                         schema_overrides={"intake_on": pl.Date})  # fmt: skip
    book = RuleBook.of([decided("", "yes", 0, 1)])
    assert frame.with_columns(out=left_out_of_appraisal(book))["out"].to_list() == [False]
