"""数据质量: each list with its count, and the rows behind it with their ledger cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import polars as pl
from sqlalchemy import Connection, Engine, func, select

from data_access.database import reading
from data_access.facts import facts
from data_access.quality_conditions import FINDERS, FOUND
from data_access.quality_questions import QUESTIONS
from data_access.reads import quality_keys
from data_access.reads.batches_seen import seen_batches
from data_access.reads.items import LIST_COLUMNS, described_items
from data_access.schema.imports import import_batches, provenance, raw_rows
from data_access.schema.items import rounds
from supervision.quality import QUALITY_RULES, QualityList
from supervision.reporters import without_traces
from supervision.return_sheets import ReturnSheet
from supervision.scope import Scope
from supervision.vocabulary import RowOutcome

QUALITY_COLUMNS = (*LIST_COLUMNS, "why", "file_name", "sheet", "cell", "batch_id")
"""`item_id` is empty on a ledger row that became no item; `cell` is F5 or 第5行."""
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class QualityEntry:
    """One list and how many rows it has."""

    slug: QualityList
    count: int


@dataclass(frozen=True, slots=True)
class QualityRows:
    """One page of a list (QUALITY_COLUMNS). Keys turn pages (None: no such page)."""

    rows: pd.DataFrame
    total: int
    next_key: str | None = None
    position: int = 0
    """How many rows come before this page."""


def quality(engine: Engine, *, scope: Scope, as_of: date) -> tuple[QualityEntry, ...]:
    """Every list, empty ones too."""
    asked = _Asked(engine, scope, as_of)
    with reading(engine) as connection:
        return tuple(QualityEntry(slug, asked.count(connection, slug)) for slug in QualityList)


def quality_rows(
    engine: Engine, *, scope: Scope, as_of: date, slug: QualityList, most: int = MOST_ROWS,
    after: str | None = None,
) -> QualityRows:  # fmt: skip
    """`most` rows of one list after the row keyed `after`."""
    asked = _Asked(engine, scope, as_of)
    with reading(engine) as connection:
        if slug is QualityList.ROWS_REFUSED:
            refused = _refused(connection, scope, as_of)
            found = pl.DataFrame({"item_id": list(refused)}, schema={"item_id": pl.Int64})
        else:
            refused, found = {}, asked.found(connection, slug)
        found = quality_keys.in_order(found)
        start = quality_keys.place_after(found, after)
        page = found.slice(start, most)
        ids = page["item_id"].to_list()
        cells = {} if refused else _cells(connection, ids, QUALITY_RULES[slug].fields)
    lines = [refused[key] for key in ids] if refused else []
    if slug is not QualityList.ROWS_REFUSED:
        why = dict(zip(ids, page["why"].to_list(), strict=True))
        known = described_items(engine, scope=scope, as_of=as_of, item_ids=tuple(ids))
        for line in known.to_dict("records"):
            told = {str(name): value for name, value in line.items()}
            lines.append({**told, "why": why[told["item_id"]], **cells.get(told["item_id"], {})})
    key = quality_keys.key_after(found, start + page.height)
    return QualityRows(_frame(lines, scope), found.height, key, start)


class _Asked:
    """One moment of the store: the current rows that the scope sees."""

    def __init__(self, engine: Engine, scope: Scope, as_of: date) -> None:
        known = facts(engine)
        self._moment = known.moment(as_of)
        self._facts = known
        self._seen = known.seen_by(scope, self._moment).filter("is_current")
        self._scope, self._as_of = scope, as_of

    def count(self, connection: Connection, slug: QualityList) -> int:
        if slug is QualityList.ROWS_REFUSED:
            return len(_refused(connection, self._scope, self._as_of))
        return self.found(connection, slug).height

    def found(self, connection: Connection, slug: QualityList) -> pl.DataFrame:
        """item_id and why, one row per item."""
        if slug in FINDERS:
            rows = FINDERS[slug](self._seen, self._moment, self._facts)
            if slug is QualityList.DUE_DIFFERS:
                rows = rows.filter(~pl.col("item_id").is_in(_given_here(connection)))
            return rows
        told = QUESTIONS[slug](connection, self._seen)
        rows = (
            told
            if isinstance(told, pl.DataFrame)
            else pl.DataFrame(list(told), schema=FOUND, orient="row")
        )
        return rows.join(
            self._seen.select("item_id"), on="item_id", how="semi", maintain_order="left"
        )


def _given_here(connection: Connection) -> list[int]:
    """Items of which a limit was given in the program, by a person who chose it."""
    question = select(rounds.c.item_id).where(rounds.c.limit_unit.is_not(None)).distinct()
    return list(connection.execute(question).scalars())


def _refused(connection: Connection, scope: Scope, as_of: date) -> dict[int, dict[str, object]]:
    """Rows of each sender's newest ledger that were not stored, by their keys."""
    ledgers = (
        import_batches.c.kind.not_in(list(ReturnSheet)), import_batches.c.as_of <= as_of,
        import_batches.c.undone_at.is_(None),
    )  # fmt: skip
    newest = select(func.max(import_batches.c.id)).where(*ledgers).group_by(import_batches.c.sender)
    question = (
        select(
            raw_rows.c.sheet, raw_rows.c.row_no, raw_rows.c.outcome_reason,
            import_batches.c.file_name, import_batches.c.id, raw_rows.c.id.label("raw_id"),
        )
        .join(import_batches, import_batches.c.id == raw_rows.c.batch_id)
        .where(
            raw_rows.c.outcome == RowOutcome.REFUSED.value, import_batches.c.id.in_(newest),
            seen_batches(scope),
        )
        .order_by(raw_rows.c.id)
    )  # fmt: skip
    return {
        row.raw_id: {"why": row.outcome_reason, "file_name": row.file_name, "sheet": row.sheet,
                     "cell": f"第{row.row_no}行", "batch_id": row.id}
        for row in connection.execute(question)
    }  # fmt: skip


def _cells(
    connection: Connection, ids: Sequence[int], fields: Sequence[str]
) -> dict[int, dict[str, object]]:
    """Item → the ledger cell in which the list's first known field stands now, else its row."""
    question = (
        select(
            provenance.c.item_id, provenance.c.fields, raw_rows.c.sheet, raw_rows.c.row_no,
            import_batches.c.file_name, import_batches.c.id,
        )
        .join_from(provenance, raw_rows, raw_rows.c.id == provenance.c.raw_row_id)
        .join(import_batches, import_batches.c.id == raw_rows.c.batch_id)
        .where(provenance.c.item_id.in_(ids))
        .order_by(provenance.c.id)
    )  # fmt: skip
    found: dict[int, tuple[int, dict[str, object]]] = {}
    for row in connection.execute(question):
        cells = dict(entry.partition("=")[::2] for entry in row.fields.split())
        named = {name.partition(":")[0]: cell for name, cell in cells.items()}
        rank, cell = next(
            ((n, named[name]) for n, name in enumerate(fields) if name in named),
            (len(fields), f"第{row.row_no}行"),
        )
        if row.item_id not in found or rank <= found[row.item_id][0]:
            place = {"file_name": row.file_name, "sheet": row.sheet, "cell": cell,
                     "batch_id": row.id}  # fmt: skip
            found[row.item_id] = (rank, place)
    return {key: place for key, (_, place) in found.items()}


def _frame(lines: Sequence[dict[str, object]], scope: Scope) -> pd.DataFrame:
    if scope.departments:
        for line in lines:
            line["why"] = without_traces(str(line["why"]))
    return pd.DataFrame(list(lines), columns=list(QUALITY_COLUMNS))
