"""Inside one township: its open items by village, as far as their ledgers tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

import pandas as pd
import polars as pl
from sqlalchemy import Connection, Engine, select

from data_access.database import reading
from data_access.facts import facts
from data_access.figures import is_open
from data_access.filters import Filters, narrowed
from data_access.reads.items import BLOCK
from data_access.schema.items import item_texts, items
from data_access.schema.registers import division_aliases, divisions
from supervision.reporters import without_traces
from supervision.scope import Scope
from supervision.vocabulary import DivisionLevel, Light

NO_VILLAGE = ""
"""The village of an item whose ledger names none, or several."""
COLUMNS = ("item_id", "village", "light", "days_overdue", "number", "title")
_PRESSING = {light.value: place for place, light in enumerate(Light)}


def township_items(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters
) -> pd.DataFrame:  # fmt: skip
    """COLUMNS of the open items of the one township that `filters` names, the pressing first.

    The village is that of the ledger's own column, else the only village of the township that
    its words name in full.
    """
    (code,) = filters.townships
    known = facts(engine)
    now = known.moment(as_of, filters.period)
    alive = (
        narrowed(engine, known.seen_by(scope, now), filters)
        .filter(is_open(now))
        .select("item_id", "light", "days_overdue")
    )
    with reading(engine) as connection:
        told = _told(connection, str(code), alive["item_id"].to_list())
    rows = [
        {**fact, **told[fact["item_id"]]}
        for fact in alive.sort(
            pl.col("light").cast(pl.String).replace_strict(_PRESSING, default=len(_PRESSING)),
            pl.col("days_overdue").fill_null(0),
            "item_id",
            descending=[False, True, False],
        ).iter_rows(named=True)
        if fact["item_id"] in told
    ]
    if scope.departments:
        for row in rows:
            row["title"] = without_traces(str(row["title"] or ""))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"days_overdue": "Int64"})


def _told(connection: Connection, code: str, ids: list[int]) -> dict[int, dict[str, object]]:
    """item → number, title and village of these items of a township."""
    names = _village_names(connection, code)
    looks_like = _pattern(names)
    text = item_texts.c
    question = select(
        items.c.id, items.c.number, text.title, text.content, text.village, text.address
    ).join_from(items, item_texts, text.item_id == items.c.id)
    village = _reader(names, looks_like)
    return {
        item: {
            "number": number,
            "title": title or content,
            "village": village(printed or "", address or "", title or "", content or ""),
        }
        for start in range(0, len(ids), BLOCK)
        # All at once, and no name is asked of a row: half the time went there.
        for item, number, title, content, printed, address in connection.execute(
            question.where(items.c.id.in_(ids[start : start + BLOCK]))
        ).all()
    }


def _reader(
    names: dict[str, str], looks_like: re.Pattern[str] | None
) -> Callable[[str, str, str, str], str]:
    """Tells the village of a printed one, an address, a title and a content."""
    told_before: dict[str, str | None] = {}
    """Few villages are printed, each of them often."""

    def named(words: str) -> str | None:
        found = {names[name] for name in looks_like.findall(words)} if looks_like else set()
        return found.pop() if len(found) == 1 else NO_VILLAGE if found else None

    def village(printed: str, address: str, title: str, content: str) -> str:
        if printed and printed not in told_before:
            told_before[printed] = named(printed)
        told = told_before[printed] if printed else None
        if told is None and address:
            told = named(address)
        if told is None:
            told = named(f"{title}\n{content}")
        return (printed.strip() or NO_VILLAGE) if told is None else told

    return village


def _village_names(connection: Connection, code: str) -> dict[str, str]:
    """Every name of the township's villages → the name that stands in the register."""
    place = divisions.c
    villages = connection.execute(
        select(place.code, place.name).where(
            place.parent_code == code, place.level == DivisionLevel.VILLAGE.value
        )
    ).all()
    of_code = {row.code: row.name for row in villages}
    others = connection.execute(
        select(division_aliases.c.division_code, division_aliases.c.alias).where(
            division_aliases.c.division_code.in_(of_code)
        )
    )
    return {row.alias: of_code[row.division_code] for row in others} | {
        name: name for name in of_code.values()
    }


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
