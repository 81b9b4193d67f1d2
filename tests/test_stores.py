"""A store in a test is real, prepared, and nobody else's."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, insert, select

from data_access.database import change_number, open_engine, reading, transaction
from data_access.migrate import is_current, upgrade
from data_access.schema.base import settings
from data_access.store import is_empty


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_one_test_stores_no_other_sees(engine: Engine, time: str):
    with reading(engine) as connection:
        seen = connection.execute(select(settings.c.name)).scalars().all()
    with transaction(engine) as change:
        change.connection.execute(insert(settings).values(name=time, value="1"))
    assert time not in seen
    assert {"first", "second"}.isdisjoint(seen)


def test_a_prepared_store_is_current_and_has_no_item(engine: Engine):
    assert is_current(engine)
    assert is_empty(engine)


def test_a_blank_database_is_brought_to_the_newest_schema_and_again(blank_url: str):
    opened = open_engine(blank_url)
    assert not is_current(opened)
    upgrade(opened)
    upgrade(opened)
    assert is_current(opened)
    assert change_number(opened) == 0
    opened.dispose()
