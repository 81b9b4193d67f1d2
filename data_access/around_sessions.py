"""What is due before and after sessions: by the rule, or by the milestone that people keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.facts import facts
from data_access.meetings import departments_within
from data_access.schema.meetings import session_milestones
from supervision.face_to_face import follow_up_due, memo_due
from supervision.milestones import MilestoneKind
from supervision.scope import Scope
from supervision.working_days import WorkCalendar

NEAR_DAYS = 60
_KINDS = (MilestoneKind.MEMO.value, MilestoneKind.FOLLOW_UP.value)


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something is due, and in how many working days (negative: it is over)."""

    on: date
    in_working_days: int | None
    """None where the calendar does not reach."""
    done_on: date | None = None
    """As its milestone says; None where it is not done or nobody said so."""


class _Kept(NamedTuple):
    session_id: int
    kind: str
    planned_on: date | None
    done_on: date | None
    department_id: int | None


@dataclass(frozen=True, eq=False, slots=True)
class Around:
    """What is due around sessions as of a day. Of those held long ago or far ahead only what
    people keep a milestone for is worked out, unless `everything` is asked for."""

    calendar: WorkCalendar
    as_of: date
    kept: dict[tuple[int, str], _Kept]
    everything: bool

    def memo(self, session_id: int, held_on: date | None) -> Due | None:
        """会前备忘."""
        return self._due(session_id, held_on, MilestoneKind.MEMO, memo_due)

    def follow_up(self, session_id: int, held_on: date | None) -> Due | None:
        """会后跟进."""
        return self._due(session_id, held_on, MilestoneKind.FOLLOW_UP, follow_up_due)

    def _due(
        self, session_id: int, held_on: date | None, kind: MilestoneKind,
        rule: Callable[[WorkCalendar, date], date | None],
    ) -> Due | None:  # fmt: skip
        kept = self.kept.get((session_id, kind.value))
        day, done_on = None, None
        if held_on is not None and (kept is not None or self._is_near(held_on)):
            day = rule(self.calendar, held_on)
        if kept is not None:
            day = kept.planned_on or day
            done_on = kept.done_on if (kept.done_on or date.max) <= self.as_of else None
        if day is None:
            return None
        return Due(day, self.calendar.known_between(self.as_of, day), done_on)

    def _is_near(self, held_on: date) -> bool:
        return self.everything or abs((held_on - self.as_of).days) <= NEAR_DAYS


def around_sessions(
    engine: Engine, scope: Scope, as_of: date, *, everything: bool = False
) -> Around:
    """What is due around sessions, by milestones within reach where there are some."""
    kept = session_milestones.c
    question = select(*(kept[name] for name in _Kept._fields)).where(
        kept.withdrawn_on.is_(None), kept.kind.in_(_KINDS)
    )
    with reading(engine) as connection:
        own = departments_within(connection, scope)
        rows = [_Kept._make(row) for row in connection.execute(question)]
    seen = {
        (row.session_id, row.kind): row
        for row in rows
        if own is None or row.department_id is None or row.department_id in own
    }
    return Around(facts(engine).calendar, as_of, seen, everything)
