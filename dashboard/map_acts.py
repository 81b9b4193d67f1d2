"""The door for the city's own map and residents: judging a file, and what is in force.

Files are judged by content, in processes of their own; what is put in force is audited.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from dashboard.engine import engine
from dashboard.identity import require
from dashboard.map_making.city_files import WRONG_SOURCE
from dashboard.map_making.judged_apart import judged_apart
from dashboard.map_making.judging_child import Task, Town, Verdict
from dashboard.parts.map_shelf import is_source
from data_access.city_maps import map_townships as _map_townships
from data_access.ledger_import.model import Workbook
from data_access.residents_sheet import ResidentsSheet
from data_access.residents_sheet import judged_residents as _judged_residents
from data_access.writes import city_maps
from data_access.writes.city_maps import MapWanted
from supervision.city_maps import MapKind, MapRefused
from supervision.rights import Right
from supervision.scope import Viewer

__all__ = ["MapKind", "MapRefused", "ResidentsSheet", "Verdict"]
_ARRANGED = "按区划登记排布"


@dataclass(frozen=True, slots=True)
class MapFile:
    """An upload, and what the person says about it."""

    name: str
    data: bytes
    crs: str
    source: str
    review_number: str = ""


@dataclass(frozen=True, slots=True)
class JudgedMap:
    """A file after the child has looked at it; `wanted` is there where it has no fault."""

    verdict: Verdict
    wanted: MapWanted | None


def judge_map(file: MapFile, *, viewer: Viewer) -> JudgedMap:
    """Check a file whole and make its pictures; stores nothing."""
    require(viewer, Right.MANAGE_REGISTERS)
    return _judged(file, file.data)


def arrange_map(*, viewer: Viewer) -> JudgedMap:
    """A honeycomb of the register alone, for a city that has no file yet; stores nothing."""
    require(viewer, Right.MANAGE_REGISTERS)
    return _judged(MapFile(_ARRANGED, b"", "wgs84", ""), None)


def _judged(file: MapFile, data: bytes | None) -> JudgedMap:
    towns = _map_townships(engine())
    verdict = judged_apart(
        Task(
            data, file.crs, [Town(one.code, one.name, one.unit) for one in towns],
            file.review_number.strip() or None, file.source.strip() or None,
        )
    )  # fmt: skip
    if verdict.faults:
        return JudgedMap(verdict, None)
    words = "".join(f"{name}\0{verdict.files[name]}\0" for name in sorted(verdict.files))
    return JudgedMap(
        verdict,
        MapWanted(
            MapKind.MAP,
            file_name=file.name,
            sha256=hashlib.sha256(data if data is not None else words.encode()).hexdigest(),
            content=verdict.files,
            codes=frozenset(town.code for town in towns),
            source=file.source.strip() or None,
            coordinate_system=file.crs if data is not None else None,
            review_number=verdict.review_number,
            points=verdict.points,
        ),
    )


def judge_residents(workbook: Workbook, *, viewer: Viewer) -> ResidentsSheet:
    """Check an opened table of residents; stores nothing."""
    require(viewer, Right.MANAGE_REGISTERS)
    return _judged_residents(workbook, _map_townships(engine()))


def enable_map(wanted: MapWanted, *, viewer: Viewer) -> int:
    """Put a checked map in force, or MapRefused."""
    require(viewer, Right.MANAGE_REGISTERS)
    return city_maps.enable_map(engine(), wanted, viewer=viewer)


def enable_residents(sheet: ResidentsSheet, source: str, *, viewer: Viewer) -> int:
    """Put checked numbers of residents in force, or MapRefused."""
    require(viewer, Right.MANAGE_REGISTERS)
    if sheet.faults or not sheet.residents:
        raise MapRefused("表里还有错误，没有启用。")
    if not is_source(source.strip()):
        raise MapRefused(WRONG_SOURCE)
    wanted = MapWanted(
        MapKind.RESIDENTS,
        file_name=sheet.file_name,
        sha256=sheet.sha256,
        content=sheet.residents,
        codes=frozenset(town.code for town in _map_townships(engine())),
        source=source.strip(),
        points=len(sheet.residents),
    )
    return city_maps.enable_map(engine(), wanted, viewer=viewer)


def restore_map(version: int, *, viewer: Viewer) -> None:
    """An earlier version in force again."""
    require(viewer, Right.MANAGE_REGISTERS)
    city_maps.restore_map(engine(), version, viewer=viewer)


def disable_map(version: int, *, viewer: Viewer) -> None:
    """Take a version out of force; it stays kept."""
    require(viewer, Right.MANAGE_REGISTERS)
    city_maps.disable_map(engine(), version, viewer=viewer)
