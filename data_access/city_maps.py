"""地图与人口 as the store keeps them: the versions, which are in force, what they hold."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, select

from data_access.database import reading
from data_access.schema.city_maps import city_maps
from data_access.schema.registers import divisions, reporting_units
from supervision.city_maps import MapKind
from supervision.vocabulary import DivisionLevel

_LARGEST = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Township:
    """A living township of the register: 9-digit code, name, reporting unit."""

    code: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class MapVersion:
    """One version without its content."""

    id: int
    kind: MapKind
    file_name: str
    sha256: str
    source: str | None
    coordinate_system: str | None
    review_number: str | None
    townships: int
    points: int
    stored_at: datetime
    stored_by: str
    in_force: bool


def packed(content: Mapping[str, Any]) -> bytes:
    """A version's content as it is kept."""
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode(), 9)


# Built once: it is asked at every rerun, and building takes longer than asking.
_IN_FORCE = select(city_maps.c.kind, city_maps.c.id, city_maps.c.sha256).where(
    city_maps.c.in_force.is_(True)
)


def maps_in_force(engine: Engine) -> dict[MapKind, tuple[int, str]]:
    """Kind → id and checksum of its version in force; asked at every run of a page."""
    with reading(engine) as connection:
        rows = connection.execute(_IN_FORCE).all()
    return {MapKind(row.kind): (row.id, row.sha256) for row in rows}


def map_content(engine: Engine, version: int) -> dict[str, Any]:
    """What one version holds: file → words of a map, code → number of residents."""
    with reading(engine) as connection:
        content = connection.execute(
            select(city_maps.c.content).where(city_maps.c.id == version)
        ).scalar_one()
    words = zlib.decompressobj().decompress(content, _LARGEST)
    found: dict[str, Any] = json.loads(words)
    return found


def map_versions(engine: Engine) -> list[MapVersion]:
    """Every version of both kinds, the newest first."""
    columns = [column for column in city_maps.c if column.name != "content"]
    with reading(engine) as connection:
        rows = connection.execute(select(*columns).order_by(city_maps.c.id.desc())).mappings()
        return [MapVersion(**{**row, "kind": MapKind(row["kind"])}) for row in rows]


def map_townships(engine: Engine) -> list[Township]:
    """The townships that a map must show."""
    with reading(engine) as connection:
        return townships_of(connection)


def townships_of(connection: Connection) -> list[Township]:
    """The same inside a transaction."""
    rows = connection.execute(
        select(divisions.c.code, divisions.c.name, reporting_units.c.name)
        .join(reporting_units, divisions.c.reporting_unit_id == reporting_units.c.id)
        .where(divisions.c.level == DivisionLevel.TOWNSHIP.value, divisions.c.valid_to.is_(None))
        .order_by(divisions.c.code)
    )
    return [Township(*row) for row in rows]
