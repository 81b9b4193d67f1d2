"""Residents' data of an import that was undone: as before, and never kept beyond their reason."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, select

from data_access import clock
from data_access.accounts.known import LOCAL
from data_access.database import reading
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import PersonalValue
from data_access.privacy.erasure import ERASED, erase
from data_access.privacy.key_place import KeyPlace, write_private
from data_access.privacy.keys import new_key
from data_access.privacy.looking import reporter_of
from data_access.privacy.rotation import rotate
from data_access.schema.imports import raw_rows
from data_access.schema.items import items
from data_access.writes.undo_batch import undo_batch
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.residents import PHONE, Store, kept, opened, told
from tests.whole_store import whole_store

NEXT = {"诉求人": "孙小小", "联系电话": "13700002222", "诉求内容": "路灯不亮，请尽快修复",
        "是否保密": "是"}  # fmt: skip


def undo(engine: Engine, batch: int) -> None:
    undo_batch(engine, batch, "导错了", viewer=SUPERVISOR)


def shown(engine: Engine) -> list[str]:
    told = reporter_of(engine, 1, viewer=SUPERVISOR, as_of=TODAY)
    return [value.text for value in told.masked]


def test_replaced_data_are_put_back_and_new_ones_are_gone(
    city: Engine, store: Store, keys: KeyPlace
):
    store(told())
    before, clear, seen = whole_store(city), opened(city, keys), shown(city)
    batch = store(told(**NEXT), told("A2"))
    assert {"孙**", "137****2222"} <= set(shown(city))
    assert "139****1111" not in shown(city)
    undo(city, batch.id)
    assert whole_store(city) == before
    assert (opened(city, keys), shown(city)) == (clear, seen)
    with reading(city) as connection:
        assert connection.execute(select(items.c.reporter_protected)).scalar_one() is False


def test_data_that_changed_on_an_unchanged_row_are_put_back_too(city: Engine, store: Store):
    store(told())
    before = whole_store(city)
    batch = store(told(联系电话="13700002222", 是否保密="是"))
    assert (batch.updated, batch.unchanged) == (0, 1)
    undo(city, batch.id)
    assert whole_store(city) == before


def test_replaced_data_are_found_by_nobody(city: Engine, store: Store):
    store(told("A1"), told("A2", 诉求内容="井盖缺失"))
    assert reporter_of(city, 1, viewer=SUPERVISOR, as_of=TODAY).same_number == 1
    store(told("A2", 诉求内容="井盖缺失", 联系电话="13700002222"))
    assert reporter_of(city, 1, viewer=SUPERVISOR, as_of=TODAY).same_number == 0


def test_erasure_and_a_new_key_reach_what_was_replaced(city: Engine, store: Store, tmp_path: Path):
    place = KeyPlace(file=tmp_path / "duban.key")
    write_private(tmp_path / "duban.key", [new_key()])
    store(told(), told("A2", 诉求内容="井盖缺失"), sealed_with=place)
    store(told(**NEXT), told("A2", 诉求内容="井盖缺失", 联系电话="13700002222"), sealed_with=place)
    rotated = rotate(city, place, viewer=LOCAL)
    assert {row.key_id for row in kept(city)} == {rotated.key_id}
    assert PHONE in [clear for _, _, clear in opened(city, place)]
    erase(city, [1], reason="本人要求", viewer=LOCAL)
    assert {row.masked for row in kept(city) if row.item_id == 1} == {ERASED}
    assert not [row for row in kept(city) if row.item_id == 1 and row.sealed is not None]


def test_rows_of_an_undone_batch_no_longer_tell_who_the_resident_was(city: Engine, store: Store):
    batch = store(told())
    of_row = select(raw_rows.c.cells).where(raw_rows.c.row_no == 2)
    with reading(city) as connection:
        cells = connection.execute(of_row).scalar_one()
    assert (cells.count("139****1111"), cells.count(ERASED)) == (2, 0)
    undo(city, batch.id)
    with reading(city) as connection:
        cells = connection.execute(of_row).scalar_one()
    # As after an erasure: the columns about the resident go, masked sentences stay.
    assert (cells.count("139****1111"), cells.count(ERASED)) == (1, 5)
    assert "船塘镇" in cells
    assert kept(city) == []


def test_personal_values_stay_with_their_item_while_others_are_undone(city: Engine, keys: KeyPlace):
    clock.tell(TODAY)
    row = ledger_row(row=3, personal=(PersonalValue("reporter_name", "赵小明"),))
    ledger = judged_ledger(row)
    store_import(city, ledger, viewer=SUPERVISOR, as_of=TODAY, keys=keys)
    other = judged_ledger(ledger_row(row=4), name="另一份.xlsx", title="另一份台账")
    batch = store_import(city, other, viewer=SUPERVISOR, as_of=TODAY, keys=keys)
    undo(city, batch.id)
    assert opened(city, keys) == [(1, "reporter_name", "赵小明")]
