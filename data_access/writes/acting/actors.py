"""Which items exist for a person, and in which of his roles he may act on one (lifecycle.md 3.1).

The twin of Facts.seen_by for one item inside a writing transaction.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from data_access.schema.items import round_co_departments, rounds
from data_access.schema.registers import departments, reporting_units
from data_access.writes.acting.deed import Row
from supervision.scope import Role, Viewer
from supervision.vocabulary import CoRole

_OF_UNITS = frozenset({Role.LEAD_UNIT, Role.CO_UNIT})


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the item is seen; the roles that count on it; the department acted for."""

    seen: bool
    roles: frozenset[Role]
    department_id: int | None = None


class Actor:
    """A viewer with the keys of his units and departments."""

    def __init__(self, connection: Connection, viewer: Viewer) -> None:
        self._connection, self._viewer = connection, viewer
        scope = viewer.scope
        self._units = _keys(connection, reporting_units, scope.reporting_units)
        self._leads = _keys(connection, departments, scope.departments)
        self._helps = _keys(connection, departments, scope.co_departments)

    def standing(self, item: Row, current: Row | None) -> Standing:
        """What this person is to the item and its current round."""
        viewer, unit = self._viewer, item["reporting_unit_id"]
        rows = self._connection.execute(
            select(rounds.c.id, rounds.c.lead_department_id).where(rounds.c.item_id == item["id"])
        ).all()
        helpers = self._connection.execute(
            select(round_co_departments).where(
                round_co_departments.c.round_id.in_([row.id for row in rows])
            )
        ).all()
        in_units = viewer.scope.everything or unit in self._units
        seen = (
            in_units
            or any(row.lead_department_id in self._leads for row in rows)
            or any(row.department_id in self._helps for row in helpers)
            or any(_leads_jointly(row, self._leads) for row in helpers)
        )
        if not seen:
            return Standing(False, frozenset())
        roles = viewer.roles - _OF_UNITS
        if not in_units:
            roles -= {Role.COUNTY_ADMIN}
        department = None
        if current is not None:
            now = [row for row in helpers if row.round_id == current["id"]]
            helping = sorted({row.department_id for row in now} & (self._helps | self._leads))
            joint = sorted(row.department_id for row in now if _leads_jointly(row, self._leads))
            if Role.CO_UNIT in viewer.roles and helping:
                roles, department = roles | {Role.CO_UNIT}, helping[0]
            # One department answers for a round (3.2); who leads jointly reports to it.
            elif Role.LEAD_UNIT in viewer.roles and joint:
                roles, department = roles | {Role.CO_UNIT}, joint[0]
            lead = current["lead_department_id"]
            if Role.LEAD_UNIT in viewer.roles and lead in self._leads:
                roles, department = roles | {Role.LEAD_UNIT}, lead
        return Standing(True, frozenset(roles), department)

    def may_register_in(self, unit_id: int | None) -> bool:
        """Whether a new item of this unit would be inside the scope."""
        return self._viewer.scope.everything or unit_id in self._units


def _leads_jointly(row, leads: frozenset[int]) -> bool:  # type: ignore[no-untyped-def]
    return row.co_role == CoRole.JOINT_LEAD.value and row.department_id in leads


def _keys(connection: Connection, table, names: frozenset[str]) -> frozenset[int]:  # type: ignore[no-untyped-def]
    found = connection.execute(select(table.c.id).where(table.c.name.in_(sorted(names))))
    return frozenset(found.scalars())
