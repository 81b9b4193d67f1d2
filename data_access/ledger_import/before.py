"""What an import finds before it changes an item that is known, kept so that it can be undone.

New items need nothing kept. Of known ones only the columns that change are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Table, delete, func, select

from data_access import clock
from data_access.bulk import insert_rows
from data_access.schema.accounts import personal_data
from data_access.schema.imports import import_batches, items_before
from data_access.schema.items import item_texts, items, round_co_departments, rounds

KEPT_DAYS = 31
"""So long two imports on the same item can be undone one after the other; later only the last."""
_STAMPS = frozenset({"key", "row_version", "change_number"})
_AT_ONCE = 5_000


class ItemBefore(msgspec.Struct, omit_defaults=True):
    """The changed columns of an item, its texts and its current round, as they were."""

    item: dict[str, Any] = {}
    texts: dict[str, Any] = {}
    round: dict[str, Any] = {}
    round_id: int | None = None
    """The round whose columns changed."""
    opened: int | None = None
    """The round that the batch opened."""
    helpers: list[tuple[int, str, int]] | None = None
    """Co-departments (department, role, position), where the batch named others."""
    personal: list[str] = []
    """Fields of the resident's data that the batch replaced; the values stay sealed beside."""


class BeforeRows:
    """Keeps what a batch is about to change, block by block."""

    def __init__(self, connection: Connection, batch: int) -> None:
        self._connection, self._batch = connection, batch
        limit = clock.now() - timedelta(days=KEPT_DAYS)
        self._last_let_go = connection.execute(
            select(func.max(import_batches.c.id)).where(import_batches.c.stored_at < limit)
        ).scalar()

    def keep_items(
        self,
        again: dict[Table, list[dict[str, Any]]],
        opened: dict[int, int],
        helped: Iterable[int],
    ) -> None:
        """Before these rows (by "key") are written over, rounds opened and helpers replaced."""
        found = {row["key"]: ItemBefore() for row in again[items]}
        for _, item, changed in self._changed(items, items.c.id, again[items]):
            found[item].item = changed
        for _, item, changed in self._changed(item_texts, item_texts.c.item_id, again[item_texts]):
            found[item].texts = changed
        item_of: dict[int, int] = {}
        for key, item, changed in self._changed(rounds, rounds.c.item_id, again[rounds]):
            item_of[key] = item
            found[item].round, found[item].round_id = changed, key
        for item, round_id in opened.items():
            found[item].opened = round_id
        for round_id, helpers in self._helpers(key for key in helped if key in item_of).items():
            before = found[item_of[round_id]]
            before.helpers, before.round_id = helpers, round_id
        self._write(found)

    def keep_personal(self, replaced: dict[int, list[str]], protected: Iterable[int]) -> None:
        """Of whose resident a field was told otherwise, and who was not marked as protected."""
        found = {item: ItemBefore(personal=fields) for item, fields in replaced.items()}
        for item in protected:
            found.setdefault(item, ItemBefore()).item = {"reporter_protected": False}
        self._write(found)

    def _changed(
        self, table: Table, owner: Column[int], again: list[dict[str, Any]]
    ) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """Key, item and the columns that will hold something else, as they are."""
        if not again:
            return
        key = next(iter(table.primary_key))
        names = [name for name in again[0] if name not in _STAMPS]
        asked = select(key, owner.label("owner"), *(table.c[name] for name in names))
        now = {row["key"]: row for row in again}
        for block in _blocks(now):
            for row in self._connection.execute(asked.where(key.in_(block))):
                told = now[row[0]]
                pairs = zip(names, row[2:], strict=True)
                yield row[0], row[1], {n: value for n, value in pairs if told[n] != value}

    def _helpers(self, keys: Iterable[int]) -> dict[int, list[tuple[int, str, int]]]:
        found: dict[int, list[tuple[int, str, int]]] = {key: [] for key in keys}
        for block in _blocks(found):
            for row in self._connection.execute(
                select(round_co_departments)
                .where(round_co_departments.c.round_id.in_(block))
                .order_by(round_co_departments.c.position)
            ):
                found[row.round_id].append((row.department_id, row.co_role, row.position))
        return found

    def _write(self, found: dict[int, ItemBefore]) -> None:
        if not found:
            return
        self._let_go(found)
        insert_rows(
            self._connection,
            items_before,
            ("batch_id", "item_id", "stored"),
            (
                (self._batch, item, msgspec.json.encode(before).decode())
                for item, before in found.items()
            ),
        )

    def _let_go(self, items_now: Iterable[int]) -> None:
        """What older batches kept of these items is dropped after its time."""
        if self._last_let_go is None:
            return
        for block in _blocks(items_now):
            self._connection.execute(
                delete(items_before).where(
                    items_before.c.item_id.in_(block),
                    items_before.c.batch_id <= self._last_let_go,
                )
            )
            self._connection.execute(
                delete(personal_data).where(
                    personal_data.c.item_id.in_(block),
                    personal_data.c.replaced_by_batch <= self._last_let_go,
                )
            )


def kept_before(told: str) -> ItemBefore:
    """What was kept, from its text; days are still text."""
    return msgspec.json.decode(told, type=ItemBefore)


def _blocks(keys: Iterable[int]) -> Iterator[list[int]]:
    whole = sorted(keys)
    for start in range(0, len(whole), _AT_ONCE):
        yield whole[start : start + _AT_ONCE]
