"""The door for the city's own map and residents: which versions there are, which is in force."""

from __future__ import annotations

from dashboard.engine import engine
from dashboard.identity import require
from dashboard.parts.map_shelf import MapShelf, put_in_force, shelf_of, versions_in_force
from data_access.city_maps import MapVersion, Township
from data_access.city_maps import map_content as _map_content
from data_access.city_maps import map_townships as _map_townships
from data_access.city_maps import map_versions as _map_versions
from data_access.city_maps import maps_in_force as _maps_in_force
from supervision.city_maps import MapKind
from supervision.rights import Right
from supervision.scope import Viewer

__all__ = ["MapVersion", "Township"]


def use_map_in_force() -> None:
    """Draw from what the store has in force now; asked anew at every run of a page.

    Several servers share a store: whichever has put a map in force, all show it at the next run.
    """
    told = _maps_in_force(engine())
    parts = (f"{kind.value}-{told[kind][0]}-{told[kind][1]}" for kind in MapKind if kind in told)
    versions = ":".join(parts) or None
    if versions == versions_in_force():
        return
    held = {kind: _map_content(engine(), version) for kind, (version, _) in told.items()}
    put_in_force(versions, held.get(MapKind.MAP), held.get(MapKind.RESIDENTS))


def map_versions(viewer: Viewer) -> list[MapVersion]:
    """Every version of map and residents, the newest first; for those who keep the registers."""
    require(viewer, Right.MANAGE_REGISTERS)
    return _map_versions(engine())


def map_townships(viewer: Viewer) -> list[Township]:
    """The townships that a map must show."""
    require(viewer, Right.MANAGE_REGISTERS)
    return _map_townships(engine())


def version_shelf(viewer: Viewer, version: MapVersion) -> MapShelf:
    """An earlier version to look at."""
    require(viewer, Right.MANAGE_REGISTERS)
    return shelf_of(_map_content(engine(), version.id), {})
