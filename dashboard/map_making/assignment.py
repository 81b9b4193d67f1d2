"""Which township gets which cell: as near to its place as can be, its unit in one piece.

First the assignment with the smallest sum of squared distances (the Hungarian method), then
swaps, fewer and fewer of them for the worse, that bring townships of one unit together.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import numpy as np

from dashboard.map_making.hex_cells import Cell, Floats, Grid, neighbours

_SWAPS, _MOST_SWAPS = 2_000, 250_000
"""Of every township, and of a whole city."""
_HOT, _COLD = 8.0, 0.05
_TOGETHER = 5.0
"""What a border between two units costs, in squared cells of displacement."""


def assigned(places: Floats, units: Sequence[str], grid: Grid, cells: Sequence[Cell]) -> list[Cell]:
    """The cell of every place; as many cells as places."""
    middles = np.array([grid.middle(cell) for cell in cells])
    distances = ((places[:, None, :] - middles[None, :, :]) ** 2).sum(axis=2) / grid.side**2
    return _brought_together(nearest_in_sum(distances), distances, units, cells)


def nearest_in_sum(costs: Floats) -> list[int]:
    """Of every row the column, each taken once, with the smallest sum of costs."""
    rows = len(costs)
    row_price, column_price = np.zeros(rows + 1), np.zeros(rows + 1)
    taken = np.zeros(rows + 1, dtype=np.int64)
    """Of every column the row that has it, counted from 1; column 0 is where a search begins."""
    for row in range(1, rows + 1):
        taken[0], at = row, 0
        least = np.full(rows + 1, np.inf)
        came_from = np.zeros(rows + 1, dtype=np.int64)
        seen = np.zeros(rows + 1, dtype=np.bool_)
        while True:
            seen[at] = True
            holder = taken[at]
            reduced = np.full(rows + 1, np.inf)
            reduced[1:] = costs[holder - 1] - row_price[holder] - column_price[1:]
            better = ~seen & (reduced < least)
            least[better], came_from[better] = reduced[better], at
            following = int(np.where(seen, np.inf, least).argmin())
            step = least[following]
            row_price[taken[seen]] += step
            column_price[seen] -= step
            least[~seen] -= step
            at = following
            if taken[at] == 0:
                break
        while at:
            before = int(came_from[at])
            taken[at], at = taken[before], before
    columns = [0] * rows
    for column in range(1, rows + 1):
        columns[int(taken[column]) - 1] = column - 1
    return columns


def _brought_together(
    column_of: list[int], distances: Floats, units: Sequence[str], cells: Sequence[Cell]
) -> list[Cell]:
    index = {cell: n for n, cell in enumerate(cells)}
    near = [[index[one] for one in neighbours(cell) if one in index] for cell in cells]
    cost = distances.tolist()
    town_at = [0] * len(cells)
    for town, column in enumerate(column_of):
        town_at[column] = town
    # The same files give the same picture.
    drawn = random.Random(4416)

    def strangers(cell: int, unit: str, other: int, other_unit: str) -> int:
        return sum(
            (other_unit if one == other else units[town_at[one]]) != unit for one in near[cell]
        )

    swaps = min(_SWAPS * len(cells), _MOST_SWAPS) if len(set(units)) > 1 else 0
    for n in range(swaps):
        heat = _HOT * (_COLD / _HOT) ** (n / swaps)
        a, b = drawn.randrange(len(cells)), drawn.randrange(len(cells))
        one, two = town_at[a], town_at[b]
        first, second = units[one], units[two]
        change = cost[one][b] + cost[two][a] - cost[one][a] - cost[two][b]
        if first != second:
            before = strangers(a, first, b, second) + strangers(b, second, a, first)
            after = strangers(a, second, b, first) + strangers(b, first, a, second)
            change += _TOGETHER * (after - before)
        if change <= 0 or drawn.random() < math.exp(-change / heat):
            town_at[a], town_at[b] = two, one
    cell_of: list[Cell] = [(0, 0)] * len(cells)
    for column, town in enumerate(town_at):
        cell_of[town] = cells[column]
    return cell_of
