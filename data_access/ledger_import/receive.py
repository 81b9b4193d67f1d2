"""From a file to a judged ledger: gate, reading, judging, each by its own module."""

from __future__ import annotations

from datetime import date
from threading import Lock

from sqlalchemy import Engine

from data_access.calendar_store import current_calendar
from data_access.city_rules import rule_book
from data_access.collector import rarely_collecting
from data_access.database import reading
from data_access.ledger_import.judge import judge
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import Hints, JudgedLedger, Workbook
from data_access.ledger_import.workbook import open_ledger
from data_access.register_store import stored_registers
from data_access.registers import Registers, shipped_registers
from data_access.work_calendar import shipped_calendar
from supervision.city_rules import RuleBook
from supervision.working_days import WorkCalendar

_ONE_AT_A_TIME = Lock()
"""Judging takes all of a core: of two ledgers at once both would take twice as long, and others
would wait for their pages."""


def judged_file(
    data: bytes,
    file_name: str,
    *,
    as_of: date,
    engine: Engine | None,
    limits: Limits | None = None,
    hints: Hints | None = None,
) -> JudgedLedger:
    """Read and judge a file against the store's registers (the shipped ones without a store).

    Raises LedgerRefused with one Chinese sentence.
    """
    workbook = open_ledger(data, file_name, limits=limits or Limits())
    return judged_workbook(workbook, as_of=as_of, engine=engine, hints=hints)


def judged_workbook(
    workbook: Workbook, *, as_of: date, engine: Engine | None, hints: Hints | None = None
) -> JudgedLedger:
    """Judge an opened workbook again, for instance after a person has chosen a mapping."""
    registers, calendar, rules = _known(engine)
    with _ONE_AT_A_TIME, rarely_collecting():
        return judge(
            workbook, registers=registers, calendar=calendar, as_of=as_of, hints=hints,
            rules=rules,
        )  # fmt: skip


def _known(engine: Engine | None) -> tuple[Registers, WorkCalendar, RuleBook]:
    if engine is None:
        return shipped_registers(), shipped_calendar(), RuleBook()
    with reading(engine) as connection:
        return (
            stored_registers(connection),
            current_calendar(connection),
            rule_book(connection),
        )
