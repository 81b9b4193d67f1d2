"""What a date cell turned out to say: a day, a limit to count, or a fault."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from data_access.ledger_import.cell_text import as_text
from data_access.ledger_import.model import CellValue
from supervision.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class Reading:
    """`on` is the day, where the cell settles one. A fault without a day is an error."""

    on: date | None = None
    code: str | None = None
    severity: Severity | None = None
    say: str = ""
    candidates: tuple[str, ...] = ()
    count: int | None = None
    unit: str = ""
    """working_days, days, weeks or months to count from the assignment."""
    start: date | None = None
    """The day to count from, where the cell names it; else the item's assignment."""
    precision: str = "day"
    year_printed: bool = True


BLANK = Reading()


def fault(code: str, say: str, candidates: tuple[str, ...] = ()) -> Reading:
    return Reading(code=code, severity=Severity.ERROR, say=say, candidates=candidates)


def notice(code: str, say: str) -> Reading:
    return Reading(code=code, severity=Severity.NOTICE, say=say)


def unit_in_heading(heading: str) -> str | None:
    """反馈时限（工作日） counts working days, 办理时限（天） days."""
    if "工作日" in heading:
        return "working_days"
    return "days" if re.search(r"[(（]\s*(?:自然)?[天日]\s*[)）]", heading) else None


def counted(value: CellValue, unit: str) -> Reading | None:
    """A bare number under such a heading is a limit to count; None for anything else."""
    text = as_text(value)
    return Reading(count=int(text), unit=unit) if re.fullmatch(r"[1-9]\d{0,2}", text) else None
