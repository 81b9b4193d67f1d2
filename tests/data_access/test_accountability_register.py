"""The register of 问责: on items and on departments, by department and period."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.filters import Filters
from data_access.moment import Period
from data_access.reads.accountability_register import accountability_register
from data_access.writes.accountability import hold_department_to_account
from supervision.beside_acts import BesideAct
from supervision.loop_words import AccountabilityKind
from supervision.scope import Scope
from tests.acting import CLERK, EDUCATION, OFFICER, WATER, Walk, department_id, stored_item
from tests.factories import TODAY

CITY = Scope.whole_city()


@pytest.fixture
def store(town: Engine) -> Engine:
    """An interview of 市教育局 over an item, a 通报 of 市水务局 over none."""
    walk = Walk(town, stored_item(town, title="红星路路灯不亮"))
    walk.does(
        BesideAct.RECORD_ACCOUNTABILITY, OFFICER, accountability=AccountabilityKind.INTERVIEW,
        text="约谈分管负责人", outcome="已限期整改",
    )  # fmt: skip
    hold_department_to_account(
        town, department_id(town, WATER), AccountabilityKind.BULLETIN, "多件逾期，予以通报",
        outcome=None, on=date(2026, 10, 8), viewer=OFFICER,
    )  # fmt: skip
    return town


def register(store: Engine, scope: Scope = CITY, **asked: object) -> list[tuple[str, str]]:
    found = accountability_register(store, scope=scope, as_of=TODAY, filters=Filters(**asked))
    return list(zip(found["kind"], found["department"], strict=True))


def test_every_act_is_told_newest_first_with_its_item_where_it_has_one(store: Engine):
    found = accountability_register(store, scope=CITY, as_of=TODAY).to_dict("records")
    assert [(row["kind"], row["department"], row["title"], row["outcome"]) for row in found] == [
        ("约谈", EDUCATION, "红星路路灯不亮", "已限期整改"), ("通报", WATER, None, None),
    ]  # fmt: skip


def test_the_register_is_narrowed_by_department_and_period(store: Engine):
    water = department_id(store, WATER)
    assert register(store, departments=(water,)) == [("通报", WATER)]
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    assert register(store, period=november) == [("约谈", EDUCATION)]


def test_a_county_is_told_of_its_items_alone_and_a_department_of_nothing(store: Engine):
    county = Scope(reporting_units=frozenset({"东源县"}))
    assert register(store, scope=county) == [("约谈", EDUCATION)]
    assert register(store, scope=Scope(reporting_units=frozenset({"紫金县"}))) == []
    assert register(store, scope=CLERK.scope) == []
