"""Turns planned rows into rows of the item tables, and writes them in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, update

from data_access.bulk import insert_rows, next_id
from data_access.database import Transaction
from data_access.ledger_import.before import BeforeRows
from data_access.ledger_import.plan import PlannedRow
from data_access.ledger_import.record import FIELDS, Record
from data_access.ledger_import.settle import Settled, Settler
from data_access.ledger_import.stored import StoredItem, without_round
from data_access.removed_items import next_item_id
from data_access.schema.items import (
    callbacks,
    extensions,
    feedback,
    item_texts,
    items,
    leader_instructions,
    look_backs,
    round_co_departments,
    rounds,
)
from supervision.vocabulary import LedgerStatus, RowOutcome

TEXTS = (
    "title", "content", "village", "address", "urgency", "people_count", "case_leader",
    "excluded_reason", "remarks",
)  # fmt: skip
CALLBACK = (
    "called_on", "reached", "satisfaction", "process_satisfaction", "resolved", "callback_text",
)  # fmt: skip
_OF_CALLBACK = frozenset(CALLBACK)
FEEDBACK = ("feedback_text", "measures", "progress", "next_step")


class ItemRows:
    """Collects what a batch writes; `write` puts what was collected into the store.

    Called once for every few thousand rows, so that a large ledger does not stand in memory
    three times.
    """

    def __init__(
        self,
        change: Transaction,
        batch: int,
        settler: Settler,
        calendar_version: int,
        before: BeforeRows,
    ) -> None:
        self._change, self._batch, self._before = change, batch, before
        self._settler, self._calendar_version = settler, calendar_version
        connection = change.connection
        self._next_item = next_item_id(connection)
        self._next_round = next_id(connection, rounds)
        self._begin()

    def _begin(self) -> None:
        self._whole: dict[Table, list[dict[str, Any]]] = {items: [], item_texts: [], rounds: []}
        self._again: dict[Table, list[dict[str, Any]]] = {items: [], item_texts: [], rounds: []}
        self._beside: dict[Table, list[tuple[Any, ...]]] = {table: [] for table in _BESIDE}
        self._co_again: list[int] = []
        self._opened: dict[int, int] = {}

    def add(self, planned: PlannedRow) -> int | None:
        """Take one planned row in; returns the id of its item, None when it is refused."""
        if planned.outcome == RowOutcome.NEW:
            return self._add_new(planned)
        if planned.item is None:
            return None
        if planned.outcome == RowOutcome.UPDATED:
            self._add_update(planned, planned.item)
        return planned.item.id

    def _add_new(self, planned: PlannedRow) -> int:
        key, self._next_item = self._next_item, self._next_item + 1
        record = planned.record()
        settled = self._settler.settle(record, planned.row, None)
        number = planned.row.round_no or (
            2 if record.get("status") == LedgerStatus.REASSIGNED else 1
        )
        self._whole[items].append(self._item_values(key, planned, record, settled, number))
        self._whole[item_texts].append(_texts(key, record, settled))
        if settled.round_state is not None:
            self._new_round(key, number, planned, record, settled)
        self._beside_the_item(key, record)
        return key

    def _add_update(self, planned: PlannedRow, item: StoredItem) -> None:
        opens, record = planned.opens_round, planned.record()
        base = without_round(item.record) if opens else item.record
        merged = {**base, **record}
        if opens and "closed_on" not in record:
            merged.pop("closed_on", None)
        settled = self._settler.settle(merged, planned.row, None if opens else item)
        whole = self._item_values(item.id, planned, merged, settled, opens or item.current_round)
        whole["row_version"] = item.row_version + 1
        self._again[items].append(_bound(whole, without=("id", "created_batch_id")))
        self._again[item_texts].append(_bound(_texts(item.id, merged, settled), key="item_id"))
        if settled.round_state is None:
            return
        if opens or item.round_id is None:
            self._opened[item.id] = self._new_round(
                item.id, opens or item.current_round, planned, merged, settled
            )
        else:
            again = self._round_values(
                item.round_id, item.id, item.current_round, planned, merged, settled
            )
            if item.acted_here:
                again |= _as_decided(item)
            self._again[rounds].append(
                _bound(again, without=("id", "item_id", "round_no", "returned"))
            )
            changed = {change.field: change.after for change in planned.changes}
            self._beside_the_round(item.round_id, changed, merged)
        self._beside_the_item(item.id, {c.field: c.after for c in planned.changes})

    def _item_values(
        self, key: int, planned: PlannedRow, record: Record, settled: Settled, round_no: int
    ) -> dict[str, Any]:
        row = planned.row
        return {
            "id": key,
            "number": record.get("number"),
            "number_is_row_number": row.number_is_row_number,
            "fingerprint": planned.fingerprint,
            "state": settled.item_state,
            "session_id": record.get("session_theme"),
            "category_id": record.get("category"),
            "origin_id": record.get("origin"),
            "reporting_unit_id": record.get("county"),
            "township_code": record.get("township"),
            "received_on": record.get("received_on"),
            "closed_on": record.get("closed_on"),
            "struck_off_on": record.get("struck_off_on"),
            "excluded": bool(record.get("excluded")),
            "sound": settled.sound,
            "look_back": record.get("look_back"),
            "ledger_status": record.get("status"),
            "current_round": round_no,
            "created_batch_id": self._batch,
            "row_version": 1,
            "change_number": self._change.change,
        }

    def _new_round(
        self, item: int, number: int, planned: PlannedRow, record: Record, settled: Settled
    ) -> int:
        key, self._next_round = self._next_round, self._next_round + 1
        self._whole[rounds].append(self._round_values(key, item, number, planned, record, settled))
        self._beside_the_round(key, record, record)
        return key

    def _round_values(
        self, key: int, item: int, number: int, planned: PlannedRow, record: Record,
        settled: Settled,
    ) -> dict[str, Any]:  # fmt: skip
        row = planned.row
        return {
            "id": key,
            "item_id": item,
            "round_no": number,
            "state": settled.round_state,
            "lead_department_id": record.get("lead_departments"),
            "lead_as_printed": row.lead_departments[0][:200] if row.lead_departments else None,
            "assigned_on": record.get("assigned_on"),
            "received_on": record.get("signed_on"),
            **settled.due.columns(),
            "calendar_version_id": settled.due.calendar_version or self._calendar_version or None,
            "extended_due_on": record.get("extended_due_on"),
            "feedback_on": record.get("feedback_on"),
            "close_due_on": record.get("close_due_on"),
            "closed_on": record.get("closed_on"),
            "returned": False,
            "resolved_by_unit": record.get("resolved_by_unit"),
            "called_on": record.get("called_on"),
            "reached": _reached(record),
            "result": record.get("satisfaction"),
            "process": record.get("process_satisfaction"),
            "resolved_by_resident": record.get("resolved"),
        }

    def _beside_the_round(self, key: int, said: Record, whole: Record) -> None:
        for name in FEEDBACK:
            if said.get(name):
                given_on = whole.get("feedback_on") if name == "feedback_text" else None
                self._beside[feedback].append(
                    (key, FIELDS[name].column, given_on, said[name], self._batch)
                )
        if not _OF_CALLBACK.isdisjoint(said) and any(
            said.get(name) is not None for name in CALLBACK
        ):
            self._beside[callbacks].append(
                (key, whole.get("called_on"), _reached(whole), whole.get("satisfaction"),
                 whole.get("process_satisfaction"), whole.get("resolved"),
                 whole.get("callback_text"), self._batch)
            )  # fmt: skip
        if said.get("extended_due_on"):
            self._beside[extensions].append((key, said["extended_due_on"], self._batch))
        if said.get("co_departments"):
            self._co_again.append(key)
            lead = whole.get("lead_departments")
            self._beside[round_co_departments].extend(
                (key, department, role, position)
                for position, (department, role) in enumerate(said["co_departments"])
                if department != lead
            )

    def _beside_the_item(self, key: int, said: Record) -> None:
        if said.get("look_back"):
            self._beside[look_backs].append((key, said["look_back"], self._batch))
        if said.get("instruction"):
            self._beside[leader_instructions].append((key, said["instruction"], self._batch))

    def write(self) -> None:
        """Insert the new, then bring the known up to date; collecting begins anew."""
        connection = self._change.connection
        self._before.keep_items(self._again, self._opened, self._co_again)
        for table, rows in self._whole.items():
            if rows:
                insert_rows(connection, table, tuple(rows[0]), map(tuple, map(dict.values, rows)))
        self._update(connection)
        for table, columns in _BESIDE.items():
            insert_rows(connection, table, columns, self._beside[table])
        self._begin()

    def _update(self, connection: Connection) -> None:
        for table, again in self._again.items():
            if not again:
                continue
            key = table.c.item_id if table is item_texts else table.c.id
            columns: dict[str, Any] = {name: bindparam(name) for name in again[0] if name != "key"}
            connection.execute(update(table).where(key == bindparam("key")).values(columns), again)
        known = {row["key"] for row in self._again[rounds]}
        stale = [{"key": key} for key in self._co_again if key in known]
        if stale:
            connection.execute(
                delete(round_co_departments).where(
                    round_co_departments.c.round_id == bindparam("key")
                ),
                stale,
            )


def _as_decided(item: StoredItem) -> dict[str, Any]:
    """The lead and the deadline as they were given; what nobody gave yet a ledger may tell."""
    given = dict(item.as_given)
    lead_as_printed = given.pop("lead_as_printed")
    kept = given if given["due_on"] is not None else {}
    if item.record.get("lead_departments") is not None:
        kept["lead_as_printed"] = lead_as_printed
    return kept


_BESIDE: dict[Table, tuple[str, ...]] = {
    round_co_departments: ("round_id", "department_id", "co_role", "position"),
    feedback: ("round_id", "kind", "given_on", "text", "batch_id"),
    callbacks: (
        "round_id", "called_on", "reached", "result", "process", "resolved", "text", "batch_id",
    ),
    extensions: ("round_id", "new_due_on", "batch_id"),
    look_backs: ("item_id", "outcome", "batch_id"),
    leader_instructions: ("item_id", "text", "batch_id"),
}  # fmt: skip


def _texts(key: int, record: Record, settled: Settled) -> dict[str, Any]:
    return {
        "item_id": key,
        "unsound_reasons": settled.unsound_reasons,
        **{name: record.get(name) for name in TEXTS},
    }


def _reached(record: Record) -> bool | None:
    reached: bool | None = record.get("reached")
    return True if reached is None and record.get("satisfaction") else reached


def _bound(
    values: dict[str, Any], *, key: str = "id", without: Iterable[str] = ()
) -> dict[str, Any]:
    left_out = {key, *without}
    return {
        "key": values[key],
        **{name: value for name, value in values.items() if name not in left_out},
    }
