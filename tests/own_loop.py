"""Coroutines run to their end, also where a browser's loop is already running in this thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def answer_of(work: Coroutine[Any, Any, Answer]) -> Answer:
    """What the coroutine returns; Playwright's own loop stands in the way of asyncio.run."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        return aside.submit(asyncio.run, work).result()
