"""The registers in the store: seeded from what ships, read back as `Registers`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from data_access.bulk import insert_rows
from data_access.city_names import CityNames
from data_access.database import Transaction
from data_access.registers import (
    Alias,
    DepartmentEntry,
    Registers,
    TownshipEntry,
    VillageEntry,
)
from data_access.schema.registers import (
    department_aliases,
    departments,
    division_aliases,
    divisions,
    reporting_units,
)
from supervision.vocabulary import DivisionLevel, PeerGroup

CITY_CODE_DIGITS, COUNTY_CODE_DIGITS = 4, 6


def short_name(entry: DepartmentEntry, city: CityNames) -> str:
    """What charts print: the first alias that abbreviates the name (市住建局, 源城区).

    An alias with other letters is a former name (市国土局) and no abbreviation.
    """
    if entry.group in (PeerGroup.COUNTY, PeerGroup.FUNCTIONAL_ZONE):
        return city.without_stem(re.sub(r"(人民政府|管理委员会)$", "", entry.name))
    # Within the city nobody says whose it is: 荆门市教育局 is 市教育局.
    own = city.of_its_level(entry.name)
    shorter = (
        alias.name
        for alias in entry.aliases
        if alias.name.startswith(own[0]) and _abbreviates(alias.name, own)
    )
    return next(shorter, own)


def _abbreviates(short: str, name: str) -> bool:
    letters = iter(name)
    return len(short) < len(name) and all(letter in letters for letter in short)


def seed_registers(transaction: Transaction, registers: Registers, *, city_code: str) -> None:
    """Fill empty register tables: units, divisions down to villages, departments, aliases."""
    connection = transaction.connection
    zones = {
        entry.name for entry in registers.departments if entry.group == PeerGroup.FUNCTIONAL_ZONE
    }
    units = {name: n for n, name in enumerate(registers.counties, start=1)}
    connection.execute(
        insert(reporting_units),
        [
            {
                "id": n,
                "name": name,
                "position": n,
                "peer_group": PeerGroup.FUNCTIONAL_ZONE
                if any(name in zone for zone in zones)
                else PeerGroup.COUNTY,
            }
            for name, n in units.items()
        ],
    )
    _seed_divisions(connection, registers, units, city_code)
    _seed_departments(connection, registers, units)


def _seed_divisions(
    connection: Connection, registers: Registers, units: dict[str, int], city_code: str
) -> None:
    county_codes = {t.county: t.code[:COUNTY_CODE_DIGITS] for t in registers.townships}
    rows: list[tuple[object, ...]] = [(city_code, registers.city, DivisionLevel.CITY, None, None)]
    rows += [
        (code, name, DivisionLevel.COUNTY, city_code, units.get(name))
        for name, code in county_codes.items()
    ]
    rows += [
        (
            t.code,
            t.name,
            DivisionLevel.TOWNSHIP,
            t.code[:COUNTY_CODE_DIGITS],
            units[t.reporting_unit],
        )
        for t in registers.townships
    ]
    unit_of = {t.code: units[t.reporting_unit] for t in registers.townships}
    rows += [
        (v.code, v.name, DivisionLevel.VILLAGE, v.township_code, unit_of.get(v.township_code))
        for v in registers.villages
    ]
    insert_rows(
        connection, divisions, ("code", "name", "level", "parent_code", "reporting_unit_id"), rows
    )
    insert_rows(
        connection,
        division_aliases,
        ("id", "division_code", "alias"),
        [
            (n, code, alias)
            for n, (code, alias) in enumerate(
                ((t.code, alias) for t in registers.townships for alias in t.aliases), start=1
            )
        ],
    )


def _seed_departments(connection: Connection, registers: Registers, units: dict[str, int]) -> None:
    city = registers.names
    # A unit may be listed as 荆门高新区, while its short name is 高新区.
    units = {city.without_stem(name): n for name, n in units.items()}
    connection.execute(
        insert(departments),
        [
            {
                "id": n,
                "name": entry.name,
                "short_name": short_name(entry, city),
                "peer_group": entry.group,
                "position": n,
                "reporting_unit_id": units.get(short_name(entry, city)),
            }
            for n, entry in enumerate(registers.departments, start=1)
        ],
    )
    insert_rows(
        connection,
        department_aliases,
        ("id", "department_id", "alias", "valid_from", "valid_to"),
        [
            (n, department, alias.name, alias.valid_from, alias.valid_to)
            for n, (department, alias) in enumerate(
                (
                    (department, alias)
                    for department, entry in enumerate(registers.departments, start=1)
                    for alias in entry.aliases
                ),
                start=1,
            )
        ],
    )


def stored_registers(connection: Connection) -> Registers:
    """The registers as the city keeps them now."""
    units = {
        row.id: row.name
        for row in connection.execute(select(reporting_units).order_by(reporting_units.c.position))
    }
    rows = connection.execute(
        select(divisions).where(divisions.c.valid_to.is_(None)).order_by(divisions.c.code)
    ).all()
    names = {row.code: row.name for row in rows}
    city = next((row.name for row in rows if row.level == DivisionLevel.CITY), "")
    aliases = _division_aliases(connection, rows)
    return Registers(
        city=city,
        counties=tuple(units.values()),
        departments=_departments(connection),
        townships=tuple(
            TownshipEntry(
                code=row.code,
                name=row.name,
                county=names[row.parent_code],
                reporting_unit=units[row.reporting_unit_id],
                aliases=tuple(aliases[row.code]),
            )
            for row in rows
            if row.level == DivisionLevel.TOWNSHIP
        ),
        villages=tuple(
            VillageEntry(code=row.code, name=row.name, township_code=row.parent_code)
            for row in rows
            if row.level == DivisionLevel.VILLAGE
        ),
    )


def _division_aliases(connection: Connection, living: Sequence[Row[Any]]) -> dict[str, list[str]]:
    """A name that ended still finds its place, unless it is another's in the county now."""
    parent = {row.code: row.parent_code for row in living}
    found: dict[str, list[str]] = defaultdict(list)
    borne = {(row.parent_code, row.name) for row in living}
    ended = []
    for row in connection.execute(select(division_aliases).order_by(division_aliases.c.id)):
        if row.division_code not in parent:
            continue
        if row.valid_to is not None:
            ended.append(row)
            continue
        borne.add((parent[row.division_code], row.alias))
        found[row.division_code].append(row.alias)
    for row in ended:
        if (parent[row.division_code], row.alias) not in borne:
            found[row.division_code].append(row.alias)
    return found


def _departments(connection: Connection) -> tuple[DepartmentEntry, ...]:
    aliases = defaultdict(list)
    for row in connection.execute(select(department_aliases).order_by(department_aliases.c.id)):
        aliases[row.department_id].append(Alias(row.alias, row.valid_from, row.valid_to))
    return tuple(
        DepartmentEntry(name=row.name, group=row.peer_group, aliases=tuple(aliases[row.id]))
        for row in connection.execute(
            select(departments)
            .where(departments.c.valid_to.is_(None))
            .order_by(departments.c.position)
        )
    )
