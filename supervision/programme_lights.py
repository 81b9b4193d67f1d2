"""The light of an entry: that of the first clock that has begun and not ended (metrics.md 2.9)."""

from __future__ import annotations

from datetime import date

from supervision.programme_figures import Entry, holds, left_out
from supervision.programmes import Clock, Programme
from supervision.vocabulary import Light
from supervision.working_days import WorkCalendar


def is_over(programme: Programme, entry: Entry) -> bool:
    """Whether nobody owes anything for it any more: by its status, else by its clocks."""
    if programme.status is None:
        return running_clock(programme, entry) is None
    choice = programme.field(programme.status).choice(entry.values.get(programme.status))
    return choice is not None and (choice.finished or choice.left_out)


class Lamps:
    """Lights of one programme's entries on one day; `within` is how far 临期 reaches."""

    def __init__(
        self, programme: Programme, calendar: WorkCalendar, *, as_of: date, within: int
    ) -> None:
        self._programme, self._calendar = programme, calendar
        self._as_of, self._within = as_of, within
        self._status = programme.status or ""
        self._void = left_out(programme)
        choices = programme.field(self._status).choices if programme.status else ()
        self._finished = frozenset(choice.name for choice in choices if choice.finished)
        self._left: dict[date, int | None] = {}

    def light(self, entry: Entry) -> Light | None:
        """None where no clock is for the entry."""
        status = entry.values.get(self._status)
        if status in self._void:
            return Light.OUT
        clocks = [one for one in self._programme.clocks if holds(one.only, entry.values)]
        if not clocks:
            return None
        if status in self._finished:
            return Light.GREY
        clock = running_clock(self._programme, entry)
        if clock is None:
            return self._at_rest(entry, clocks)
        due = entry.dues.get(clock.name)
        if due is None:
            return Light.NO_DEADLINE
        if due < self._as_of:
            return Light.RED
        if due not in self._left:
            self._left[due] = self._calendar.known_between(self._as_of, due)
        left = self._left[due]
        return Light.YELLOW if left is not None and left <= self._within else Light.GREEN

    def _at_rest(self, entry: Entry, clocks: list[Clock]) -> Light:
        if not any(entry.day(one.starts) is not None for one in clocks):
            return Light.NO_DEADLINE
        return Light.AWAITING_CLOSURE if self._programme.status is not None else Light.GREY

    def days_late(self, entry: Entry) -> int | None:
        """Working days by which the running clock is over; None where it is not, or none runs."""
        status = entry.values.get(self._status)
        clock = running_clock(self._programme, entry)
        if clock is None or status in self._finished or status in self._void:
            return None
        due = entry.dues.get(clock.name)
        if due is None or due >= self._as_of:
            return None
        return self._calendar.known_between(due, self._as_of)


def running_clock(programme: Programme, entry: Entry) -> Clock | None:
    """The first clock that has begun and not ended."""
    for clock in programme.clocks:
        begun = entry.day(clock.starts) is not None and entry.day(clock.ends) is None
        if begun and holds(clock.only, entry.values):
            return clock
    return None
