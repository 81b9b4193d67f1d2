"""What a log tells of a fault: its kinds and places, never what it says.

The sentence of an exception may repeat a resident's telephone, a ledger cell, a database's
answer; Streamlit, the web server and the drivers all log faults with it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from typing import Any


def keep_values_out_of_logs() -> None:
    """From now on every logged fault of this process is told without its sentence."""
    made = logging.getLogRecordFactory()
    if not isinstance(made, _Quiet):
        logging.setLogRecordFactory(_Quiet(made))


class _Quiet:
    """Makes log records as `made` does; a fault becomes text before any handler sees it."""

    def __init__(self, made: Any) -> None:
        self._made = made

    def __call__(self, *told: Any, **named: Any) -> logging.LogRecord:
        record: logging.LogRecord = self._made(*told, **named)
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = "\n".join(_told(record.exc_info[1]))
            record.exc_info = None
        return record


def _told(problem: BaseException) -> Iterator[str]:
    """The way to each fault of a chain and its kind, the first cause first."""
    chain = [problem]
    while (cause := _cause_of(chain[-1])) is not None and cause not in chain:
        chain.append(cause)
    for fault in reversed(chain):
        yield "".join(traceback.format_tb(fault.__traceback__)) + type(fault).__qualname__


def _cause_of(problem: BaseException) -> BaseException | None:
    if problem.__cause__ is not None or problem.__suppress_context__:
        return problem.__cause__
    return problem.__context__
