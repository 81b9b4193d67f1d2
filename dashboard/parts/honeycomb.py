"""The township honeycomb as geometry: tiles, outlines, extent, places of the call-outs.

That of one city is shipped (geo/NOTICE.md), that of another is made of its files (map_shelf);
nothing here knows which city it is. Positions are degrees;
angles of the extent are radians of the Mercator plane, in which the hexagons stand upright.
"""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dashboard.parts.map_shelf import TOWNS_FILE, UNITS_FILE, MapShelf, shelf

_PEOPLES = "土家|布依|朝鲜|蒙古|哈尼|傈僳|景颇|仡佬|锡伯|达斡尔|鄂温克|哈萨克|毛南|仫佬|拉祜|各民|."
_SUFFIX = re.compile(rf"(?:街道|镇|(?:民族|(?:(?:{_PEOPLES})族)+)?乡)$")
_LONGEST = 5
"""Letters of a name in a tile: a longer one would lie over the next tile's."""


@dataclass(frozen=True, slots=True)
class TownTile:
    """One township: 9-digit code, names, reporting unit, centre, row (counted northwards)."""

    code: str
    name: str
    unit: str
    lon: float
    lat: float
    row: int
    room: float
    """Radians across the widest circle about its centre: as large its words can be."""

    @property
    def short(self) -> str:
        """The name as it stands in a tile: without 镇, 乡 or 街道, without 畲族 before 乡;
        of a long one the end is left out."""
        short = _SUFFIX.sub("", self.name)
        short = short if len(short) >= 2 else self.name
        return short if len(short) <= _LONGEST else f"{short[: _LONGEST - 1]}…"


@dataclass(frozen=True, slots=True)
class CallOut:
    """Where a unit's name stands: beside the outermost tile of one row."""

    unit: str
    lon: float
    lat: float
    side: str
    """`left` or `right` of the honeycomb."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A picture's frame: centre in degrees, width and height in radians."""

    lon: float
    lat: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TilePicture:
    """A city's townships as shapes. The features are GeoJSON with `code` at the top level."""

    tiles: tuple[TownTile, ...]
    tile_features: tuple[dict[str, Any], ...]
    outline_features: tuple[dict[str, Any], ...]
    call_outs: tuple[CallOut, ...]
    extent: Extent


def honeycomb(of: MapShelf | None = None) -> TilePicture:
    """The honeycomb of the city, read once. Shared: never change what is inside."""
    return _honeycomb(of or shelf())


@lru_cache(maxsize=4)
def _honeycomb(of: MapShelf) -> TilePicture:
    towns = of.features(TOWNS_FILE)
    tiles = tuple(_tile(feature) for feature in towns)
    features = tuple(flat(feature, "code") for feature in towns)
    return TilePicture(
        tiles=tiles,
        tile_features=features,
        outline_features=tuple(flat(feature, "name") for feature in of.features(UNITS_FILE)),
        call_outs=_call_outs(tiles),
        extent=extent_of(features),
    )


def residents() -> dict[str, int]:
    """Townships by code with their number of residents, where the city has given it."""
    now = shelf()
    known = {tile.code for tile in honeycomb(now).tiles}
    return {code: number for code, number in now.residents.items() if code in known}


def part_of(whole: TilePicture, unit: str) -> TilePicture:
    """The tiles of one reporting unit, without call-outs: its name stands above the picture."""
    codes = {tile.code for tile in whole.tiles if tile.unit == unit}
    features = tuple(feature for feature in whole.tile_features if feature["code"] in codes)
    return TilePicture(
        tiles=tuple(tile for tile in whole.tiles if tile.code in codes),
        tile_features=features,
        outline_features=tuple(f for f in whole.outline_features if f["name"] == unit),
        call_outs=(),
        extent=extent_of(features) if features else whole.extent,
    )


def mercator(lat: float) -> float:
    """Northward distance on the Mercator plane, in radians of the equator."""
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def latitude(northward: float) -> float:
    """The degrees of a distance that mercator() told."""
    return math.degrees(2 * math.atan(math.exp(northward)) - math.pi / 2)


def flat(feature: dict[str, Any], key: str) -> dict[str, Any]:
    """The feature with one property at the top, its ring clockwise.

    Vega draws on a sphere: a counter-clockwise ring (as RFC 7946 wants it) fills everything
    but the hexagon. A selection can only name a top-level key.
    """
    kind, shape = feature["geometry"]["type"], feature["geometry"]["coordinates"]
    # What `duban geo build` has written is turned already, and lines have no turn.
    turned = shape if kind.startswith("Multi") else [_clockwise(shape[0]), *shape[1:]]
    return {
        "type": "Feature",
        key: feature["properties"][key],
        "geometry": {"type": kind, "coordinates": turned},
    }


def _clockwise(ring: list[list[float]]) -> list[list[float]]:
    turned = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
    return ring if turned < 0 else ring[::-1]


def outer_rings(feature: dict[str, Any]) -> list[list[list[float]]]:
    """The outer ring of every part of a shape."""
    shape = feature["geometry"]["coordinates"]
    if feature["geometry"]["type"] == "MultiPolygon":
        return [polygon[0] for polygon in shape]
    return [shape[0]]


def _tile(feature: dict[str, Any]) -> TownTile:
    properties = feature["properties"]
    ring = feature["geometry"]["coordinates"][0][:-1]
    return TownTile(
        code=properties["code"],
        name=properties["name"],
        unit=properties["unit"],
        lon=round(sum(point[0] for point in ring) / len(ring), 5),
        lat=round(sum(point[1] for point in ring) / len(ring), 5),
        row=properties["r"],
        room=math.radians(max(point[0] for point in ring) - min(point[0] for point in ring)),
    )


def extent_of(features: tuple[dict[str, Any], ...]) -> Extent:
    """The frame about these shapes."""
    points = [p for feature in features for ring in outer_rings(feature) for p in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    return Extent(
        lon=(west + east) / 2,
        lat=latitude((mercator(south) + mercator(north)) / 2),
        width=math.radians(east - west),
        height=mercator(north) - mercator(south),
    )


def _call_outs(tiles: tuple[TownTile, ...]) -> tuple[CallOut, ...]:
    """Beside the row nearest to the unit's middle where its own tile is the outermost one.

    Rows above and below that reach further out would crowd the words, so they count against
    a place, tile for tile. A unit without an outermost tile gets none.
    """
    rows: dict[int, list[TownTile]] = {}
    for tile in sorted(tiles, key=lambda tile: tile.lon):
        rows.setdefault(tile.row, []).append(tile)
    width = math.degrees(tiles[0].room)
    taken: set[tuple[str, int]] = set()
    places = []
    for unit in sorted({tile.unit for tile in tiles}):
        own = [tile.row for tile in tiles if tile.unit == unit]
        middle = sum(own) / len(own)
        found = []
        for side, index in (("left", 0), ("right", -1)):
            for row, line in rows.items():
                tile = line[index]
                if tile.unit != unit or (side, row) in taken:
                    continue
                crowded = sum(
                    max(0.0, (tile.lon - rows[near][index].lon) * (1 if side == "left" else -1))
                    for near in (row - 1, row + 1)
                    if near in rows
                )
                found.append((abs(row - middle) + crowded / width, side, tile))
        if found:
            _, side, tile = min(found, key=lambda place: (place[0], place[1], place[2].code))
            taken.add((side, tile.row))
            edge = tile.lon + (-0.5 if side == "left" else 0.5) * width
            places.append(CallOut(unit, round(edge, 5), tile.lat, side))
    return tuple(places)
