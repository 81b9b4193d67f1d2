"""What the ledgers as a whole tell about items: who keeps a day of signing, what is a dispute."""

from __future__ import annotations

from typing import Any

import msgspec
import polars as pl
from sqlalchemy import Connection, Select, select

from data_access.removed_items import undone_since
from data_access.schema.imports import import_batches, import_sections, raw_rows
from data_access.schema.registers import terms
from supervision.disputes import is_dispute

SIGNED_ON = "signed_on"


def asked_to_sign(connection: Connection, *, since: int = 0) -> pl.Series:
    """Ids of the items told by a ledger that has a column for the day of signing (签收日期).

    Only there is an empty cell "not signed for". `since` is a change number: later batches only.
    """
    found: set[int] = set()
    for section in connection.execute(_sections(since)):
        if _dates_signing(section.mapping):
            rows = select(raw_rows.c.item_id).where(
                raw_rows.c.batch_id == section.batch_id,
                raw_rows.c.sheet == section.sheet,
                raw_rows.c.row_no.between(section.first_row, section.last_row),
                raw_rows.c.item_id.is_not(None),
            )
            found.update(connection.execute(rows).scalars())
    return pl.Series("item_id", sorted(found), dtype=pl.Int64)


def asked_to_sign_now(connection: Connection, known: pl.Series, *, since: int) -> pl.Series:
    """The same, from what was known at a change number: asked anew where an import was undone."""
    if undone_since(connection, since):
        return asked_to_sign(connection)
    return pl.concat([known, asked_to_sign(connection, since=since)]).unique()


def _sections(since: int) -> Select[Any]:
    return (
        select(import_sections)
        .join(import_batches, import_batches.c.id == import_sections.c.batch_id)
        .where(
            import_batches.c.change_number > since,
            import_sections.c.mapping.like(f'%,"{SIGNED_ON}"]%'),
        )
    )


def _dates_signing(mapping: str) -> bool:
    # 是否按时签收 answers with yes or no: an empty day says nothing there.
    columns = msgspec.json.decode(mapping, type=dict[str, tuple[str, str | None]])
    return any(
        field == SIGNED_ON and not heading.strip().startswith("是否")
        for heading, field in columns.values()
    )


def dispute_categories(connection: Connection) -> list[int]:
    """Ids of the 问题分类 that name a dispute."""
    words = select(terms.c.id, terms.c.name).where(terms.c.kind == "category")
    return [key for key, name in connection.execute(words) if is_dispute(name)]
