"""One filter state for every page, list, export and link (typed; ids, never words)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import Engine, Select, select

from data_access.database import reading
from data_access.due_lists import awaited_on
from data_access.facts import facts
from data_access.gatherings import Gathering, gathered
from data_access.measures import counted_rows
from data_access.moment import Moment, Period
from data_access.schema.imports import raw_rows
from data_access.schema.items import item_texts
from data_access.schema.matters import class_matter_items
from data_access.schema.registers import departments, divisions, face_to_face_sessions
from data_access.text_index import items_with_text, without_trace_of
from supervision.scope import Scope
from supervision.vocabulary import PeerGroup, RowOutcome


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
    peer_groups: tuple[PeerGroup, ...] = ()
    """Lead departments of these groups; with `departments` too, only those that are in one."""
    sessions: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()
    """Sessions of these themes, whenever they were held."""
    categories: tuple[int, ...] = ()
    origins: tuple[int, ...] = ()
    """来源渠道."""
    matters: tuple[int, ...] = ()
    """Items that belong to one of these 类案."""
    lights: tuple[str, ...] = ()
    """Items whose current round shows one of these lights on the day that is asked about."""
    period: Period | None = None
    text: str = ""
    figure: str | None = None
    batch: int | None = None
    """Items that this import batch made or updated."""
    case_leader: str | None = None
    """包案领导, as the items name him."""
    linked_leader: str | None = None
    """联镇领导: the townships that the register links to this leader."""
    helper: int | None = None
    """Rounds in which this department helps."""
    without: tuple[str, ...] = ()
    """Columns of the facts that name nothing: no lead department, no session."""
    answers: tuple[tuple[str, tuple[str | None, ...]], ...] = ()
    """(column of the facts, the answers wanted of it); None is no answer."""
    among: tuple[tuple[Gathering, int], ...] = ()
    """Items that were gathered: alike texts, one matter raised again, a 类案."""
    due_on: date | None = None
    """Written feedback is still owed and falls due on this day; takes the figure's place."""


def narrowed(engine: Engine, frame: pl.DataFrame, filters: Filters) -> pl.DataFrame:
    """The rows that everything but period, figure, batch and words leaves; `frame` carries lights.

    Every read asks through here, so that all figures and lists stand on the same rows.
    """
    wanted = (
        ("unit_id", _given(filters.units)),
        ("township_code", townships_asked(engine, filters)),
        ("department_id", departments_asked(engine, filters)),
        ("session_id", sessions_asked(engine, filters)),
        ("category_id", _given(filters.categories)),
        ("origin_id", _given(filters.origins)),
        ("item_id", _items_of_leader(engine, filters)),
        ("item_id", _items_of_matters(engine, filters)),
        ("round_id", _rounds_helped(engine, filters)),
        *(("item_id", gathered(engine, such, key)) for such, key in filters.among),
    )
    conditions = [_is_one_of(column, keys) for column, keys in wanted if keys is not None]
    if filters.unlocated:
        conditions.append(pl.col("township_code").is_null())
    conditions += [pl.col(column).is_null() for column in filters.without]
    conditions += [_answers(column, wanted) for column, wanted in filters.answers]
    rows = frame.filter(conditions) if conditions else frame
    return _showing(rows, filters.lights) if filters.lights else rows


def departments_asked(engine: Engine, filters: Filters) -> frozenset[int] | None:
    """The departments that departments and peer groups together leave; None: all."""
    given = _given(filters.departments)
    if not filters.peer_groups:
        return given
    groups = [group.value for group in filters.peer_groups]
    inside = _keys(engine, select(departments.c.id).where(departments.c.peer_group.in_(groups)))
    return inside if given is None else inside & given


def sessions_asked(engine: Engine, filters: Filters) -> frozenset[int] | None:
    """The sessions that sessions and themes together leave; None: all."""
    given = _given(filters.sessions)
    if not filters.themes:
        return given
    held = face_to_face_sessions.c
    inside = _keys(engine, select(held.id).where(held.theme.in_(filters.themes)))
    return inside if given is None else inside & given


def townships_asked(engine: Engine, filters: Filters) -> frozenset[int] | None:
    """The townships that townships and their leader together leave; None: all."""
    given = _given(filters.townships)
    if filters.linked_leader is None:
        return given
    named = select(divisions.c.code).where(divisions.c.linked_leader == filters.linked_leader)
    with reading(engine) as connection:
        inside = frozenset(map(int, connection.execute(named).scalars()))
    return inside if given is None else inside & given


def _items_of_leader(engine: Engine, filters: Filters) -> frozenset[int] | None:
    if filters.case_leader is None:
        return None
    named = item_texts.c.case_leader == filters.case_leader
    return _keys(engine, select(item_texts.c.item_id).where(named))


def _items_of_matters(engine: Engine, filters: Filters) -> frozenset[int] | None:
    held = class_matter_items.c
    if not filters.matters:
        return None
    return _keys(engine, select(held.item_id).where(held.matter_id.in_(filters.matters)))


def _rounds_helped(engine: Engine, filters: Filters) -> frozenset[int] | None:
    return None if filters.helper is None else facts(engine).rounds_helped_by(filters.helper)


def _keys(engine: Engine, question: Select[Any]) -> frozenset[int]:
    with reading(engine) as connection:
        return frozenset(connection.execute(question).scalars())


def _given(keys: tuple[int, ...]) -> frozenset[int] | None:
    return frozenset(keys) or None


def _is_one_of(column: str, keys: frozenset[int]) -> pl.Expr:
    return pl.col(column).is_in(pl.Series(sorted(keys), dtype=pl.Int64).implode()).fill_null(False)


def _answers(column: str, wanted: tuple[str | None, ...]) -> pl.Expr:
    told = pl.col(column).cast(pl.String).is_in([word for word in wanted if word is not None])
    return told.fill_null(False) | (pl.col(column).is_null() & pl.lit(None in wanted))


def _showing(frame: pl.DataFrame, lights: tuple[str, ...]) -> pl.DataFrame:
    # Rounds gone by have no light of their own: they stay with their item.
    shown = pl.col("light").cast(pl.String).is_in(list(lights))
    return frame.join(frame.filter(shown).select("item_id"), on="item_id", how="semi")


def listed(period: Period | None) -> pl.Expr:
    """The rows of a list without a figure: current rounds, of a period those that came in then."""
    if period is None:
        return pl.col("is_current")
    inside = pl.col("intake_on").is_between(period.first, period.last)
    return pl.col("is_current") & inside.fill_null(False)


def selected(
    engine: Engine, frame: pl.DataFrame, filters: Filters, moment: Moment, *, scope: Scope
) -> pl.DataFrame:
    """The rows of `scope` that a list shows: narrowed, by figure or intake, by text."""
    rows = narrowed(engine, frame, filters)
    if filters.due_on is not None:
        rows = rows.filter(awaited_on(filters.due_on)(moment))
    elif filters.figure is not None:
        rows = rows.filter(counted_rows(filters.figure, moment))
    else:
        rows = rows.filter(listed(filters.period))
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
