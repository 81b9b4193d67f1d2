"""What the store already holds of the items a ledger may be telling of again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from data_access.ledger_import.record import FIELDS, OF_A_ROUND, Record
from data_access.schema.items import (
    callbacks,
    feedback,
    item_texts,
    items,
    leader_instructions,
    round_co_departments,
    rounds,
)
from data_access.schema.supervision import item_acts
from supervision.beside_acts import BesideAct
from supervision.deadlines import Limit, LimitUnit
from supervision.lifecycle import Act

BLOCK = 5_000


@dataclass(slots=True)
class StoredItem:
    """An item as it stands: its record, its current round, its keys."""

    id: int
    state: str
    current_round: int
    fingerprint: str
    row_version: int
    round_id: int | None = None
    round_state: str | None = None
    due_basis: str | None = None
    acted_here: bool = False
    """Whether the current round was opened or moved on by people in the program."""
    first_feedback_on: date | None = None
    as_given: dict[str, Any] = field(default_factory=dict)
    """The columns of the round's lead and deadline that no field of a ledger holds alone."""
    due_convention: str | None = None
    limit: Limit | None = None
    calendar_version: int | None = None
    record: Record = field(default_factory=dict)


def identities(
    connection: Connection, column: ColumnElement[Any], values: Iterable[str]
) -> Iterator[tuple[str, int]]:
    """(value, item id) of every item whose number or fingerprint is among `values`."""
    for block in _blocks(sorted(set(values))):
        yield from connection.execute(
            select(column, items.c.id).where(column.in_(block)).order_by(items.c.id)
        )


def stored_items(connection: Connection, ids: Iterable[int]) -> dict[int, StoredItem]:
    """Items by id with their records, a handful of statements per 5,000."""
    found: dict[int, StoredItem] = {}
    for block in _blocks(sorted(set(ids))):
        found.update(_block(connection, block))
    return found


def _block(connection: Connection, ids: Sequence[int]) -> dict[int, StoredItem]:
    found = _items(connection, ids)
    by_round = _rounds(connection, ids, found)
    for round_id, kind, text in connection.execute(
        select(feedback.c.round_id, feedback.c.kind, feedback.c.text)
        .where(feedback.c.round_id.in_(by_round))
        .order_by(feedback.c.id)
    ):
        by_round[round_id].record[_FEEDBACK_FIELD[kind]] = text
    for row in connection.execute(
        select(callbacks).where(callbacks.c.round_id.in_(by_round)).order_by(callbacks.c.id)
    ):
        record = by_round[row.round_id].record
        for name in _PLACED["callback"]:
            record[name] = getattr(row, FIELDS[name].column)
    co: dict[int, list[tuple[int, str]]] = {}
    for row in connection.execute(
        select(round_co_departments)
        .where(round_co_departments.c.round_id.in_(by_round))
        .order_by(round_co_departments.c.position)
    ):
        co.setdefault(row.round_id, []).append((row.department_id, row.co_role))
    for round_id, others in co.items():
        by_round[round_id].record["co_departments"] = tuple(others)
    for key, text in connection.execute(
        select(leader_instructions.c.item_id, leader_instructions.c.text)
        .where(leader_instructions.c.item_id.in_(ids))
        .order_by(leader_instructions.c.id)
    ):
        found[key].record["instruction"] = text
    return found


_AS_GIVEN = ("lead_as_printed", "due_on", "due_basis", "due_words", "due_convention",
             "limit_number", "limit_unit", "limit_on",
             "calendar_version_id")  # fmt: skip
_MOVING = [str(act) for act in (*Act, BesideAct.RECLASSIFY)]

_PLACED: dict[str, tuple[str, ...]] = {}
for _name, _kept in FIELDS.items():
    _PLACED[_kept.place] = (*_PLACED.get(_kept.place, ()), _name)
_FEEDBACK_FIELD = {FIELDS[name].column: name for name in _PLACED["feedback"]}


def _items(connection: Connection, ids: Sequence[int]) -> dict[int, StoredItem]:
    found: dict[int, StoredItem] = {}
    texts = [item_texts.c[FIELDS[name].column].label(f"text_{name}") for name in _PLACED["texts"]]
    for row in connection.execute(
        select(items, *texts)
        .join_from(items, item_texts, item_texts.c.item_id == items.c.id)
        .where(items.c.id.in_(ids))
    ):
        item = StoredItem(row.id, row.state, row.current_round, row.fingerprint, row.row_version)
        for name in _PLACED["items"]:
            item.record[name] = getattr(row, FIELDS[name].column)
        for name in _PLACED["texts"]:
            item.record[name] = getattr(row, f"text_{name}")
        found[row.id] = item
    acted = connection.execute(
        select(item_acts.c.item_id)
        .join(items, items.c.id == item_acts.c.item_id)
        .where(
            items.c.id.in_(ids),
            item_acts.c.act.in_(_MOVING),
            item_acts.c.round_no == items.c.current_round,
        )
    )
    for key in acted.scalars():
        found[key].acted_here = True
    return found


def _rounds(
    connection: Connection, ids: Sequence[int], found: dict[int, StoredItem]
) -> dict[int, StoredItem]:
    by_round: dict[int, StoredItem] = {}
    for row in connection.execute(
        select(rounds)
        .join_from(rounds, items, items.c.id == rounds.c.item_id)
        .where(items.c.id.in_(ids), rounds.c.round_no == items.c.current_round)
    ):
        item = found[row.item_id]
        item.round_id, item.round_state, item.due_basis = row.id, row.state, row.due_basis
        item.acted_here = item.acted_here or row.opened_by_act is not None
        item.first_feedback_on = row.first_feedback_on
        item.as_given = {name: getattr(row, name) for name in _AS_GIVEN}
        item.due_convention, item.calendar_version = row.due_convention, row.calendar_version_id
        if row.limit_unit is not None:
            item.limit = Limit(row.limit_number, LimitUnit(row.limit_unit), row.limit_on)
        for name in _PLACED["rounds"]:
            item.record[name] = getattr(row, FIELDS[name].column)
        by_round[row.id] = item
    return by_round


def _blocks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), BLOCK):
        yield values[start : start + BLOCK]


def without_round(record: Record) -> Record:
    """The part of a record that belongs to the item, for a round that starts afresh."""
    return {name: value for name, value in record.items() if name not in OF_A_ROUND}
