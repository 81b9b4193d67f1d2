"""Judging without files: workbooks made of plain lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from data_access.ledger_import.judge import judge
from data_access.ledger_import.model import Hints, JudgedLedger, Merge, Sheet, Workbook
from data_access.registers import Registers, shipped_registers
from data_access.work_calendar import shipped_calendar

AS_OF = date(2026, 11, 20)
Judge = Callable[..., JudgedLedger]


@pytest.fixture(scope="session")
def registers() -> Registers:
    return shipped_registers()


@pytest.fixture(scope="session")
def judged_sheets(registers: Registers) -> Judge:
    """Judge several sheets as one workbook."""

    def judged(
        *sheets: Sheet, hints: Hints | None = None, hidden: tuple[str, ...] = (),
        as_of: date = AS_OF,
    ) -> JudgedLedger:  # fmt: skip
        workbook = Workbook("台账.xlsx", "0" * 64, "xlsx", list(sheets), hidden)
        return judge(
            workbook, registers=registers, calendar=shipped_calendar(), as_of=as_of, hints=hints
        )

    return judged


@pytest.fixture(scope="session")
def judged(judged_sheets: Judge) -> Judge:
    """Judge one sheet given as lists of cells."""

    def judged_rows(
        *rows: list[Any], name: str = "Sheet1", hints: Hints | None = None,
        merges: tuple[tuple[int, int, int, int], ...] = (), as_of: date = AS_OF, **sheet: Any,
    ) -> JudgedLedger:  # fmt: skip
        whole = Sheet(
            name, [list(row) for row in rows], merges=tuple(Merge(*m) for m in merges), **sheet
        )
        return judged_sheets(whole, hints=hints, as_of=as_of)

    return judged_rows
