"""单位合并: one department ends, its names and its open items go to the other.

What was finished before stays where it was done (docs/decisions, merged departments).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Engine,
    Update,
    bindparam,
    delete,
    select,
    true,
    update,
)

from data_access.database import Transaction
from data_access.schema.items import items, round_co_departments, rounds
from data_access.schema.matters import class_matters
from data_access.schema.meetings import session_commitments, session_milestones
from data_access.schema.registers import department_aliases, departments
from data_access.writes.departments import keep_name, told_day, unchanged_department
from data_access.writes.in_line import in_turn
from data_access.writes.record_audit import record_audit, record_for_each
from supervision.registers import RegisterRefused, Validity, last_day_before
from supervision.scope import Viewer
from supervision.vocabulary import OPEN_STATES


@dataclass(frozen=True, slots=True)
class Merged:
    """How many open items changed hands: as lead, as co-department."""

    led: int
    beside: int


def merge_department(
    engine: Engine,
    department_id: int,
    into: int,
    *,
    on: date,
    as_of: date,
    row_version: int,
    viewer: Viewer,
) -> Merged:
    """End a department; another one carries on from `on`. Raises RegisterRefused."""
    with in_turn(engine) as change:
        connection = change.connection
        old = unchanged_department(connection, department_id, row_version)
        new = connection.execute(select(departments).where(departments.c.id == into)).one_or_none()
        if new is None or new.valid_to is not None:
            raise RegisterRefused("请选择一个在册的单位来承接。")
        if into == department_id:
            raise RegisterRefused("单位不能并入自己。")
        until = last_day_before(on, begun=old.valid_from, as_of=as_of, word="合并日期")
        connection.execute(
            update(departments)
            .where(departments.c.id == department_id)
            .values(valid_to=until, successor_id=into, row_version=row_version + 1)
        )
        connection.execute(
            update(departments)
            .where(departments.c.successor_id == department_id)
            .values(successor_id=into)
        )
        connection.execute(
            update(department_aliases)
            .where(department_aliases.c.department_id == department_id)
            .values(department_id=into)
        )
        keep_name(connection, into, old.name, Validity(old.valid_from, until))
        merged = _hand_over(change, department_id, into, (old.name, new.name), viewer)
        record_audit(
            change, viewer, act="merge_department", entity="department", entity_id=department_id,
            before={"called": old.name, "valid_to": None},
            after={"into": new.name, "valid_to": told_day(until), "items": merged.led,
                   "beside": merged.beside},
        )  # fmt: skip
        return merged


def _hand_over(
    change: Transaction, old: int, new: int, names: tuple[str, str], viewer: Viewer
) -> Merged:
    connection = change.connection
    led = _current_rounds(connection, rounds.c.lead_department_id == old)
    _each(
        connection,
        update(rounds).where(rounds.c.id == bindparam("key")).values(lead_department_id=new),
        led,
    )
    _hand_over_beside_items(change, old, new, names, viewer)
    beside_old = select(round_co_departments.c.round_id).where(
        round_co_departments.c.department_id == old
    )
    beside = _current_rounds(connection, rounds.c.id.in_(beside_old))
    _stand_beside(connection, list(beside), old, new)
    # A lead does not stand beside itself.
    _each(connection, _step_back(new), led)
    touched = sorted({*led.values(), *beside.values()})
    _each(
        connection,
        update(items)
        .where(items.c.id == bindparam("key"))
        .values(change_number=change.change, row_version=items.c.row_version + 1),
        touched,
    )
    # Under the names that an item's history tells them by.
    for field, moved in (("lead_departments", led), ("co_departments", beside)):
        record_for_each(
            change, viewer, act="hand_over", entity="item", entity_ids=sorted(moved.values()),
            before={field: names[0]}, after={field: names[1]},
        )  # fmt: skip
    return Merged(len(led), len(beside))


def _current_rounds(connection: Connection, of: ColumnElement[bool]) -> dict[int, int]:
    """Round → item, of open items only."""
    found = connection.execute(
        select(rounds.c.id, items.c.id)
        .join_from(rounds, items, items.c.id == rounds.c.item_id)
        .where(
            of,
            rounds.c.round_no == items.c.current_round,
            items.c.state.in_([state.value for state in OPEN_STATES]),
        )
        .order_by(rounds.c.id)
    )
    return dict(found.all())


def _hand_over_beside_items(
    change: Transaction, old: int, new: int, names: tuple[str, str], viewer: Viewer
) -> None:
    """What is no item; what was fulfilled or done stays with who did it, like a closed round."""
    promised, planned = session_commitments.c, session_milestones.c
    for entity, table, holder, is_open, field in (
        ("class_matter", class_matters, class_matters.c.lead_department_id, true(), "lead"),
        ("commitment", session_commitments, promised.department_id,
         promised.fulfilled_on.is_(None), "department"),
        ("milestone", session_milestones, planned.department_id,
         planned.done_on.is_(None), "department"),
    ):  # fmt: skip
        moved = select(table.c.id).where(holder == old, is_open).order_by(table.c.id)
        keys = change.connection.execute(moved).scalars().all()
        _each(
            change.connection,
            update(table)
            .where(table.c.id == bindparam("key"))
            .values({holder: new, table.c.row_version: table.c.row_version + 1}),
            keys,
        )
        record_for_each(
            change, viewer, act="hand_over", entity=entity, entity_ids=keys,
            before={field: names[0]}, after={field: names[1]},
        )  # fmt: skip


def _stand_beside(connection: Connection, beside: list[int], old: int, new: int) -> None:
    """The successor takes the place beside the lead, unless it is there or leads itself."""
    there = set(
        connection.execute(
            select(round_co_departments.c.round_id).where(
                round_co_departments.c.department_id == new
            )
        ).scalars()
    ) | set(
        connection.execute(select(rounds.c.id).where(rounds.c.lead_department_id == new)).scalars()
    )
    _each(connection, _step_back(old), [key for key in beside if key in there])
    _each(
        connection,
        update(round_co_departments)
        .where(
            round_co_departments.c.round_id == bindparam("key"),
            round_co_departments.c.department_id == old,
        )
        .values(department_id=new),
        [key for key in beside if key not in there],
    )


def _step_back(department_id: int) -> Delete:
    return delete(round_co_departments).where(
        round_co_departments.c.round_id == bindparam("key"),
        round_co_departments.c.department_id == department_id,
    )


def _each(connection: Connection, act: Update | Delete, keys: Iterable[int]) -> None:
    if told := [{"key": key} for key in keys]:
        connection.execute(act, told)
