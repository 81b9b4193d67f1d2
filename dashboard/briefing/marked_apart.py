"""A sender's ledger marked in a process of its own, so that no file hurts the server."""

from __future__ import annotations

from collections.abc import Iterable
from threading import BoundedSemaphore

import msgspec

from dashboard.briefing.marked_workbook import MOST_MARKS, Fault, worst_first
from dashboard.briefing.marking_child import LIMITS, MARKED, REFUSED, Mark, Task
from dashboard.briefing.package import WorkbookNotMarked
from dashboard.limited_child import answer_of_child

NOT_MARKED = "原文件太大或结构特殊，标注时占用过多，已停止。请按问题清单修改。"
_CHILD = "dashboard.briefing.marking_child"
_AT_ONCE = BoundedSemaphore(2)
"""Files marked at the same time, so that they cannot eat the machine together."""


def marked_apart(original: bytes, kind: str, flags: Iterable[Fault]) -> bytes:
    """`marked_workbook`, by a child with limits; WorkbookNotMarked also when they are reached."""
    told = worst_first(flags)
    marks = [
        Mark(one.sheet, one.row, one.cell, one.severity, one.message, one.candidates)
        for one in told[:MOST_MARKS]
    ]
    task = msgspec.msgpack.encode(Task(original, kind, marks, len(told) - len(marks)))
    with _AT_ONCE:
        answer = answer_of_child(_CHILD, task, LIMITS)
    if answer.startswith(REFUSED):
        raise WorkbookNotMarked(answer[1:].decode())
    if not answer.startswith(MARKED):
        raise WorkbookNotMarked(NOT_MARKED)
    return answer[1:]
