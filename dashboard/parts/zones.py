"""The second picture of the townships: zones about their seats, schematic like the first.

Which point is nearer to which seat is no boundary of anything; the outlines follow the reporting
units, as those of the honeycomb do. See geo/NOTICE.md for where the points are from.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from dashboard.parts.honeycomb import (
    TilePicture,
    TownTile,
    extent_of,
    features_of,
    flat,
    honeycomb,
    mercator,
    part_of,
)

HONEYCOMB, ZONES = "hexagons", "zones"

Point = tuple[float, float]
Edge = tuple[Point, Point]


@cache
def zones() -> TilePicture:
    """The shipped zones, read once. Shared: never change what is inside."""
    unit_of = {tile.code: tile.unit for tile in honeycomb().tiles}
    features = tuple(flat(feature, "code") for feature in features_of("zones_towns.geojson"))
    names = {tile.code: tile.name for tile in honeycomb().tiles}
    return TilePicture(
        tiles=tuple(
            _zone(feature, names[feature["code"]], unit_of[feature["code"]]) for feature in features
        ),
        tile_features=features,
        outline_features=tuple(_outlines(features, unit_of)),
        call_outs=(),
        extent=extent_of(features),
    )


KINDS: dict[str, tuple[str, Callable[[], TilePicture]]] = {
    HONEYCOMB: ("蜂窝图", honeycomb),
    ZONES: ("分区示意图", zones),
}
"""The pictures by their code in the address: name, and where the shapes are from."""


@cache
def picture_of(kind: str, unit: str | None) -> TilePicture:
    """One of KINDS, whole or of one reporting unit."""
    whole = KINDS[kind][1]()
    return whole if unit is None else part_of(whole, unit)


def _zone(feature: dict[str, Any], name: str, unit: str) -> TownTile:
    ring = [_plane(point) for point in feature["geometry"]["coordinates"][0]]
    x, y = _centre(ring)
    reach = min(_distance((x, y), edge) for edge in itertools.pairwise(ring))
    lat = math.degrees(2 * math.atan(math.exp(y)) - math.pi / 2)
    return TownTile(
        feature["code"], name, unit, round(math.degrees(x), 5), round(lat, 5), 0, 2 * reach
    )


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


def _outlines(
    features: tuple[dict[str, Any], ...], unit_of: dict[str, str]
) -> Iterator[dict[str, Any]]:
    """Of every unit the edges of its zones beyond which no zone of its own lies."""
    own: dict[str, dict[frozenset[Point], int]] = {}
    for feature in features:
        edges = own.setdefault(unit_of[feature["code"]], {})
        ring = [tuple(point) for point in feature["geometry"]["coordinates"][0]]
        for edge in itertools.pairwise(ring):
            key = frozenset(edge)
            edges[key] = edges.get(key, 0) + 1
    for unit, edges in own.items():
        lines = [sorted(edge) for edge, times in edges.items() if times == 1]
        yield {
            "type": "Feature",
            "name": unit,
            "geometry": {"type": "MultiLineString", "coordinates": lines},
        }
