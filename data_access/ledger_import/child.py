"""The child process that opens a file: limits first, then reading, then frames on stdout."""

from __future__ import annotations

import os
import resource
import sys
from typing import IO

import msgspec

from data_access.ledger_import import wire
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import LedgerRefused, Sheet


def main() -> None:
    """Read the question from stdin, answer on stdout."""
    question, reply = sys.stdin.buffer, sys.stdout.buffer
    length = int.from_bytes(question.read(8), "big")
    kind, told = msgspec.msgpack.decode(question.read(length))
    limits = msgspec.convert(told, Limits)
    _limit(limits)
    try:
        hidden, sheets = _read(kind, question.read(), limits)
    except LedgerRefused as refusal:
        wire.send(reply, wire.Answer(str(refusal), kind, [], 0))
        return
    wire.send(reply, wire.Answer(None, kind, hidden, len(sheets)))
    while sheets:
        _send_sheet(reply, sheets.pop(0))


def _limit(limits: Limits) -> None:
    os.nice(5)
    cpu = limits.child_cpu_seconds
    for what, most in (
        (resource.RLIMIT_AS, limits.child_bytes),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, limits.answer_bytes),
    ):
        resource.setrlimit(what, (most, most))


def _read(kind: str, data: bytes, limits: Limits) -> tuple[list[str], list[Sheet]]:
    # Imported under the limits, and only what this kind needs.
    if kind == "csv":
        from data_access.ledger_import.csv_reader import read_csv

        return [], [read_csv(data, limits)]
    if kind == "xls":
        from data_access.ledger_import.xls_reader import read_xls

        return read_xls(data, limits)
    from data_access.ledger_import.xlsx_reader import read_xlsx

    return read_xlsx(data, limits)


def _send_sheet(reply: IO[bytes], sheet: Sheet) -> None:
    rows = sheet.rows
    starts = range(0, len(rows), wire.ROWS_PER_FRAME)
    wire.send(
        reply,
        wire.SheetHead(
            name=sheet.name,
            first_row=sheet.first_row,
            merges=[(m.first_row, m.first_column, m.last_row, m.last_column) for m in sheet.merges],
            hidden_rows=sorted(sheet.hidden_rows),
            hidden_columns=sorted(sheet.hidden_columns),
            percent_cells=sorted(sheet.percent_cells),
            frames=len(starts),
        ),
    )
    for start in starts:
        block = rows[start : start + wire.ROWS_PER_FRAME]
        wire.send(reply, [[wire.wrapped(value) for value in row] for row in block])


if __name__ == "__main__":
    main()
