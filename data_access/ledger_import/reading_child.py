"""The running child process as its parent sees it: a question, an answer, a deadline."""

from __future__ import annotations

import io
import json
import os
import select
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, Self

from data_access.ledger_import.limits import Limits

_ROOT = Path(__file__).parents[2]
# -I keeps the environment and the working directory from being imported, so the child is told
# where its own modules are.
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from data_access.ledger_import.child import main; main()"
)


_GRACE_SECONDS = 1


class ReadingChild:
    """Started afresh, not forked; ended, whatever happens, when the block is left."""

    def __init__(self, container: str, question: IO[bytes], limits: Limits) -> None:
        """Raise OSError where the machine has no room for it."""
        self._deadline = time.monotonic() + limits.child_wall_seconds
        libraries = os.environ.get("LD_LIBRARY_PATH")
        told = json.dumps(asdict(limits))
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, str(_ROOT), container, told],
            stdin=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd="/",
            # No secret of the server's environment reaches the process that opens foreign files.
            env={"LANG": "C.UTF-8"} | ({"LD_LIBRARY_PATH": libraries} if libraries else {}),
        )
        assert self._process.stdout is not None
        self._pipe = self._process.stdout
        most = limits.answer_bytes + (1 << 20)
        self.answer = io.BufferedReader(_Timed(self._pipe.fileno(), self._deadline, most), 1 << 20)
        """What the child says. Reading raises TimeoutError after the deadline and ValueError
        when it says more than it may."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._process.kill()
        self._process.wait()
        self._pipe.close()

    def status(self) -> int:
        """The exit status; negative is the signal that ended the child."""
        try:
            return self._process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            # It has said its last word, or nothing more of it is wanted.
            self._process.kill()
            return self._process.wait()


class _Timed(io.RawIOBase):
    def __init__(self, pipe: int, deadline: float, most: int) -> None:
        self._pipe, self._deadline, self._left = pipe, deadline, most
        self._ready = select.poll()
        self._ready.register(pipe, select.POLLIN)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._deadline - time.monotonic()
        if left <= 0 or not self._ready.poll(left * 1000):
            raise TimeoutError
        got = os.readv(self._pipe, [buffer])
        self._left -= got
        if self._left < 0:
            raise ValueError("the answer is longer than allowed")
        return got
