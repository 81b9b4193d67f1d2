"""Duties beside an item, and over all items: 首接责任, 问责, 媒体跟踪, 专班, who follows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
from sqlalchemy import Connection, Engine, Table, select

from data_access.database import reading
from data_access.facts import facts
from data_access.schema.items import rounds
from data_access.schema.registers import departments
from data_access.schema.supervision import (
    accountability_acts,
    deadline_clocks,
    first_receivers,
    followers,
    hangs,
    media_reports,
    returns,
    task_forces,
)
from supervision.reporters import without_traces
from supervision.scope import Scope

Line = dict[str, Any]
RECEIVERS = ("department", "items", "oldest_on")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one item; rows are plain dicts of the store's columns, oldest first.

    Rows that name a department carry its name as `department`.
    """

    first_receiver: Line | None
    accountability: tuple[Line, ...]
    media_reports: tuple[Line, ...]
    task_forces: tuple[Line, ...]
    followers: tuple[Line, ...]
    hangs: tuple[Line, ...]
    returns: tuple[Line, ...]
    clocks: tuple[Line, ...]


def beside_item(engine: Engine, *, scope: Scope, as_of: date, item_id: int) -> Beside | None:
    """Everything beside an item; None for one that the scope does not see."""
    if item_id not in _seen(engine, scope, as_of):
        return None
    with reading(engine) as connection:
        names: dict[int, str] = dict(
            connection.execute(select(departments.c.id, departments.c.name)).all()
        )
        keys = list(
            connection.execute(select(rounds.c.id).where(rounds.c.item_id == item_id)).scalars()
        )

        def rows(table: Table, of_round: bool = False) -> tuple[Line, ...]:
            at = table.c.round_id.in_(keys) if of_round else table.c.item_id == item_id
            return _rows(connection, table, at, names, hide=bool(scope.departments))

        receivers = rows(first_receivers)
        return Beside(
            first_receiver=receivers[0] if receivers else None,
            accountability=rows(accountability_acts),
            media_reports=rows(media_reports),
            task_forces=rows(task_forces),
            # Who follows an item is the office's to know: a department answers all alike.
            followers=() if scope.departments else rows(followers),
            hangs=rows(hangs),
            returns=rows(returns, of_round=True),
            clocks=rows(deadline_clocks, of_round=True),
        )


def _seen(engine: Engine, scope: Scope, as_of: date) -> pl.Series:
    known = facts(engine)
    return known.seen_by(scope, known.moment(as_of))["item_id"].unique()


def _rows(
    connection: Connection, table: Table, at: Any, names: dict[int, str], *, hide: bool
) -> tuple[Line, ...]:
    key = next(iter(table.primary_key))
    found = []
    for row in connection.execute(select(table).where(at).order_by(key)).mappings():
        told: Line = dict(row)
        if "department_id" in told:
            told["department"] = names.get(told["department_id"] or 0)
        if hide:
            told = {n: without_traces(v) if isinstance(v, str) else v for n, v in told.items()}
        found.append(told)
    return tuple(found)


def first_receivers_open(engine: Engine, *, scope: Scope, as_of: date) -> pd.DataFrame:
    """首接责任 not yet released, by department: RECEIVERS, most items first."""
    seen = _seen(engine, scope, as_of)
    question = (
        select(first_receivers.c.item_id, departments.c.name, first_receivers.c.received_on)
        .join(departments, departments.c.id == first_receivers.c.department_id)
        .where(first_receivers.c.told_on.is_(None))
    )
    schema = {"item_id": pl.Int64, "department": pl.String, "received_on": pl.Date}
    with reading(engine) as connection:
        rows = [tuple(row) for row in connection.execute(question)]
    found = (
        pl.DataFrame(rows, schema=schema, orient="row")
        .filter(pl.col("item_id").is_in(seen.implode()))
        .group_by("department")
        .agg(items=pl.len(), oldest_on=pl.col("received_on").min())
        .sort("items", "department", descending=[True, False])
    )
    return pd.DataFrame(found.rows(), columns=list(RECEIVERS), dtype=object)
