"""启用、停用、退回 of the city's map and residents; every version is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from data_access import clock
from data_access.bulk import next_id
from data_access.city_maps import packed, townships_of
from data_access.database import Transaction
from data_access.ledger_import.personal import masked
from data_access.schema.city_maps import city_maps
from data_access.writes.in_line import told_in_turn
from data_access.writes.record_audit import record_audit
from supervision.city_maps import MOST_KEPT, MapKind, MapRefused
from supervision.scope import Viewer

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class MapWanted:
    """A checked file as it is to be put in force."""

    kind: MapKind
    file_name: str
    sha256: str
    content: Mapping[str, Any]
    codes: frozenset[str]
    """Townships it was checked against."""
    source: str | None = None
    coordinate_system: str | None = None
    review_number: str | None = None
    points: int = 0


def enable_map(engine: Engine, wanted: MapWanted, *, viewer: Viewer) -> int:
    """Keep a checked file and put it in force; the one before stays kept. Raises MapRefused."""
    with told_in_turn(engine) as change:
        connection = change.connection
        if wanted.codes != {town.code for town in townships_of(connection)}:
            raise MapRefused("区划登记在检查之后改过，请重新上传检查。")
        held = select(func.count()).where(city_maps.c.kind == wanted.kind.value)
        if connection.execute(held).scalar_one() >= MOST_KEPT:
            raise MapRefused(f"{wanted.kind.label}已有 {MOST_KEPT} 个版本，不能再加。")
        before = _in_force(connection, wanted.kind)
        key = next_id(connection, city_maps)
        _only(connection, wanted.kind, None)
        connection.execute(
            insert(city_maps).values(
                id=key, kind=wanted.kind.value, file_name=masked(wanted.file_name)[:_LONGEST_NAME],
                sha256=wanted.sha256, source=wanted.source,
                coordinate_system=wanted.coordinate_system, review_number=wanted.review_number,
                townships=len(wanted.codes), points=wanted.points,
                content=packed(wanted.content), stored_at=clock.now(), stored_by=viewer.account,
                in_force=True,
            )
        )  # fmt: skip
        _record(change, viewer, "enable_map", key, before, after=connection.execute(
            select(city_maps).where(city_maps.c.id == key)).one())  # fmt: skip
        return key


def restore_map(engine: Engine, version: int, *, viewer: Viewer) -> None:
    """An earlier version in force again. Raises MapRefused."""
    with told_in_turn(engine) as change:
        row = _version(change.connection, version)
        if row.in_force:
            raise MapRefused("这一版已经启用。")
        kind = MapKind(row.kind)
        before = _in_force(change.connection, kind)
        _only(change.connection, kind, version)
        _record(change, viewer, "restore_map", version, before, after=row)


def disable_map(engine: Engine, version: int, *, viewer: Viewer) -> None:
    """No version of this kind in force: the folder's files, or the shipped ones. MapRefused."""
    with told_in_turn(engine) as change:
        row = _version(change.connection, version)
        if not row.in_force:
            raise MapRefused("这一版刚被别人停用，请刷新后再看。")
        _only(change.connection, MapKind(row.kind), None)
        _record(change, viewer, "disable_map", version, row, after=None)


def _version(connection: Connection, version: int) -> Row[Any]:
    row = connection.execute(select(city_maps).where(city_maps.c.id == version)).one_or_none()
    if row is None:
        raise MapRefused("没有这一版。")
    return row


def _in_force(connection: Connection, kind: MapKind) -> Row[Any] | None:
    kept = city_maps.c
    return connection.execute(
        select(city_maps).where(kept.kind == kind.value, kept.in_force.is_(True))
    ).first()


def _only(connection: Connection, kind: MapKind, version: int | None) -> None:
    """Of this kind this version alone is in force, or none."""
    kept = city_maps.c
    connection.execute(
        update(city_maps)
        .where(kept.kind == kind.value)
        .values(in_force=(kept.id == version) if version is not None else False)
    )


def _record(
    change: Transaction, viewer: Viewer, act: str, version: int,
    before: Row[Any] | None, *, after: Row[Any] | None,
) -> None:  # fmt: skip
    record_audit(
        change, viewer, act=act, entity="city_map", entity_id=version,
        before=_told(before), after=_told(after),
    )  # fmt: skip


def _told(row: Row[Any] | None) -> dict[str, object] | None:
    if row is None:
        return None
    return {
        "map_kind": row.kind, "version": row.id, "file": row.file_name, "sha256": row.sha256,
        "map_source": row.source, "review_number": row.review_number,
    }  # fmt: skip
