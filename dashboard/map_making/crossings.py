"""Whether a ring crosses itself: such a shape has no inside that could be coloured."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def crosses_itself(ring: list[list[float]]) -> bool:
    """Whether two edges cross in the middle of both; edges that only touch do not count."""
    points = np.array(ring)
    edges = np.concatenate((points[:-1], points[1:]), axis=1)
    west = np.minimum(edges[:, 0], edges[:, 2])
    order = west.argsort()
    edges, west = edges[order], west[order]
    east = np.maximum(edges[:, 0], edges[:, 2])
    # Only edges that begin before this one ends can cross it.
    ends = west.searchsorted(east, side="right")
    return any(_crosses(edges[n], edges[n + 1 : end]) for n, end in enumerate(ends))


def _crosses(edge: Floats, others: Floats) -> bool:
    if not len(others):
        return False
    a, b, c, d = edge[:2], edge[2:], others[:, :2], others[:, 2:]
    divides = _side(a, b, c) * _side(a, b, d) < 0
    return bool((divides & (_side(c, d, a) * _side(c, d, b) < 0)).any())


def _side(a: Floats, b: Floats, point: Floats) -> Floats:
    """Positive to the left of a → b, negative to the right, 0 on it."""
    step, to = b - a, point - a
    crossed: Floats = step[..., 0] * to[..., 1] - step[..., 1] * to[..., 0]
    # Rounded corners that lie on an edge are not across it.
    return np.where(np.abs(crossed) < 1e-10, 0.0, crossed)
