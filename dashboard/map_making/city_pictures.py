"""The honeycomb and the zones of a city as GeoJSON, from its townships and where they lie."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dashboard.map_making.assignment import assigned
from dashboard.map_making.city_towns import CityTown
from dashboard.map_making.hex_cells import Cell, Floats, Grid, chosen_cells
from dashboard.map_making.zone_cells import Point, frame_about, nearest_zones
from dashboard.parts.honeycomb import latitude, mercator
from dashboard.parts.map_shelf import TOWNS_FILE, UNITS_FILE, ZONES_FILE
from dashboard.parts.zones import outlines

_SAMPLES = 60
"""Points for every township by which the shape of the city is felt."""
_ABOUT_A_SEAT = 0.8
"""So far about its seats a city reaches, in mean distances between them."""


def pictures(
    towns: Sequence[CityTown],
    seats: Mapping[str, Sequence[float]],
    shapes: Mapping[str, Any],
) -> dict[str, dict[str, Any]]:
    """File → its content. `seats`: code → lon, lat; `shapes`: of every township, or of none."""
    places = [_apart(seats[town.code], n) for n, town in enumerate(towns)]
    plane = np.array(places)
    mean = _mean_distance(plane)
    inside, area = _inside(plane, mean, shapes)
    grid, cells = chosen_cells(inside, area, len(towns))
    cell_of = assigned(plane, [town.unit for town in towns], grid, cells)
    hexagons = [
        _feature(town, _ring([grid.point(one) for one in grid.corners(cell)]), cell)
        for town, cell in zip(towns, cell_of, strict=True)
    ]
    zones = nearest_zones(places, frame_about(places, mean * _ABOUT_A_SEAT))
    return {
        TOWNS_FILE: _collection(hexagons),
        UNITS_FILE: _collection(_units(towns, cell_of, grid)),
        ZONES_FILE: _collection(
            [
                _feature(town, _ring(zone[::-1]))
                for town, zone in zip(towns, zones, strict=True)
            ]
        ),
    }  # fmt: skip


def _apart(seat: Sequence[float], number: int) -> Point:
    """On the Mercator plane; two seats in one place are told apart by a metre."""
    return math.radians(seat[0] + number * 1e-7), mercator(seat[1])


def _mean_distance(plane: Floats) -> float:
    width, height = np.maximum(plane.max(axis=0) - plane.min(axis=0), math.radians(0.02))
    return float(math.sqrt(width * height / len(plane)))


def _inside(plane: Floats, mean: float, shapes: Mapping[str, Any]) -> tuple[Floats, float]:
    """Points evenly inside the city, and the area that each stands for."""
    rings = [
        np.array([(math.radians(x), mercator(y)) for x, y in polygon[0]])
        for shape in shapes.values()
        for polygon in shape
    ]
    every = np.concatenate(rings) if rings else plane
    margin = 0.0 if rings else mean
    low, high = every.min(axis=0) - margin, every.max(axis=0) + margin
    side = math.ceil(math.sqrt(_SAMPLES * len(plane)))
    x, y = np.linspace(low[0], high[0], side), np.linspace(low[1], high[1], side)
    samples = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    within = _in_any_ring(samples, rings) if rings else _near(samples, plane, mean * _ABOUT_A_SEAT)
    return samples[within], float((x[1] - x[0]) * (y[1] - y[0]))


def _near(samples: Floats, plane: Floats, reach: float) -> np.typing.NDArray[np.bool_]:
    found = np.zeros(len(samples), dtype=np.bool_)
    for place in plane:
        found |= ((samples - place) ** 2).sum(axis=1) <= reach**2
    return found


def _in_any_ring(samples: Floats, rings: Sequence[Floats]) -> np.typing.NDArray[np.bool_]:
    found = np.zeros(len(samples), dtype=np.bool_)
    for ring in rings:
        low, high = ring.min(axis=0), ring.max(axis=0)
        about = np.flatnonzero(((samples >= low) & (samples <= high)).all(axis=1) & ~found)
        x, y = samples[about].T
        odd = np.zeros(len(about), dtype=np.bool_)
        for (ax, ay), (bx, by) in itertools.pairwise(ring):
            if ay != by:
                odd ^= ((ay > y) != (by > y)) & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
        found[about[odd]] = True
    return found


def _units(towns: Sequence[CityTown], cell_of: Sequence[Cell], grid: Grid) -> list[dict[str, Any]]:
    """Of every unit the line about its hexagons."""
    features = tuple(
        {
            "code": town.code,
            "geometry": {
                "type": "Polygon",
                "coordinates": [_ring([grid.point(one) for one in grid.corners(cell)])],
            },
        }
        for town, cell in zip(towns, cell_of, strict=True)
    )
    found = outlines(features, {town.code: town.unit for town in towns})
    return [
        {
            "type": "Feature",
            "properties": {"name": outline["name"]},
            "geometry": outline["geometry"],
        }
        for outline in found
    ]


def _ring(points: Sequence[Point]) -> list[list[float]]:
    """Closed, in degrees; corners that are one after rounding are one."""
    degrees = [[round(math.degrees(x), 4), round(latitude(y), 4)] for x, y in points]
    kept = [one for n, one in enumerate(degrees) if one != degrees[n - 1]]
    return [*kept, kept[0]]


def _feature(town: CityTown, ring: list[list[float]], cell: Cell | None = None) -> dict[str, Any]:
    row = {} if cell is None else {"q": cell[0], "r": cell[1]}
    return {
        "type": "Feature",
        "properties": {"code": town.code, "name": town.name, "unit": town.unit, **row},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}
