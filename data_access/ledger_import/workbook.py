"""Opens a file in a child process with limits on memory, processor and wall time.

No file can hurt the server: readers abort, explode or hang on a few hostile bytes
(hardening.md 0, 4), so they do it in a process of their own, started afresh, not forked.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from typing import IO

import msgspec

from data_access.ledger_import import wire
from data_access.ledger_import.gate import SAVE_AS, kind_of
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import LedgerRefused, Merge, Sheet, Workbook

_TOO_HARD = f"文件打开时占用过多内存或时间，已停止读取。{SAVE_AS}"
_DEFAULTS = Limits()


def open_ledger(data: bytes, file_name: str, *, limits: Limits = _DEFAULTS) -> Workbook:
    """The workbook's visible sheets; LedgerRefused with one Chinese sentence for a bad file."""
    kind = kind_of(data, file_name, limits)
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as reply:
        wire.send(question, [kind, msgspec.to_builtins(limits)])
        question.write(data)
        question.seek(0)
        _run_child(question, reply, limits)
        reply.seek(0)
        try:
            return _received(reply, hashlib.sha256(data).hexdigest(), file_name)
        except (EOFError, msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
            raise LedgerRefused(_TOO_HARD) from error


def _run_child(question: IO[bytes], reply: IO[bytes], limits: Limits) -> None:
    # -I: nothing from the environment or the working directory is imported.
    command = [sys.executable, "-I", "-m", "data_access.ledger_import.child"]
    child = subprocess.Popen(
        command, stdin=question, stdout=reply, stderr=subprocess.DEVNULL, env={"LANG": "C.UTF-8"}
    )
    try:
        child.wait(timeout=limits.child_wall_seconds)
    except subprocess.TimeoutExpired as error:
        raise LedgerRefused(_TOO_HARD) from error
    finally:
        child.kill()
        child.wait()


def _received(reply: IO[bytes], sha256: str, file_name: str) -> Workbook:
    answer = wire.answer(reply)
    if answer.refused is not None:
        raise LedgerRefused(answer.refused)
    sheets = [_sheet(reply) for _ in range(answer.sheets)]
    return Workbook(file_name, sha256, answer.kind, sheets, tuple(answer.hidden_sheets))


def _sheet(reply: IO[bytes]) -> Sheet:
    head = wire.sheet_head(reply)
    return Sheet(
        name=head.name,
        rows=[row for block in wire.row_frames(reply, head.frames) for row in block],
        first_row=head.first_row,
        merges=tuple(Merge(*bounds) for bounds in head.merges),
        hidden_rows=frozenset(head.hidden_rows),
        hidden_columns=frozenset(head.hidden_columns),
        percent_cells=frozenset((row, column) for row, column in head.percent_cells),
    )
