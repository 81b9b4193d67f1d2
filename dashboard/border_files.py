"""A city's own file of township boundaries: checked whole before anything is drawn from it.

Of a file come only codes and coordinates; whatever else stands in it stays behind.
See decision record 0006.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator
from typing import Any

from dashboard.parts.honeycomb import TownTile

MOST_BYTES = 20 * 1024 * 1024
MOST_POINTS = 60_000
"""More than a browser draws at once; at 300 m a city has some ten thousand."""
FARTHEST = 0.6
"""Degrees about the city within which every point must lie."""
CRS = {"wgs84": "WGS-84", "cgcs2000": "CGCS2000", "gcj02": "GCJ-02"}
_NAMED_AT_MOST = 5
_A, _EE = 6378245.0, 0.00669342162296594323

Ring = list[list[float]]


class BordersRefused(ValueError):
    """The file cannot be used; the text is a Chinese sentence that says what to mend."""


def checked_borders(data: bytes, *, crs: str, towns: tuple[TownTile, ...]) -> dict[str, Any]:
    """The boundaries as the map draws them: WGS-84, clockwise, four decimals, `code` alone."""
    if crs not in CRS:
        raise BordersRefused(f"请用 --crs 写明坐标系：{'、'.join(CRS)}。不明坐标系的文件不能用。")
    polygons: dict[str, list[list[Ring]]] = {}
    for place, feature in enumerate(_features(data), 1):
        code = _code(feature, place)
        if code in polygons:
            raise BordersRefused(f"代码 {code} 出现了两次。")
        polygons[code] = [
            [_ring(ring, code, crs, outer=n == 0) for n, ring in enumerate(polygon)]
            for polygon in _polygons(feature, code)
        ]
    _refuse_other_towns(set(polygons), {tile.code for tile in towns})
    _refuse_too_many(polygons)
    _refuse_far_away(polygons, towns)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code},
                "geometry": {"type": "MultiPolygon", "coordinates": polygons[code]},
            }
            for code in sorted(polygons)
        ],
    }


def _features(data: bytes) -> list[Any]:
    if len(data) > MOST_BYTES:
        raise BordersRefused(f"文件超过 {MOST_BYTES // 1024 // 1024} MB，请先简化边界。")
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BordersRefused("不是 UTF-8 的 GeoJSON 文件。") from None
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or not features:
        raise BordersRefused("不是 GeoJSON 的 FeatureCollection，或里面没有要素。")
    return features


def _code(feature: Any, place: int) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    code = str(properties.get("code", "")) if isinstance(properties, dict) else ""
    if not (len(code) == 9 and code.isascii() and code.isdigit()):
        raise BordersRefused(f"第 {place} 个要素没有 9 位的区划代码（属性 code）。")
    return code


def _polygons(feature: dict[str, Any], code: str) -> list[Any]:
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    shape = geometry.get("coordinates") if isinstance(geometry, dict) else None
    found = [shape] if kind == "Polygon" else shape if kind == "MultiPolygon" else None
    if (
        not isinstance(found, list)
        or not found
        or not all(isinstance(p, list) and p for p in found)
    ):
        raise BordersRefused(f"{code} 不是面（Polygon 或 MultiPolygon）。")
    return found


def _ring(ring: Any, code: str, crs: str, *, outer: bool) -> Ring:
    try:
        points = [(float(point[0]), float(point[1])) for point in ring]
    except (TypeError, ValueError, IndexError, KeyError):
        raise BordersRefused(f"{code} 的坐标不是数字。") from None
    if len(points) < 4 or points[0] != points[-1]:
        raise BordersRefused(f"{code} 有一圈边界没有闭合。")
    if not all(math.isfinite(x) and abs(x) <= 180 and abs(y) <= 85 for x, y in points):
        raise BordersRefused(f"{code} 的坐标不是经纬度。")
    if crs == "gcj02":
        points = [_from_gcj02(x, y) for x, y in points]
    rounded = [[round(x, 4), round(y, 4)] for x, y in points]
    turned = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(rounded))
    if turned == 0:
        raise BordersRefused(f"{code} 有一圈边界没有面积。")
    # Vega draws on a sphere: outer rings must be clockwise, holes the other way round.
    return rounded if (turned < 0) == outer else rounded[::-1]


def _refuse_other_towns(told: set[str], known: set[str]) -> None:
    for codes, words in (
        (told - known, "不是本市的镇（街）代码"),
        (known - told, "缺这些镇（街）"),
    ):
        if codes:
            named = "、".join(sorted(codes)[:_NAMED_AT_MOST])
            raise BordersRefused(f"{words}：{named}，共 {len(codes)} 个。")


def _refuse_too_many(polygons: dict[str, list[list[Ring]]]) -> None:
    points = sum(len(ring) for shape in polygons.values() for ring in itertools.chain(*shape))
    if points > MOST_POINTS:
        raise BordersRefused(
            f"边界共 {points:,} 个点，最多 {MOST_POINTS:,} 个，请先简化（容差约 300 米）。"
        )


def _refuse_far_away(polygons: dict[str, list[list[Ring]]], towns: tuple[TownTile, ...]) -> None:
    west, east = min(t.lon for t in towns) - FARTHEST, max(t.lon for t in towns) + FARTHEST
    south, north = min(t.lat for t in towns) - FARTHEST, max(t.lat for t in towns) + FARTHEST
    for code, shape in polygons.items():
        for x, y in _points(shape):
            if not (west <= x <= east and south <= y <= north):
                raise BordersRefused(f"{code} 的边界不在本市范围内：经纬度写反，或坐标系不对。")


def _points(shape: list[list[Ring]]) -> Iterator[tuple[float, float]]:
    for ring in itertools.chain(*shape):
        yield from ((x, y) for x, y in ring)


def _from_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """WGS-84 of a GCJ-02 point, by going back until there and back again is the same."""
    x, y = lon, lat
    for _ in range(5):
        there = _to_gcj02(x, y)
        x, y = x - (there[0] - lon), y - (there[1] - lat)
    return x, y


def _to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    x, y = lon - 105, lat - 35
    pi, sin, root = math.pi, math.sin, math.sqrt(abs(x))
    wave = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    radians = lat / 180 * pi
    bent = 1 - _EE * sin(radians) ** 2
    lon_step = _A / math.sqrt(bent) * math.cos(radians) * pi
    lat_step = _A * (1 - _EE) / (bent * math.sqrt(bent)) * pi
    return lon + east * 180 / lon_step, lat + north * 180 / lat_step
