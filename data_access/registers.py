"""The registers a ledger is read against: departments, counties, townships, villages.

The city edits them in the store; `shipped_registers` reads what comes with the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
