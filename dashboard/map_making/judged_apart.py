"""A city's file judged in a process of its own, so that no file hurts the server."""

from __future__ import annotations

from threading import BoundedSemaphore

import msgspec

from dashboard.limited_child import answer_of_child
from dashboard.map_making.geojson_text import MOST_BYTES, TOO_LARGE
from dashboard.map_making.judging_child import LIMITS, TOO_MUCH, Task, Verdict

_CHILD = "dashboard.map_making.judging_child"
_AT_ONCE = BoundedSemaphore(1)
"""One file at a time: administrators are few, and cores too."""


def judged_apart(task: Task) -> Verdict:
    """What a child with limits found; a child that reached one has found a fault."""
    if task.data is not None and len(task.data) > MOST_BYTES:
        return Verdict(faults=[TOO_LARGE])
    with _AT_ONCE:
        answer = answer_of_child(_CHILD, msgspec.msgpack.encode(task), LIMITS)
    try:
        return msgspec.msgpack.decode(answer, type=Verdict)
    except msgspec.DecodeError:
        return Verdict(faults=[TOO_MUCH])
