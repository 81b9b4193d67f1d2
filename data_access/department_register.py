"""单位登记册 as it stands: departments with their names through time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, func, select

from data_access.database import reading
from data_access.schema.accounts import account_departments
from data_access.schema.items import items, rounds
from data_access.schema.registers import department_aliases, departments, reporting_units
from supervision.registers import Validity
from supervision.vocabulary import OPEN_STATES, PeerGroup


@dataclass(frozen=True, slots=True)
class AliasEntry:
    """Another name of a department and when it held."""

    id: int
    name: str
    valid: Validity


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """One department of the register."""

    id: int
    name: str
    short_name: str
    peer_group: PeerGroup
    reporting_unit: str | None
    valid: Validity
    successor: str | None
    """The department it was merged into."""
    aliases: tuple[AliasEntry, ...]
    row_version: int


@dataclass(frozen=True, slots=True)
class DepartmentUse:
    """What hangs on a department: open items it leads, accounts that see its items."""

    open_items: int
    accounts: int


def department_register(engine: Engine) -> list[DepartmentRow]:
    """Every department, those that have ended too, in the register's order."""
    with reading(engine) as connection:
        aliases = _aliases(connection)
        units = dict(connection.execute(select(reporting_units.c.id, reporting_units.c.name)).all())
        rows = connection.execute(select(departments).order_by(departments.c.position)).all()
        names = {row.id: row.name for row in rows}
        return [
            DepartmentRow(
                id=row.id,
                name=row.name,
                short_name=row.short_name,
                peer_group=PeerGroup(row.peer_group),
                reporting_unit=units.get(row.reporting_unit_id),
                valid=Validity(row.valid_from, row.valid_to),
                successor=names.get(row.successor_id),
                aliases=tuple(aliases.get(row.id, ())),
                row_version=row.row_version,
            )
            for row in rows
        ]


def department_use(engine: Engine, department_id: int) -> DepartmentUse:
    """How much a merge would move."""
    with reading(engine) as connection:
        led = connection.execute(
            select(func.count())
            .select_from(items)
            .join(
                rounds,
                (rounds.c.item_id == items.c.id) & (rounds.c.round_no == items.c.current_round),
            )
            .where(
                rounds.c.lead_department_id == department_id,
                items.c.state.in_([state.value for state in OPEN_STATES]),
            )
        ).scalar_one()
        seen = connection.execute(
            select(func.count())
            .select_from(account_departments)
            .where(account_departments.c.department_id == department_id)
        ).scalar_one()
    return DepartmentUse(int(led), int(seen))


def unit_names(engine: Engine) -> tuple[str, ...]:
    """The reporting units in the order of bulletins."""
    with reading(engine) as connection:
        found = connection.execute(
            select(reporting_units.c.name).order_by(reporting_units.c.position)
        )
        return tuple(found.scalars())


def _aliases(connection: Connection) -> dict[int, list[AliasEntry]]:
    found: dict[int, list[AliasEntry]] = {}
    for row in connection.execute(select(department_aliases).order_by(department_aliases.c.id)):
        entry = AliasEntry(row.id, row.alias, Validity(row.valid_from, row.valid_to))
        found.setdefault(row.department_id, []).append(entry)
    return found


def in_force(valid: Validity, on: date) -> bool:
    """Whether a name holds on this day."""
    return valid.overlaps(Validity(on, on))
