"""What 共性问题 asks of texts: groups that resemble each other, matters raised again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlalchemy import Engine

from data_access.alike_items import AlikeItems, alike_items
from data_access.alike_words import MOST_TEXTS
from data_access.facts import facts
from data_access.figures import came_in, is_open, overdue
from data_access.filters import Filters, listed, narrowed
from data_access.measures import MEASURES
from supervision.scope import Scope

MOST_GROUPS, MOST_MATTERS = 60, 60
LEAST = 3
Parts = tuple[tuple[int | None, int], ...]
"""Key of a register (None: told by nobody) and how many items, the most first."""


@dataclass(frozen=True, slots=True)
class AlikeGroup:
    """Items that say alike, as far as they are within reach and the filters."""

    key: int
    """One of them, by which links name the group."""
    name: str
    """From the texts within reach; no filter changes it."""
    n: int
    open: int
    overdue: int
    unsatisfied: int
    came_in: int
    """Within the period."""
    units: Parts
    departments: Parts


@dataclass(frozen=True, slots=True)
class RaisedAgain:
    """One matter that several items raise."""

    key: int
    n: int
    merged: int
    open: int
    sessions: int
    origins: int
    rounds: int
    """The highest round that any of them came to."""
    first_on: date | None
    last_on: date | None
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class AlikeSeen:
    """Groups and matters, those with most open items first, and how many there are in all."""

    compared: int
    left_out: int
    groups: tuple[AlikeGroup, ...]
    groups_in_all: int
    items_in_groups: int
    again: tuple[RaisedAgain, ...]
    matters_in_all: int
    matters_open: int
    """Of which an item is still open."""
    items_again: int
    most_raised: int
    """How often the matter raised most was raised."""


def alike(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> AlikeSeen:
    """All of it in one moment; the texts are compared when they changed."""
    asked = filters or Filters()
    known, found = facts(engine), alike_items(engine)
    now = known.moment(as_of, asked.period)
    # Few of many items stand in a group: the rest is left out before anything is asked of them.
    seen = known.seen_by(scope, now).join(found.members, on="item_id", how="semi")
    rows = narrowed(engine, seen, asked)
    counted = rows.select(
        "item_id", "unit_id", "department_id", "session_id", "origin_id", "round_no",
        "is_current", "intake_on", listed=listed(asked.period), open=is_open(now),
        overdue=overdue(now), came_in=came_in(now), unsatisfied=MEASURES["dissatisfied"].n(now),
    )  # fmt: skip
    inside = counted.join(found.groups, on="item_id")
    groups = _groups(inside)
    matters = _matters(counted.filter("is_current"), found)
    return AlikeSeen(
        compared=found.compared,
        left_out=found.left_out,
        groups=_told(groups.head(MOST_GROUPS), inside, seen, found),
        groups_in_all=groups.height,
        items_in_groups=int(groups["n"].sum()),
        again=tuple(
            RaisedAgain(**told) for told in matters.head(MOST_MATTERS).drop("matter").to_dicts()
        ),
        matters_in_all=matters.height,
        matters_open=matters.filter(pl.col("open") > 0).height,
        items_again=int(matters["n"].sum()),
        most_raised=int(matters["n"].max() or 0),  # type: ignore[arg-type]
    )


def _groups(inside: pl.DataFrame) -> pl.DataFrame:
    counts = ("open", "overdue", "unsatisfied", "came_in")
    return (
        inside.group_by("group")
        .agg(
            pl.col("item_id").min().alias("key"),
            pl.col("listed").sum().cast(pl.Int64).alias("n"),
            *(pl.col(name).sum().cast(pl.Int64) for name in counts),
        )
        .filter(pl.col("n") >= LEAST)
        .sort("open", "overdue", "n", "key", descending=[True, True, True, False])
    )


def _told(
    groups: pl.DataFrame, inside: pl.DataFrame, seen: pl.DataFrame, found: AlikeItems
) -> tuple[AlikeGroup, ...]:
    shown = inside.filter("listed").join(groups.select("group"), on="group", how="semi")
    units, departments = (_parts(shown, column) for column in ("unit_id", "department_id"))
    named = found.names(_samples(groups, seen, found))
    return tuple(
        AlikeGroup(
            key=group["key"],
            name=named[group["group"]],
            n=group["n"],
            open=group["open"],
            overdue=group["overdue"],
            unsatisfied=group["unsatisfied"],
            came_in=group["came_in"],
            units=units[group["group"]],
            departments=departments[group["group"]],
        )
        for group in groups.to_dicts()
    )


def _samples(
    groups: pl.DataFrame, seen: pl.DataFrame, found: AlikeItems
) -> dict[int, tuple[int, ...]]:
    """The newest items of each group that this person sees."""
    wanted = groups.select("group")
    own = found.groups.join(wanted, on="group", how="semi", maintain_order="left")
    # They stand in the order of their ids already: the last ones are the newest.
    newest = (
        own.join(seen.select("item_id"), on="item_id", how="semi", maintain_order="left")
        .group_by("group")
        .agg(pl.col("item_id").tail(MOST_TEXTS).reverse())
    )
    return {group: tuple(items) for group, items in newest.iter_rows()}


def _parts(shown: pl.DataFrame, column: str) -> dict[int, Parts]:
    counted = shown.group_by("group", column).agg(n=pl.len().cast(pl.Int64))
    told: dict[int, list[tuple[int | None, int]]] = {}
    for group, key, n in counted.sort("n", column, descending=[True, False]).iter_rows():
        told.setdefault(group, []).append((key, n))
    return {group: tuple(parts) for group, parts in told.items()}


def _matters(current: pl.DataFrame, found: AlikeItems) -> pl.DataFrame:
    return (
        current.join(found.again, on="item_id")
        .group_by("matter")
        .agg(
            key=pl.col("item_id").min(),
            n=pl.col("listed").sum().cast(pl.Int64),
            merged=pl.col("merged").sum().cast(pl.Int64),
            open=pl.col("open").sum().cast(pl.Int64),
            sessions=pl.col("session_id").drop_nulls().n_unique().cast(pl.Int64),
            origins=pl.col("origin_id").drop_nulls().n_unique().cast(pl.Int64),
            rounds=pl.col("round_no").max().fill_null(0).cast(pl.Int64),
            first_on=pl.col("intake_on").min(),
            last_on=pl.col("intake_on").max(),
            unit_id=pl.col("unit_id").drop_nulls().first(),
        )
        .filter(pl.col("n") > 1)
        .sort(
            pl.col("open") > 0, "n", "open", "last_on", "key",
            descending=[True, True, True, True, False], nulls_last=True,
        )
    )  # fmt: skip
