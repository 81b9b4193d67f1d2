"""Groups and repeated matters: within reach, within the filters, each number its rows."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, update

from data_access.alike_items import alike_items
from data_access.database import transaction
from data_access.filters import Filters
from data_access.gatherings import Gathering
from data_access.ledger_import.apply import store_import
from data_access.moment import Period
from data_access.reads.alike import AlikeSeen, alike
from data_access.reads.items import item_rows
from data_access.schema.items import items
from supervision.scope import Scope
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope
COUNTY = Scope(reporting_units=frozenset({"紫金县"}))
ELSEWHERE = {"county": "紫金县", "township": "蓝塘镇"}
LIFT = "老旧小区加装电梯受阻"


def _lift(row: int, day: date = date(2026, 11, 3), **said: object):
    return ledger_row(row=row, title=f"{'甲乙丙丁戊己庚'[row % 7]}座{LIFT}", received_on=day,
                      content="低层业主反对加装电梯", assigned_on=day, **said)  # fmt: skip


@pytest.fixture
def told(city: Engine) -> Engine:
    """Four lifts (three of them in 紫金县), three of one matter in one township, one alone."""
    same = {"title": "船塘圩镇污水直排河道", "content": "污水直排"}
    rows = [
        _lift(3), *(_lift(row, **ELSEWHERE) for row in (4, 5)),
        _lift(6, date(2026, 8, 3), feedback_on=date(2026, 8, 5), closed_on=date(2026, 8, 6),
              status="已办结", **ELSEWHERE),
        *(ledger_row(row=row, **same) for row in (7, 8)),
        ledger_row(row=9, received_on=date(2026, 3, 2), assigned_on=date(2026, 3, 2), **same),
        ledger_row(row=10, title="公交班次过少", content="等车太久"),
        # The same words elsewhere are another matter.
        ledger_row(row=11, **same, **ELSEWHERE),
    ]  # fmt: skip
    store_import(city, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return city


def _asked(engine: Engine, scope: Scope = CITY, filters: Filters | None = None) -> AlikeSeen:
    return alike(engine, scope=scope, as_of=TODAY, filters=filters)


def _rows(engine: Engine, scope: Scope = CITY, **asked: object) -> int:
    return len(item_rows(engine, scope=scope, as_of=TODAY, filters=Filters(**asked)))


def _lifts(seen: AlikeSeen):
    return next(group for group in seen.groups if "加装电梯" in group.name)


def test_a_group_is_named_and_every_number_is_its_rows(told: Engine):
    seen = _asked(told)
    group = _lifts(seen)
    assert (group.n, group.open, group.came_in) == (4, 3, 3)
    among = ((Gathering.ALIKE, group.key),)
    assert _rows(told, among=among) == 4
    assert _rows(told, among=among, figure="open") == 3
    assert _rows(told, among=among, figure="intake") == 3
    assert _rows(told, among=among, figure="overdue_open") == group.overdue
    assert sum(n for _, n in group.units) == sum(n for _, n in group.departments) == 4


def test_a_county_counts_and_names_its_own_items_alone(told: Engine):
    group = _lifts(_asked(told, COUNTY))
    assert (group.n, group.open) == (3, 2)
    assert _rows(told, COUNTY, among=((Gathering.ALIKE, group.key),)) == 3
    # Asked by the key of an item that it does not see, it sees no more.
    whole = _lifts(_asked(told))
    assert _rows(told, COUNTY, among=((Gathering.ALIKE, whole.key),)) == 3


def test_filters_narrow_the_groups(told: Engine):
    seen = _asked(told, filters=Filters(period=Period(date(2026, 11, 1), TODAY)))
    assert _lifts(seen).n == 3
    assert not any("加装电梯" in g.name for g in _asked(told, filters=Filters(units=(999,))).groups)


def test_one_matter_raised_again_in_one_place(told: Engine):
    seen = _asked(told)
    assert (seen.matters_in_all, seen.items_again, seen.matters_open) == (1, 3, 1)
    matter = seen.again[0]
    assert (matter.n, matter.first_on, matter.last_on) == (3, date(2026, 3, 2), date(2026, 10, 30))
    assert _rows(told, among=((Gathering.AGAIN, matter.key),)) == 3
    assert _rows(told, among=((Gathering.AGAIN, matter.key),), figure="open") == matter.open
    assert _asked(told, COUNTY).again == ()


def test_what_people_merged_is_one_matter(told: Engine):
    rows = item_rows(told, scope=CITY, as_of=TODAY, filters=Filters()).set_index("number")
    bus, lift = (int(rows.loc[number, "item_id"]) for number in ("MDM-0010", "MDM-0003"))
    with transaction(told) as change:
        change.connection.execute(
            update(items)
            .where(items.c.id == bus)
            .values(merged_into_id=lift, state="merged", change_number=change.change)
        )
    merged = next(one for one in _asked(told).again if one.merged)
    assert (merged.n, merged.merged, merged.open) == (2, 1, 1)
    assert _rows(told, among=((Gathering.AGAIN, bus),)) == 2


def test_an_act_on_an_item_compares_nothing_anew(told: Engine):
    before = alike_items(told)
    with transaction(told) as change:
        change.connection.execute(update(items).values(change_number=change.change))
    after = alike_items(told)
    assert after.change > before.change
    assert after.groups is before.groups


def test_an_unknown_gathering_is_empty(told: Engine):
    for gathering in Gathering:
        assert _rows(told, among=((gathering, 999_999),)) == 0


def test_an_empty_store_has_no_groups(city: Engine):
    seen = _asked(city)
    assert (seen.groups, seen.again, seen.compared, seen.left_out) == ((), (), 0, 0)
