"""Python's garbage collector held back while an import makes millions of objects that stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_RARELY = (100_000, 50, 1_000)
"""Collections still happen, so that a long import beside busy pages cannot eat the memory."""
_lock = Lock()
_held: list[tuple[int, int, int]] = []
"""The thresholds to return to, one for each import that is running."""


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Collect rarely inside: looking through ready rows again and again costs a tenth of an import.

    The setting belongs to the process; of several imports at once the last one to end restores it.
    """
    with _lock:
        _held.append(gc.get_threshold() if not _held else _held[0])
        gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        with _lock:
            before = _held.pop()
            if not _held:
                gc.set_threshold(*before)
