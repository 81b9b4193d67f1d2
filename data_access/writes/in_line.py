"""Writers stand in line: whoever waited too long is told that nothing was done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

from data_access.writes.item_act import busy


@contextmanager
def told_when_busy() -> Iterator[None]:
    """StoreBusy with its Chinese sentence where others write all the time."""
    try:
        yield
    except OperationalError as fault:
        raise busy(fault) from fault
