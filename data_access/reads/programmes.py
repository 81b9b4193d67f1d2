"""What 专题 asks: every programme with its entries within reach, ready for the rules to count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, false, func, or_, select

from data_access.calendar_store import current_calendar
from data_access.city_rules import rule_book
from data_access.database import reading
from data_access.filters import Filters
from data_access.programmes.book import KnownProgramme, programme_book
from data_access.programmes.holders import Holders, holders
from data_access.programmes.values import entry_of, kinds_of
from data_access.schema.programmes import programme_batches, programme_entries
from data_access.schema.registers import departments, divisions, reporting_units
from supervision.city_rules import DUE_SOON, SMALL_SAMPLE
from supervision.programme_figures import Entry
from supervision.programme_lights import Lamps
from supervision.programmes import Programme
from supervision.scope import Scope
from supervision.vocabulary import DivisionLevel, Light


@dataclass(frozen=True, slots=True)
class Names:
    """Counties, townships and departments by key, those that have ended too."""

    counties: Mapping[int, str]
    townships: Mapping[int, str]
    departments: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ProgrammeSeen:
    """One programme with the entries that this person sees and the filters name."""

    programme: Programme
    version: int
    entries: tuple[Entry, ...]
    lights: Mapping[int, Light]
    """Entry → light; empty where the programme has no clocks."""
    late: Mapping[int, int]
    """Entry → working days by which it is late."""
    units: tuple[int, ...]
    """The counties that have to report: all within reach, in the order of bulletins."""
    names: Names
    stored_at: datetime | None
    """When its last ledger came."""
    small_sample: int


def programmes(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters
) -> tuple[ProgrammeSeen, ...]:
    """All programmes in use, in the order of the book."""
    with reading(engine) as connection:
        asked = _Asked(connection, scope, as_of, filters)
        return tuple(asked.seen(known) for known in programme_book(connection).values())


def programme(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters, name: str
) -> ProgrammeSeen | None:
    """One programme; None where there is none of that name."""
    with reading(engine) as connection:
        known = programme_book(connection).get(name)
        return None if known is None else _Asked(connection, scope, as_of, filters).seen(known)


class _Asked:
    """One question over the store: the rows of a scope, their lights."""

    def __init__(self, connection: Connection, scope: Scope, as_of: date, filters: Filters) -> None:
        self._connection, self._scope, self._as_of = connection, scope, as_of
        self._filters = filters
        rules = rule_book(connection)
        self._within = rules.number(DUE_SOON, as_of)
        self._small = rules.number(SMALL_SAMPLE, as_of)
        self._calendar = current_calendar(connection)
        self._names = _names(connection)
        self._holders = holders(connection, scope, as_of)

    def seen(self, known: KnownProgramme) -> ProgrammeSeen:
        defined = known.programme
        kinds = kinds_of(defined)
        told = (entry_of(kinds, row) for row in self._rows(defined.name))
        held = [self._holders.held(defined, one) for one in told]
        found = [one for one in held if self._asked_for(one)]
        lamps = Lamps(defined, self._calendar, as_of=self._as_of, within=self._within)
        lights = {one.id: light for one in found if (light := lamps.light(one)) is not None}
        if self._filters.lights and defined.clocks:
            found = [one for one in found if lights.get(one.id) in self._filters.lights]
        late = {
            one.id: days
            for one in found
            if lights.get(one.id) is Light.RED and (days := lamps.days_late(one)) is not None
        }
        return ProgrammeSeen(
            defined, known.version, tuple(found), lights, late, self._units(), self._names,
            self._stored_at(defined.name), self._small,
        )  # fmt: skip

    def _rows(self, name: str) -> Any:
        entries = programme_entries
        question = (
            select(entries)
            .where(entries.c.programme == name, may_be_seen(self._holders))
            .order_by(entries.c.id)
        )
        asked = self._filters
        if asked.units:
            question = question.where(entries.c.reporting_unit_id.in_(asked.units))
        if asked.townships:
            codes = [str(code) for code in asked.townships]
            question = question.where(entries.c.township_code.in_(codes))
        if asked.departments:
            held = self._holders.asked(asked.departments)
            question = question.where(entries.c.department_id.in_(held))
        return self._connection.execute(question)

    def _asked_for(self, entry: Entry) -> bool:
        wanted = self._filters.departments
        return self._holders.sees(entry) and (not wanted or entry.department in wanted)

    def _units(self) -> tuple[int, ...]:
        units = reporting_units.c
        question = select(units.id).order_by(units.position)
        if not self._scope.everything:
            question = question.where(units.name.in_(self._scope.reporting_units))
        if self._filters.units:
            question = question.where(units.id.in_(self._filters.units))
        return tuple(self._connection.execute(question).scalars())

    def _stored_at(self, name: str) -> datetime | None:
        batches = programme_batches.c
        return self._connection.execute(
            select(func.max(batches.stored_at)).where(
                batches.programme == name, batches.undone_at.is_(None)
            )
        ).scalar()


def may_be_seen(who: Holders) -> ColumnElement[bool]:
    """Entries of the scope's counties and departments, and of those whose entries these hold now:
    what of them is within reach, `Holders.sees` tells."""
    if who.units is None:
        return programme_entries.c.id.is_not(None)
    return or_(
        programme_entries.c.reporting_unit_id.in_(who.units) if who.units else false(),
        programme_entries.c.department_id.in_(who.asked(who.own)) if who.own else false(),
    )


def _names(connection: Connection) -> Names:
    def of(register: Any, name: str = "name") -> dict[int, str]:
        rows = connection.execute(select(register.c.id, register.c[name]))
        return {int(row[0]): str(row[1]) for row in rows}

    towns = select(divisions.c.code, divisions.c.name).where(
        divisions.c.level == DivisionLevel.TOWNSHIP
    )
    return Names(
        of(reporting_units),
        {int(code): name for code, name in connection.execute(towns)},
        of(departments, "short_name"),
    )
