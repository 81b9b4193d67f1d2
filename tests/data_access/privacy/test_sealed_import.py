"""An import keeps residents' data sealed, and nothing of them in clear anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, String, cast, func, select

from data_access.audit_trail import verified_chain
from data_access.database import reading
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import PersonalValue
from data_access.privacy.key_place import KeyPlace
from data_access.privacy.keys import new_key
from data_access.schema.base import audit, metadata
from data_access.schema.imports import import_batches, import_flags, import_sections, raw_rows
from data_access.schema.items import items
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.residents import (
    ADDRESS,
    CONTENT,
    FAITH,
    IDENTITY,
    NAME,
    PHONE,
    Store,
    kept,
    opened,
    told,
)

SECRETS = (NAME, PHONE, IDENTITY, ADDRESS, FAITH, "13712345678", "3300456")


def _everything(engine: Engine) -> str:
    """Every value of every table as text."""
    with reading(engine) as connection:
        return "\n".join(
            str(value)
            for table in metadata.sorted_tables
            for row in connection.execute(select(*(cast(c, String) for c in table.columns)))
            for value in row
        )


def test_what_was_masked_is_kept_sealed_beside_the_item(city: Engine, store: Store, keys: KeyPlace):
    assert store(told()).new == 1
    (item,) = {row.item_id for row in kept(city)}
    assert opened(city, keys) == [
        (item, "reporter_name", NAME),
        (item, "reporter_phone", PHONE),
        (item, "reporter_id", IDENTITY),
        (item, "reporter_addr", ADDRESS),
        (item, "text:content", CONTENT),
    ]
    assert [row.masked for row in kept(city)] == [
        "钱**", "139****1111", "440***********7758", "***", "",
    ]  # fmt: skip


def test_nothing_in_clear_is_in_any_table_or_in_the_bytes_of_the_store(city: Engine, store: Store):
    row = told()
    store(row)
    store(told(诉求内容=CONTENT + "，又来电0762-3300456", 诉求人="孙小圣"))
    everything = _everything(city)
    for secret in (*SECRETS, "孙小圣"):
        assert secret not in everything
    assert "139****1111" in everything
    if city.dialect.name == "sqlite":
        here = Path(str(city.url.database))
        data = b"".join(path.read_bytes() for path in here.parent.glob(here.name + "*"))
        assert "船塘".encode() in data
        for secret in (*SECRETS, "孙小圣"):
            assert secret.encode() not in data


def test_a_column_that_no_case_needs_is_dropped_and_told(city: Engine, store: Store):
    store(told())
    with reading(city) as connection:
        flags = {row.code: row.message for row in connection.execute(select(import_flags))}
    assert "“民族”" in flags["personal-column-dropped"]
    assert "没有保存" in flags["personal-column-dropped"]
    assert "加密保存" in flags["personal-column-sealed"]
    assert "reporter_unneeded" not in {row.field for row in kept(city)}


@pytest.mark.parametrize(
    ("written", "kept_as"),
    [
        (f"{NAME}信访件", "钱**信访件"),
        ("和平县台账", "和平县台账"),
        ("和平来信", "和*来信"),
        ("钱多来信", "钱多来信"),
    ],
)
def test_names_around_the_cells_are_hidden_where_the_ledger_names_them(
    city: Engine, keys: KeyPlace, written: str, kept_as: str
):
    named = [PersonalValue("reporter_name", name) for name in (NAME, "和平", "群众代表李四")]
    rows = [ledger_row(row=n, personal=(one,)) for n, one in enumerate(named, start=3)]
    judged = judged_ledger(*rows, name=f"{written}.xlsx")
    for part in (*judged.sections, *judged.raw_rows):
        part.sheet = written
    judged.sections[0].headings[0] = written
    store_import(city, judged, viewer=SUPERVISOR, as_of=TODAY, keys=keys)
    with reading(city) as connection:
        assert connection.execute(select(import_batches.c.file_name)).scalar() == f"{kept_as}.xlsx"
        (part,) = connection.execute(select(import_sections))
        assert part.sheet == kept_as
        assert f'["{kept_as}",' in part.mapping
        assert set(connection.execute(select(raw_rows.c.sheet)).scalars()) == {kept_as}


def test_the_same_ledger_again_changes_and_doubles_nothing(city: Engine, store: Store):
    store(told(), told("A2", 诉求内容="路面破损", 联系电话=f"{PHONE}、13712345678"))
    before = [(row.id, row.sealed) for row in kept(city)]
    batch = store(told(), told("A2", 诉求内容="路面破损", 联系电话=f"{PHONE}、13712345678"))
    assert batch.unchanged == 2
    assert [(row.id, row.sealed) for row in kept(city)] == before


def test_a_changed_phone_replaces_the_old_one_and_a_blank_cell_nothing(
    city: Engine, store: Store, keys: KeyPlace
):
    store(told())
    store(told(联系电话="13600002222", 诉求人=None, 诉求内容=CONTENT))
    (item,) = {row.item_id for row in kept(city)}
    values = {field: clear for _, field, clear in opened(city, keys)}
    assert values["reporter_phone"] == "13600002222"
    assert values["reporter_name"] == NAME
    with reading(city) as connection:
        row = connection.execute(select(audit).where(audit.c.act == "update_personal_data")).one()
    assert (row.entity_id, row.before) == (item, None)
    assert "reporter_phone" in row.after
    assert "2222" not in row.after
    assert verified_chain(city).fault is None


def test_a_text_without_personal_data_any_more_leaves_no_original_in_force(
    city: Engine, store: Store
):
    store(told())
    store(told(诉求内容="路灯不亮"))
    in_force = {row.field for row in kept(city) if row.replaced_by_batch is None}
    assert "text:content" not in in_force


@pytest.mark.parametrize("blank", ["/", "不详", "", "—", None])
def test_blank_words_are_not_sealed(city: Engine, store: Store, blank: str | None):
    store(told(诉求人=blank, 联系电话=blank, 身份证号=blank, 家庭住址=blank, 诉求内容="路灯不亮"))
    assert kept(city) == []


@pytest.mark.parametrize(
    "hostile",
    ['=HYPERLINK("x")钱', "'; DROP TABLE items;--", "钱\n多\t多", "<img src=x>", "钱" * 9000],
)
def test_hostile_values_are_sealed_like_any(
    city: Engine, store: Store, keys: KeyPlace, hostile: str
):
    store(told(诉求人=hostile, 家庭住址=hostile))
    values = {field: clear for _, field, clear in opened(city, keys)}
    assert values["reporter_name"] == values["reporter_addr"] == hostile
    assert hostile not in _everything(city)


def test_a_ledger_that_asks_for_secrecy_protects_the_reporter(city: Engine, store: Store):
    store(told("A1", 事项类型="投诉"), told("A2", 是否保密="是", 诉求内容="路面破损"),
          told("A3", 事项类型="咨询", 诉求内容="如何办证"))  # fmt: skip
    store(told("A1"))
    with reading(city) as connection:
        rows = connection.execute(select(items.c.number, items.c.reporter_protected))
        assert dict(rows.all()) == {"A1": True, "A2": True, "A3": False}


def test_data_and_item_are_stored_together_or_not_at_all(city: Engine, keys: KeyPlace):
    # A lone surrogate cannot be encoded: sealing fails after the item was written.
    broken = ledger_row(personal=(PersonalValue("reporter_name", "\ud800"),))
    with pytest.raises(UnicodeEncodeError):
        store_import(city, judged_ledger(broken), viewer=SUPERVISOR, as_of=TODAY, keys=keys)
    with reading(city) as connection:
        for table in (items, import_batches):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_another_key_tells_items_anew_that_it_cannot_open(city: Engine, store: Store):
    first, second = new_key(), new_key()
    store(told(), sealed_with=KeyPlace(first))
    store(told(), sealed_with=KeyPlace(f"{second},{first}"))
    assert len({row.key_id for row in kept(city)}) == 1
