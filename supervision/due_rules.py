"""时限: in which lists one item's current round stands (data_access.due_lists asks it of all)."""

from __future__ import annotations

from datetime import date

from supervision.deadlines import working_days_overdue
from supervision.vocabulary import DeadlineBasis, Light
from supervision.working_days import WorkCalendar
from supervision.worklists import AGES, DueList

_AWAITED = frozenset({Light.RED, Light.YELLOW, Light.GREEN, Light.NO_DEADLINE})
"""Lights of a clock that runs: written feedback is owed."""


def due_lists_of(
    shown: Light, due_on: date | None, basis: DeadlineBasis, calendar: WorkCalendar, *,
    extended: bool, as_of: date,
) -> frozenset[DueList]:  # fmt: skip
    """The lists of a round that shows this light on the day."""
    if shown not in _AWAITED:
        return frozenset()
    found = set[DueList]()
    if basis is DeadlineBasis.PROVISIONAL:
        found.add(DueList.PROVISIONAL)
    if extended:
        found.add(DueList.EXTENDED)
    if shown is Light.RED and due_on is not None:
        found.add(_age(working_days_overdue(due_on, as_of, calendar)))
    return frozenset(found)


def _age(days: int | None) -> DueList:
    """The class of so many working days; overdue over rest days only is of the first one."""
    if days is None:
        return DueList.OVERDUE_UNCOUNTED
    return next(band for band, (_, last) in AGES.items() if last is None or days <= last)
