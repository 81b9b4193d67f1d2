"""A city's own file of its townships: checked whole before anything is drawn from it.

Of a file come only codes and coordinates; whatever else stands in it stays behind.
See decision records 0006 and 0019.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.map_making.city_towns import BordersRefused
from dashboard.map_making.crossings import crosses_itself
from dashboard.map_making.gcj02 import CRS, from_gcj02
from dashboard.parts.honeycomb import TownTile

MOST_BYTES = 20 * 1024 * 1024
MOST_POINTS = 60_000
"""More than a browser draws at once; at 300 m a city has some ten thousand."""
FARTHEST = 0.6
"""Degrees about the city within which every point must lie."""
WIDEST = 12.0
"""Degrees across which no city reaches."""
_GEOGRAPHIC = re.compile(r"CRS:?84$|EPSG:+(4326|4490)$", re.IGNORECASE)
"""What a file may name as its own system; the same degrees, also where they are shifted."""
_NAMED_AT_MOST = 5

Ring = list[list[float]]
Box = tuple[float, float, float, float]
CHINA: Box = (73.0, 3.0, 136.0, 54.0)
"""West, south, east, north."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The townships of a file by code: their shapes, or of a file of points their seats."""

    shapes: dict[str, list[list[Ring]]]
    seats: dict[str, list[float]]
    review_number: str | None = None
    """审图号, as far as the file tells one."""

    def features(self) -> list[dict[str, Any]]:
        """The shapes as the map draws them: `code` alone beside them."""
        return [
            {
                "type": "Feature",
                "properties": {"code": code},
                "geometry": {"type": "MultiPolygon", "coordinates": self.shapes[code]},
            }
            for code in sorted(self.shapes)
        ]


def box_about(towns: Iterable[TownTile]) -> Box:
    """Within which the boundaries of these townships must lie."""
    lons, lats = zip(*((town.lon, town.lat) for town in towns), strict=True)
    return (
        min(lons) - FARTHEST, min(lats) - FARTHEST, max(lons) + FARTHEST, max(lats) + FARTHEST,
    )  # fmt: skip


def checked_file(
    data: bytes, *, crs: str, codes: Collection[str], within: Box = CHINA
) -> CheckedFile:
    """Every code once, in WGS-84, rings clockwise, four decimals; BordersRefused for the rest."""
    if crs not in CRS:
        raise BordersRefused(f"请用 --crs 写明坐标系：{'、'.join(CRS)}。不明坐标系的文件不能用。")
    told = _told(data)
    found = CheckedFile({}, {}, _review_number(told))
    for place, feature in enumerate(told["features"], 1):
        code = _code(feature, place)
        where = f"第 {place} 个要素（{code}）"
        if code in found.shapes or code in found.seats:
            raise BordersRefused(f"{where}：代码 {code} 出现了两次。")
        if code not in codes:
            raise BordersRefused(f"{where}：不是本市的镇（街）代码。")
        geometry = feature.get("geometry")
        if isinstance(geometry, dict) and geometry.get("type") == "Point":
            found.seats[code] = _points([geometry.get("coordinates")], where, crs)[0]
        else:
            found.shapes[code] = _shape(geometry, where, crs)
        _refuse_far_away(_every_point(found, code), where, within)
    _refuse_gaps(found, codes)
    return found


def _told(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise BordersRefused(f"文件超过 {MOST_BYTES // 1024 // 1024} MB，请先简化边界。")
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BordersRefused("不是 UTF-8 的 GeoJSON 文件。") from None
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or not features:
        raise BordersRefused("不是 GeoJSON 的 FeatureCollection，或里面没有要素。")
    _refuse_other_system(told.get("crs"))
    assert isinstance(told, dict)
    return told


def _review_number(told: dict[str, Any]) -> str | None:
    """Beside the features or in their properties, where all that tell one tell the same."""
    features = [one.get("properties") for one in told["features"] if isinstance(one, dict)]
    places = [told, told.get("properties"), *features]
    numbers = {
        str(place["审图号"]) for place in places if isinstance(place, dict) and place.get("审图号")
    }
    if len(numbers) > 1:
        raise BordersRefused(
            "文件里有几个不同的审图号：请用 --review-number 写明一个，并删去其余。"
        )
    return numbers.pop() if numbers else None


def _refuse_other_system(crs: Any) -> None:
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or not _GEOGRAPHIC.search(name):
        raise BordersRefused(
            "文件里写的坐标系（crs）不是经纬度的 WGS-84（EPSG:4326）或 CGCS2000（EPSG:4490），"
            "请先转换。"
        )


def _code(feature: Any, place: int) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    code = str(properties.get("code", "")) if isinstance(properties, dict) else ""
    if not (len(code) == 9 and code.isascii() and code.isdigit()):
        raise BordersRefused(f"第 {place} 个要素没有 9 位的区划代码（属性 code）。")
    return code


def _shape(geometry: Any, where: str, crs: str) -> list[list[Ring]]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    shape = geometry.get("coordinates") if isinstance(geometry, dict) else None
    found = [shape] if kind == "Polygon" else shape if kind == "MultiPolygon" else None
    if (
        not isinstance(found, list)
        or not found
        or not all(isinstance(p, list) and p for p in found)
    ):
        raise BordersRefused(f"{where}：不是面（Polygon 或 MultiPolygon）。")
    points = sum(len(ring) for polygon in found for ring in polygon if isinstance(ring, list))
    if points > MOST_POINTS:
        raise BordersRefused(_too_many(points))
    return [_polygon(polygon, where, crs) for polygon in found]


def _polygon(polygon: list[Any], where: str, crs: str) -> list[Ring]:
    rings = [_ring(ring, where, crs, outer=n == 0) for n, ring in enumerate(polygon)]
    areas = [abs(_turned(ring)) for ring in rings]
    if areas[0] < max(areas):
        raise BordersRefused(f"{where}：洞比外圈大，外圈应写在最前。")
    return rings


def _points(ring: Any, where: str, crs: str) -> Ring:
    try:
        points = [(float(point[0]), float(point[1])) for point in ring]
    except (TypeError, ValueError, IndexError, KeyError):
        raise BordersRefused(f"{where}：坐标不是数字。") from None
    if not all(math.isfinite(x) and abs(x) <= 180 and abs(y) <= 85 for x, y in points):
        raise BordersRefused(f"{where}：坐标不是经纬度，或经纬度写反。")
    if crs == "gcj02":
        points = [from_gcj02(x, y) for x, y in points]
    return [[round(x, 4), round(y, 4)] for x, y in points]


def _ring(ring: Any, where: str, crs: str, *, outer: bool) -> Ring:
    points = _points(ring, where, crs)
    if len(points) < 4 or ring[0][:2] != ring[-1][:2]:
        raise BordersRefused(f"{where}：有一圈边界没有闭合。")
    turned = _turned(points)
    if turned == 0:
        raise BordersRefused(f"{where}：有一圈边界没有面积。")
    if crosses_itself(points):
        raise BordersRefused(f"{where}：有一圈边界自己相交。")
    # Vega draws on a sphere: outer rings must be clockwise, holes the other way round.
    return points if (turned < 0) == outer else points[::-1]


def _turned(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))


def _every_point(found: CheckedFile, code: str) -> Iterator[list[float]]:
    if code in found.seats:
        yield found.seats[code]
    for ring in itertools.chain(*found.shapes.get(code, ())):
        yield from ring


def _refuse_far_away(points: Iterable[list[float]], where: str, within: Box) -> None:
    west, south, east, north = within
    for x, y in points:
        if not (west <= x <= east and south <= y <= north):
            raise BordersRefused(f"{where}：不在本市范围内，经纬度写反，或坐标系不对。")


def _refuse_gaps(found: CheckedFile, codes: Collection[str]) -> None:
    if found.shapes and found.seats:
        raise BordersRefused("文件里有的镇（街）是面、有的是点：应全部是面，或全部是驻地的点。")
    missing = set(codes) - set(found.shapes) - set(found.seats)
    if missing:
        named = "、".join(sorted(missing)[:_NAMED_AT_MOST])
        raise BordersRefused(f"缺这些镇（街）：{named}，共 {len(missing)} 个。")
    every = [point for code in codes for point in _every_point(found, code)]
    if len(every) > MOST_POINTS:
        raise BordersRefused(_too_many(len(every)))
    for axis in zip(*every, strict=True):
        if max(axis) - min(axis) > WIDEST:
            raise BordersRefused(f"各镇（街）相距超过 {WIDEST:.0f} 度，不像一个市：请核对坐标。")


def _too_many(points: int) -> str:
    return f"边界共 {points:,} 个点，最多 {MOST_POINTS:,} 个，请先简化（容差约 300 米）。"
