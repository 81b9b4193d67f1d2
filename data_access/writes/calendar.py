"""A new version of the work calendar: what it settles and moves, shown first, then kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from data_access import clock
from data_access.calendar_file import CalendarFile, CalendarFinding, CalendarRow
from data_access.calendar_store import current_calendar, store_calendar
from data_access.database import Transaction, rehearsing, transaction
from data_access.work_calendar import calendar_findings
from data_access.writes.in_line import WAIT_MS, told_when_busy
from data_access.writes.open_deadlines import Movement, move_open_deadlines
from data_access.writes.record_audit import record_audit
from data_access.writes.rule_recount import recount_by_calendar
from supervision.scope import Viewer
from supervision.vocabulary import Severity
from supervision.working_days import WorkCalendar


@dataclass(frozen=True, slots=True)
class StoredCalendar:
    """The years now known, and what the new days do to open deadlines."""

    first_year: int
    last_year: int
    movement: Movement

    @property
    def settled(self) -> int:
        """How many 暂定 deadlines got their day."""
        return self.movement.settled


class CalendarRefused(Exception):
    """The file has errors and nothing was stored; `findings` tells each at its line."""

    def __init__(self, findings: list[CalendarFinding]) -> None:
        super().__init__(f"工作日历有 {len(findings)} 处错误，没有入库。")
        self.findings = findings


def rehearse_calendar(
    engine: Engine, file: CalendarFile, *, viewer: Viewer, as_of: date
) -> StoredCalendar:
    """What putting the file in force would do, found by doing it and undoing it.

    Raises CalendarRefused.
    """
    with told_when_busy(), rehearsing(engine) as change:
        return _put_in_force(change, file, "", viewer, as_of)


def import_calendar(
    engine: Engine, file: CalendarFile, *, file_name: str, viewer: Viewer, as_of: date
) -> StoredCalendar:
    """Put a calendar file in force: its years are added, or take the place of what was known.

    Open deadlines are counted again by the new days, each with its audit row; those that are
    answered or overdue keep theirs (metrics.md 2.10). Raises CalendarRefused for faults of the
    file and for years that would leave a gap.
    """
    with told_when_busy(), transaction(engine, wait_ms=WAIT_MS) as change:
        return _put_in_force(change, file, file_name[:200], viewer, as_of)


def _put_in_force(
    change: Transaction, file: CalendarFile, file_name: str, viewer: Viewer, as_of: date
) -> StoredCalendar:
    errors = [f for f in calendar_findings(file) if f.severity is Severity.ERROR]
    if errors:
        raise CalendarRefused(errors)
    known = current_calendar(change.connection)
    rows, years = _merged(known, file.rows)
    source = "、".join(dict.fromkeys(row[3] for row in file.rows if row[3])) or file_name
    version = store_calendar(
        change, rows, years=years, source=source[:400] or file_name, stored_at=clock.now()
    )
    record_audit(
        change, viewer, act="import_calendar", entity="work_calendar", entity_id=version,
        before={"years": [known.years.start, known.years.stop - 1] if known.years else []},
        after={"file": file_name, "years": [years.start, years.stop - 1]},
        reason=source[:400] or None,
    )  # fmt: skip
    calendar = current_calendar(change.connection)
    movement = move_open_deadlines(
        change, recount_by_calendar(calendar), viewer=viewer, as_of=as_of,
        calendar_version=version, reason=f"启用新的工作日历（{source[:200]}）",
    )  # fmt: skip
    return StoredCalendar(years.start, years.stop - 1, movement)


def _merged(known: WorkCalendar, told: Sequence[CalendarRow]) -> tuple[list[CalendarRow], range]:
    """The known years and the told ones; a told year replaces the known one whole."""
    told_years = {row[0].year for row in told}
    every = sorted({*known.years, *told_years})
    years = range(every[0], every[-1] + 1)
    if missing := [str(year) for year in years if year not in every]:
        words = f"已录入 {known.years.start}—{known.years.stop - 1} 年，"
        words += f"还缺 {'、'.join(missing)} 年的安排，请一并写进文件。"
        raise CalendarRefused([CalendarFinding(None, Severity.ERROR, words)])
    kept = [
        (day, entry.is_working, entry.name, entry.source)
        for day, entry in known.days.items()
        if day.year not in told_years
    ]
    return sorted([*kept, *told]), years
