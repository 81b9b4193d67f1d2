"""督办工作台: each list with its count and the age of its oldest row, and the rows behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import polars as pl
from sqlalchemy import Connection, Engine

from data_access.database import reading
from data_access.desk_lists import (
    DESK_CONDITIONS,
    NO_MEASURES,
    WHY,
    called_no_more,
    rows_of,
    uncalled,
    without_measures,
)
from data_access.desk_questions import ASKED_OF, QUESTIONS
from data_access.facts import facts
from data_access.figures import AN_ITEM
from data_access.filters import Filters, narrowed
from data_access.merged_untold import untold_by_parent
from data_access.moment import Moment
from data_access.reads import desk_keys
from data_access.reads.items import LIST_COLUMNS, described_items
from supervision.scope import Scope
from supervision.vocabulary import ItemState
from supervision.worklists import DeskList

DESK_COLUMNS = (*LIST_COLUMNS, "since_on", "age_days", "why")
MOST_ASKED = 5_000
"""Items that a question names; of more it is asked of the whole store."""
_NO_WORDS = pl.lit(None, dtype=pl.String)
_SCHEMA = {"item_id": pl.Int64, "since_on": pl.Date, "why": pl.String}


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page of a list, the longest waiting first. Keys turn pages (None: no such page)."""

    rows: pd.DataFrame
    total: int
    next_key: str | None = None
    position: int = 0
    """How many rows come before this page."""
    left_out: int = 0
    """Rows that the city's rules list no more: closed too long ago to be called back."""


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """One list: how many items wait and since when the oldest does (None: nobody knows)."""

    slug: DeskList
    count: int
    oldest_on: date | None
    oldest_days: int | None

    @property
    def name(self) -> str:
        """The list's Chinese name."""
        return self.slug.label


def desk(
    engine: Engine,
    *,
    scope: Scope,
    as_of: date,
    filters: Filters | None = None,
) -> tuple[DeskEntry, ...]:
    """Every list, empty ones too."""
    found = []
    asked = _asked(engine, scope, as_of, filters or Filters())
    with reading(engine) as connection:
        for slug in DeskList:
            rows = asked.rows(connection, slug)
            oldest = rows["since_on"].min()
            day = oldest if isinstance(oldest, date) else None
            age = (as_of - day).days if day is not None else None
            found.append(DeskEntry(slug, rows.height, day, age))
    return tuple(found)


def desk_items(
    engine: Engine,
    *,
    scope: Scope,
    as_of: date,
    slug: DeskList,
    filters: Filters | None = None,
    most: int | None = None,
    after: str | None = None,
) -> DeskPage:
    """`most` rows of one list after the row keyed `after`: DESK_COLUMNS; `why` may be empty."""
    asked = _asked(engine, scope, as_of, filters or Filters())
    with reading(engine) as connection:
        rows = asked.in_order(connection, slug)
    shown = _described(engine, rows, scope, as_of, most, after)
    return replace(shown, left_out=asked.left_out(slug))


def reassign_candidates(
    engine: Engine,
    *,
    scope: Scope,
    as_of: date,
    most: int | None = None,
    after: str | None = None,
) -> DeskPage:
    """What the rule proposes for 重新交办: called unsatisfied and the like, then overdue.

    DESK_COLUMNS; an overdue row has no `why`, its `days_overdue` tells it.
    """
    asked = _asked(engine, scope, as_of, Filters())
    with reading(engine) as connection:
        told = asked.in_order(connection, DeskList.NOT_YET_FLAGGED)
        late = asked.in_order(connection, DeskList.OVERDUE_SILENT)
    late = late.join(told, on="item_id", how="anti")
    both = pl.concat([told, late.with_columns(part=pl.lit(1))])
    return _described(engine, both, scope, as_of, most, after)


def _described(
    engine: Engine, rows: pl.DataFrame, scope: Scope, as_of: date, most: int | None,
    after: str | None,
) -> DeskPage:  # fmt: skip
    """Only what is shown is described: a list may have every item of the city."""
    start = desk_keys.place_after(rows, after)
    first = rows.slice(start, most)
    more = start + first.height < rows.height
    ids = tuple(first["item_id"].to_list())
    known = described_items(engine, scope=scope, as_of=as_of, item_ids=ids)
    since = dict(zip(ids, first["since_on"].to_list(), strict=True))
    why = dict(zip(ids, first["why"].to_list(), strict=True))
    known["since_on"] = [since[key] for key in known["item_id"]]
    known["age_days"] = [
        (as_of - day).days if (day := since[key]) is not None else None for key in known["item_id"]
    ]
    known["why"] = [why[key] for key in known["item_id"]]
    return DeskPage(
        known.reindex(columns=list(DESK_COLUMNS)),
        rows.height,
        next_key=desk_keys.key_of(first.row(-1, named=True)) if more else None,
        position=start,
    )


def _with_merged(connection: Connection, rows: pl.DataFrame) -> pl.DataFrame:
    """Whoever calls back is told that residents of merged items are to be told as well."""
    parents = untold_by_parent(connection)
    told = pl.DataFrame(
        [(key, f"另有 {n} 件并单的诉求人也要告知") for key, n in parents.items()],
        schema={"item_id": pl.Int64, "why": pl.String}, orient="row",
    )  # fmt: skip
    return rows.drop("why").join(told, on="item_id", how="left")


def _asked(engine: Engine, scope: Scope, as_of: date, filters: Filters) -> _Asked:
    known = facts(engine)
    moment = known.moment(as_of, filters.period)
    frame = narrowed(engine, known.seen_by(scope, moment), filters)
    # What is archived is read-only: nobody could do anything about it.
    alive = pl.col("is_current") & (pl.col("item_state") != ItemState.ARCHIVED.value)
    return _Asked(moment, frame.filter(alive))


@dataclass(frozen=True, eq=False, slots=True)
class _Asked:
    """One moment of the store: the current rows that the scope sees, narrowed."""

    moment: Moment
    frame: pl.DataFrame

    def rows(self, connection: Connection, slug: DeskList) -> pl.DataFrame:
        """item_id, since_on, why: one row per item, its longest wait."""
        parts = [
            self.frame.filter(condition).select("item_id", since_on=since, why=why)
            for condition, since, why in self._by_facts(slug)
        ]
        if slug in QUESTIONS:
            parts.append(self._by_store(connection, slug))
        whole = pl.concat(parts)
        if slug is DeskList.CALLBACKS_DUE:
            whole = _with_merged(connection, whole)
        # By the facts an item is one row.
        if len(parts) == 1 and slug not in QUESTIONS:
            return whole
        return whole.sort("since_on", nulls_last=True).unique(
            "item_id", keep="first", maintain_order=True
        )

    def _by_facts(self, slug: DeskList) -> Iterator[tuple[pl.Expr, pl.Expr, pl.Expr]]:
        """The condition, the day and the reason of each part of a list."""
        if slug in DESK_CONDITIONS:
            condition, since = rows_of(slug)
            why = WHY if slug is DeskList.NOT_YET_FLAGGED else _NO_WORDS
            yield condition(self.moment), since, why
        if slug is DeskList.NOT_YET_FLAGGED:
            yield without_measures(), pl.col("closed_on"), pl.lit(NO_MEASURES)

    def _by_store(self, connection: Connection, slug: DeskList) -> pl.DataFrame:
        """What the store tells of the rows that are seen."""
        among: list[int] | None = None
        if slug in ASKED_OF:
            among = self.frame.filter(AN_ITEM & ASKED_OF[slug](self.moment))["item_id"].to_list()
        asked = among is None or bool(among)
        few = among if among is not None and len(among) <= MOST_ASKED else None
        told = QUESTIONS[slug](connection, self.moment, few) if asked else []
        rows = pl.DataFrame(told, schema=_SCHEMA, orient="row")
        if rows.is_empty():
            return rows
        return rows.join(self.frame.select("item_id"), on="item_id", how="semi")

    def left_out(self, slug: DeskList) -> int:
        """How many rows the rules list no more."""
        if slug is not DeskList.CALLBACKS_DUE:
            return 0
        old = AN_ITEM & uncalled(self.moment) & called_no_more(self.moment)
        return self.frame.filter(old).height

    def in_order(self, connection: Connection, slug: DeskList) -> pl.DataFrame:
        """The same, the longest waiting first; one part."""
        rows = self.rows(connection, slug).sort("since_on", "item_id", nulls_last=True)
        return rows.with_columns(part=pl.lit(0))
