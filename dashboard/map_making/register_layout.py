"""Where townships stand when nobody knows where they lie: districts side by side, in their order.

Every district has a part of one rectangle as large as its number of townships.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from dashboard.map_making.city_towns import CityTown

WEST, SOUTH, WIDTH, HEIGHT = 105.0, 33.0, 1.3, 1.0
"""The rectangle in degrees: any place will do, as none is meant."""
Ring = list[list[float]]


def layout(towns: Sequence[CityTown]) -> dict[str, list[float]]:
    """Code → lon, lat of each township."""
    found = {}
    for west, south, width, height, own in _parts(towns):
        across = max(1, math.ceil(math.sqrt(len(own) * width / height)))
        deep = math.ceil(len(own) / across)
        for n, town in enumerate(own):
            row, column = divmod(n, across)
            found[town.code] = [
                west + width * (column + 0.5) / across,
                south + height * (deep - row - 0.5) / deep,
            ]
    return found


def frame() -> list[list[Ring]]:
    """The rectangle as a shape."""
    east, north = WEST + WIDTH, SOUTH + HEIGHT
    return [[[[WEST, SOUTH], [east, SOUTH], [east, north], [WEST, north], [WEST, SOUTH]]]]


def _parts(
    towns: Sequence[CityTown],
) -> Iterator[tuple[float, float, float, float, list[CityTown]]]:
    """West, south, width, height of each district, and its townships; rows from the north."""
    units = {unit: [town for town in towns if town.unit == unit] for unit in _in_order(towns)}
    rows = max(1, round(math.sqrt(len(units) / WIDTH)))
    north, left, waiting = SOUTH + HEIGHT, len(towns), list(units.values())
    for row in range(rows, 0, -1):
        line = [waiting.pop(0)]
        while len(waiting) >= row and sum(map(len, line)) < left / row:
            line.append(waiting.pop(0))
        inside = sum(map(len, line))
        left -= inside
        height = HEIGHT * inside / len(towns)
        north -= height
        west = WEST
        for own in line:
            width = WIDTH * len(own) / inside
            yield west, north, width, height, own
            west += width


def _in_order(towns: Sequence[CityTown]) -> list[str]:
    return list(dict.fromkeys(town.unit for town in towns))
