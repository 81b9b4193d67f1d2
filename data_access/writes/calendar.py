"""A new version of the work calendar, and the 暂定 deadlines that it settles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, select, update

from data_access import clock
from data_access.calendar_file import CalendarFinding, CalendarRow, read_calendar_file
from data_access.calendar_store import current_calendar, store_calendar
from data_access.database import Transaction, transaction
from data_access.schema.items import items, rounds
from data_access.work_calendar import check_calendar_file
from data_access.writes.record_audit import record_audit
from supervision.deadlines import feedback_due
from supervision.scope import Viewer
from supervision.vocabulary import DeadlineBasis, Severity
from supervision.working_days import WorkCalendar


@dataclass(frozen=True, slots=True)
class StoredCalendar:
    """The years now known and how many 暂定 deadlines got their day."""

    first_year: int
    last_year: int
    settled: int


class CalendarRefused(Exception):
    """The file has errors and nothing was stored; `findings` tells each at its line."""

    def __init__(self, findings: list[CalendarFinding]) -> None:
        super().__init__(f"工作日历有 {len(findings)} 处错误，没有入库。")
        self.findings = findings


def import_calendar(
    engine: Engine, data: bytes, *, file_name: str, viewer: Viewer
) -> StoredCalendar:
    """Put a calendar file in force: its years are added, or take the place of what was known.

    Raises CalendarRefused for faults of the file and for years that would leave a gap. Deadlines
    that have a day keep it: a notice never moves a running deadline unseen.
    """
    errors = [f for f in check_calendar_file(data) if f.severity is Severity.ERROR]
    if errors:
        raise CalendarRefused(errors)
    told = read_calendar_file(data).rows
    with transaction(engine) as change:
        rows, years = _merged(current_calendar(change.connection), told)
        version = store_calendar(
            change, rows, years=years, source=file_name[:200], stored_at=clock.now()
        )
        record_audit(
            change, viewer, act="import_calendar", entity="work_calendar", entity_id=version,
            after={"file": file_name[:200], "years": [years.start, years.stop - 1]},
        )  # fmt: skip
        settled = _settle_provisional(change, version, viewer)
    return StoredCalendar(years.start, years.stop - 1, settled)


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


def _settle_provisional(change: Transaction, version: int, viewer: Viewer) -> int:
    calendar = current_calendar(change.connection)
    settled = 0
    for row in _provisional(change.connection):
        deadline = feedback_due(row.assigned_on, calendar)
        if deadline.due_on is None:
            continue
        settled += 1
        change.connection.execute(
            update(rounds)
            .where(rounds.c.id == row.id)
            .values(
                due_on=deadline.due_on,
                due_basis=deadline.basis.value,
                due_convention=calendar.convention.value,
                calendar_version_id=version,
            )
        )
        change.connection.execute(
            update(items)
            .where(items.c.id == row.item_id)
            .values(change_number=change.change, row_version=items.c.row_version + 1)
        )
        record_audit(
            change, viewer, act="settle_deadline", entity="item", entity_id=row.item_id,
            before={"due_on": "暂定"}, after={"due_on": deadline.due_on.isoformat()},
        )  # fmt: skip
    return settled


def _provisional(connection: Connection) -> list[Row[Any]]:
    return list(
        connection.execute(
            select(rounds.c.id, rounds.c.item_id, rounds.c.assigned_on)
            .where(
                rounds.c.due_basis == DeadlineBasis.PROVISIONAL.value,
                rounds.c.assigned_on.is_not(None),
            )
            .order_by(rounds.c.id)
        )
    )
