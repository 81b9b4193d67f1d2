"""The other pictures of the townships: zones about their seats, and boundaries a city gives.

Which point is nearer to which seat is no boundary of anything; the outlines follow the reporting
units, as those of the honeycomb do. See geo/NOTICE.md for where the points are from.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from dashboard.parts.honeycomb import (
    TilePicture,
    TownTile,
    extent_of,
    flat,
    honeycomb,
    latitude,
    mercator,
    outer_rings,
    part_of,
)
from dashboard.parts.map_shelf import BORDERS_FILE, ZONES_FILE, MapShelf, shelf
from dashboard.settings import settings

HONEYCOMB, ZONES, BORDERS, ON_TILES = "hexagons", "zones", "borders", "tiles"

Point = tuple[float, float]
Edge = tuple[Point, Point]


def zones() -> TilePicture:
    """The zones of the city, read once. Shared: never change what is inside."""
    return picture_of(ZONES, None)


def kinds(of: MapShelf | None = None) -> dict[str, str]:
    """The pictures there are: code in the address → name; some only where the city gave them."""
    of = of or shelf()
    names = {HONEYCOMB: "蜂窝图"}
    if ZONES_FILE in of.files:
        names[ZONES] = "分区示意图"
    if has_borders(of):
        names[BORDERS] = "边界图"
    if settings().map_tiles is not None and len(names) > 1:
        names[ON_TILES] = "底图"
    return names


def has_borders(of: MapShelf | None = None) -> bool:
    """Whether the city has given its own boundaries."""
    return BORDERS_FILE in (of or shelf()).files


def picture_of(kind: str, unit: str | None, of: MapShelf | None = None) -> TilePicture:
    """One of kinds(), whole or of one reporting unit."""
    return _picture_of(kind, unit, of or shelf())


@lru_cache(maxsize=128)
def _picture_of(kind: str, unit: str | None, of: MapShelf) -> TilePicture:
    if unit is not None:
        return part_of(_picture_of(kind, None, of), unit)
    if kind == HONEYCOMB:
        return honeycomb(of)
    drawn = (
        BORDERS_FILE if kind == BORDERS or (kind == ON_TILES and has_borders(of)) else ZONES_FILE
    )
    found = of.features(drawn)
    known = {tile.code: tile for tile in honeycomb(of).tiles}
    features = tuple(
        flat(feature, "code") for feature in found if feature["properties"]["code"] in known
    )
    unit_of = {code: tile.unit for code, tile in known.items()}
    return TilePicture(
        tiles=tuple(_zone(feature, known[feature["code"]]) for feature in features),
        tile_features=features,
        outline_features=tuple(outlines(features, unit_of)),
        call_outs=(),
        extent=extent_of(features),
    )


def _zone(feature: dict[str, Any], town: TownTile) -> TownTile:
    """The township with its words in the middle of its largest part."""
    ring = _largest(feature)
    lon, lat = middle_of(feature)
    middle = (math.radians(lon), mercator(lat))
    reach = min(_distance(middle, edge) for edge in itertools.pairwise(ring))
    return replace(town, lon=round(lon, 5), lat=round(lat, 5), row=0, room=2 * reach)


def middle_of(feature: dict[str, Any]) -> Point:
    """The middle of the largest part of a shape, in degrees."""
    x, y = _centre(_largest(feature))
    return math.degrees(x), latitude(y)


def _largest(feature: dict[str, Any]) -> list[Point]:
    parts = [[_plane(point) for point in ring] for ring in outer_rings(feature)]
    return max(parts, key=lambda part: abs(_area(part)))


def _area(ring: list[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))


def _plane(point: list[float]) -> Point:
    return math.radians(point[0]), mercator(point[1])


def _centre(ring: list[Point]) -> Point:
    """The centroid of a ring that closes."""
    turned = [a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)]
    area = 3 * sum(turned)
    return tuple(  # type: ignore[return-value]
        sum((a[i] + b[i]) * t for (a, b), t in zip(itertools.pairwise(ring), turned, strict=True))
        / area
        for i in (0, 1)
    )


def _distance(point: Point, edge: Edge) -> float:
    (ax, ay), (bx, by) = edge
    length = math.hypot(bx - ax, by - ay)
    if not length:
        return math.hypot(point[0] - ax, point[1] - ay)
    return abs((bx - ax) * (ay - point[1]) - (ax - point[0]) * (by - ay)) / length


def outlines(
    features: tuple[dict[str, Any], ...], unit_of: dict[str, str]
) -> Iterator[dict[str, Any]]:
    """Of every unit the edges of its zones beyond which no zone of its own lies."""
    own: dict[str, dict[frozenset[Point], int]] = {}
    for feature in features:
        edges = own.setdefault(unit_of[feature["code"]], {})
        for ring in outer_rings(feature):
            for a, b in itertools.pairwise(ring):
                key = frozenset(((a[0], a[1]), (b[0], b[1])))
                edges[key] = edges.get(key, 0) + 1
    for unit, edges in own.items():
        lines = [sorted(edge) for edge, times in edges.items() if times == 1 and len(edge) > 1]
        yield {
            "type": "Feature",
            "name": unit,
            "geometry": {"type": "MultiLineString", "coordinates": lines},
        }
