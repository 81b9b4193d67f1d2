"""A new row that reads like an open item of the same place is proposed, and never merged."""

from __future__ import annotations

import pytest
from rapidfuzz import fuzz
from sqlalchemy import func, select

from data_access.database import reading
from data_access.ledger_import import similar
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.plan import plan_import
from data_access.schema.imports import import_flags
from data_access.schema.items import items
from supervision.vocabulary import RowOutcome
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

STORED = "船塘镇第二小学门口斑马线磨损严重，早晚高峰学生过马路不安全，请重新施划"
AGAIN = "船塘镇第二小学门口的斑马线磨损严重，早晚高峰学生过马路很不安全，请尽快重新施划"


def _filled(city, **said):
    row = ledger_row(row=3, number="A-1", title=None, content=STORED, **said)
    store_import(city, judged_ledger(row), viewer=SUPERVISOR, as_of=TODAY)
    return city


def _like(city, content, **said):
    row = ledger_row(row=4, number="B-9", title=None, content=content, **said)
    with reading(city) as connection:
        plan = plan_import(
            connection, judged_ledger(row, name="另一份.xlsx"), scope=SUPERVISOR.scope
        )
    assert plan.rows[0].outcome == RowOutcome.NEW
    return plan.rows[0].like


def test_the_same_matter_in_other_words_is_proposed(city):
    like = _like(_filled(city), AGAIN)
    assert like is not None
    assert (like.item, like.name) == (1, "A-1")
    assert like.per_cent >= similar.ALIKE


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("船塘镇中心市场下水道堵塞，雨天积水没过脚面，请疏通", {}),
        (AGAIN, {"township": "仙塘镇"}),
        (AGAIN, {"township": None, "county": "紫金县"}),
        (AGAIN, {"township": None, "county": None}),
        (AGAIN.replace("第二", "第2"), {}),
    ],
    ids=["other matter", "other place", "other county", "no place", "other figures"],
)
def test_another_matter_another_place_or_other_figures_are_not(city, content, said):
    assert fuzz.ratio(STORED, AGAIN) > similar.ALIKE
    assert _like(_filled(city), content, **said) is None


@pytest.mark.parametrize("where", ["stored", "new"])
def test_where_one_of_them_names_no_township_the_county_is_enough(city, where):
    only_county = {"township": None, "county": "东源县"}
    like = _like(_filled(city, **only_county if where == "stored" else {}), AGAIN,
                 **only_county if where == "new" else {})  # fmt: skip
    assert like is not None


def test_a_closed_item_is_not_proposed(city):
    closed = {"closed_on": TODAY, "feedback_on": TODAY, "status": "已办结"}
    assert _like(_filled(city, **closed), AGAIN) is None


def test_a_proposal_is_stored_as_two_items_and_a_notice_at_the_cell(city):
    _filled(city)
    twin = ledger_row(row=5, number="B-10", content=AGAIN, title=None, cells={"content": "C5"})
    batch = store_import(city, judged_ledger(twin), viewer=SUPERVISOR, as_of=TODAY)
    with reading(city) as connection:
        flags = connection.execute(select(import_flags)).all()
        assert connection.execute(select(func.count()).select_from(items)).scalar_one() == 2
    assert [(f.batch_id, f.cell, f.code, f.item_id) for f in flags] == [
        (batch.id, "C5", "similar-item", 2)
    ]
    assert "A-1" in flags[0].message


def test_an_import_too_large_to_compare_says_how_many_rows(city, monkeypatch):
    monkeypatch.setattr(similar, "MOST_PAIRS", 0)
    _filled(city)
    row = ledger_row(row=4, number="B-9", title=None, content=AGAIN)
    with reading(city) as connection:
        plan = plan_import(connection, judged_ledger(row), scope=SUPERVISOR.scope)
    assert (plan.rows[0].like, plan.uncompared) == (None, 1)


def test_a_row_without_a_place_is_told_as_not_compared_once_there_is_anything_to_compare(city):
    row = ledger_row(row=4, number="B-9", content=AGAIN, township=None, county=None)
    with reading(city) as connection:
        assert plan_import(connection, judged_ledger(row), scope=SUPERVISOR.scope).uncompared == 0
    _filled(city)
    with reading(city) as connection:
        assert plan_import(connection, judged_ledger(row), scope=SUPERVISOR.scope).uncompared == 1
