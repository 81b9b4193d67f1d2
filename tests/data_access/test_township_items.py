"""Inside a township: every open item once, under the village that its ledger tells."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from data_access.database import reading
from data_access.filters import Filters
from data_access.ledger_import.apply import store_import
from data_access.reads.items import item_page
from data_access.reads.township_items import NO_VILLAGE, township_items
from data_access.schema.registers import divisions
from supervision.scope import Scope
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope
CHUANTANG = 441625103


@pytest.fixture
def villages(town):
    """Two villages of 船塘镇."""
    with reading(town) as connection:
        names = connection.execute(
            select(divisions.c.name).where(divisions.c.parent_code == str(CHUANTANG)).limit(2)
        ).scalars()
        return list(names)


def _items(engine, scope=CITY, **filters):
    asked = Filters(townships=(CHUANTANG,), **filters)
    return township_items(engine, scope=scope, as_of=TODAY, filters=asked)


def _stored(engine, *rows):
    store_import(engine, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)


def test_the_village_is_that_of_its_column_or_the_only_one_that_the_words_name(town, villages):
    one, other = villages
    _stored(
        town,
        ledger_row(row=3, village=one),
        ledger_row(row=4, content=f"{other}的路灯不亮"),
        ledger_row(row=5, content=f"{one}到{other}的路灯不亮"),
        ledger_row(row=6),
        ledger_row(row=7, village="某自然村"),
    )
    found = dict(_items(town)[["number", "village"]].itertuples(index=False))
    assert found == {
        "MDM-0003": one, "MDM-0004": other, "MDM-0005": NO_VILLAGE, "MDM-0006": NO_VILLAGE,
        "MDM-0007": "某自然村",
    }  # fmt: skip


def test_every_open_item_of_the_township_is_there_once_the_most_overdue_first(town):
    _stored(
        town,
        ledger_row(row=3, assigned_on=date(2026, 11, 20)),
        ledger_row(row=4, assigned_on=date(2026, 10, 14)),
        ledger_row(row=5, assigned_on=date(2026, 10, 12)),
        ledger_row(row=6, township="灯塔镇"),
        ledger_row(row=7, feedback_on=date(2026, 11, 4), closed_on=date(2026, 11, 6),
                   status="已办结"),
    )  # fmt: skip
    assert _items(town)["number"].tolist() == ["MDM-0005", "MDM-0004", "MDM-0003"]
    listed = item_page(
        town, scope=CITY, as_of=TODAY, filters=Filters(figure="open", townships=(CHUANTANG,))
    )
    assert listed.total == 3


def test_a_department_sees_its_own_items_and_no_trace_of_who_reported(town):
    _stored(
        town,
        ledger_row(row=3, title="张*（138****5678）反映路灯不亮"),
        ledger_row(row=4, lead_departments=("市公安局",)),
    )
    found = _items(town, scope=Scope(departments=frozenset({"市教育局"})))
    assert found["number"].tolist() == ["MDM-0003"]
    assert "138" not in found["title"].iloc[0]


def test_the_shared_filters_hold_inside_a_township_too(town):
    _stored(
        town,
        ledger_row(row=3, assigned_on=date(2026, 10, 12)),
        ledger_row(row=4, assigned_on=date(2026, 11, 20)),
    )
    assert _items(town, lights=("red",))["number"].tolist() == ["MDM-0003"]
