"""A file of boundaries of the shipped city's townships: a square about each seat."""

from __future__ import annotations

import json
from typing import Any

from dashboard.parts.honeycomb import honeycomb
from dashboard.parts.map_shelf import from_folder

TOWNS = honeycomb(from_folder(None)).tiles


def borders(*, shift: float = 0.0, **other: Any) -> dict[str, Any]:
    """Its features in the order of TOWNS."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"XZQDM": f"{town.code}000", "NAME": "<img src=x onerror=alert(1)>"},
                "geometry": {
                    "type": "Polygon", "coordinates": [_square(town.lon + shift, town.lat)],
                },
            }
            for town in TOWNS
        ],
        **other,
    }  # fmt: skip


def checked_borders() -> dict[str, Any]:
    """The same as a checked file has them."""
    told = borders()
    for feature, town in zip(told["features"], TOWNS, strict=True):
        feature["properties"] = {"code": town.code}
    return told


def as_file(told: Any) -> bytes:
    """The bytes of a file."""
    return json.dumps(told).encode()


def _square(lon: float, lat: float) -> list[list[float]]:
    east, north = lon + 0.02, lat + 0.02
    return [[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]]
