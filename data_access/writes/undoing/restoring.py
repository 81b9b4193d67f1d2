"""What a batch changed goes back: each column of an item, its texts and its round as kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from data_access.database import Transaction
from data_access.ledger_import.before import ItemBefore, kept_before
from data_access.schema.imports import items_before
from data_access.schema.items import item_texts, items, round_co_departments, rounds
from data_access.schema.registers import departments, terms
from data_access.writes.acting.deed import as_stored
from supervision.vocabulary import OPEN_STATES

_WORDS = ("category_id", "origin_id")
_AT_ONCE = 5_000
Row = dict[str, Any]


def restore_items(change: Transaction, batch_id: int, changed: Iterable[int]) -> int:
    """Put back what was kept of every item; `changed` are those whose row version rises.

    What the registers merged since goes to whoever carries on; returns how many items there were.
    """
    connection = change.connection
    found = [
        (row.item_id, kept_before(row.stored))
        for row in connection.execute(
            select(items_before)
            .where(items_before.c.batch_id == batch_id)
            .order_by(items_before.c.id.desc())
        )
    ]
    _close_opened(connection, [before.opened for _, before in found if before.opened])
    _put_back(connection, items, _items(connection, found))
    _put_back(connection, item_texts, ((item, before.texts) for item, before in found))
    led = {before.round_id: before for _, before in found if before.round_id is not None}
    _put_back(connection, rounds, ((key, before.round) for key, before in led.items()))
    _put_helpers_back(connection, led)
    _hand_on(connection, [key for key, told in led.items() if told.helpers is not None
                          or "lead_department_id" in told.round])  # fmt: skip
    stamped = {item for item, _ in found}
    _stamp(change, sorted(stamped), {"change_number": change.change})
    _stamp(change, sorted(changed), {"row_version": items.c.row_version + 1})
    connection.execute(delete(items_before).where(items_before.c.batch_id == batch_id))
    return len(stamped)


def _close_opened(connection: Connection, opened: list[int]) -> None:
    for block in _blocks(opened):
        connection.execute(
            delete(round_co_departments).where(round_co_departments.c.round_id.in_(block))
        )
        connection.execute(delete(rounds).where(rounds.c.id.in_(block)))


def _items(
    connection: Connection, found: list[tuple[int, ItemBefore]]
) -> Iterator[tuple[int, Row]]:
    """A category or origin that was merged or renamed since stands for the word of now."""
    stands_for = dict(
        connection.execute(
            select(terms.c.id, terms.c.stands_for_id).where(terms.c.stands_for_id.is_not(None))
        ).all()
    )
    for item, before in found:
        for name in _WORDS:
            if before.item.get(name) in stands_for:
                before.item[name] = stands_for[before.item[name]]
        yield item, before.item


def _put_back(connection: Connection, table: Table, rows: Iterable[tuple[int, Row]]) -> None:
    """One statement for each set of columns."""
    alike: dict[tuple[str, ...], list[Row]] = {}
    for key, values in rows:
        if values:
            bound = {"key": key, **as_stored(table, values)}
            alike.setdefault(tuple(sorted(values)), []).append(bound)
    primary = next(iter(table.primary_key))
    for columns, bound_rows in alike.items():
        connection.execute(
            update(table)
            .where(primary == bindparam("key"))
            .values({name: bindparam(name) for name in columns}),
            bound_rows,
        )


def _put_helpers_back(connection: Connection, led: dict[int, ItemBefore]) -> None:
    told = {key: before.helpers for key, before in led.items() if before.helpers is not None}
    for block in _blocks(told):
        connection.execute(
            delete(round_co_departments).where(round_co_departments.c.round_id.in_(block))
        )
    rows = [
        {"round_id": key, "department_id": department, "co_role": role, "position": position}
        for key, helpers in told.items()
        for department, role, position in helpers
    ]
    if rows:
        connection.execute(insert(round_co_departments), rows)


def _hand_on(connection: Connection, restored: list[int]) -> None:
    """Open rounds of a department that was merged since belong to its successor, as all do."""
    successor = dict(
        connection.execute(
            select(departments.c.id, departments.c.successor_id).where(
                departments.c.successor_id.is_not(None)
            )
        ).all()
    )
    if not successor:
        return
    for block in _blocks(restored):
        for row in connection.execute(
            select(rounds.c.id, rounds.c.lead_department_id)
            .join(items, items.c.id == rounds.c.item_id)
            .where(
                rounds.c.id.in_(block),
                rounds.c.round_no == items.c.current_round,
                items.c.state.in_([state.value for state in OPEN_STATES]),
            )
        ).all():
            _hand_on_one(connection, row.id, row.lead_department_id, successor)


def _hand_on_one(
    connection: Connection, key: int, lead: int | None, successor: dict[int, int]
) -> None:
    if lead in successor:
        lead = successor[lead]
        connection.execute(update(rounds).where(rounds.c.id == key).values(lead_department_id=lead))
    helpers = connection.execute(
        select(round_co_departments)
        .where(round_co_departments.c.round_id == key)
        .order_by(round_co_departments.c.position)
    ).all()
    stay: dict[int, Row] = {}
    for helper in helpers:
        now = successor.get(helper.department_id, helper.department_id)
        if now != lead:
            stay.setdefault(now, {**helper._asdict(), "department_id": now})
    if [row["department_id"] for row in stay.values()] != [row.department_id for row in helpers]:
        connection.execute(
            delete(round_co_departments).where(round_co_departments.c.round_id == key)
        )
        if stay:
            connection.execute(insert(round_co_departments), list(stay.values()))


def _stamp(change: Transaction, keys: list[int], values: Row) -> None:
    for block in _blocks(keys):
        change.connection.execute(update(items).where(items.c.id.in_(block)).values(**values))


def _blocks(keys: Iterable[int]) -> Iterator[list[int]]:
    whole = list(keys)
    for start in range(0, len(whole), _AT_ONCE):
        yield whole[start : start + _AT_ONCE]
