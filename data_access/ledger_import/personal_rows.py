"""Residents' data of an import on their way into the sealed table, in the import's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import tee
from typing import Any, NamedTuple

from sqlalchemy import select, update

from data_access import clock
from data_access.bulk import insert_rows
from data_access.database import Transaction
from data_access.ledger_import.before import BeforeRows
from data_access.ledger_import.model import LedgerRow, PersonalValue
from data_access.ledger_import.personal import masked_cell
from data_access.ledger_import.plan import PlannedRow
from data_access.privacy.keys import KeyRefused, Keyring
from data_access.schema.accounts import personal_data
from data_access.schema.items import items

COLUMNS = ("item_id", "field", "masked", "sealed", "lookup", "key_id", "batch_id", "stored_at")
_TEXT = "text:"
_AT_ONCE = 5_000


class _Kept(NamedTuple):
    id: int
    item_id: int
    sealed: str
    key_id: str


class PersonalRows:
    """Collects what rows tell of residents; `write` stores what is new or has changed.

    Without a ring nothing of it is stored. What was erased is not brought back by an old ledger.
    """

    def __init__(
        self, change: Transaction, ring: Keyring | None, batch: int, before: BeforeRows
    ) -> None:
        self._change, self._ring, self._batch, self._before = change, ring, batch, before
        self._new: list[tuple[int, tuple[PersonalValue, ...]]] = []
        self._again: dict[int, LedgerRow] = {}
        self._protected: list[int] = []
        self._known_protected: list[int] = []
        self.changed: list[tuple[int, list[str]]] = []
        """Items that were known, with the personal fields that this batch changed."""

    def add(self, planned: PlannedRow) -> None:
        """Take in what a stored row tells."""
        item, row = planned.stored_as, planned.row
        if item is None:
            return
        if row.reporter_protected:
            self._protected.append(item)
            if planned.item is not None:
                self._known_protected.append(item)
        if self._ring is None:
            return
        if planned.item is not None:
            self._again[item] = row
        elif row.personal:
            self._new.append((item, row.personal))

    def write(self) -> None:
        """Store what was collected; collecting begins anew."""
        flips, told_before = self._not_yet_protected(), len(self.changed)
        if self._protected:
            self._change.connection.execute(
                update(items)
                .where(items.c.id.in_(self._protected), items.c.reporter_protected.is_(False))
                .values(reporter_protected=True, change_number=self._change.change)
            )
        if self._ring is not None:
            now = clock.now()
            if self._again:
                self._write_again(self._ring, now)
            insert_rows(
                self._change.connection,
                personal_data,
                COLUMNS,
                self._sealed(
                    self._ring,
                    ((item, value) for item, values in self._new for value in values),
                    now,
                ),
            )
        self._before.keep_personal(dict(self.changed[told_before:]), flips)
        self._new, self._again, self._protected, self._known_protected = [], {}, [], []

    def _not_yet_protected(self) -> list[int]:
        if not self._known_protected:
            return []
        question = select(items.c.id).where(
            items.c.id.in_(self._known_protected), items.c.reporter_protected.is_(False)
        )
        return list(self._change.connection.execute(question).scalars())

    def _sealed(
        self, ring: Keyring, values: Iterable[tuple[int, PersonalValue]], now: datetime
    ) -> Iterator[tuple[Any, ...]]:
        batch, told, sealing = self._batch, *tee(values)
        sealed = ring.seal_all((item, value.field, value.clear) for item, value in sealing)
        for (item, (field, clear)), (token, lookup, key_id) in zip(told, sealed, strict=True):
            # The masked text itself stands with the item.
            shown = "" if field.startswith(_TEXT) else masked_cell(field, clear)
            yield item, field, shown, token, lookup, key_id, batch, now

    def _write_again(self, ring: Keyring, now: datetime) -> None:
        stored, erased = self._stored()
        gone: list[int] = []
        fresh: list[tuple[int, PersonalValue]] = []
        for item, row in self._again.items():
            if item in erased:
                continue
            fields = []
            for field, values, kept in _compared(row, stored.get(item, {})):
                if _is_same(ring, field, values, kept):
                    continue
                fields.append(field)
                gone += [one.id for one in kept]
                fresh += [(item, value) for value in values]
            if fields:
                self.changed.append((item, fields))
        connection = self._change.connection
        for start in range(0, len(gone), _AT_ONCE):
            block = gone[start : start + _AT_ONCE]
            connection.execute(
                update(personal_data)
                .where(personal_data.c.id.in_(block))
                .values(replaced_by_batch=self._batch)
            )
        insert_rows(connection, personal_data, COLUMNS, self._sealed(ring, fresh, now))

    def _stored(self) -> tuple[dict[int, dict[str, list[_Kept]]], set[int]]:
        stored: dict[int, dict[str, list[_Kept]]] = defaultdict(dict)
        erased: set[int] = set()
        columns = (
            "id", "item_id", "field", "sealed", "key_id", "erased_at", "replaced_by_batch",
        )  # fmt: skip
        for row in self._change.connection.execute(
            select(*(personal_data.c[name] for name in columns)).where(
                personal_data.c.item_id.in_(self._again)
            )
        ):
            if row.erased_at is not None:
                erased.add(row.item_id)
            elif row.replaced_by_batch is None:
                kept = _Kept(row.id, row.item_id, row.sealed, row.key_id)
                stored[row.item_id].setdefault(row.field, []).append(kept)
        return stored, erased


def _compared(
    row: LedgerRow, kept: dict[str, list[_Kept]]
) -> Iterator[tuple[str, list[PersonalValue], list[_Kept]]]:
    """Field by field: what the ledger tells now, and what is stored of it.

    A blank cell takes nothing away; a text told anew without personal data replaces the old one.
    """
    told: dict[str, list[PersonalValue]] = {}
    for value in row.personal:
        told.setdefault(value.field, []).append(value)
    for field in kept:
        if field.startswith(_TEXT) and _text_of(row, field.removeprefix(_TEXT)):
            told.setdefault(field, [])
    for field, values in told.items():
        yield field, values, kept.get(field, [])


def _text_of(row: LedgerRow, name: str) -> str | None:
    if name == "callback_text":
        return row.callback.text if row.callback is not None else None
    text: str | None = getattr(row, name)
    return text


def _is_same(ring: Keyring, field: str, values: list[PersonalValue], kept: list[_Kept]) -> bool:
    if len(values) != len(kept):
        return False
    try:
        known = [ring.opened(one.item_id, field, one.sealed, one.key_id) for one in kept]
    except KeyRefused:
        # What cannot be opened any more is told anew.
        return False
    return sorted(known) == sorted(value.clear for value in values)
