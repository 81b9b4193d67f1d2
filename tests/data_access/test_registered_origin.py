"""来源渠道 of an item registered by hand: chosen, or written where no ledger told of one."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.schema.base import audit
from data_access.schema.items import items
from data_access.schema.registers import reporting_units, terms
from data_access.writes.acting.outcome import Performed
from data_access.writes.acting.said import Said
from data_access.writes.dictionary import rename_term
from data_access.writes.item_act import perform
from supervision.lifecycle import Act
from tests.acting import OFFICER, a_token, item_row
from tests.factories import TODAY


def registers(engine: Engine, **said: Any) -> Performed:
    with reading(engine) as connection:
        unit = connection.execute(
            select(reporting_units.c.id).where(reporting_units.c.name == "东源县")
        ).scalar_one()
    told = Said(title="路灯不亮", content="夜里很黑", unit_id=unit,
                **{"duplicate_checked": True, **said})  # fmt: skip
    return perform(engine, Act.REGISTER, {}, told, viewer=OFFICER, as_of=TODAY, token=a_token())


def words(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.execute(select(terms.c.name).order_by(terms.c.id)).scalars())


def test_the_first_word_of_an_empty_dictionary_is_written_once_and_audited(town: Engine):
    first = registers(town, origin_name=" 面对面  座谈会 ").done[0]
    again = registers(town, origin_name="面对面 座谈会").done[0]
    origins = {item_row(town, one.item_id)["origin_id"] for one in (first, again)}
    assert (len(origins), words(town)) == (1, ["面对面 座谈会"])
    with reading(town) as connection:
        told = connection.execute(select(audit.c.after).where(audit.c.act == "add_term")).scalars()
        assert list(told) == ['{"called":"面对面 座谈会"}']


def test_an_old_name_that_is_written_means_the_word_it_became(town: Engine):
    done = registers(town, origin_name="12345").done[0]
    origin = item_row(town, done.item_id)["origin_id"]
    rename_term(town, origin, "12345热线", seen="12345", viewer=OFFICER)
    again = registers(town, origin_name="12345").done[0]
    assert item_row(town, again.item_id)["origin_id"] == origin


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"origin_name": "长" * 41}, "不能登记立项：来源渠道最多40个字。"),
        ({"origin_name": " "}, "不能登记立项：请填写来源渠道。"),
        ({"origin_name": "来信", "duplicate_checked": False}, "不能登记立项：请先核对是否重复。"),
    ],
)
def test_a_refused_registration_leaves_no_word_behind(
    town: Engine, said: dict[str, Any], sentence: str
):
    assert registers(town, **said).refused[0].sentence == sentence
    assert words(town) == []
    with reading(town) as connection:
        assert connection.execute(select(items.c.id)).all() == []
