"""The zones of a city: of every township the points that are nearer to it than to any other."""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, float]


def nearest_zones(seats: Sequence[Point], frame: Sequence[Point]) -> list[list[Point]]:
    """One convex zone per seat, inside a convex frame that runs counter-clockwise."""
    return [_zone(n, seats, frame) for n in range(len(seats))]


def frame_about(points: Sequence[Point], margin: float) -> list[Point]:
    """A convex frame about the points, so far away from them; counter-clockwise."""
    around = [(math.cos(turn * math.pi / 8), math.sin(turn * math.pi / 8)) for turn in range(16)]
    return _hull([(x + margin * dx, y + margin * dy) for x, y in points for dx, dy in around])


def _zone(own: int, seats: Sequence[Point], frame: Sequence[Point]) -> list[Point]:
    here = seats[own]
    zone = list(frame)
    for other in sorted(seats, key=lambda seat: math.dist(here, seat)):
        if other == here:
            continue
        # Who is twice as far away as the farthest corner takes nothing of it.
        if math.dist(here, other) > 2 * max(math.dist(here, corner) for corner in zone):
            break
        zone = _nearer(zone, here, other)
    return zone


def _nearer(zone: list[Point], here: Point, other: Point) -> list[Point]:
    """The part of a convex zone that is nearer to `here` than to `other`."""
    dx, dy = other[0] - here[0], other[1] - here[1]
    middle = (other[0] + here[0]) / 2, (other[1] + here[1]) / 2
    beyond = [(x - middle[0]) * dx + (y - middle[1]) * dy for x, y in zone]
    kept: list[Point] = []
    for n, corner in enumerate(zone):
        before, far, far_before = zone[n - 1], beyond[n], beyond[n - 1]
        if (far > 0) != (far_before > 0):
            part = far_before / (far_before - far)
            kept.append(
                (before[0] + part * (corner[0] - before[0]),
                 before[1] + part * (corner[1] - before[1]))
            )  # fmt: skip
        if far <= 0:
            kept.append(corner)
    return kept


def _hull(points: Sequence[Point]) -> list[Point]:
    """Andrew's chain."""
    ordered = sorted(set(points))
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return lower[:-1] + upper[:-1]


def _chain(points: Sequence[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in points:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
