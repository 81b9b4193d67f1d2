"""One county reads and writes: of another county it gets nothing, not even a name or a count."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Engine, select

from data_access.accounts.known import account_named
from data_access.database import change_number, reading
from data_access.facts import facts
from data_access.filters import Filters
from data_access.ledger_import.apply import StoredBatch, store_import
from data_access.ledger_import.plan import plan_import
from data_access.ledger_import.reach import NOT_YOURS, OUTSIDE
from data_access.reads.choices import choices
from data_access.reads.figures import figure_counts, figure_values
from data_access.reads.history import item_history
from data_access.reads.imports import import_batch, import_batch_list
from data_access.reads.items import described_items, item_page, item_rows
from data_access.reads.overview import overview
from data_access.reads.waiting import waiting_flags
from data_access.schema.imports import import_flags, raw_rows
from data_access.schema.items import items
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import RowOutcome
from tests.acting import flagged
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import account

THEIRS = "密事"
"""Stands in every text of the other county."""


class City(NamedTuple):
    """Two counties, each with its own desk, and what lies in the store."""

    engine: Engine
    dongyuan: Viewer
    zijin: Viewer
    batches: dict[str, StoredBatch]
    own: int
    other: int


def desk(engine: Engine, login: str, *roles: Role, scope: Scope) -> Viewer:
    account(engine, *roles, scope=scope, login=login)
    with reading(engine) as connection:
        made = account_named(connection, login)
    assert made is not None
    return made.viewer


@pytest.fixture
def city(engine: Engine) -> City:
    """东源县 and 紫金县 have imported one ledger each, the city one with an item of each."""
    east = desk(engine, "east", Role.COUNTY_ADMIN,
                scope=Scope(reporting_units=frozenset({"东源县"})))  # fmt: skip
    south = desk(engine, "south", Role.COUNTY_ADMIN,
                 scope=Scope(reporting_units=frozenset({"紫金县"})))  # fmt: skip

    def theirs(row: int, **said: Any) -> Any:
        return ledger_row(
            row=row, county="紫金县", township="蓝塘镇", title=f"{THEIRS}{row}",
            content=f"{THEIRS}{row}号井盖丢失，行人容易跌倒", category=(f"{THEIRS}类",),
            session_theme=f"{THEIRS}专场", village=f"{THEIRS}村", **said,
        )  # fmt: skip

    def store(viewer: Viewer, *rows: Any, name: str) -> StoredBatch:
        judged = judged_ledger(*rows, title=name, name=f"{name}.xlsx")
        return store_import(engine, judged, viewer=viewer, as_of=TODAY)

    batches = {
        "east": store(east, ledger_row(row=3), name="东源县台账"),
        "south": store(south, theirs(4), name=f"{THEIRS}县台账"),
        "city": store(SUPERVISOR, ledger_row(row=5), theirs(6), name=f"全市{THEIRS}台账"),
    }
    with reading(engine) as connection:
        numbers = dict(connection.execute(select(items.c.number, items.c.id)).all())
    return City(engine, east, south, batches, numbers["MDM-0003"], numbers["MDM-0004"])


def spelled(answer: object) -> str:
    """Everything in an answer, as text."""
    if hasattr(answer, "to_dict"):
        return repr(answer.to_dict())
    if hasattr(answer, "rows") and callable(answer.rows):
        return repr(answer.rows())
    if is_dataclass(answer) and not isinstance(answer, type):
        return "".join(spelled(getattr(answer, field.name)) for field in fields(answer))
    return repr(answer)


def test_no_read_tells_another_countys_texts_names_or_counts(city: City):
    scope = city.dongyuan.scope
    at: dict[str, Any] = {"scope": scope, "as_of": TODAY}
    both = (city.own, city.other)
    seen_overview = overview(city.engine, **at)
    answers = [
        choices(city.engine, **at),
        item_page(city.engine, filters=Filters(), **at),
        item_rows(city.engine, filters=Filters(), **at),
        described_items(city.engine, item_ids=both, **at),
        waiting_flags(city.engine, **at),
        import_batch_list(city.engine, **at),
        item_history(city.engine, item_id=city.own, **at),
        seen_overview,
    ]
    assert [n for n, answer in enumerate(answers) if THEIRS in spelled(answer)] == []
    assert item_page(city.engine, filters=Filters(), **at).total == 2
    assert described_items(city.engine, item_ids=both, **at)["item_id"].tolist() == [city.own]
    assert seen_overview.tiles.filter(slug="open")["n"].item() == 2
    figures = figure_values(city.engine, **at)
    assert figures["open"] == (2, None)
    assert figures["collected"] == (None, None)
    assert figure_counts(city.engine, **at).filter(slug="open")["n"].item() == 2


def test_an_item_of_another_county_is_not_there(city: City):
    at: dict[str, Any] = {"scope": city.dongyuan.scope, "as_of": TODAY}
    assert item_history(city.engine, item_id=city.other, **at) is None
    assert item_history(city.engine, item_id=city.own, **at) is not None


@pytest.mark.parametrize(
    "wanted",
    [
        {"text": THEIRS},
        {"text": "井盖"},
        {"text": "MDM-0004"},
        {"batch": 2},
        {"units": (3, 4, 5, 6)},
        {"townships": (441621102,)},
    ],
)
def test_no_filter_and_no_search_reaches_another_county(city: City, wanted: dict[str, Any]):
    page = item_page(city.engine, scope=city.dongyuan.scope, as_of=TODAY,
                     filters=Filters(**wanted))  # fmt: skip
    assert set(page.rows["unit"]) <= {"东源县"}


def test_a_county_sees_the_batches_of_its_own_desk_and_no_others(city: City):
    east, south = (
        import_batch_list(city.engine, scope=viewer.scope, as_of=TODAY)["id"].tolist()
        for viewer in (city.dongyuan, city.zijin)
    )
    assert east == [city.batches["east"].id]
    assert south == [city.batches["south"].id]
    whole = import_batch_list(city.engine, scope=Scope.whole_city(), as_of=TODAY)
    assert len(whole) == 3
    for name, there in (("east", True), ("south", False), ("city", False)):
        read = import_batch(city.engine, scope=city.dongyuan.scope, as_of=TODAY,
                            batch_id=city.batches[name].id)  # fmt: skip
        assert (read is not None) is there, name


def test_a_desk_that_changed_its_county_leaves_its_old_batches_behind(city: City):
    moved = Scope(reporting_units=frozenset({"紫金县"}))
    desk(city.engine, "again", Role.COUNTY_ADMIN, scope=moved)
    assert city.batches["east"].id not in set(
        import_batch_list(city.engine, scope=moved, as_of=TODAY)["id"]
    )


def test_another_countys_item_is_not_flagged(city: City):
    before = change_number(city.engine)
    ended = flagged(city.engine, {city.other: 1}, viewer=city.dongyuan)
    assert ended.done == ()
    assert [(one.item_id, one.sentence) for one in ended.refused] == [
        (city.other, "没有这件事项，或不在您的权限范围内。")
    ]
    at: dict[str, Any] = {"scope": Scope.whole_city(), "as_of": TODAY}
    there = item_history(city.engine, item_id=city.other, **at)
    assert there is not None
    assert there.flags == ()
    assert change_number(city.engine) == before


def test_a_row_of_another_county_is_refused_at_its_cell(city: City):
    row = ledger_row(row=7, number="N-7", county="紫金县", township="蓝塘镇",
                     cells={"number": "A7", "county": "J7"})  # fmt: skip
    own = ledger_row(row=8, number="N-8")
    judged = judged_ledger(row, own, name="混合.xlsx")
    batch = store_import(city.engine, judged, viewer=city.dongyuan, as_of=TODAY)
    assert (batch.new, batch.refused) == (1, 1)
    with reading(city.engine) as connection:
        fate = connection.execute(
            select(raw_rows.c.outcome, raw_rows.c.outcome_reason, raw_rows.c.item_id).where(
                raw_rows.c.batch_id == batch.id, raw_rows.c.row_no == 7
            )
        ).one()
        flag = connection.execute(
            select(import_flags).where(
                import_flags.c.batch_id == batch.id, import_flags.c.code == OUTSIDE
            )
        ).one()
    assert fate.outcome == RowOutcome.REFUSED
    assert fate.item_id is None
    assert fate.outcome_reason == flag.message
    assert flag.cell == "J7"
    assert flag.message == "这一行属于紫金县，不在您的范围（东源县）内，未入库。"


def test_another_countys_item_is_neither_updated_nor_told_by_number(city: City):
    row = ledger_row(row=4, title=f"{THEIRS}4", content=f"{THEIRS}4号井盖丢失，行人容易跌倒",
                     township=None, county=None, closed_on=date(2026, 11, 20))  # fmt: skip
    with reading(city.engine) as connection:
        plan = plan_import(connection, judged_ledger(row), scope=city.zijin.scope)
        assert plan.rows[0].outcome == RowOutcome.UPDATED
        item = ledger_row(row=4, township="船塘镇", county="东源县", title="别的事",
                          content="东源县另一件事，与紫金县无关")  # fmt: skip
        ours = plan_import(connection, judged_ledger(item), scope=city.dongyuan.scope)
    assert ours.rows[0].outcome == RowOutcome.NEW
    assert ours.rows[0].changes == ()


def test_an_item_that_moved_to_another_county_is_not_updated_by_its_old_one(city: City):
    moved = ledger_row(row=3, township="蓝塘镇", county="紫金县")
    with reading(city.engine) as connection:
        connection.exec_driver_sql(
            "UPDATE items SET reporting_unit_id = (SELECT id FROM reporting_units"
            f" WHERE name = '紫金县') WHERE id = {city.own}"
        )
        again = ledger_row(row=3, feedback_text="已修复")
        plan = plan_import(connection, judged_ledger(again, name="东源县台账.xlsx"),
                           scope=city.dongyuan.scope)  # fmt: skip
        entry = plan.rows[0]
        assert (entry.outcome, entry.reason) == (RowOutcome.REFUSED, NOT_YOURS)
        assert entry.item is None
        assert entry.changes == ()
        outside = plan_import(connection, judged_ledger(moved), scope=city.dongyuan.scope)
        assert outside.rows[0].outcome == RowOutcome.REFUSED


def test_what_vanished_from_another_countys_ledger_is_not_told(city: City):
    nothing = judged_ledger(ledger_row(row=9), title=f"{THEIRS}县台账",
                            name=f"{THEIRS}县台账.xlsx")  # fmt: skip
    with reading(city.engine) as connection:
        assert plan_import(connection, nothing, scope=city.dongyuan.scope).vanished == []
        again = judged_ledger(ledger_row(row=9), title=f"{THEIRS}县台账",
                              name=f"{THEIRS}县台账.xlsx")  # fmt: skip
        whole = plan_import(connection, again, scope=Scope.whole_city())
        assert whole.vanished == [city.other]


def test_a_ledger_without_counties_is_its_own_countys(city: City):
    row = ledger_row(row=11, number="N-11", county=None, township=None)
    batch = store_import(city.engine, judged_ledger(row), viewer=city.dongyuan, as_of=TODAY)
    assert batch.new == 1
    page = item_page(city.engine, scope=city.dongyuan.scope, as_of=TODAY,
                     filters=Filters(text="N-11"))  # fmt: skip
    assert page.rows["unit"].tolist() == ["东源县"]


def test_a_helping_department_sees_the_rounds_it_helps_in(city: City):
    helper = desk(city.engine, "helper", Role.CO_UNIT,
                  scope=Scope(departments=frozenset({"市公安局"})))  # fmt: skip
    leading = desk(city.engine, "leading", Role.LEAD_UNIT,
                   scope=Scope(departments=frozenset({"市公安局"})))  # fmt: skip
    at: dict[str, Any] = {"as_of": TODAY, "filters": Filters()}
    assert item_page(city.engine, scope=helper.scope, **at).total == 0
    row = ledger_row(row=12, number="N-12", co_departments=("市公安局",))
    store_import(city.engine, judged_ledger(row), viewer=SUPERVISOR, as_of=TODAY)
    seen = item_page(city.engine, scope=helper.scope, **at)
    assert seen.rows["number"].tolist() == ["N-12"]
    assert item_page(city.engine, scope=leading.scope, **at).total == 0


def test_the_helpers_of_a_round_follow_a_change(city: City):
    helper = desk(city.engine, "helper", Role.CO_UNIT,
                  scope=Scope(departments=frozenset({"市公安局"})))  # fmt: skip

    def seen() -> int:
        known = facts(city.engine)
        return known.seen_by(helper.scope, known.moment(TODAY)).height

    for helping, count in ((("市公安局",), 1), (("市教育局",), 0)):
        row = ledger_row(row=13, number="N-13", lead_departments=("市水务局",),
                         co_departments=helping)  # fmt: skip
        store_import(city.engine, judged_ledger(row), viewer=SUPERVISOR, as_of=TODAY)
        assert seen() == count, helping


def test_a_department_filters_by_the_places_and_partners_of_its_own_items(city: City):
    row = ledger_row(row=12, number="N-12", lead_departments=("市水务局",),
                     co_departments=("市公安局",))  # fmt: skip
    store_import(city.engine, judged_ledger(row), viewer=SUPERVISOR, as_of=TODAY)
    helper = desk(city.engine, "helper", Role.CO_UNIT,
                  scope=Scope(departments=frozenset({"市公安局"})))  # fmt: skip
    offered = choices(city.engine, scope=helper.scope, as_of=TODAY)
    assert set(offered.units.values()) == {"东源县"}
    assert set(offered.departments.values()) == {"市公安局", "市水务局"}
    county = choices(city.engine, scope=city.dongyuan.scope, as_of=TODAY)
    assert set(county.units.values()) == {"东源县"}
    assert len(county.departments) > 20
