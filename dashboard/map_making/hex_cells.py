"""Which cells of a hexagonal grid stand for a city: as many as townships, in its rough shape.

Coordinates are those of the Mercator plane, in which the hexagons stand upright. A cell is
(q, r): r counts rows northwards, every row half a cell further to the east.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Cell = tuple[int, int]
AROUND: tuple[Cell, ...] = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
_SIZES, _OFFSETS, _FITTED = 14, 3, 12
_INSIDE = 0.5
"""So much of a cell at least lies in the city."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the cells lie: the middle of (0, 0), and the side of a hexagon."""

    x: float
    y: float
    side: float

    def middle(self, cell: Cell) -> tuple[float, float]:
        """The centre of a cell."""
        q, r = cell
        return self.x + self.side * math.sqrt(3) * (q + r / 2), self.y + self.side * 1.5 * r

    def corners(self, cell: Cell) -> list[tuple[int, int]]:
        """Its six corners, clockwise, in whole steps: neighbours share theirs exactly."""
        q, r = cell
        x, y = 2 * q + r, 3 * r
        return [(x, y + 2), (x + 1, y + 1), (x + 1, y - 1), (x, y - 2), (x - 1, y - 1),
                (x - 1, y + 1)]  # fmt: skip

    def point(self, corner: tuple[int, int]) -> tuple[float, float]:
        """Where a corner lies."""
        return (
            self.x + corner[0] * self.side * math.sqrt(3) / 2,
            self.y + corner[1] * self.side / 2,
        )

    def _cells_of(self, points: Floats) -> npt.NDArray[np.int64]:
        """The cell in which each point lies: rounded in three axes, the worst one mended."""
        r = (points[:, 1] - self.y) / (1.5 * self.side)
        q = (points[:, 0] - self.x) / (math.sqrt(3) * self.side) - r / 2
        axes = np.stack((q, r, -q - r), axis=1)
        whole = np.rint(axes)
        off = np.abs(whole - axes)
        worst = off.argmax(axis=1)
        rest = -(whole.sum(axis=1) - whole[np.arange(len(whole)), worst])
        whole[np.arange(len(whole)), worst] = rest
        return whole[:, :2].astype(np.int64)

    def coverage(self, points: Floats, area: float) -> dict[Cell, float]:
        """Of every cell with points in it how much of it they fill; `area` is that of a point."""
        found = Counter(map(tuple, self._cells_of(points).tolist()))
        whole = 1.5 * math.sqrt(3) * self.side**2
        return {cell: count * area / whole for cell, count in found.items()}


def chosen_cells(points: Floats, area: float, wanted: int) -> tuple[Grid, tuple[Cell, ...]]:
    """The grid and the `wanted` cells that fill the city best, in one piece without a gap.

    `points` lie evenly inside the city, each standing for `area` of it.
    """
    ideal = math.sqrt(area * len(points) / wanted / (1.5 * math.sqrt(3)))
    west, south = (float(edge) for edge in points.min(axis=0))
    tried: list[tuple[int, int, Grid, dict[Cell, float], set[Cell]]] = []
    for factor in np.linspace(0.82, 1.14, _SIZES):
        side = ideal * float(factor)
        for dx in range(_OFFSETS):
            for dy in range(_OFFSETS):
                x = west + side * math.sqrt(3) * dx / _OFFSETS
                grid = Grid(x, south + side * 1.5 * dy / _OFFSETS, side)
                covered = grid.coverage(points, area)
                inside = {cell for cell, part in covered.items() if part >= _INSIDE}
                tried.append((abs(len(inside) - wanted), len(tried), grid, covered, inside))
    best: tuple[float, Grid, tuple[Cell, ...]] | None = None
    for _, _, grid, covered, inside in sorted(tried, key=lambda one: one[:2])[:_FITTED]:
        cells = _fitted(covered, inside, wanted)
        filled = sum(covered.get(cell, 0.0) for cell in cells) * grid.side**2
        if best is None or filled > best[0]:
            best = filled, grid, cells
    assert best is not None
    return best[1], best[2]


def neighbours(cell: Cell) -> list[Cell]:
    """The six cells about it."""
    return [(cell[0] + dq, cell[1] + dr) for dq, dr in AROUND]


def pieces(cells: set[Cell]) -> list[set[Cell]]:
    """The parts that hang together, the largest first."""
    left, found = set(cells), []
    while left:
        piece, edge = set(), [left.pop()]
        while edge:
            cell = edge.pop()
            piece.add(cell)
            near = [one for one in neighbours(cell) if one in left]
            left.difference_update(near)
            edge.extend(near)
        found.append(piece)
    return sorted(found, key=lambda piece: (-len(piece), min(piece)))


def _fitted(covered: dict[Cell, float], inside: set[Cell], wanted: int) -> tuple[Cell, ...]:
    """The largest piece of the city, grown or cut at its edge until it has as many cells."""
    cells = pieces(inside)[0] if inside else {max(covered, key=lambda cell: (covered[cell], cell))}
    while len(cells) > wanted:
        edge = sorted(cells, key=lambda cell: (covered[cell], cell))
        cells.remove(next(cell for cell in edge if len(pieces(cells - {cell})) == 1))
    while len(cells) < wanted:
        near = {one for cell in cells for one in neighbours(cell)} - cells
        cells.add(max(near, key=lambda one: (_worth(one, covered, cells), one)))
    return tuple(sorted(cells))


def _worth(cell: Cell, covered: dict[Cell, float], cells: set[Cell]) -> float:
    """A cell that lies in the city, or else one that fills a bay."""
    return covered.get(cell, 0.0) + 0.1 * sum(one in cells for one in neighbours(cell))
