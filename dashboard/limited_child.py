"""A process of its own with limits, for work that a foreign file may be made to make endless.

Whatever the file does ends the child, never the server. Standard library only: the child loads
nothing before its limits hold.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO, NamedTuple

_ROOT = Path(__file__).parents[1]
# -I keeps the environment and the working directory from being imported, so the child is told
# where its own modules are.
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "import importlib; importlib.import_module(sys.argv[2]).main()"
)


class Limits(NamedTuple):
    """What a child may take."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: int
    writes_files: bool = False


def answer_of_child(module: str, task: bytes, limits: Limits) -> bytes:
    """What `module.main` in a child answers to the task; nothing where it reached a limit."""
    libraries = os.environ.get("LD_LIBRARY_PATH")
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _START, str(_ROOT), module],
            input=task,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.wall_seconds,
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


def keep_within(limits: Limits) -> BinaryIO:
    """In the child, first of all: hold these limits; where the answer is to be written."""
    os.nice(10)
    # Should the parent be gone, the child does not outlive its time.
    signal.alarm(limits.wall_seconds + 5)
    wanted = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: limits.cpu_seconds,
    } | ({} if limits.writes_files else {resource.RLIMIT_FSIZE: 0})
    for what, most in wanted.items():
        allowed = resource.getrlimit(what)[1]
        # Whoever starts the server may have set it tighter limits still.
        most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(what, (most, most))
    # Whatever a library prints must not get into the answer.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answer
