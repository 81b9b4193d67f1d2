"""The figures of a programme: which entries are counted, and out of which.

A figure is the lengths of two lists of entries, so that every number is its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from supervision.deadlines import feedback_due
from supervision.metrics import NOTHING, Rate
from supervision.programmes import (
    RATES,
    Clock,
    Condition,
    FieldKind,
    Measure,
    Programme,
    ProgrammeFigure,
)
from supervision.working_days import WorkCalendar

Value: TypeAlias = str | int | date


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a programme's ledger as it is kept."""

    id: int
    values: Mapping[str, Value]
    """Column → day, whole number, name of a choice, or text; blank ones are absent."""
    dues: Mapping[str, date] = field(default_factory=dict)
    """Clock → the day on which it ends."""
    unit: int | None = None
    township: int | None = None
    department: int | None = None

    def day(self, name: str | None) -> date | None:
        """The day in a column."""
        value = self.values.get(name) if name else None
        return value if isinstance(value, date) else None


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with its entries: `hits` out of `whole`; the same where it is no rate."""

    figure: ProgrammeFigure
    hits: tuple[Entry, ...]
    whole: tuple[Entry, ...]

    @property
    def rate(self) -> Rate:
        """n and N."""
        return Rate(len(self.hits), len(self.whole))

    @property
    def number(self) -> int | None:
        """What a figure that is no rate comes to; None for the middle of nothing."""
        column = self.figure.column
        told = sorted(
            value for one in self.hits if isinstance(value := one.values.get(column or ""), int)
        )
        if self.figure.measure is Measure.SUM:
            return sum(told)
        if self.figure.measure is Measure.MEDIAN:
            return told[(len(told) - 1) // 2] if told else None
        return len(self.hits)

    def text(self) -> str:
        """93.55%（58/62）, 62, or —."""
        if self.figure.measure in RATES:
            return self.rate.text()
        return NOTHING if self.number is None else f"{self.number:,}"


def counted(
    programme: Programme,
    figure: ProgrammeFigure,
    entries: Iterable[Entry],
    *,
    as_of: date,
    first: date,
    last: date,
) -> Counted:
    """The figure over the days from `first` to `last`, or as it stands on `as_of`."""
    status, void = programme.status or "", left_out(programme)
    inside = [
        one for one in entries
        if one.values.get(status) not in void and holds(figure.of, one.values)
    ]  # fmt: skip
    match figure.measure:
        case Measure.DUE_RATE:
            whole, hits = _due(programme.clock(figure.clock or ""), inside, as_of, first, last)
        case Measure.SETTLED_RATE:
            began = [one for one in inside if _within(one, figure.day, first, last)]
            whole, hits = _settled(programme.clock(figure.clock or ""), began, as_of)
        case Measure.STOCK:
            whole = hits = [one for one in inside if holds(figure.counted, one.values)]
        case Measure.RATE:
            whole = [one for one in inside if _within(one, figure.day, first, last)]
            hits = [one for one in whole if holds(figure.counted, one.values)]
        case _:
            whole = hits = [
                one for one in inside
                if _within(one, figure.day, first, last) and holds(figure.counted, one.values)
                and (figure.column is None or figure.column in one.values)
            ]  # fmt: skip
    return Counted(figure, tuple(hits), tuple(whole))


def holds(condition: Condition, values: Mapping[str, Value]) -> bool:
    """Whether an entry with these values is one of those that the condition names."""
    if condition.is_open:
        return True
    return (
        all(values.get(name) in wanted for name, wanted in condition.answers)
        and all(name in values for name in condition.filled)
        and not any(name in values for name in condition.blank)
    )


def left_out(programme: Programme) -> frozenset[object]:
    """The statuses whose entries are in no figure."""
    if programme.status is None:
        return frozenset()
    field = programme.field(programme.status)
    return frozenset(choice.name for choice in field.choices if choice.left_out)


def _within(entry: Entry, name: str | None, first: date, last: date) -> bool:
    day = entry.day(name)
    return day is not None and first <= day <= last


def _due(
    clock: Clock, entries: Sequence[Entry], as_of: date, first: date, last: date
) -> tuple[list[Entry], list[Entry]]:
    """Entries whose due day lies in the period and has ended; on time, those done by then."""
    whole = [
        one for one in entries
        if (due := one.dues.get(clock.name)) is not None and first <= due <= last and due < as_of
    ]  # fmt: skip
    return whole, [one for one in whole if _in_time(clock, one)]


def _settled(
    clock: Clock, entries: Sequence[Entry], as_of: date
) -> tuple[list[Entry], list[Entry]]:
    """Entries that are done, and those not done whose due day has ended (metrics.md 2.4)."""
    whole = [
        one for one in entries
        if (due := one.dues.get(clock.name)) is not None
        and (one.day(clock.ends) is not None or due < as_of)
    ]  # fmt: skip
    return whole, [one for one in whole if _in_time(clock, one)]


def _in_time(clock: Clock, entry: Entry) -> bool:
    ended, due = entry.day(clock.ends), entry.dues.get(clock.name)
    return ended is not None and due is not None and ended <= due


def dues_of(
    programme: Programme, values: Mapping[str, Value], calendar: WorkCalendar
) -> dict[str, date]:
    """The day on which each clock ends: as the ledger states it, else counted by the limit."""
    found: dict[str, date] = {}
    for clock in programme.clocks:
        if not holds(clock.only, values):
            continue
        stated, start = values.get(clock.due or ""), values.get(clock.starts)
        due = stated if isinstance(stated, date) else None
        if due is None and clock.limit is not None and isinstance(start, date):
            due = feedback_due(start, calendar, limit=clock.limit).due_on
        if due is not None:
            found[clock.name] = due
    return found


def subject_of(programme: Programme, name: str, entry: Entry) -> object | None:
    """Whose line it is in the column `name`: the key of a register, or the text itself."""
    match programme.field(name).kind:
        case FieldKind.COUNTY:
            return entry.unit
        case FieldKind.TOWNSHIP:
            return entry.township
        case FieldKind.DEPARTMENT:
            return entry.department
    return entry.values.get(name)
