"""What storing a judged ledger would change: new, updated field by field, unchanged, refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from data_access.ledger_import.decided_here import completing, held_against
from data_access.ledger_import.kept_names import fit_to_keep
from data_access.ledger_import.lookups import Lookups
from data_access.ledger_import.model import JudgedLedger, LedgerRow
from data_access.ledger_import.reach import NOT_YOURS, Reach, outside_reasons
from data_access.ledger_import.record import FIELDS, OF_A_ROUND, Record, fingerprint, record_of
from data_access.ledger_import.sender import sender_of
from data_access.ledger_import.similar import Likeness, PlaceKey, Row, likenesses
from data_access.ledger_import.stored import StoredItem, identities, stored_items
from data_access.schema.imports import import_batches, raw_rows
from data_access.schema.items import items, rounds
from supervision.scope import Scope
from supervision.vocabulary import (
    CLOSED_STATES,
    OUT_OF_COUNT,
    ItemState,
    LedgerStatus,
    RowOutcome,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One field that would take another value; stored values, not words."""

    field: str
    before: Any
    after: Any


@dataclass(slots=True)
class PlannedRow:
    """What becomes of one row of the ledger."""

    row: LedgerRow
    outcome: RowOutcome
    fingerprint: str
    lookups: Lookups
    item: StoredItem | None = None
    opens_round: int | None = None
    """Number of the round this row opens on an item that is already stored."""
    changes: tuple[Change, ...] = ()
    reason: str | None = None
    kept: tuple[Change, ...] = ()
    """What the row says otherwise than people decided here: not taken, and told."""
    like: Likeness | None = None
    """The stored item that a new row reads like, for a person to decide."""
    stored_as: int | None = None
    """Id of the item once the row is stored."""
    raw_row: int | None = None
    """Id of the row as received, once it is kept."""

    def record(self) -> Record:
        """The fields the row gives; made when asked: all of them at once took 150 MB."""
        record = self.told()
        if self.item is not None and self.opens_round is None:
            return completing(self.item, record, told_round=told_round(self.row, record))
        return record

    def told(self) -> Record:
        """The fields the row gives, taken or not."""
        record = record_of(self.row, self.lookups)
        if self.item is not None and self.opens_round is None:
            self.lookups.as_it_was(self.item.record, record)
        return record


@dataclass(slots=True)
class ImportPlan:
    """The whole answer to 'what will change'."""

    judged: JudgedLedger
    sender: str
    rows: list[PlannedRow]
    vanished: list[int]
    """Ids of open items of this sender's last ledger that this one does not tell of."""
    lookups: Lookups
    uncompared: int
    """New rows that were not compared: without a place, or too many in one."""

    def count(self, outcome: RowOutcome) -> int:
        """How many rows end so."""
        return sum(planned.outcome == outcome for planned in self.rows)


def plan_import(connection: Connection, judged: JudgedLedger, *, scope: Scope) -> ImportPlan:
    """Compare a judged ledger with what `scope` sees of the store; writes nothing."""
    judged = fit_to_keep(judged)
    lookups = Lookups(connection)
    reach = Reach(scope, lookups)
    reach.keep(judged)
    outside = outside_reasons(judged)
    planned = [
        PlannedRow(row, RowOutcome.NEW, fingerprint(row, lookups.place_of(row)), lookups)
        for row in judged.rows
    ]
    matches = _Matches(connection, planned)
    for entry in planned:
        _decide(entry, matches, reach)
        if not entry.row.storable:
            source = entry.row.source
            entry.reason = outside.get((source.sheet, source.row), entry.reason)
    uncompared = _propose(connection, planned, lookups, reach)
    sender = sender_of(judged)
    known = {entry.item.id for entry in planned if entry.item is not None}
    vanished = _vanished(connection, sender, known, reach)
    return ImportPlan(judged, sender, planned, vanished, lookups, uncompared)


def _propose(
    connection: Connection, planned: list[PlannedRow], lookups: Lookups, reach: Reach
) -> int:
    """Name for each new row the open item it reads like; how many were not compared."""
    placed: dict[PlaceKey, list[Row]] = {}
    for n, entry in enumerate(planned):
        if entry.outcome == RowOutcome.NEW:
            row = entry.row
            township = lookups.township(row.township, row.county)
            place = township, lookups.unit_of(township, row.county)
            placed.setdefault(place, []).append((n, row.title, row.content))
    found, uncompared = likenesses(
        connection, placed, units=None if reach.everything else reach.units
    )
    for likeness in found:
        planned[likeness.row].like = likeness
    return uncompared


class _Matches:
    """Recognises items: fingerprint first, then a number that only one item carries."""

    def __init__(self, connection: Connection, planned: list[PlannedRow]) -> None:
        prints: dict[str, list[int]] = {}
        for value, key in identities(
            connection, items.c.fingerprint, (entry.fingerprint for entry in planned)
        ):
            prints.setdefault(value, []).append(key)
        numbers: dict[str, list[int]] = {}
        for value, key in identities(
            connection,
            items.c.number,
            (e.row.number for e in planned if e.row.number and not e.row.number_is_row_number),
        ):
            numbers.setdefault(value, []).append(key)
        self._stored = stored_items(
            connection, (key for keys in (*prints.values(), *numbers.values()) for key in keys)
        )
        self._prints, self._numbers = prints, numbers
        self._taken: dict[int, int] = {}
        self._first_row: dict[tuple[str | None, str], int] = {}
        self._exact = {
            id(entry): self._by_fingerprint(entry) for entry in planned if entry.row.storable
        }
        self._taken_exactly = {key for key in self._exact.values() if key is not None}

    def same_row_before(self, entry: PlannedRow) -> int | None:
        """The earlier row of this file that tells of the same item, if there is one."""
        identity = (
            None if entry.row.number_is_row_number else entry.row.number,
            entry.fingerprint,
        )
        first = self._first_row.setdefault(identity, entry.row.source.row)
        return None if first == entry.row.source.row else first

    def item(self, entry: PlannedRow) -> StoredItem | None:
        """The stored item this row tells of again."""
        key = self._exact[id(entry)]
        if key is None:
            key = self._by_number(entry)
        if key is None or key in self._taken:
            return None
        self._taken[key] = entry.row.source.row
        return self._stored[key]

    def _by_fingerprint(self, entry: PlannedRow) -> int | None:
        same = self._prints.get(entry.fingerprint, [])
        number = None if entry.row.number_is_row_number else entry.row.number
        for key in same:
            stored = self._stored[key].record["number"]
            if number is None or stored is None or stored == number:
                return key
        return None

    def _by_number(self, entry: PlannedRow) -> int | None:
        if entry.row.number is None or entry.row.number_is_row_number:
            return None
        free = [
            key
            for key in self._numbers.get(entry.row.number, [])
            if key not in self._taken_exactly and self._same_place(key, entry)
        ]
        return free[0] if len(free) == 1 else None

    def _same_place(self, key: int, entry: PlannedRow) -> bool:
        # Counties number their ledgers alike; a number alone does not cross their borders.
        there, here = self._stored[key].record.get("county"), entry.record().get("county")
        return there is None or here is None or there == here


def _decide(entry: PlannedRow, matches: _Matches, reach: Reach) -> None:
    if not entry.row.storable:
        entry.outcome, entry.reason = RowOutcome.REFUSED, "有错误，未入库；请改正后重新导入"
        return
    first = matches.same_row_before(entry)
    if first is not None:
        entry.outcome, entry.reason = RowOutcome.REFUSED, f"与第 {first} 行重复，只取一次"
        return
    item = matches.item(entry)
    if item is None:
        return
    if not reach.item(item):
        entry.outcome, entry.reason = RowOutcome.REFUSED, NOT_YOURS
        return
    entry.item = item
    record = entry.record()
    entry.opens_round = _opened_round(entry, record)
    if entry.opens_round is not None:
        record = entry.record()
    else:
        entry.kept = tuple(_kept(entry, item))
    entry.changes = tuple(_changes(entry, record))
    entry.outcome = RowOutcome.UPDATED if entry.changes else RowOutcome.UNCHANGED


def _opened_round(entry: PlannedRow, record: Record) -> int | None:
    """A re-assignment that the store does not know yet opens the next round."""
    assert entry.item is not None
    told = told_round(entry.row, record)
    return entry.item.current_round + 1 if told > max(entry.item.current_round, 1) else None


def told_round(row: LedgerRow, record: Record) -> int:
    """Which round of its item a row tells of."""
    return row.round_no or (2 if record.get("status") == LedgerStatus.REASSIGNED else 1)


def _kept(entry: PlannedRow, item: StoredItem) -> list[Change]:
    if not (item.acted_here or item.decided or item.state == ItemState.ARCHIVED):
        return []
    said = entry.told()
    held = held_against(item, said, told_round=told_round(entry.row, said))
    return [Change(name, held[name], said[name]) for name in FIELDS if name in held]


def _changes(entry: PlannedRow, record: Record) -> list[Change]:
    assert entry.item is not None
    stored = entry.item.record
    changes = []
    for name in FIELDS:
        if name not in record or (name == "number" and entry.row.number_is_row_number):
            continue
        fresh = entry.opens_round is not None and name in OF_A_ROUND
        before = None if fresh else stored.get(name)
        if record[name] != before:
            changes.append(Change(name, before, record[name]))
    return changes


def _vanished(connection: Connection, sender: str, known: set[int], reach: Reach) -> list[int]:
    last = connection.execute(
        select(import_batches.c.id)
        .where(import_batches.c.sender == sender, import_batches.c.undone_at.is_(None))
        .order_by(import_batches.c.id.desc())
        .limit(1)
    ).scalar()
    if last is None:
        return []
    over = [state.value for state in (*CLOSED_STATES, *OUT_OF_COUNT)]
    told = connection.execute(
        select(raw_rows.c.item_id, items.c.reporting_unit_id, rounds.c.lead_department_id)
        .join_from(raw_rows, items, items.c.id == raw_rows.c.item_id)
        .outerjoin(
            rounds,
            (rounds.c.item_id == items.c.id) & (rounds.c.round_no == items.c.current_round),
        )
        .where(raw_rows.c.batch_id == last, items.c.state.not_in(over))
        .distinct()
    )
    return sorted(key for key, unit, lead in told if key not in known and reach.sees(unit, lead))
