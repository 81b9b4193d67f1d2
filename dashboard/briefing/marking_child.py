"""The child process that writes marks into a sender's file: limits first, then the marking.

A file that was read within limits may still be made to be written back slowly, or out of all
memory: that ends a child, and never the server.
"""

from __future__ import annotations

import os
import resource
import signal
import sys

import msgspec

from supervision.vocabulary import Severity

MB = 1024 * 1024
MOST_BYTES = 1_500 * MB
"""A ledger of 200,000 rows, marked all over, takes the half of it."""
CPU_SECONDS, WALL_SECONDS = 90, 150
MARKED, REFUSED = b"+", b"-"
"""How the answer begins: a workbook follows, or a Chinese sentence."""


class Mark(msgspec.Struct, array_like=True):
    """A fault as it crosses to the child."""

    sheet: str
    row: int | None
    cell: str | None
    severity: Severity
    message: str
    candidates: tuple[str, ...]


class Task(msgspec.Struct, array_like=True):
    """What the child is asked: the file as it was sent, its kind, its faults."""

    original: bytes
    kind: str
    marks: list[Mark]
    left: int
    """How many faults more there are."""


def main() -> None:
    """Read a task from stdin, answer on stdout."""
    _limit()
    # Whatever a library prints must not get into the answer.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    answer.write(_answer_to(msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task)))
    answer.flush()


def _limit() -> None:
    os.nice(10)
    # Should the parent be gone, the child does not outlive its time.
    signal.alarm(WALL_SECONDS + 5)
    for what, most in (
        (resource.RLIMIT_AS, MOST_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, CPU_SECONDS),
    ):
        allowed = resource.getrlimit(what)[1]
        # Whoever starts the server may have set it tighter limits still.
        most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(what, (most, most))


def _answer_to(task: Task) -> bytes:
    # Imported under the limits.
    from dashboard.briefing.marked_workbook import marked_workbook
    from dashboard.briefing.package import WorkbookNotMarked

    try:
        return MARKED + marked_workbook(task.original, task.kind, task.marks, left=task.left)
    except WorkbookNotMarked as refusal:
        return REFUSED + str(refusal).encode()
