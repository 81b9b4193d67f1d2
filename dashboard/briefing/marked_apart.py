"""A sender's ledger marked in a process of its own, so that no file hurts the server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from threading import BoundedSemaphore

import msgspec

from dashboard.briefing.marked_workbook import MOST_MARKS, Fault, worst_first
from dashboard.briefing.marking_child import MARKED, REFUSED, WALL_SECONDS, Mark, Task
from dashboard.briefing.package import WorkbookNotMarked

NOT_MARKED = "原文件太大或结构特殊，标注时占用过多，已停止。请按问题清单修改。"
_ROOT = Path(__file__).parents[2]
# -I keeps the environment and the working directory from being imported, so the child is told
# where its own modules are.
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from dashboard.briefing.marking_child import main; main()"
)
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
        answer = _asked(task)
    if answer.startswith(REFUSED):
        raise WorkbookNotMarked(answer[1:].decode())
    if not answer.startswith(MARKED):
        raise WorkbookNotMarked(NOT_MARKED)
    return answer[1:]


def _asked(task: bytes) -> bytes:
    libraries = os.environ.get("LD_LIBRARY_PATH")
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _START, str(_ROOT)],
            input=task,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            cwd="/",
            check=False,
            # No secret of the server's environment reaches the process that opens foreign files.
            env={"LANG": "C.UTF-8"} | ({"LD_LIBRARY_PATH": libraries} if libraries else {}),
        )
    except (subprocess.TimeoutExpired, OSError):
        return b""
    return done.stdout if done.returncode == 0 else b""
