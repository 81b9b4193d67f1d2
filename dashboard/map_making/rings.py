"""The shape of one township, ring by ring: every fault told at its part and its ring."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

from dashboard.map_making.crossings import crosses_itself
from dashboard.map_making.gcj02 import from_gcj02

Ring = list[list[float]]
Tell = Callable[[str], None]
"""What is told a fault of the shape."""


def counted_points(shape: Any) -> int:
    """How many points a shape seems to have, before any is looked at."""
    found = 0
    stack = [shape]
    while stack:
        one = stack.pop()
        if isinstance(one, list):
            if one and not isinstance(one[0], list):
                found += 1
            else:
                stack.extend(one)
    return found


def shape_of(geometry: Any, crs: str, tell: Tell) -> list[list[Ring]] | None:
    """The parts of a shape with their rings, the outer one clockwise; None for one with faults."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    shape = geometry.get("coordinates") if isinstance(geometry, dict) else None
    parts = [shape] if kind == "Polygon" else shape if kind == "MultiPolygon" else None
    if (
        not isinstance(parts, list)
        or not parts
        or not all(isinstance(part, list) and part for part in parts)
    ):
        tell("不是面（Polygon 或 MultiPolygon）。")
        return None
    found = []
    for n, part in enumerate(parts, 1):
        where = f"第 {n} 块" if len(parts) > 1 else ""
        rings = [
            _ring(ring, crs, _at(f"{where}{_named(m)}", tell), outer=not m)
            for m, ring in enumerate(part)
        ]
        kept = [ring for ring in rings if ring is not None]
        if len(kept) < len(rings):
            continue
        if abs(turned(kept[0])) < max(abs(turned(ring)) for ring in kept):
            tell(f"{where}洞比外圈大，外圈应写在最前。")
            continue
        found.append(kept)
    return found if len(found) == len(parts) else None


def _at(where: str, tell: Tell) -> Tell:
    return lambda fault: tell(f"{where}{fault}")


def _named(ring: int) -> str:
    return f"第 {ring} 个洞" if ring else "外圈"


def point_of(point: Any, crs: str, tell: Tell) -> list[float] | None:
    """One point in WGS-84, four decimals."""
    found = _points([point], crs, tell)
    return found[0] if found else None


def _points(ring: Any, crs: str, tell: Tell) -> Ring | None:
    if not isinstance(ring, list) or not all(
        isinstance(point, list) and len(point) >= 2 and all(map(_is_number, point[:2]))
        for point in ring
    ):
        tell("坐标不是数字。")
        return None
    points = [(float(point[0]), float(point[1])) for point in ring]
    if not all(math.isfinite(x) and abs(x) <= 180 and abs(y) <= 85 for x, y in points):
        tell("坐标不是经纬度，或经纬度写反。")
        return None
    if crs == "gcj02":
        points = [from_gcj02(x, y) for x, y in points]
    return [[round(x, 4), round(y, 4)] for x, y in points]


def _is_number(value: Any) -> bool:
    return type(value) in (int, float)


def _ring(ring: Any, crs: str, tell: Tell, *, outer: bool) -> Ring | None:
    points = _points(ring, crs, tell)
    if points is None:
        return None
    if len(points) < 4 or ring[0][:2] != ring[-1][:2]:
        tell("没有闭合：最后一点应与第一点相同，至少四个点。")
        return None
    turn = turned(points)
    if turn == 0:
        tell("没有面积。")
        return None
    if crosses_itself(points):
        tell("自己相交：请在制图软件里做一次“修复几何”。")
        return None
    # Vega draws on a sphere: outer rings must be clockwise, holes the other way round.
    return points if (turn < 0) == outer else points[::-1]


def turned(ring: Ring) -> float:
    """Twice the area of a ring; negative where it goes clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
