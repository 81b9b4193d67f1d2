"""A city that does not exist: three districts on a warped grid, in files as a city gives them."""

from __future__ import annotations

import csv
import io
import json
import math

COLUMNS, ROWS = 6, 4
UNITS = ("东岭县", "云汀区", "石浦县")
WEST, SOUTH, STEP = 108.2, 30.1, 0.15


def codes() -> list[str]:
    """Its townships, eight of each district."""
    return [f"7701{column // 2 + 21}{100 + row + 10 * (column % 2)}" for column, row in _grid()]


def register() -> bytes:
    """divisions.csv as it stands in data_access/register."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["code", "name", "county", "reporting_unit", "aliases"])
    for n, (code, (column, _)) in enumerate(zip(codes(), _grid(), strict=True)):
        unit = UNITS[column // 2]
        lines.writerow([code, f"{'甲乙丙丁戊己庚辛'[n % 8]}{unit[0]}镇", unit, unit, ""])
    return out.getvalue().encode()


def borders(**other: object) -> bytes:
    """GeoJSON of its townships, whose neighbours share their corners."""
    shapes = [
        [_corner(x + dx, y + dy) for dx, dy in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
        for x, y in _grid()
    ]
    return _file([{"type": "Polygon", "coordinates": [ring]} for ring in shapes], **other)


def seats() -> bytes:
    """GeoJSON of the middles of its townships."""
    middles = [_corner(x + 0.5, y + 0.5) for x, y in _grid()]
    return _file([{"type": "Point", "coordinates": point} for point in middles])


def _grid() -> list[tuple[int, int]]:
    return [(x, y) for x in range(COLUMNS) for y in range(ROWS)]


def _corner(x: float, y: float) -> list[float]:
    return [
        round(WEST + STEP * (x + 0.2 * math.sin(2 * y)), 5),
        round(SOUTH + STEP * (y + 0.2 * math.sin(1.5 * x)), 5),
    ]


def _file(shapes: list[dict[str, object]], **other: object) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": "<b>不读</b>"},
            "geometry": shape,
        }
        for code, shape in zip(codes(), shapes, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **other}).encode()


def departments() -> bytes:
    """departments.json of the city: its counties and two departments."""
    told = {
        "city": "云州市",
        "counties": list(UNITS),
        "departments": [
            *({"name": f"{unit}人民政府", "group": "county", "aliases": [unit]} for unit in UNITS),
            {"name": "市水务局", "group": "city_department", "aliases": ["水务局"]},
            {"name": "市教育局", "group": "city_department", "aliases": ["教育局"]},
        ],
    }
    return json.dumps(told, ensure_ascii=False).encode()
