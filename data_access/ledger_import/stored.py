"""What the store already holds of the items a ledger may be telling of again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from data_access.act_effects import kept_effects
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
    decided: frozenset[str] = frozenset()
    """Fields of the item itself that an act changed (调整分类, 挂账, 不计入考核)."""
    earlier: dict[int, Record] = field(default_factory=dict)
    """What the store holds of the rounds before, where the current one was acted on here."""
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
    wanted, every = set(values), select(column, items.c.id).order_by(items.c.id)
    if len(wanted) >= connection.execute(select(func.count()).select_from(items)).scalar_one():
        # A ledger as large as the store: asking for all is quicker than naming each.
        yield from (row for row in connection.execute(every) if row[0] in wanted)
        return
    for block in _blocks(sorted(wanted)):
        yield from connection.execute(every.where(column.in_(block)))


def stored_items(connection: Connection, ids: Iterable[int]) -> dict[int, StoredItem]:
    """Items by id with their records, a handful of statements per 5,000."""
    found: dict[int, StoredItem] = {}
    for block in _blocks(sorted(set(ids))):
        found.update(_block(connection, block))
    return found


def _block(connection: Connection, ids: Sequence[int]) -> dict[int, StoredItem]:
    found = _items(connection, ids)
    by_round = _rounds(connection, ids, found)
    _beside_rounds(connection, {key: item.record for key, item in by_round.items()})
    _earlier_rounds(connection, found)
    for key, text in connection.execute(
        select(leader_instructions.c.item_id, leader_instructions.c.text)
        .where(leader_instructions.c.item_id.in_(ids))
        .order_by(leader_instructions.c.id)
    ):
        found[key].record["instruction"] = text
    return found


def _earlier_rounds(connection: Connection, found: dict[int, StoredItem]) -> None:
    acted = [key for key, item in found.items() if item.acted_here and item.current_round > 1]
    if not acted:
        return
    records: dict[int, Record] = {}
    for row in connection.execute(select(rounds).where(rounds.c.item_id.in_(acted))):
        item = found[row.item_id]
        if row.round_no < item.current_round:
            record = {name: getattr(row, FIELDS[name].column) for name in _PLACED["rounds"]}
            record["closed_on"] = row.closed_on
            records[row.id] = item.earlier[row.round_no] = record
    _beside_rounds(connection, records)


def _beside_rounds(connection: Connection, records: dict[int, Record]) -> None:
    """Feedback, callback and co-departments of rounds, by the round's id."""
    for round_id, kind, text in connection.execute(
        select(feedback.c.round_id, feedback.c.kind, feedback.c.text)
        .where(feedback.c.round_id.in_(records))
        .order_by(feedback.c.id)
    ):
        records[round_id][_FEEDBACK_FIELD[kind]] = text
    for row in connection.execute(
        select(callbacks).where(callbacks.c.round_id.in_(records)).order_by(callbacks.c.id)
    ):
        for name in _PLACED["callback"]:
            records[row.round_id][name] = getattr(row, FIELDS[name].column)
    co: dict[int, list[tuple[int, str]]] = {}
    for row in connection.execute(
        select(round_co_departments)
        .where(round_co_departments.c.round_id.in_(records))
        .order_by(round_co_departments.c.position)
    ):
        co.setdefault(row.round_id, []).append((row.department_id, row.co_role))
    for round_id, others in co.items():
        records[round_id]["co_departments"] = tuple(others)


_AS_GIVEN = ("lead_as_printed", "due_on", "due_basis", "due_words", "due_convention",
             "calendar_version_id", "limit_number", "limit_unit", "limit_on")  # fmt: skip
_DECIDING = [str(act) for act in (BesideAct.RECLASSIFY, Act.HANG, Act.ACCEPT_AND_HANG,
                                  Act.KEEP_CLOSED)]  # fmt: skip
_DECIDED_COLUMNS = {
    "category": ("items", "category_id"),
    "excluded": ("items", "excluded"),
    "urgency": ("item_texts", "urgency"),
    "case_leader": ("item_texts", "case_leader"),
    "excluded_reason": ("item_texts", "excluded_reason"),
}
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
    undone = select(item_acts.c.undoes_id).where(item_acts.c.undoes_id.is_not(None))
    deciding = connection.execute(
        select(item_acts.c.item_id, item_acts.c.effects).where(
            item_acts.c.item_id.in_(ids),
            item_acts.c.act.in_(_DECIDING),
            item_acts.c.undoes_id.is_(None),
            item_acts.c.id.not_in(undone),
        )
    )
    for key, effects in deciding:
        found[key].decided |= _changed_fields(effects)
    return found


def _changed_fields(effects: str | None) -> frozenset[str]:
    """Fields of items and their texts that an act changed, as its effects tell."""
    columns = {
        (effect.table, column)
        for effect in kept_effects(effects)
        if effect.before
        for column in effect.after
    }
    return frozenset(name for name, place in _DECIDED_COLUMNS.items() if place in columns)


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
