"""What filters can be set to, and how keys are called: places, departments, sessions, words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, select

from data_access.calendar_store import current_calendar
from data_access.database import reading
from data_access.facts import facts
from data_access.reads.class_matters import matter_names
from data_access.schema.base import settings
from data_access.schema.imports import import_batches
from data_access.schema.registers import (
    departments,
    divisions,
    face_to_face_sessions,
    reporting_units,
    terms,
)
from supervision.reporters import told_to
from supervision.scope import Scope
from supervision.vocabulary import DivisionLevel


@dataclass(frozen=True, slots=True)
class Choices:
    """Key → name for everything a filter offers, in the register's order."""

    units: dict[int, str]
    townships: dict[int, tuple[str, int]]
    """code → (name, reporting unit)."""
    departments: dict[int, str]
    short_names: dict[int, str]
    peer_groups: dict[int, str]
    sessions: dict[int, str]
    """id → theme with its date, newest first."""
    categories: dict[int, str]
    data_until: date | None
    """The day up to which the newest ledger was stored (数据截至)."""
    horizon: date
    """Last day the work calendar knows."""
    is_sample: bool
    """The store was filled with the sample city (演示数据)."""
    themes: tuple[str, ...] = ()
    """Themes of the sessions, the newest first."""
    origins: dict[int, str] = field(default_factory=dict)
    """来源渠道."""
    stands_for: dict[int, int] = field(default_factory=dict)
    """A category or origin that was renamed or merged → the one that stands now."""
    linked_leaders: tuple[str, ...] = ()
    """联镇领导 of the townships within reach, by name."""
    matters: dict[int, str] = field(default_factory=dict)
    """类案, those that are open first; of who sees less than the city, those of his items."""
    merged_into: dict[int, str] = field(default_factory=dict)
    """A department that was merged → the name of the one that has what it left open."""
    unit_groups: dict[int, str] = field(default_factory=dict)
    """Reporting unit → its peer group: counties are compared with counties only."""


def choices(engine: Engine, *, scope: Scope, as_of: date) -> Choices:
    """The names a viewer may filter by; what lies outside the scope is absent.

    Sessions and categories come from ledgers: who sees less than the city is offered only those
    of the items within reach. A department is offered the places of its items and, of the
    register of departments, those it works with; a county needs all of that register to import.
    """
    used = _used(engine, scope, as_of)
    with reading(engine) as connection:
        told = connection.execute(
            select(reporting_units).order_by(reporting_units.c.position)
        ).all()
        units = {
            row.id: row.name
            for row in told
            if used is None or row.name in scope.reporting_units or row.id in used.units
        }
        leads = connection.execute(select(departments).order_by(departments.c.position)).all()
        townships = connection.execute(
            select(divisions)
            # No item is in a place that has ended.
            .where(
                divisions.c.level == DivisionLevel.TOWNSHIP.value, divisions.c.valid_to.is_(None)
            )
            .order_by(divisions.c.code)
        ).all()
        sessions = connection.execute(
            select(face_to_face_sessions).order_by(
                face_to_face_sessions.c.held_on.desc(), face_to_face_sessions.c.id.desc()
            )
        ).all()
        words = _words(connection)
        newest = connection.execute(
            select(import_batches.c.as_of)
            .where(import_batches.c.undone_at.is_(None))
            .order_by(import_batches.c.id.desc())
            .limit(1)
        ).scalar()
        sample = connection.execute(
            select(settings.c.value).where(settings.c.name == "sample_city")
        ).scalar()
        calendar = current_calendar(connection)
        matters = matter_names(connection, None if used is None else used.items)
    held = [
        row
        for row in sessions
        if (row.held_on is None or row.held_on <= as_of)
        and (used is None or row.id in used.sessions)
    ]
    whole_register = used is None or not scope.departments
    called = {row.id: row.name for row in leads}
    seen = [
        row
        for row in leads
        if whole_register or row.name in scope.departments or (used and row.id in used.departments)
    ]
    return Choices(
        units=units,
        townships={
            int(row.code): (row.name, row.reporting_unit_id)
            for row in townships
            if row.reporting_unit_id in units
        },
        linked_leaders=tuple(
            sorted(
                {
                    row.linked_leader
                    for row in townships
                    if row.linked_leader is not None and row.reporting_unit_id in units
                }
            )
        ),
        departments={row.id: row.name for row in seen},
        short_names={row.id: row.short_name for row in leads},
        peer_groups={row.id: row.peer_group for row in leads},
        sessions={
            row.id: f"{row.theme}（{row.held_on:%Y-%m-%d}）" if row.held_on else row.theme
            for row in held
        },
        categories=_used_ones(words["category"], used and used.categories),
        data_until=min(newest, as_of) if newest else None,
        horizon=calendar.horizon,
        is_sample=sample is not None,
        themes=tuple(dict.fromkeys(row.theme for row in held)),
        origins=_used_ones(words["origin"], used and used.origins),
        stands_for=words["former"],
        matters={key: told_to(scope, name) for key, name in matters.items()},
        merged_into={
            row.id: called[row.successor_id] for row in seen if row.successor_id in called
        },
        unit_groups={row.id: row.peer_group for row in told if row.id in units},
    )


class _Used(NamedTuple):
    items: frozenset[int]
    units: frozenset[int]
    departments: frozenset[int]
    sessions: frozenset[int]
    categories: frozenset[int]
    origins: frozenset[int]


def _words(connection: Connection) -> dict[str, dict[int, Any]]:
    """The dictionary's words in use by kind (id → name), and what former ones stand for."""
    told: dict[str, dict[int, Any]] = {"category": {}, "origin": {}, "former": {}}
    for row in connection.execute(select(terms).order_by(terms.c.name)):
        if row.stands_for_id is not None:
            told["former"][row.id] = row.stands_for_id
        elif row.kind in told:
            told[row.kind][row.id] = row.name
    return told


def _used_ones(names: dict[int, str], used: frozenset[int] | None) -> dict[int, str]:
    return names if used is None else {key: name for key, name in names.items() if key in used}


def _used(engine: Engine, scope: Scope, as_of: date) -> _Used | None:
    """What the items in scope belong to; None where everything may be named."""
    if scope.everything:
        return None
    known = facts(engine)
    seen = known.seen_by(scope, known.moment(as_of))
    return _Used(
        *(
            frozenset(seen[column].drop_nulls().unique().to_list())
            for column in (
                "item_id",
                "unit_id",
                "department_id",
                "session_id",
                "category_id",
                "origin_id",
            )
        )
    )
