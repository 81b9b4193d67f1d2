"""Duties beside an item: who answers first, who was called to account, what media said, who
works on it, who follows it; and every 问责 of the city for its register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Table, select

from data_access.database import reading
from data_access.facts import facts
from data_access.filters import Filters, narrowed
from data_access.reads.items import described_items
from data_access.schema.accounts import accounts
from data_access.schema.registers import departments
from data_access.schema.supervision import (
    accountability_acts,
    first_receivers,
    followers,
    media_reports,
    task_forces,
)
from supervision.audit_words import actor_told
from supervision.loop_words import AccountabilityKind
from supervision.reporters import without_traces
from supervision.scope import Scope

Row = dict[str, Any]
ACCOUNTABILITY = ("accountability_id", "item_id", "number", "title", "done_on", "department",
                  "kind", "words", "outcome", "recorded_by")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duties:
    """Rows as they are stored, oldest first; with the `department` and `who` in words."""

    first_receiver: Row | None
    accountability: tuple[Row, ...]
    media: tuple[Row, ...]
    task_forces: tuple[Row, ...]
    followers: tuple[Row, ...]


NO_DUTIES = Duties(None, (), (), (), ())


def item_duties(engine: Engine, *, scope: Scope, as_of: date, item_id: int) -> Duties:
    """What stands beside an item; nothing for one that the scope does not see.

    A department is told neither who follows an item nor who was called to account over it.
    """
    known = facts(engine)
    if known.seen_by(scope, known.moment(as_of)).filter(item_id=item_id).is_empty():
        return NO_DUTIES
    with reading(engine) as connection:
        first = _of_item(connection, first_receivers, item_id)
        office = not scope.departments
        found = Duties(
            first[0] if first else None,
            _of_item(connection, accountability_acts, item_id) if office else (),
            _of_item(connection, media_reports, item_id),
            _of_item(connection, task_forces, item_id),
            _of_item(connection, followers, item_id) if office else (),
        )
    if office:
        return found
    return Duties(
        found.first_receiver, (), _untraced(found.media), _untraced(found.task_forces), ()
    )


def accountability_register(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> pd.DataFrame:
    """Every 问责 in reach, newest first: ACCOUNTABILITY, kinds in words; none for a department."""
    if scope.departments:
        return pd.DataFrame(columns=list(ACCOUNTABILITY))
    asked = filters or Filters()
    known = facts(engine)
    # The department that was called to account need not be the one that leads the item now.
    places = Filters(asked.units, asked.townships, sessions=asked.sessions,
                     categories=asked.categories)  # fmt: skip
    within = narrowed(known.seen_by(scope, known.moment(as_of)), places)
    table = accountability_acts.c
    question = (
        select(accountability_acts, departments.c.name.label("department"))
        .outerjoin(departments, departments.c.id == table.department_id)
        .order_by(table.done_on.desc(), table.id.desc())
    )
    if asked.departments:
        question = question.where(table.department_id.in_(asked.departments))
    if asked.period is not None:
        question = question.where(table.done_on.between(asked.period.first, asked.period.last))
    with reading(engine) as connection:
        told = [dict(row) for row in connection.execute(question).mappings()]
        people = _people(connection)
    seen = set(within["item_id"].to_list())
    rows = [row for row in told if row["item_id"] in seen]
    ids = tuple(dict.fromkeys(row["item_id"] for row in rows))
    about = described_items(engine, scope=scope, as_of=as_of, item_ids=ids)
    titles = {row["item_id"]: row for row in about.to_dict("records")}
    return pd.DataFrame(
        [
            {
                **row,
                "accountability_id": row["id"],
                "number": titles[row["item_id"]]["number"],
                "title": titles[row["item_id"]]["title"],
                "kind": AccountabilityKind(row["kind"]).label,
                "recorded_by": actor_told(row["recorded_by"], people.get(row["recorded_by"])),
            }
            for row in rows
        ],
        columns=list(ACCOUNTABILITY),
        dtype=object,
    )


def _of_item(connection: Connection, table: Table, item_id: int) -> tuple[Row, ...]:
    question = select(table).where(table.c.item_id == item_id).order_by(*table.primary_key)
    rows = [dict(row) for row in connection.execute(question).mappings()]
    names = dict(connection.execute(select(departments.c.id, departments.c.name)).all())
    people = _people(connection)
    for row in rows:
        row["department"] = names.get(row.get("department_id"))
        who = row.get("recorded_by") or row.get("told_by")
        row["who"] = actor_told(who, people.get(who)) if who else None
    return tuple(rows)


def _people(connection: Connection) -> dict[str, str]:
    return dict(connection.execute(select(accounts.c.login, accounts.c.name)).all())


def _untraced(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(
        {name: without_traces(told) if isinstance(told, str) else told
         for name, told in row.items()}
        for row in rows
    )  # fmt: skip
