"""Whether a ring crosses itself: such a shape has no inside that could be coloured."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_MOST_EDGES, _AT_ONCE = 256, 60_000


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
    start = 0
    while start < len(edges):
        # As many edges at once as fit into a small table with all that can cross them.
        step = _MOST_EDGES
        while True:
            last = int(ends[start : start + step].max())
            if step == 1 or step * (last - start) <= _AT_ONCE:
                break
            step //= 2
        if _any_crosses(edges[start : start + step], edges[start:last]):
            return True
        start += step
    return False


def _any_crosses(edges: Floats, others: Floats) -> bool:
    a, b = edges[:, None, :2], edges[:, None, 2:]
    c, d = others[None, :, :2], others[None, :, 2:]
    divides = _side(a, b, c) * _side(a, b, d) < 0
    return bool((divides & (_side(c, d, a) * _side(c, d, b) < 0)).any())


def _side(a: Floats, b: Floats, point: Floats) -> Floats:
    """Positive to the left of a → b, negative to the right, 0 on it."""
    step, to = b - a, point - a
    crossed: Floats = step[..., 0] * to[..., 1] - step[..., 1] * to[..., 0]
    # Rounded corners that lie on an edge are not across it.
    return np.where(np.abs(crossed) < 1e-10, 0.0, crossed)
