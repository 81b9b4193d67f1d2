"""What 面对面 asks of commitments and milestones: all commitments, and one session's plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import Connection, Engine, Row, Select, select

from data_access.around_sessions import Due, around_sessions
from data_access.database import reading
from data_access.facts import facts
from data_access.figures import AN_ITEM
from data_access.filters import Filters
from data_access.meetings import (
    Commitment,
    commitments_within,
    counted_items,
    course_of,
    departments_in_force,
    departments_within,
    is_whole,
)
from data_access.schema.meetings import commitment_reports, session_milestones
from data_access.schema.registers import face_to_face_sessions
from supervision.milestones import Drafted, MilestoneKind, Progress, drafted, progress
from supervision.reporters import told_to
from supervision.scope import Scope
from supervision.working_days import WorkCalendar


@dataclass(frozen=True, slots=True)
class Report:
    """Progress on a commitment, as it was told."""

    id: int
    told_on: date
    text: str


@dataclass(frozen=True, slots=True)
class CommitmentTold:
    """A commitment with its items within reach and the newest of its reports."""

    commitment: Commitment
    latest: Report | None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A 作战节点 with where it stands on the day asked about."""

    id: int
    kind: MilestoneKind
    name: str
    planned_on: date | None
    done_on: date | None
    department_id: int | None
    leader: str
    note: str
    row_version: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """What stands beside the items of one session, as far as it is within reach."""

    commitments: tuple[Commitment, ...] = ()
    withdrawn: tuple[Commitment, ...] = ()
    reports: dict[int, tuple[Report, ...]] | None = None
    """Commitment → its reports, the newest first."""
    milestones: tuple[Milestone, ...] = ()
    removed: tuple[Milestone, ...] = ()
    proposed: tuple[Drafted, ...] = ()
    """Points of the usual course that are not in the plan yet."""
    actual: tuple[tuple[str, date], ...] = ()
    """What the days of the items tell, in words and by day."""
    memo: Due | None = None
    """会前备忘; None without a day or beyond the calendar."""
    follow_up: Due | None = None
    """会后跟进."""
    departments: frozenset[int] | None = None
    """Whose commitments this person may keep; None: everybody's."""
    in_force: frozenset[int] = frozenset()
    """Departments that a commitment or a milestone may be given to."""
    is_whole: bool = False
    """Whether the plan is this person's to keep."""


def commitments(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> tuple[Commitment, ...]:
    """Every commitment within reach, what is overdue first."""
    return tuple(commitments_within(engine, scope=scope, as_of=as_of, filters=filters))


def commitments_of_item(
    engine: Engine, *, scope: Scope, as_of: date, item_id: int
) -> tuple[Commitment, ...]:
    """The commitments about an item within reach; none about one that is beyond it."""
    found = commitments_within(engine, scope=scope, as_of=as_of, item_id=item_id, with_items=True)
    return tuple(one for one in found if item_id in one.items)


def commitments_told(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> tuple[CommitmentTold, ...]:
    """Every commitment within reach, in the order of `commitments`, as a file tells of it."""
    found = commitments_within(engine, scope=scope, as_of=as_of, filters=filters, with_items=True)
    with reading(engine) as connection:
        reports = _reports(connection, [one.id for one in found], scope)
    return tuple(CommitmentTold(one, next(iter(reports.get(one.id, ())), None)) for one in found)


def session_plan(
    engine: Engine, *, scope: Scope, as_of: date, session_id: int, filters: Filters | None = None
) -> SessionPlan:
    """Commitments, reports and milestones of one session; empty where nothing of it is seen. The
    filters narrow commitments only: a plan is the session's."""
    known = facts(engine)
    asked: dict[str, Any] = {
        "scope": scope, "as_of": as_of, "session_id": session_id, "filters": filters,
        "with_items": True,
    }  # fmt: skip
    promised = commitments_within(engine, **asked)
    rows = counted_items(known, scope, as_of, session_id)
    if not (scope.everything or promised or len(rows)):
        return SessionPlan()
    whole = is_whole(engine, scope, as_of, session_id)
    course = course_of(engine, session_id, as_of) if whole else None
    with reading(engine) as connection:
        own, in_force = departments_within(connection, scope), departments_in_force(connection)
        reports = _reports(connection, [one.id for one in promised], scope)
        held_on = connection.execute(_held_on(session_id)).scalar()
        kept = [
            (_milestone(row, known.calendar, as_of, scope), row.withdrawn_on is not None)
            for row in _milestones(connection, session_id, None if whole else own)
        ]
    around = around_sessions(engine, scope, as_of, everything=True)
    standing = tuple(one for one, gone in kept if not gone)
    there = {one.kind for one in standing}
    return SessionPlan(
        commitments=tuple(promised),
        withdrawn=tuple(commitments_within(engine, **asked, withdrawn=True)),
        reports=reports,
        milestones=standing,
        removed=tuple(one for one, gone in kept if gone),
        proposed=tuple(
            one
            for one in (drafted(known.calendar, course, as_of=as_of) if course else ())
            if one.kind not in there
        ),
        actual=_actual(rows),
        memo=around.memo(session_id, held_on),
        follow_up=around.follow_up(session_id, held_on),
        departments=own,
        in_force=in_force,
        is_whole=whole,
    )


def _held_on(session_id: int) -> Select[Any]:
    held = face_to_face_sessions.c
    return select(held.held_on).where(held.id == session_id)


def _reports(connection: Connection, ids: list[int], scope: Scope) -> dict[int, tuple[Report, ...]]:
    told = commitment_reports.c
    question = select(commitment_reports).where(told.commitment_id.in_(ids))
    found: dict[int, list[Report]] = {}
    for row in connection.execute(question.order_by(told.told_on.desc(), told.id.desc())):
        report = Report(row.id, row.told_on, told_to(scope, row.text))
        found.setdefault(row.commitment_id, []).append(report)
    return {key: tuple(reports) for key, reports in found.items()}


def _milestones(
    connection: Connection, session_id: int, own: frozenset[int] | None
) -> list[Row[Any]]:
    """In the order of their days; a department's are seen by who speaks for it."""
    kept = session_milestones.c
    rows = connection.execute(select(session_milestones).where(kept.session_id == session_id))
    seen = [
        row for row in rows if own is None or row.department_id is None or row.department_id in own
    ]
    return sorted(seen, key=lambda row: (row.planned_on or date.max, row.id))


def _milestone(row: Row[Any], calendar: WorkCalendar, as_of: date, scope: Scope) -> Milestone:
    return Milestone(
        row.id, MilestoneKind(row.kind), told_to(scope, row.name), row.planned_on, row.done_on,
        row.department_id, told_to(scope, row.leader or ""), told_to(scope, row.note or ""),
        row.row_version, progress(calendar, row.planned_on, row.done_on, as_of=as_of),
    )  # fmt: skip


def _actual(rows: pl.DataFrame) -> tuple[tuple[str, date], ...]:
    """When the items were assigned, when the last answer is due, when they were closed."""
    items = rows.filter(AN_ITEM)
    first = rows.filter(pl.col("round_no") == 1)["assigned_on"].drop_nulls()
    closed = items.filter(pl.col("closed_state"))["closed_on"].drop_nulls()
    all_closed = bool(len(items)) and bool(items["closed_state"].all())
    told: list[tuple[str, object]] = [
        ("首件交办", first.min()),
        ("末件交办", first.max() if first.n_unique() > 1 else None),
        ("最晚反馈期限", items["due_on"].max()),
        ("首件办结", closed.min()),
        ("全部办结", closed.max() if all_closed and len(closed) == len(items) else None),
    ]
    return tuple((words, day) for words, day in told if isinstance(day, date))
