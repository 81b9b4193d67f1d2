"""Systems of coordinates; GCJ-02, the shifted one of map services, back to WGS-84."""

from __future__ import annotations

import math

CRS = {"wgs84": "WGS-84", "cgcs2000": "CGCS2000", "gcj02": "GCJ-02"}
"""The systems that a file may be in."""
_A, _EE = 6378245.0, 0.00669342162296594323


def from_gcj02(lon: float, lat: float) -> tuple[float, float]:
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
