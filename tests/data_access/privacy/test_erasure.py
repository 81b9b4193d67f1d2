"""Personal data taken away for good, of one item or of all whose time is over."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, select

from data_access.audit_trail import verified_chain
from data_access.database import reading
from data_access.privacy.erasure import (
    ERASED,
    Expired,
    erase,
    erase_expired,
    expired,
    items_named,
)
from data_access.privacy.key_place import KeyPlace
from data_access.schema.base import audit
from data_access.schema.imports import raw_rows
from tests.factories import SUPERVISOR
from tests.residents import NAME, PHONE, Store, kept, opened, told


def test_erasing_takes_the_values_and_leaves_the_item_and_a_whole_chain(
    city: Engine, store: Store, keys: KeyPlace
):
    store(told("A1", 诉求内容="路灯不亮"), told("A2", 诉求内容="路面破损", 诉求人="孙小圣"))
    assert erase(city, items_named(city, "A1"), reason="群众申请删除", viewer=SUPERVISOR) == 4
    gone = [row for row in kept(city) if row.erased_at is not None]
    assert {(r.masked, r.sealed, r.lookup, r.key_id) for r in gone} == {(ERASED, None, None, None)}
    assert {clear for _, field, clear in opened(city, keys) if field == "reporter_name"} == {
        "孙小圣"
    }
    with reading(city) as connection:
        row = connection.execute(select(audit).where(audit.c.act == "erase_personal_data")).one()
        cells = "".join(connection.execute(select(raw_rows.c.cells)).scalars())
    assert row.reason == "群众申请删除"
    assert "reporter_phone" in row.after
    for secret in (NAME, PHONE, "1111"):
        assert secret not in f"{row.before}{row.after}"
    assert "钱**" not in cells
    assert "孙**" in cells
    assert verified_chain(city).fault is None


def test_an_old_ledger_does_not_bring_back_what_was_erased(
    city: Engine, store: Store, keys: KeyPlace
):
    store(told())
    erase(city, items_named(city, "A1"), reason="群众申请删除", viewer=SUPERVISOR)
    assert store(told()).unchanged == 1
    assert opened(city, keys) == []


@pytest.mark.parametrize("name", ["A2", "id=999", "id=x", "id=" + "9" * 30, "'; --"])
def test_an_item_that_nobody_has_is_not_found(city: Engine, store: Store, name: str):
    store(told())
    assert items_named(city, name) == []


def test_what_is_over_long_enough_is_told_and_erased_and_nothing_else(city: Engine, store: Store):
    store(
        told("A1", 办结时间="2026-11-10", 诉求内容="一"),
        told("A2", 办结时间="2026-11-20", 诉求内容="二"),
        told("A3", 诉求内容="三"),
    )
    wanted = Expired(as_of=date(2026, 11, 25), days=10)
    assert expired(city, wanted) == items_named(city, "A1")
    assert len([row for row in kept(city) if row.erased_at]) == 0
    assert erase_expired(city, wanted, viewer=SUPERVISOR) == 4
    assert {row.item_id for row in kept(city) if row.erased_at} == set(items_named(city, "A1"))
    assert expired(city, wanted) == []
    assert verified_chain(city).fault is None
