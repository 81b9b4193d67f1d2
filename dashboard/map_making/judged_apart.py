"""A city's file judged in a process of its own, so that no file hurts the server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

import msgspec

from dashboard.map_making.geojson_text import MOST_BYTES, TOO_LARGE
from dashboard.map_making.judging_child import TOO_MUCH, WALL_SECONDS, Task, Verdict

_ROOT = Path(__file__).parents[2]
# -I keeps the environment and the working directory from being imported, so the child is told
# where its own modules are.
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from dashboard.map_making.judging_child import main; main()"
)
_AT_ONCE = BoundedSemaphore(1)
"""One file at a time: administrators are few, and cores too."""


def judged_apart(task: Task) -> Verdict:
    """What a child with limits found; a child that reached one has found a fault."""
    if task.data is not None and len(task.data) > MOST_BYTES:
        return Verdict(faults=[TOO_LARGE])
    with _AT_ONCE:
        answer = _asked(msgspec.msgpack.encode(task))
    try:
        return msgspec.msgpack.decode(answer, type=Verdict)
    except msgspec.DecodeError:
        return Verdict(faults=[TOO_MUCH])


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
            # No secret of the server's environment reaches the process that opens foreign files;
            # and each thread of a library takes address space that the file needs.
            env={"LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
            | ({"LD_LIBRARY_PATH": libraries} if libraries else {}),
        )
    except (subprocess.TimeoutExpired, OSError):
        return b""
    return done.stdout if done.returncode == 0 else b""
