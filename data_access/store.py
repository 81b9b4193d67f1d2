"""A store ready for work: migrated, with its registers and calendar."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from data_access import clock
from data_access.calendar_store import store_calendar
from data_access.database import reading, transaction
from data_access.migrate import upgrade
from data_access.register_store import seed_registers
from data_access.registers import shipped_registers
from data_access.schema.base import work_calendar_versions
from data_access.schema.items import items
from data_access.schema.registers import departments
from data_access.work_calendar import calendar_rows, calendar_years

CITY_CODE = "4416"


def prepare(engine: Engine) -> None:
    """Migrate, and fill registers and calendar where they are empty; safe to repeat."""
    upgrade(engine)
    with transaction(engine) as change:
        connection = change.connection
        if not connection.execute(select(func.count()).select_from(departments)).scalar_one():
            seed_registers(change, shipped_registers(), city_code=CITY_CODE)
        known = connection.execute(select(func.count()).select_from(work_calendar_versions))
        if not known.scalar_one():
            store_calendar(
                change,
                calendar_rows(),
                years=calendar_years(),
                source="随程序提供的国务院办公厅年度放假安排",
                stored_at=clock.now(),
            )


def is_empty(engine: Engine) -> bool:
    """Whether no item has ever been stored."""
    with reading(engine) as connection:
        return connection.execute(select(items.c.id).limit(1)).first() is None
