"""The registers a ledger is read against: departments, counties, townships, villages.

The city edits them in the store; `shipped_registers` reads what comes with the program.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from data_access.city_names import CityNames, city_names
from supervision.registers import RegisterRefused
from supervision.vocabulary import PeerGroup

REGISTER = Path(__file__).parent / "register"


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name, valid from/to inclusive; None means unbounded."""

    name: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class DepartmentEntry:
    """A department of the register; `name` is canonical, `group` a PeerGroup value."""

    name: str
    group: str
    aliases: tuple[Alias, ...] = ()


@dataclass(frozen=True, slots=True)
class TownshipEntry:
    """A township: 9-digit code, official name, statutory county, reporting unit (考核单位)."""

    code: str
    name: str
    county: str
    """Name of the statutory county, for instance 紫金县."""
    reporting_unit: str
    """Name of the reporting unit, for instance 江东新区."""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VillageEntry:
    """A village or community: 12-digit code, name without its parents, township code."""

    code: str
    name: str
    township_code: str


@dataclass(frozen=True, slots=True)
class Registers:
    """All registers at one moment; hashable parts, so that a caller may remember results."""

    city: str
    counties: tuple[str, ...]
    """Statutory counties, then functional zones, in the fixed order of bulletins."""
    departments: tuple[DepartmentEntry, ...]
    townships: tuple[TownshipEntry, ...]
    villages: tuple[VillageEntry, ...]

    @property
    def names(self) -> CityNames:
        """How ledgers write the city and its province."""
        return _names(self.city, self.townships)


def _names(city: str, townships: tuple[TownshipEntry, ...]) -> CityNames:
    return city_names(city, townships[0].code if townships else "")


def _read_table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _alias(entry: str | dict[str, str]) -> Alias:
    """An alias is a bare name, or a name with the ISO days it was valid from and to."""
    if isinstance(entry, str):
        return Alias(entry)
    first, last = entry.get("valid_from"), entry.get("valid_to")
    return Alias(
        entry["name"],
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
    )


def _department_entries(entries: list[dict[str, Any]]) -> tuple[DepartmentEntry, ...]:
    return tuple(
        DepartmentEntry(
            name=entry["name"],
            group=_peer_group(entry),
            aliases=tuple(_alias(alias) for alias in entry.get("aliases", ())),
        )
        for entry in entries
    )


def _peer_group(entry: dict[str, Any]) -> PeerGroup:
    told = str(entry["group"])
    if told not in list(PeerGroup):
        known = "、".join(f"{group.value}（{group.label}）" for group in PeerGroup)
        raise RegisterRefused(
            f"departments.json 里“{str(entry['name'])[:20]}”的 group 写的是“{told[:20]}”，"
            f"只能写：{known}。"
        )
    return PeerGroup(told)


def _township_entries(rows: list[dict[str, str]]) -> tuple[TownshipEntry, ...]:
    return tuple(
        TownshipEntry(
            code=row["code"],
            name=row["name"],
            county=row["county"],
            reporting_unit=row["reporting_unit"],
            aliases=tuple(filter(None, row["aliases"].split("|"))),
        )
        for row in rows
    )


def _without_parents(name: str, township: TownshipEntry, names: CityNames) -> str:
    """广东省河源市和平县彭寨镇马塘村村民委员会 → 马塘村; the list mixes both forms."""
    shown = names.without_city(name).removeprefix(township.county)
    for known in (township.name, *township.aliases):
        if shown.startswith(known):
            shown = shown.removeprefix(known)
            break
    village = re.sub(r"(村民委员会|村委会)$", "", shown)
    if village != shown:
        return village if village.endswith("村") else f"{village}村"
    community = re.sub(r"(居民委员会|居委会)$", "", shown)
    # 九和镇居民委员会 is called after its town.
    return community or re.sub(r"(镇|乡|街道)$", "", township.name)


def _village_entries(
    rows: list[dict[str, str]], townships: tuple[TownshipEntry, ...], city: str
) -> tuple[VillageEntry, ...]:
    by_code = {township.code: township for township in townships}
    names = _names(city, townships)
    return tuple(
        VillageEntry(
            code=row["code"],
            name=_without_parents(row["name"], by_code[row["township_code"]], names),
            township_code=row["township_code"],
        )
        for row in rows
    )


@cache
def shipped_registers() -> Registers:
    """What comes with the program; a city's own edits live in the store."""
    return registers_in(REGISTER)


def registers_in(folder: Path) -> Registers:
    """What divisions.csv, departments.json and, where there is one, villages.csv tell."""
    register = json.loads((folder / "departments.json").read_text(encoding="utf-8-sig"))
    townships = _township_entries(_read_table(folder / "divisions.csv"))
    villages = folder / "villages.csv"
    rows = _read_table(villages) if villages.is_file() else []
    return Registers(
        city=register["city"],
        counties=tuple(register["counties"]),
        departments=_department_entries(register["departments"]),
        townships=townships,
        villages=_village_entries(rows, townships, register["city"]),
    )
