"""What 类案 there are, with the figures of their items; which one an item belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import Connection, Engine, Row, select

from data_access.answers import answered_day
from data_access.database import reading
from data_access.facts import facts
from data_access.figures import is_open, overdue
from data_access.filters import Filters, listed, narrowed
from data_access.measures import MEASURES
from data_access.moment import Period
from data_access.schema.items import items
from data_access.schema.matters import class_matter_items, class_matters
from supervision.class_matters import MatterState
from supervision.reporters import told_to
from supervision.scope import Scope


@dataclass(frozen=True, slots=True)
class ClassMatter:
    """A 类案 as far as its items are within reach and the filters."""

    id: int
    name: str
    lead_department_id: int | None
    measures: str
    state: MatterState
    stands_since: date
    closed_on: date | None
    result: str
    row_version: int
    n: int
    open: int
    overdue: int
    unsatisfied: int
    """Answers since the matter stands."""


@dataclass(frozen=True, slots=True)
class MatterOfItem:
    """The 类案 that an item belongs to."""

    id: int
    name: str
    state: MatterState


def class_matters_seen(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> tuple[ClassMatter, ...]:
    """Those that are open first, then by how much is overdue. Who sees less than the city is told
    of those to which an item within his reach belongs."""
    asked = filters or Filters()
    known = facts(engine)
    now = known.moment(as_of, asked.period)
    with reading(engine) as connection:
        matters = connection.execute(select(class_matters)).all()
        held = connection.execute(
            select(class_matter_items.c.item_id, class_matter_items.c.matter_id)
        ).all()
    since = min((row.stands_since for row in matters), default=as_of)
    answered = known.moment(as_of, Period(since, as_of))
    seen = known.seen_by(scope, now).join(_frame(held), on="item_id")
    within = set(seen["matter_id"])
    days = pl.DataFrame(
        {"matter_id": [row.id for row in matters], "since": [row.stands_since for row in matters]},
        schema={"matter_id": pl.Int64, "since": pl.Date},
    )
    counted = (
        narrowed(engine, seen, asked)
        .join(days, on="matter_id")
        .select(
            "matter_id",
            n=listed(asked.period),
            open=is_open(now),
            overdue=overdue(now),
            unsatisfied=MEASURES["dissatisfied"].n(answered)
            & (answered_day() >= pl.col("since")).fill_null(False),
        )
        .group_by("matter_id")
        .agg(pl.all().sum().cast(pl.Int64))
    )
    figures = {row["matter_id"]: row for row in counted.iter_rows(named=True)}
    told = [
        ClassMatter(
            row.id, told_to(scope, row.name), row.lead_department_id,
            told_to(scope, row.measures or ""), MatterState(row.state),
            row.stands_since, row.closed_on, told_to(scope, row.result or ""), row.row_version,
            *(figures.get(row.id, {}).get(name, 0) for name in _FIGURES),
        )
        for row in matters
        if scope.everything or row.id in within
    ]  # fmt: skip
    return tuple(
        sorted(
            told,
            key=lambda one: (
                one.state is MatterState.CLOSED, -one.overdue, -one.open, -one.n, one.id
            ),
        )
    )  # fmt: skip


_FIGURES = ("n", "open", "overdue", "unsatisfied")


def _frame(held: Iterable[Row[Any, Any]]) -> pl.DataFrame:
    return pl.DataFrame(
        [tuple(row) for row in held],
        schema={"item_id": pl.Int64, "matter_id": pl.Int64},
        orient="row",
    )


def matter_of_item(
    engine: Engine, *, scope: Scope, as_of: date, item_id: int
) -> MatterOfItem | None:
    """The 类案 of an item within reach; None where it belongs to none."""
    held = class_matter_items.c
    question = (
        select(class_matters.c.id, class_matters.c.name, class_matters.c.state)
        .join(class_matter_items, held.matter_id == class_matters.c.id)
        .where(held.item_id == item_id)
    )
    with reading(engine) as connection:
        row = connection.execute(question).one_or_none()
    if row is None:
        return None
    known = facts(engine)
    seen = known.seen_by(scope, known.moment(as_of))
    if not len(seen.filter(pl.col("item_id") == item_id)):
        return None
    return MatterOfItem(row.id, told_to(scope, row.name), MatterState(row.state))


def matter_names(connection: Connection, seen: frozenset[int] | None) -> dict[int, str]:
    """What 类案 are called, open ones first; `seen` are the items within reach (None: all)."""
    is_closed = class_matters.c.state == MatterState.CLOSED.value
    question = select(class_matters.c.id, class_matters.c.name).order_by(
        is_closed, class_matters.c.id
    )
    names = {row.id: row.name for row in connection.execute(question)}
    if seen is None:
        return names
    held = connection.execute(select(class_matter_items.c.matter_id, class_matter_items.c.item_id))
    within = {matter for matter, item in held if item in seen}
    return {matter: name for matter, name in names.items() if matter in within}


def items_numbered(
    engine: Engine, *, scope: Scope, as_of: date, numbers: tuple[str, ...]
) -> dict[str, tuple[int, ...]]:
    """Number → the items within reach that bear it; a number that none bears is absent."""
    with reading(engine) as connection:
        rows = connection.execute(
            select(items.c.number, items.c.id).where(items.c.number.in_(numbers))
        ).all()
    known = facts(engine)
    seen = known.seen_by(scope, known.moment(as_of))["item_id"].implode()
    frame = pl.DataFrame(
        [tuple(row) for row in rows], schema={"number": pl.String, "id": pl.Int64}, orient="row"
    ).filter(pl.col("id").is_in(seen))
    told = frame.group_by("number").agg("id")
    return {number: tuple(sorted(ids)) for number, ids in told.iter_rows()}
