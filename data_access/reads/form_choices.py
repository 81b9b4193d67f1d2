"""What forms of acts may choose from beside the filters' names: origins, leaders, departments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, or_, select

from data_access.database import reading
from data_access.facts import facts
from data_access.schema.items import item_texts, items
from data_access.schema.registers import departments, reporting_units, terms
from supervision.scope import Scope


@dataclass(frozen=True, slots=True)
class FormChoices:
    """Key → name, in the order people look for them."""

    origins: dict[int, str]
    """来源渠道: of the items within reach where somebody sees less than the city."""
    departments: dict[int, str]
    """Departments that an item may be given to: those that have not ended."""


def form_choices(engine: Engine, *, scope: Scope, as_of: date) -> FormChoices:
    """What the forms of a viewer with this scope may choose from."""
    with reading(engine) as connection:
        living = connection.execute(
            select(departments.c.id, departments.c.name)
            .where(or_(departments.c.valid_to.is_(None), departments.c.valid_to > as_of))
            .order_by(departments.c.position)
        ).all()
        return FormChoices(
            origins=_origins(connection, scope),
            departments={
                row.id: row.name
                for row in living
                if not scope.departments or row.name in scope.departments
            },
        )


def case_leaders(engine: Engine, *, scope: Scope, as_of: date) -> tuple[str, ...]:
    """包案领导 of the items within reach, by name."""
    if scope.everything:
        leader = item_texts.c.case_leader
        with reading(engine) as connection:
            names = connection.execute(select(leader).where(leader.is_not(None)).distinct())
            return tuple(sorted(names.scalars()))
    known = facts(engine)
    within = set(known.seen_by(scope, known.moment(as_of))["item_id"].unique().to_list())
    with reading(engine) as connection:
        rows = connection.execute(
            select(item_texts.c.case_leader, item_texts.c.item_id)
            .where(item_texts.c.case_leader.is_not(None))
            .order_by(item_texts.c.case_leader)
        )
        return tuple(dict.fromkeys(name for name, item_id in rows if item_id in within))


def _origins(connection: Connection, scope: Scope) -> dict[int, str]:
    question = (
        select(terms.c.id, terms.c.name)
        .where(terms.c.kind == "origin", terms.c.stands_for_id.is_(None))
        .order_by(terms.c.name)
    )
    if not scope.everything:
        used = (
            select(items.c.origin_id)
            .join(reporting_units, reporting_units.c.id == items.c.reporting_unit_id)
            .where(reporting_units.c.name.in_(sorted(scope.reporting_units)))
        )
        question = question.where(terms.c.id.in_(used))
    return dict(connection.execute(question).all())
