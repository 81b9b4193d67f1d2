"""One filter state for every page, list, export and link (typed; ids, never words)."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.measures import counted_rows
from data_access.moment import Moment, Period
from data_access.schema.imports import raw_rows
from data_access.schema.items import item_texts
from data_access.text_index import items_with_text, without_trace_of
from supervision.scope import Scope
from supervision.vocabulary import RowOutcome


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; an empty tuple or None means no limit.

    `figure` is the slug of a registered figure: its rows and only those. `period` is the
    period of that figure, else the days on which items came in.
    """

    units: tuple[int, ...] = ()
    townships: tuple[int, ...] = ()
    unlocated: bool = False
    departments: tuple[int, ...] = ()
    sessions: tuple[int, ...] = ()
    categories: tuple[int, ...] = ()
    lights: tuple[str, ...] = ()
    period: Period | None = None
    text: str = ""
    figure: str | None = None
    batch: int | None = None
    """Items that this import batch made or updated."""
    case_leader: str | None = None
    """包案领导, as the items name him; see `of_leader`."""


def narrowed(frame: pl.DataFrame, filters: Filters) -> pl.DataFrame:
    """The facts that places, departments, sessions and categories leave."""
    conditions = [
        pl.col(column).is_in(list(wanted)).fill_null(False)
        for column, wanted in (
            ("unit_id", filters.units),
            ("township_code", filters.townships),
            ("department_id", filters.departments),
            ("session_id", filters.sessions),
            ("category_id", filters.categories),
        )
        if wanted
    ]
    if filters.unlocated:
        conditions.append(pl.col("township_code").is_null())
    return frame.filter(conditions) if conditions else frame


def of_leader(engine: Engine, frame: pl.DataFrame, filters: Filters) -> pl.DataFrame:
    """The facts of the items that this 包案领导 answers for; all where none is asked for."""
    if filters.case_leader is None:
        return frame
    question = select(item_texts.c.item_id).where(item_texts.c.case_leader == filters.case_leader)
    with reading(engine) as connection:
        own = pl.Series("item_id", list(connection.execute(question).scalars()), dtype=pl.Int64)
    return frame.filter(pl.col("item_id").is_in(own.implode()))


def selected(
    engine: Engine, frame: pl.DataFrame, filters: Filters, moment: Moment, *, scope: Scope
) -> pl.DataFrame:
    """The rows of `scope` that a list shows: narrowed, by figure or intake, by light, by text."""
    rows = of_leader(engine, narrowed(frame, filters), filters)
    if filters.figure is not None:
        rows = rows.filter(counted_rows(filters.figure, moment))
    else:
        rows = rows.filter(pl.col("is_current"))
        if filters.period is not None:
            inside = pl.col("intake_on").is_between(filters.period.first, filters.period.last)
            rows = rows.filter(inside.fill_null(False))
    if filters.lights:
        rows = rows.filter(pl.col("light").cast(pl.String).is_in(list(filters.lights)))
    if filters.batch is not None:
        told = _changed_by_batch(engine, filters.batch)
        rows = rows.filter(pl.col("item_id").is_in(told.implode()))
    if filters.text.strip():
        found = items_with_text(engine, filters.text)
        rows = rows.filter(pl.col("item_id").is_in(found.implode()))
        if scope.departments:
            rows = rows.filter(pl.col("item_id").is_in(_readable(engine, rows, filters.text)))
    return rows


def _readable(engine: Engine, rows: pl.DataFrame, words: str) -> list[int]:
    """Items in which a department could read the words itself."""
    with reading(engine) as connection:
        return without_trace_of(connection, rows["item_id"].unique().to_list(), words)


def _changed_by_batch(engine: Engine, batch: int) -> pl.Series:
    with reading(engine) as connection:
        ids = connection.execute(
            select(raw_rows.c.item_id)
            .where(
                raw_rows.c.batch_id == batch,
                raw_rows.c.outcome.in_([RowOutcome.NEW, RowOutcome.UPDATED]),
                raw_rows.c.item_id.is_not(None),
            )
            .distinct()
        ).scalars()
        return pl.Series("item_id", list(ids), dtype=pl.Int64)
