"""The child process that writes marks into a sender's file: limits first, then the marking.

A file that was read within limits may still be made to be written back slowly, or out of all
memory: that ends a child, and never the server.
"""

from __future__ import annotations

import sys

import msgspec

from dashboard.limited_child import Limits, keep_within
from supervision.vocabulary import Severity

MB = 1024 * 1024
LIMITS = Limits(memory_bytes=1_500 * MB, cpu_seconds=90, wall_seconds=150, writes_files=True)
"""A ledger of 200,000 rows, marked all over, takes the half of the memory."""
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
    answer = keep_within(LIMITS)
    answer.write(_answer_to(msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task)))
    answer.flush()


def _answer_to(task: Task) -> bytes:
    # Imported under the limits.
    from dashboard.briefing.marked_workbook import marked_workbook
    from dashboard.briefing.package import WorkbookNotMarked

    try:
        return MARKED + marked_workbook(task.original, task.kind, task.marks, left=task.left)
    except WorkbookNotMarked as refusal:
        return REFUSED + str(refusal).encode()
