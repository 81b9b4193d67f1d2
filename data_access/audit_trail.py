"""The only way into the audit table: rows are added, each sealed by the hash of the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Engine, Row, select, update

from data_access.bulk import insert_rows
from data_access.database import Transaction, reading
from data_access.schema.base import audit, audit_head

HEAD = 1
START = "0" * 64
"""What the first row is chained to."""
_BLOCK = 5_000


class AuditRow(NamedTuple):
    """Who did what to which row, when, why, from which values to which (both JSON texts)."""

    at: datetime
    actor: str
    act: str
    entity: str
    entity_id: int | None = None
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    batch_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """What a verification found: how many rows, the chain's end, and the first fault in Chinese."""

    length: int
    chain: str
    fault: str | None


def add_audit_rows(change: Transaction, rows: Iterable[AuditRow]) -> None:
    """Append rows in the transaction of what they tell; the change lock keeps them in line."""
    connection = change.connection
    head = connection.execute(select(audit_head).where(audit_head.c.id == HEAD)).one()
    sealed = _Sealed(rows, change.change, head.length, head.chain)
    insert_rows(connection, audit, (*AuditRow._fields, "change_number", "chain"), sealed)
    connection.execute(
        update(audit_head)
        .where(audit_head.c.id == HEAD)
        .values(length=sealed.length, chain=sealed.chain)
    )


class _Sealed:
    """Rows on their way into the table, each with its link; knows the chain's end afterwards."""

    def __init__(self, rows: Iterable[AuditRow], change: int, length: int, chain: str) -> None:
        self._rows, self._change = rows, change
        self.length, self.chain = length, chain

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for row in self._rows:
            values = (*row, self._change)
            self.chain = link(self.chain, values)
            self.length += 1
            yield (*values, self.chain)


def link(before: str, values: tuple[Any, ...]) -> str:
    """The hash that seals a row (its columns without id and chain) to the chain so far."""
    told = msgspec.json.encode([before, *values])
    return hashlib.sha256(told).hexdigest()


def verified_chain(engine: Engine) -> ChainVerdict:
    """Walk the whole chain; the first row that does not fit is named."""
    with reading(engine) as connection:
        head = connection.execute(select(audit_head).where(audit_head.c.id == HEAD)).one_or_none()
        chain, length = START, 0
        for row in _walk(connection):
            expected = link(chain, tuple(row[1:-1]))
            if row.chain != expected:
                fault = f"第 {length + 1} 条审计记录（编号 {row.id}）或其前一条被改动、插入或删除。"
                return ChainVerdict(length, chain, fault)
            chain, length = expected, length + 1
    if head is None:
        return ChainVerdict(length, chain, "审计记录的链尾不见了，不能确认末尾的记录没有被删除。")
    if (length, chain) != (head.length, head.chain):
        fault = f"审计记录应有 {head.length} 条，现有 {length} 条：末尾的记录被删除。"
        return ChainVerdict(length, chain, fault)
    return ChainVerdict(length, chain, None)


def _walk(connection: Connection) -> Iterator[Row[Any]]:
    columns = (audit.c.id, *(audit.c[name] for name in AuditRow._fields),
               audit.c.change_number, audit.c.chain)  # fmt: skip
    # From the very first id there is: one below 1 was given by nobody but a forger.
    asked = block = select(*columns).order_by(audit.c.id).limit(_BLOCK)
    while rows := connection.execute(block).all():
        yield from rows
        block = asked.where(audit.c.id > rows[-1].id)
