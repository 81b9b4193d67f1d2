"""What a programme's ledger would do, line by line, compared with the store as it is now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from data_access.calendar_store import current_calendar
from data_access.programmes.judged import JudgedLine, JudgedProgramme
from data_access.programmes.limits_said import days_counted
from data_access.programmes.values import days, decoded
from data_access.schema.programmes import programme_entries
from data_access.schema.registers import departments, divisions, reporting_units
from supervision.programme_figures import Value, dues_of
from supervision.programmes import Programme
from supervision.scope import Scope
from supervision.vocabulary import RowOutcome

NOT_YOURS = "编号或内容与您范围外的一条相同，未入库；如有疑问，请与市督查部门核对。"
WRONG = "填写有误，见问题清单"
BLANK = "（空）"


class Change(NamedTuple):
    """A column that would change, in words."""

    label: str
    before: str
    after: str


class Place(NamedTuple):
    """Keys of the registers."""

    unit: int | None
    township: str | None
    department: int | None


NOWHERE = Place(None, None, None)


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One line and what it would do."""

    line: JudgedLine
    fate: RowOutcome
    why: str = ""
    entry_id: int | None = None
    values: Mapping[str, Value] | None = None
    """As they would stand afterwards: what the line says over what is there."""
    place: Place = NOWHERE
    dues: Mapping[str, date] | None = None
    changes: tuple[Change, ...] = ()
    before: Row[Any] | None = None


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """The whole answer to 'what will this ledger change'."""

    judged: JudgedProgramme
    lines: list[PlannedLine]

    def count(self, fate: RowOutcome) -> int:
        """How many lines end so."""
        return sum(line.fate is fate for line in self.lines)


def plan_programme(
    connection: Connection, judged: JudgedProgramme, *, scope: Scope
) -> ProgrammePlan:
    """Compare a judged ledger with what is stored; writes nothing."""
    planner = _Planner(connection, judged.programme, scope)
    return ProgrammePlan(judged, [planner.planned(line) for line in judged.lines])


class _Planner:
    """Looks one line after the other up in the store."""

    def __init__(self, connection: Connection, programme: Programme, scope: Scope) -> None:
        self._programme, self._scope = programme, scope
        self._calendar = current_calendar(connection)
        stored = connection.execute(
            select(programme_entries).where(programme_entries.c.programme == programme.name)
        )
        self._stored = {row.fingerprint: row for row in stored}
        self._units = _keys(connection, reporting_units)
        self._departments = _keys(connection, departments)
        self._towns = set(connection.execute(select(divisions.c.code)).scalars())

    def planned(self, line: JudgedLine) -> PlannedLine:
        if line.is_wrong:
            return PlannedLine(line, RowOutcome.REFUSED, WRONG)
        before = self._stored.get(line.fingerprint)
        if before is not None and not self._sees(before):
            return PlannedLine(line, RowOutcome.REFUSED, NOT_YOURS)
        line.values |= days_counted(self._programme, line, self._calendar)
        was = decoded(self._programme, before.told) if before is not None else {}
        values = {**was, **line.values}
        place = self._place(line, before)
        dues = dues_of(self._programme, values, self._calendar)
        if before is None:
            return PlannedLine(line, RowOutcome.NEW, "", None, values, place, dues)
        changes = self._changes(was, values)
        there = Place(before.reporting_unit_id, before.township_code, before.department_id)
        same = not changes and there == place and days(before.dues) == dues
        fate = RowOutcome.UNCHANGED if same else RowOutcome.UPDATED
        return PlannedLine(line, fate, "", before.id, values, place, dues, changes, before)

    def _sees(self, row: Row[Any]) -> bool:
        names = {key: name for name, key in self._units.items()}
        leads = {key: name for name, key in self._departments.items()}
        return self._scope.sees(names.get(row.reporting_unit_id), leads.get(row.department_id))

    def _place(self, line: JudgedLine, before: Row[Any] | None) -> Place:
        unit = self._units.get(line.unit or "")
        township = line.township if line.township in self._towns else None
        department = self._departments.get(line.department or "")
        if before is None:
            return Place(unit, township, department)
        return Place(
            unit if unit is not None else before.reporting_unit_id,
            township if township is not None else before.township_code,
            department if department is not None else before.department_id,
        )

    def _changes(self, was: Mapping[str, Value], now: Mapping[str, Value]) -> tuple[Change, ...]:
        return tuple(
            Change(
                field.label, shown(self._programme, field.name, was.get(field.name)),
                shown(self._programme, field.name, now.get(field.name)),
            )
            for field in self._programme.fields
            if was.get(field.name) != now.get(field.name)
        )  # fmt: skip


def shown(programme: Programme, name: str, value: Value | None) -> str:
    """A value as people read it."""
    if value is None:
        return BLANK
    field = programme.field(name)
    choice = field.choice(value)
    if choice is not None:
        return choice.label
    return f"{value}{field.unit}" if isinstance(value, int) else str(value)


def _keys(connection: Connection, register: Any) -> dict[str, int]:
    return {name: key for key, name in connection.execute(select(register.c.id, register.c.name))}
