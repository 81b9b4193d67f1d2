"""A store ready for work: migrated, with its registers and calendar."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from data_access import clock
from data_access.calendar_store import store_calendar
from data_access.database import Transaction, reading, transaction
from data_access.migrate import upgrade
from data_access.register_store import CITY_CODE_DIGITS, seed_registers
from data_access.registers import Registers, shipped_registers
from data_access.schema.base import work_calendar_versions
from data_access.schema.items import items
from data_access.schema.registers import departments, divisions
from data_access.work_calendar import calendar_rows, calendar_years
from supervision.vocabulary import DivisionLevel

CITY_CODE = "4416"


class AlreadyBegun(Exception):
    """The store has registers, which are edited in place and never replaced."""


def begin_city(engine: Engine, registers: Registers) -> None:
    """Make a new store ready with a city's own registers; AlreadyBegun where it has some."""
    upgrade(engine)
    with transaction(engine) as change:
        if not _is_without_registers(change):
            raise AlreadyBegun
        city_code = registers.townships[0].code[:CITY_CODE_DIGITS]
        seed_registers(change, registers, city_code=city_code)
    prepare(engine)


def _is_without_registers(change: Transaction) -> bool:
    count = select(func.count()).select_from(departments)
    return not change.connection.execute(count).scalar_one()


def prepare(engine: Engine) -> None:
    """Migrate, and fill registers and calendar where they are empty; safe to repeat."""
    upgrade(engine)
    with transaction(engine) as change:
        connection = change.connection
        if _is_without_registers(change):
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


def own_city(engine: Engine) -> str | None:
    """The city whose registers the store has; None for the shipped one, the sample's."""
    with reading(engine) as connection:
        name = connection.execute(
            select(divisions.c.name).where(divisions.c.level == DivisionLevel.CITY.value)
        ).scalar()
    return name if name != shipped_registers().city else None


def is_empty(engine: Engine) -> bool:
    """Whether no item has ever been stored."""
    with reading(engine) as connection:
        return connection.execute(select(items.c.id).limit(1)).first() is None
