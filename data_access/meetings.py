"""Sessions as reads and acts both know them: their commitments within reach, their course."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Connection, Engine, Select, func, or_, select

from data_access.database import reading
from data_access.facts import Facts, facts
from data_access.figures import COUNTED
from data_access.filters import Filters, departments_asked, narrowed, sessions_asked
from data_access.moment import Moment, Period
from data_access.schema.meetings import commitment_items, session_commitments
from data_access.schema.registers import departments, face_to_face_sessions, reporting_units
from supervision.city_rules import LOOK_BACK_AFTER
from supervision.commitments import FULFILLED, CommitmentState, Standing, standing
from supervision.face_to_face import follow_up_due
from supervision.milestones import Course
from supervision.reporters import told_to
from supervision.scope import Scope

_ORDER = {state: place for place, state in enumerate(CommitmentState)}


@dataclass(frozen=True, slots=True)
class Commitment:
    """A 承诺 with where it stands on the day asked about."""

    id: int
    session_id: int
    text: str
    promised_by: str
    department_id: int
    department: str
    due_on: date
    fulfilled_on: date | None
    evidence: str
    withdrawn_on: date | None
    row_version: int
    standing: Standing
    items: tuple[int, ...] = ()
    """Those of its items that are within reach, where they were asked for."""


def departments_within(connection: Connection, scope: Scope) -> frozenset[int] | None:
    """The departments that a scope speaks for, those of its counties too; None: all."""
    if scope.everything:
        return None
    named = select(departments.c.id).outerjoin(
        reporting_units, reporting_units.c.id == departments.c.reporting_unit_id
    )
    inside = or_(
        departments.c.name.in_(sorted(scope.departments | scope.co_departments)),
        reporting_units.c.name.in_(sorted(scope.reporting_units)),
    )
    return frozenset(connection.execute(named.where(inside)).scalars())


def departments_in_force(connection: Connection) -> frozenset[int]:
    """Those of the register that have not ended: what is promised anew is given to one of them."""
    living = select(departments.c.id).where(departments.c.valid_to.is_(None))
    return frozenset(connection.execute(living).scalars())


def narrows(asked: Filters) -> bool:
    """Whether anything but session, theme and period is asked for: a session has no county."""
    return asked != Filters(sessions=asked.sessions, themes=asked.themes, period=asked.period)


def commitments_within(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None,
    session_id: int | None = None, item_id: int | None = None, withdrawn: bool = False,
    with_items: bool = False,
) -> list[Commitment]:  # fmt: skip
    """Commitments within reach and the filters, what is late first. One is within reach by its
    department or by an item that it is about."""
    asked = filters or Filters()
    known = facts(engine)
    now = known.moment(as_of, asked.period)
    narrow, only = not scope.everything or narrows(asked), _only(session_id, item_id)
    with reading(engine) as connection:
        rows = connection.execute(_question(withdrawn).where(*only)).all()
        about = _items_about(connection, only) if narrow or with_items else {}
        reach = _Reach(departments_within(connection, scope))
        if narrow:
            frame = known.seen_by(scope, now)
            frame = frame.filter(
                pl.col("item_id").is_in(sorted(frozenset().union(*about.values())))
            )
            left = frozenset(narrowed(engine, frame, asked)["item_id"]) if narrows(asked) else None
            named = _departments_named(connection, engine, asked)
            reach = replace(reach, seen=frozenset(frame["item_id"]), left=left, named=named)
    held = sessions_asked(engine, asked)
    found = []
    for row in rows:
        key, session, _, _, department_id, *_ = row
        covered = reach.covered(about.get(key, frozenset()))
        if reach.admits(department_id, covered) and (held is None or session in held):
            found.append(_told(row, known, now, tuple(sorted(covered)), scope))
    return sorted(found, key=_late_first)


@dataclass(frozen=True, slots=True)
class _Reach:
    """What a scope and filters let see; None: they let see all of it."""

    own: frozenset[int] | None
    """Departments of the scope."""
    seen: frozenset[int] | None = None
    """Items of the scope, of those that commitments are about."""
    left: frozenset[int] | None = None
    """Those of them that the filters leave."""
    named: frozenset[int] = frozenset()
    """Departments that the filters name."""

    def covered(self, item_ids: frozenset[int]) -> frozenset[int]:
        return item_ids if self.seen is None else item_ids & self.seen

    def admits(self, department_id: int, covered: frozenset[int]) -> bool:
        if self.own is not None and not covered and department_id not in self.own:
            return False
        return self.left is None or bool(covered & self.left) or department_id in self.named


def _only(session_id: int | None, item_id: int | None) -> list[ColumnElement[bool]]:
    """Those of one session, those about one item."""
    told, about = session_commitments.c, commitment_items.c
    only = [] if session_id is None else [told.session_id == session_id]
    if item_id is not None:
        only.append(told.id.in_(select(about.commitment_id).where(about.item_id == item_id)))
    return only


def _question(withdrawn: bool) -> Select[Any]:
    told = session_commitments.c
    there = told.withdrawn_on.is_not(None) if withdrawn else told.withdrawn_on.is_(None)
    return (
        select(
            told.id, told.session_id, told.text, told.promised_by, told.department_id,
            departments.c.name, told.due_on, told.fulfilled_on, told.evidence,
            told.withdrawn_on, told.row_version,
        )
        .join(departments, departments.c.id == told.department_id)
        .where(there)
    )  # fmt: skip


def _items_about(
    connection: Connection, only: list[ColumnElement[bool]]
) -> dict[int, frozenset[int]]:
    question = select(commitment_items.c.commitment_id, commitment_items.c.item_id)
    if only:
        question = question.join(
            session_commitments, session_commitments.c.id == commitment_items.c.commitment_id
        ).where(*only)
    found: dict[int, set[int]] = {}
    for key, item_id in connection.execute(question):
        found.setdefault(key, set()).add(item_id)
    return {key: frozenset(ids) for key, ids in found.items()}


def _departments_named(connection: Connection, engine: Engine, asked: Filters) -> frozenset[int]:
    """Departments whose commitments the filters leave by themselves: where they name departments,
    groups or counties and nothing that only an item has."""
    if narrows(replace(asked, departments=(), peer_groups=(), units=())):
        return frozenset()
    named = departments_asked(engine, asked)
    question = select(departments.c.id)
    if asked.units:
        question = question.where(departments.c.reporting_unit_id.in_(asked.units))
    inside = frozenset(connection.execute(question).scalars())
    return inside if named is None else inside & named


def _told(
    row: Any, known: Facts, now: Moment, covered: tuple[int, ...], scope: Scope
) -> Commitment:
    key, session_id, text, by, department_id, department, due_on, done_on, evidence, gone_on, n = (
        row
    )
    stands = standing(known.calendar, due_on, done_on, as_of=now.as_of, soon_until=now.soon_until)
    return Commitment(
        key, session_id, told_to(scope, text), told_to(scope, by), department_id, department,
        due_on, done_on, told_to(scope, evidence or ""), gone_on, n, stands, covered,
    )  # fmt: skip


def _late_first(one: Commitment) -> tuple[int, int, int]:
    """What is open by the day it is due, then what was fulfilled, the newest first."""
    if one.standing.state in FULFILLED and one.fulfilled_on is not None:
        return len(_ORDER), -one.fulfilled_on.toordinal(), one.id
    return _ORDER[one.standing.state], one.due_on.toordinal(), one.id


def held_within(engine: Engine, period: Period) -> frozenset[int]:
    """The sessions that were held in a period."""
    held = face_to_face_sessions.c
    question = select(held.id).where(held.held_on.between(period.first, period.last))
    with reading(engine) as connection:
        return frozenset(connection.execute(question).scalars())


def counted_items(known: Facts, scope: Scope, as_of: date, session_id: int) -> pl.DataFrame:
    """The rounds of a session's counted items that a scope sees."""
    rows = known.seen_by(scope, known.moment(as_of))
    return rows.filter((pl.col("session_id") == session_id) & COUNTED)


def is_whole(engine: Engine, scope: Scope, as_of: date, session_id: int) -> bool:
    """Whether the plan of a session is this person's to keep: who sees the whole city, or whose
    counties all of its items are of. A department keeps no plan, whoever's the items are."""
    if scope.everything or not scope.reporting_units:
        return scope.everything
    known = facts(engine)
    every = counted_items(known, Scope.whole_city(), as_of, session_id)["item_id"]
    county = Scope(reporting_units=scope.reporting_units)
    seen = counted_items(known, county, as_of, session_id)["item_id"]
    return bool(len(seen)) and set(every) == set(seen)


def course_of(engine: Engine, session_id: int, as_of: date) -> Course | None:
    """What is known of a session's course, by its items and the rules; None without a day."""
    known = facts(engine)
    with reading(engine) as connection:
        held = face_to_face_sessions.c
        one = connection.execute(select(face_to_face_sessions).where(held.id == session_id)).first()
        if one is None or one.held_on is None:
            return None
        same = held.level == one.level if one.level is not None else held.level.is_(None)
        next_on = connection.execute(
            select(func.min(held.held_on)).where(same, held.held_on > one.held_on)
        ).scalar()
    rows = counted_items(known, Scope.whole_city(), as_of, session_id)
    first = rows.filter((pl.col("round_no") == 1) & pl.col("assigned_on").is_not_null())
    assigned_on, due_on = _latest(first["assigned_on"]), _latest(first["due_on"])
    begins = assigned_on or follow_up_due(known.calendar, one.held_on)
    if due_on is None and begins is not None:
        due_on = known.rules.due(begins, known.calendar).due_on
    return Course(
        held_on=one.held_on, assigned_on=assigned_on, feedback_on=due_on, next_on=next_on,
        look_back_after_days=known.rules.number(LOOK_BACK_AFTER, as_of),
    )  # fmt: skip


def _latest(days: pl.Series) -> date | None:
    found = days.max()
    return found if isinstance(found, date) else None
