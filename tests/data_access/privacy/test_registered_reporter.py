"""A resident named when an item is registered by hand: sealed, masked, and in clear nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.privacy.key_place import KeyPlace
from data_access.privacy.looking import see_personal_data
from data_access.schema.accounts import personal_data
from data_access.schema.items import item_texts
from data_access.schema.registers import reporting_units, terms
from data_access.schema.tables import metadata
from data_access.writes.acting.outcome import Performed
from data_access.writes.acting.reporters import NO_KEYS
from data_access.writes.acting.said import Reporter, Said
from data_access.writes.item_act import perform
from supervision.lifecycle import Act
from tests.acting import OFFICER, a_token, item_row, stored_item
from tests.factories import SUPERVISOR, TODAY

PHONE = "13800001234"
WHO = Reporter(name="张小明", phone=PHONE, address="人民路3号2栋401", protected=True)


def registered(engine: Engine, keys: KeyPlace | None, **said: Any) -> Performed:
    stored_item(engine, origin="热线")
    with reading(engine) as connection:
        origin = connection.execute(select(terms.c.id).where(terms.c.name == "热线")).scalar_one()
        unit = connection.execute(select(reporting_units.c.id)).scalars().first()
    whole = {
        "title": "路灯不亮", "content": f"请联系{PHONE}，路灯不亮", "origin_id": origin,
        "unit_id": unit, "duplicate_checked": True, **said,
    }  # fmt: skip
    return perform(
        engine, Act.REGISTER, {}, Said(**whole), viewer=OFFICER, as_of=TODAY, token=a_token(),
        keys=keys,
    )  # fmt: skip


def test_a_registered_resident_is_sealed_and_seen_by_whoever_may_look(city: Engine, keys: KeyPlace):
    (done,) = registered(city, keys, reporter=WHO).done
    seen = see_personal_data(
        city, keys, done.item_id, reason="回访核实", viewer=SUPERVISOR, as_of=TODAY
    )
    clear = " ".join(str(one) for one in seen)
    for part in ("张小明", PHONE, "人民路3号2栋401"):
        assert part in clear
    assert item_row(city, done.item_id)["reporter_protected"]
    with reading(city) as connection:
        fields = connection.execute(
            select(personal_data.c.field).where(personal_data.c.item_id == done.item_id)
        ).scalars()
        assert set(fields) == {
            "reporter_name", "reporter_phone", "reporter_addr", "text:content",
        }  # fmt: skip
        told = [
            str(row)
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        ]
    assert not [row for row in told if PHONE in row or "张小明" in row or "3号2栋401" in row]


@pytest.mark.usefixtures("keys")
def test_without_keys_a_resident_is_refused_and_nothing_is_registered(city: Engine):
    (refused,) = registered(city, None, reporter=WHO).refused
    assert refused.sentence == NO_KEYS
    assert registered(city, None).done


def test_what_was_said_of_a_resident_is_in_no_repr():
    said = Said(content=f"请联系{PHONE}", reporter=WHO).as_kept()
    assert PHONE not in repr(said)
    assert "张小明" not in repr(said)
    assert said.in_clear == (("content", f"请联系{PHONE}"),)


def test_who_is_named_at_a_registration_is_hidden_in_its_texts(city: Engine, keys: KeyPlace):
    (done,) = registered(
        city, keys, title="张小明家门口路灯不亮", content="张小明多次反映", reporter=WHO
    ).done
    with reading(city) as connection:
        texts = select(item_texts.c.title, item_texts.c.content).where(
            item_texts.c.item_id == done.item_id
        )
        assert connection.execute(texts).one() == ("张**家门口路灯不亮", "张**多次反映")
    clear = see_personal_data(
        city, keys, done.item_id, reason="电话回访", viewer=OFFICER, as_of=TODAY
    )
    assert "张小明多次反映" in {value.text for value in clear}
