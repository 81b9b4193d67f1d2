"""What a date cell turned out to say: a day, a limit to count, or a fault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
