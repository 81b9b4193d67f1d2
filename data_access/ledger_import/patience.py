"""How long one ledger may be judged: cells made to be slow must not hold the program for hours."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from data_access.ledger_import.model import LedgerRefused

TOO_LONG = (
    "核对这份台账用时过长，可能有大量异常长的单元格；没有取用任何内容，"
    "请清理这些单元格或拆成几份后重新上传。"
)
Thing = TypeVar("Thing")
_ASKED_EVERY = 0.05
"""Seconds. Asking for the processor's time is a call into the system; asking the clock on the wall
costs next to nothing, and processor time never runs ahead of it."""


class Patience:
    """So many seconds of this thread's processor: whoever shares the machine takes none of them."""

    def __init__(self, seconds: float) -> None:
        self._until = time.thread_time() + seconds
        self._asked = float("-inf")

    def over(self, things: Iterable[Thing]) -> Iterator[Thing]:
        """The same things; LedgerRefused once patience has run out."""
        for thing in things:
            self.check()
            yield thing

    def check(self) -> None:
        """LedgerRefused once patience has run out; for every row that is looked at."""
        now = time.monotonic()
        if now - self._asked > _ASKED_EVERY:
            self._asked = now
            if time.thread_time() > self._until:
                raise LedgerRefused(TOO_LONG)
