"""An undone import: the store is as it was, and only the batch and the trail remember it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from data_access.audit_trail import verified_chain
from data_access.database import reading
from data_access.facts import facts
from data_access.filters import Filters
from data_access.ledger_import.apply import StoredBatch, store_import
from data_access.ledger_import.model import Callback
from data_access.reads.figures import figure_values
from data_access.reads.history import item_history
from data_access.reads.items import item_rows
from data_access.schema.base import audit
from data_access.schema.imports import import_batches, import_flags, items_before, raw_rows
from data_access.schema.items import items, rounds
from data_access.text_index import items_with_text
from data_access.writes.undo_batch import undo_batch
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.whole_store import whole_store

SEEN = {"scope": SUPERVISOR.scope, "as_of": TODAY}
FIRST: tuple[dict[str, Any], ...] = (
    {"row": 3, "co_departments": ("市公安局",)},
    {"row": 4, "feedback_on": date(2026, 11, 9), "feedback_text": "已到现场查看"},
    {"row": 5, "number": None},
)
SECOND: tuple[dict[str, Any], ...] = (
    {
        "row": 3, "title": "第3号路口红绿灯不亮", "lead_departments": ("市水务局",),
        "co_departments": ("市教育局",), "category": ("城建", "照明"), "origin": "热线",
        "session_theme": "照明专场", "due_on": date(2026, 11, 30), "remarks": "催办",
        "extended_due_on": date(2026, 12, 4),
    },
    {
        "row": 4, "closed_on": date(2026, 11, 20), "status": "已办结", "measures": "更换灯具",
        "feedback_text": "已更换灯具", "satisfaction": "满意", "look_back": "confirmed",
        "callback": Callback(called_on=date(2026, 11, 21), reached=True, text="很满意"),
    },
    {"row": 5, "number": None, "status": "重新交办", "assigned_on": date(2026, 11, 16),
     "lead_departments": ("市公安局",), "instruction": "限期解决"},
    {"row": 6, "category": ("城建", "照明"), "feedback_text": "正在办理", "satisfaction": "不满意",
     "co_departments": ("市公安局",), "feedback_on": date(2026, 11, 12)},
)  # fmt: skip


def stored(engine: Engine, *rows: dict[str, Any], **other: Any) -> StoredBatch:
    ledger = judged_ledger(*(ledger_row(**row) for row in rows), **other)
    return store_import(engine, ledger, viewer=SUPERVISOR, as_of=TODAY)


def asked(engine: Engine) -> tuple[Any, ...]:
    """Figures, list, search and histories, as pages would show them."""
    listed = item_rows(engine, filters=Filters(), order="number", **SEEN)
    histories = [item_history(engine, item_id=int(key), **SEEN) for key in listed["item_id"]]
    return (
        figure_values(engine, **SEEN),
        listed.drop(columns="row_version").astype(object).fillna("").to_dict("records"),
        [sorted(items_with_text(engine, words)) for words in ("红绿灯", "路灯", "6号")],
        [(history.rounds, history.texts, history.cells) for history in histories if history],
    )


@pytest.fixture
def known(city: Engine) -> Engine:
    stored(city, *FIRST)
    facts(city)
    return city


def test_undone_at_once_an_import_leaves_everything_as_it_was(known: Engine):
    before, told = whole_store(known), asked(known)
    batch = stored(known, *SECOND)
    assert (batch.new, batch.updated) == (1, 3)
    assert whole_store(known) != before
    assert asked(known) != told
    undone = undo_batch(known, batch.id, "导错了文件", viewer=SUPERVISOR)
    assert (undone.removed, undone.restored) == (1, 3)
    assert undone.sentence == "已撤销第 2 批导入：移除新增的 1 件，更新的 3 件已恢复原值。"
    assert whole_store(known) == before
    assert asked(known) == told


def test_the_first_ledger_undone_leaves_an_empty_city(city: Engine):
    before, told = whole_store(city), asked(city)
    batch = stored(city, *SECOND)
    facts(city)
    undo_batch(city, batch.id, "演练", viewer=SUPERVISOR)
    assert whole_store(city) == before
    assert asked(city) == told
    assert facts(city).seen_by(SUPERVISOR.scope, facts(city).moment(TODAY)).is_empty()


def test_imports_are_undone_one_after_the_other(known: Engine):
    first = whole_store(known)
    second = stored(known, *SECOND)
    between = whole_store(known)
    third = stored(known, {"row": 3, "title": "第3号路口信号灯不亮", "number": "MDM-0003"},
                   {"row": 4, "resolved_by_unit": "resolved"})  # fmt: skip
    undo_batch(known, third.id, "导错了", viewer=SUPERVISOR)
    assert whole_store(known) == between
    undo_batch(known, second.id, "也导错了", viewer=SUPERVISOR)
    assert whole_store(known) == first


def test_the_same_file_comes_in_again_as_the_first_time(known: Engine):
    batch = stored(known, *SECOND)
    told, gone = asked(known), _items_of(known, batch.id)
    undo_batch(known, batch.id, "重导", viewer=SUPERVISOR)
    again = stored(known, *SECOND)
    assert (again.new, again.updated, again.vanished) == (batch.new, batch.updated, 0)
    figures, listed, _, _ = asked(known)
    assert figures == told[0]
    assert _but_ids(listed) == _but_ids(told[1])
    # A link to what was removed leads nowhere, never to another item.
    assert not gone & _items_of(known, again.id)


def test_the_batch_stays_and_says_who_undid_it_and_why(known: Engine):
    batch = stored(known, *SECOND)
    undo_batch(known, batch.id, "联系人13912345678要求撤回\x00\u202e", viewer=SUPERVISOR)
    with reading(known) as connection:
        row = connection.execute(
            select(import_batches).where(import_batches.c.id == batch.id)
        ).one()
        rows = connection.execute(
            select(raw_rows.c.item_id).where(raw_rows.c.batch_id == batch.id)
        ).all()
        flags = connection.execute(
            select(func.count()).where(
                import_flags.c.batch_id == batch.id, import_flags.c.item_id.is_not(None)
            )
        ).scalar_one()
        kept = connection.execute(select(func.count()).select_from(items_before)).scalar_one()
    assert row.undone_by == SUPERVISOR.account
    assert row.undone_at is not None
    assert row.undone_reason == "联系人139****5678要求撤回"
    assert [tuple(one) for one in rows] == [(None,)] * 4
    assert (flags, kept) == (0, 0)


def test_the_trail_tells_each_item_turned_round_and_its_chain_holds(known: Engine):
    batch = stored(known, *SECOND)
    undo_batch(known, batch.id, "导错了", viewer=SUPERVISOR)
    with reading(known) as connection:
        rows = connection.execute(
            select(audit).where(audit.c.batch_id == batch.id).order_by(audit.c.id)
        ).all()
    there = {row.entity_id: row for row in rows if row.act in ("update_from_ledger", "reassign")}
    back = {row.entity_id: row for row in rows if row.act == "restore_before_import"}
    assert len(there) == len(back) == 3
    for key, row in there.items():
        assert (back[key].before, back[key].after) == (row.after, row.before)
    (gone,) = (row for row in rows if row.act == "remove_imported")
    assert "MDM-0006" in gone.before
    (whole,) = (row for row in rows if row.act == "undo_import")
    assert (whole.reason, whole.after) == ("导错了", '{"removed":1,"restored":3}')
    assert verified_chain(known).fault is None


def test_a_round_that_the_batch_opened_is_gone_and_the_one_before_runs_on(known: Engine):
    batch = stored(known, *SECOND)
    with reading(known) as connection:
        two = select(func.count()).select_from(rounds).where(rounds.c.round_no == 2)
        assert connection.execute(two).scalar_one() == 1
    undo_batch(known, batch.id, "导错了", viewer=SUPERVISOR)
    with reading(known) as connection:
        assert connection.execute(two).scalar_one() == 0
        assert set(connection.execute(select(items.c.current_round)).scalars()) == {1}


def test_whoever_looks_at_an_old_page_of_a_restored_item_is_told(known: Engine):
    with reading(known) as connection:
        seen = dict(connection.execute(select(items.c.id, items.c.row_version)).all())
    batch = stored(known, *SECOND)
    undo_batch(known, batch.id, "导错了", viewer=SUPERVISOR)
    with reading(known) as connection:
        now = dict(connection.execute(select(items.c.id, items.c.row_version)).all())
    assert all(now[key] == version + 2 for key, version in seen.items())


def _items_of(engine: Engine, batch_id: int) -> set[int]:
    with reading(engine) as connection:
        created = select(items.c.id).where(items.c.created_batch_id == batch_id)
        return set(connection.execute(created).scalars())


def _but_ids(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if not k.endswith("_id")} for row in listed]
