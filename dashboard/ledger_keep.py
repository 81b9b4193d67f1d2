"""Opened ledgers between two clicks, kept by the server and never by the browser.

A ledger that is being looked at is megabytes of Python objects. Session state must stay small
and serialisable, so it holds only an unguessable token; what the token stands for is here,
bounded in number, size and time. What was let go is opened again from the uploaded file.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(slots=True)
class _Kept(Generic[Thing]):
    thing: Thing
    size: int
    used_at: float


class Keep(Generic[Thing]):
    """Things by token; the one not used for longest goes first. Safe for several threads.

    `seconds` without use end a stay; at most `most` things of together `size` stay. The newest
    stays even when it alone is larger.
    """

    def __init__(
        self,
        *,
        seconds: float,
        most: int,
        size: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds, self._most, self._size, self._clock = seconds, most, size, clock
        self._kept: OrderedDict[str, _Kept[Thing]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, thing: Thing, size: int) -> str:
        """Keep a thing; its token is the only way to it."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._kept[token] = _Kept(thing, size, self._clock())
            self._let_go()
        return token

    def get(self, token: str) -> Thing | None:
        """The thing, or None when it was let go or never was."""
        with self._lock:
            self._let_go()
            kept = self._kept.get(token)
            if kept is None:
                return None
            kept.used_at = self._clock()
            self._kept.move_to_end(token)
            return kept.thing

    def drop(self, token: str) -> None:
        """Let one thing go now."""
        with self._lock:
            self._kept.pop(token, None)

    def _let_go(self) -> None:
        oldest_use = self._clock() - self._seconds
        for token in [token for token, kept in self._kept.items() if kept.used_at < oldest_use]:
            del self._kept[token]
        while len(self._kept) > 1 and (
            len(self._kept) > self._most
            or sum(kept.size for kept in self._kept.values()) > self._size
        ):
            self._kept.popitem(last=False)
