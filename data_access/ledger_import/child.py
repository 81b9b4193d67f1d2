"""The child process that opens a file: limits first, then reading, then frames on stdout."""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
from typing import IO

from data_access.ledger_import import refusals, wire
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import LedgerRefused


def main() -> None:
    """Read the file from stdin, answer on stdout; the arguments tell its kind and the limits."""
    # A short life with few cycles: collecting garbage would only cost time.
    gc.disable()
    container, told = sys.argv[1:3]
    limits = Limits(**json.loads(told))
    _limit(limits)
    # Whatever a library prints must not get between the frames.
    answer = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    os.dup2(2, 1)
    try:
        frame = _read(container, sys.stdin.buffer, answer, limits)
    except LedgerRefused as refusal:
        frame = wire.Refused(str(refusal))
    except (MemoryError, ImportError):
        # Without memory a library cannot even be loaded.
        frame = wire.Refused(refusals.TOO_MUCH_MEMORY)
    except Exception as error:
        # Readers raise whatever a broken file makes them stumble over; the place is logged.
        frame = wire.Broke(_where(error))
    wire.send(answer, frame)
    answer.flush()


def _limit(limits: Limits) -> None:
    os.nice(10)
    # Should the parent be gone, the child does not outlive its time.
    signal.alarm(limits.child_wall_seconds + 5)
    cpu = limits.child_cpu_seconds
    for what, soft, hard in (
        (resource.RLIMIT_AS, limits.child_bytes, limits.child_bytes),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, limits.answer_bytes + (1 << 20), limits.answer_bytes + (1 << 20)),
        (resource.RLIMIT_CPU, cpu, cpu + 2),
    ):
        allowed = resource.getrlimit(what)[1]
        if allowed != resource.RLIM_INFINITY:
            # Whoever starts the server may have set it tighter limits still.
            soft, hard = min(soft, allowed), min(hard, allowed)
        resource.setrlimit(what, (soft, hard))


def _read(container: str, file: IO[bytes], answer: IO[bytes], limits: Limits) -> wire.Frame:
    # Imported under the limits, and only what this kind needs.
    writer = wire.CellWriter(answer, limits)
    if container == "text":
        from data_access.ledger_import.csv_reader import read_csv

        wire.write_sheet(writer, read_csv(file.read(), limits))
        return wire.Done("csv", [], date_1904=False)
    if container == "zip":
        from data_access.ledger_import.xlsx_reader import read_xlsx

        return read_xlsx(file, writer, limits)
    from data_access.ledger_import.xls_reader import read_xls

    return read_xls(file, writer)


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else (
        f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno} "
    )  # fmt: skip
    return place + type(error).__name__


if __name__ == "__main__":
    main()
