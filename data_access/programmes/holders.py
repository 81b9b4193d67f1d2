"""Who answers for an entry: open ones go to the department that carries on (decision 0011).

Asked in reading: the store keeps the department that the ledger named.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from data_access.schema.registers import departments, reporting_units
from supervision.programme_figures import Entry
from supervision.programme_lights import is_over
from supervision.programmes import Programme
from supervision.scope import Scope


@dataclass(frozen=True, slots=True)
class Holders:
    """Departments that have ended by a day → those that carry on."""

    carries_on: Mapping[int, int]
    units: frozenset[int] | None
    """Reporting units within the scope; None where it is everything."""
    own: frozenset[int]
    """Departments within the scope."""

    def asked(self, wanted: Collection[int]) -> set[int]:
        """These departments and those whose open entries they hold now."""
        return {*wanted, *(old for old, new in self.carries_on.items() if new in wanted)}

    def held(self, programme: Programme, entry: Entry) -> Entry:
        """The entry with who answers for it."""
        new = self.carries_on.get(entry.department or 0)
        if new is None or is_over(programme, entry):
            return entry
        return replace(entry, department=new)

    def sees(self, entry: Entry) -> bool:
        """Whether an entry as held is within the scope."""
        return self.units is None or entry.unit in self.units or entry.department in self.own


def holders(connection: Connection, scope: Scope, as_of: date) -> Holders:
    """Everything that one question asks."""
    register = departments.c
    ended = connection.execute(
        select(register.id, register.successor_id).where(
            register.successor_id.is_not(None), register.valid_to < as_of
        )
    )
    carries_on = {row.id: row.successor_id for row in ended}
    if scope.everything:
        return Holders(carries_on, None, frozenset())
    units = select(reporting_units.c.id).where(reporting_units.c.name.in_(scope.reporting_units))
    own = select(register.id).where(register.name.in_(scope.departments))
    return Holders(
        carries_on,
        frozenset(connection.execute(units).scalars()),
        frozenset(connection.execute(own).scalars()),
    )
