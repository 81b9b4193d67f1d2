"""Items whose texts resemble each other, and items that raise the same matter once more.

Computed when first asked after the texts changed, for everybody; who asks sees his own part.
Compared are the newest items, those not closed first, so that the work is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
import polars as pl
from sqlalchemy import Connection, Engine, case, func, select

from data_access.alike_texts import ALONE, everywhere_in, groups_of
from data_access.alike_words import telling_words
from data_access.database import change_number, reading
from data_access.removed_items import removed_since
from data_access.schema.items import item_texts, items
from data_access.schema.registers import divisions, reporting_units
from supervision.reporters import without_traces
from supervision.vocabulary import CLOSED_STATES, OUT_OF_COUNT, ItemState

MOST_COMPARED = 20_000
LONGEST_TITLE, LONGEST_CONTENT = 60, 160
MOST_LOOKED_AT = 1_000
"""So many changed items are looked at one by one before everything is read again."""
SHORTEST_TITLE = 6
"""Letters from which equal titles in one place are the same matter."""
_NOISE = re.compile(r"[\W_]+")
_APART = "。"


@dataclass(frozen=True, eq=False)
class AlikeItems:
    """What was found at one change number."""

    change: int
    compared: int
    left_out: int
    """Older items that were not compared."""
    groups: pl.DataFrame
    """item_id, group: of those that stand in one."""
    again: pl.DataFrame
    """item_id, matter, merged: items that raise one matter; `matter` is the smallest of their
    ids, `merged` whether people merged this one."""
    everywhere: frozenset[str]
    """Pairs of letters that stand in so many texts that they tell nothing."""
    _told: pl.DataFrame
    """What was compared, as the store had it."""
    _texts: pl.DataFrame
    """item_id, text: title and content without names of places."""
    _names: dict[tuple[int, ...], str] = field(default_factory=dict)
    """Items → what their texts share, as far as it was asked."""

    def group_of(self, item_id: int) -> list[int]:
        """The items of the group in which this one stands."""
        return _together(self.groups, "group", item_id)

    def matter_of(self, item_id: int) -> list[int]:
        """The items that raise the same matter as this one."""
        return _together(self.again, "matter", item_id)

    @cached_property
    def members(self) -> pl.DataFrame:
        """item_id: of all that stand in a group or raise a matter again."""
        both = (self.groups.select("item_id"), self.again.select("item_id"))
        return pl.concat(both).unique()

    def names(self, samples: Mapping[int, tuple[int, ...]]) -> dict[int, str]:
        """How groups are called by what these of their items say, places and persons left out."""
        unknown = {sample for sample in samples.values() if sample not in self._names}
        wanted = pl.Series(sorted({key for sample in unknown for key in sample}), dtype=pl.Int64)
        said = dict(self._texts.filter(pl.col("item_id").is_in(wanted.implode())).iter_rows())
        for sample in unknown:
            # Masked already, and read without what might still point at somebody.
            texts = [without_traces(said[key]) or "" for key in sample]
            self._names[sample] = telling_words(texts, self.everywhere)
        return {group: self._names[sample] for group, sample in samples.items()}


def _together(frame: pl.DataFrame, column: str, item_id: int) -> list[int]:
    found = frame.filter(pl.col("item_id") == item_id)[column]
    if not len(found):
        return []
    return frame.filter(pl.col(column) == found[0])["item_id"].to_list()


_kept: WeakKeyDictionary[Engine, AlikeItems] = WeakKeyDictionary()
_one_at_a_time = Lock()


def alike_items(engine: Engine) -> AlikeItems:
    """The groups as of the last change; found anew only where the texts are others."""
    newest = change_number(engine)
    kept = _kept.get(engine)
    if kept is not None and kept.change >= newest:
        return kept
    with _one_at_a_time:
        kept = _kept.get(engine)
        if kept is None or kept.change < newest:
            _kept[engine] = kept = _found(engine, newest, kept)
        return kept


def _found(engine: Engine, change: int, kept: AlikeItems | None) -> AlikeItems:
    with reading(engine) as connection:
        if kept is not None and _says_the_same(connection, kept):
            return replace(kept, change=change)
        told = _told(connection)
        total = connection.execute(
            select(func.count()).select_from(items).where(items.c.state.not_in(_OUT))
        ).scalar_one()
        merged = _merged(connection)
        texts = told.select("item_id", text=_without_places(connection, told["text"]))
    same = kept if kept is not None and texts.equals(kept._texts) else None
    return AlikeItems(
        change=change,
        compared=told.height,
        left_out=max(total - told.height, 0),
        groups=_grouped(texts) if same is None else same.groups,
        again=_again(told, merged),
        everywhere=everywhere_in(texts["text"]) if same is None else same.everywhere,
        _told=told,
        _texts=texts,
        _names={} if same is None else same._names,
    )


def _says_the_same(connection: Connection, kept: AlikeItems) -> bool:
    """Whether what changed since left the texts, and what is compared, as they were."""
    since = items.c.change_number > kept.change
    ids = list(
        connection.execute(select(items.c.id).where(since).limit(MOST_LOOKED_AT + 1)).scalars()
    )
    if len(ids) > MOST_LOOKED_AT or len(removed_since(connection, kept.change)):
        return False
    wanted = pl.Series(ids, dtype=pl.Int64).implode()
    before = kept._told.filter(pl.col("item_id").is_in(wanted))
    return before.height == len(ids) and before.equals(_told(connection, ids))


def _merged(connection: Connection) -> list[tuple[int, int, str]]:
    """Items that people merged or called a repetition, into which, and their states."""
    into = func.coalesce(items.c.merged_into_id, items.c.repeat_of_id)
    question = select(items.c.id, into, items.c.state).where(into.is_not(None))
    return [(item, of, state) for item, of, state in connection.execute(question)]


_OUT = [state.value for state in OUT_OF_COUNT]
_CLOSED = [state.value for state in CLOSED_STATES]


def _told(connection: Connection, only: list[int] | None = None) -> pl.DataFrame:
    """item_id, place, title, text, closed, received_on: of the items that are compared, or of
    `only` these."""
    told = item_texts.c
    closed = case((items.c.state.in_(_CLOSED), 1), else_=0)
    question = (
        select(
            items.c.id,
            items.c.reporting_unit_id,
            items.c.township_code,
            told.village,
            func.substr(func.coalesce(told.title, ""), 1, LONGEST_TITLE),
            func.substr(func.coalesce(told.content, ""), 1, LONGEST_CONTENT),
            closed,
            items.c.received_on,
        )
        .join_from(items, item_texts, told.item_id == items.c.id)
        .where(items.c.state.not_in(_OUT))
        .order_by(
            closed,
            items.c.received_on.desc().nulls_last(),
            items.c.id.desc(),
        )
        .limit(MOST_COMPARED)
    )
    if only is not None:
        question = question.where(items.c.id.in_(only))
    rows = connection.execute(question).all()
    return pl.DataFrame(
        [
            (key, f"{unit}/{town}/{village or ''}" if town else None, _letters(title or content),
             # The title says what it is about: it counts twice.
             f"{title}{_APART}{title}{_APART}{content}", closed, received_on)
            for key, unit, town, village, title, content, closed, received_on in rows
        ],
        schema={"item_id": pl.Int64, "place": pl.String, "title": pl.String, "text": pl.String,
                "closed": pl.Int8, "received_on": pl.Date},
        orient="row",
    ).sort("item_id")  # fmt: skip


def _letters(text: str) -> str:
    return _NOISE.sub("", text)


def _without_places(connection: Connection, texts: pl.Series) -> pl.Series:
    """Where it happened is not what happened."""
    named = {*connection.execute(select(divisions.c.name)).scalars(),
             *connection.execute(select(reporting_units.c.name)).scalars()}  # fmt: skip
    names = sorted((name for name in named if len(name) >= 2), key=len, reverse=True)
    if not names:
        return texts
    # The longest name that begins at a place: 新城街道 before 新城.
    return texts.str.replace_many(names, [_APART] * len(names), leftmost=True)


def _grouped(texts: pl.DataFrame) -> pl.DataFrame:
    found = groups_of(texts["text"])
    return texts.select("item_id", group=pl.Series(np.asarray(found), dtype=pl.Int64)).filter(
        pl.col("group") != ALONE
    )


def _again(told: pl.DataFrame, merged: list[tuple[int, int, str]]) -> pl.DataFrame:
    """Same title in the same place, and what people merged or called a repetition."""
    stands_for: dict[int, int] = {}

    def first(item: int) -> int:
        while stands_for.setdefault(item, item) != item:
            item = stands_for[item]
        return item

    def join(one: int, other: int) -> None:
        low, high = sorted((first(one), first(other)))
        stands_for[high] = low

    same = (
        told.filter(
            pl.col("place").is_not_null(), pl.col("title").str.len_chars() >= SHORTEST_TITLE
        )
        .group_by("place", "title")
        .agg("item_id")
        .filter(pl.col("item_id").list.len() > 1)
    )
    for keys in same["item_id"].to_list():
        for key in keys[1:]:
            join(keys[0], key)
    for item, of, _ in merged:
        join(item, of)
    by_people = {item for item, _, state in merged if state == ItemState.MERGED.value}
    keys = sorted(stands_for)
    return pl.DataFrame(
        {
            "item_id": keys,
            "matter": [first(key) for key in keys],
            "merged": [key in by_people for key in keys],
        },
        schema={"item_id": pl.Int64, "matter": pl.Int64, "merged": pl.Boolean},
    )
