"""Lists of items: filter and sort the facts, take one page of keys, fetch those rows in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import polars as pl
from sqlalchemy import Connection, Engine, select

from data_access.database import reading
from data_access.facts import facts
from data_access.filters import Filters, selected
from data_access.schema.items import item_texts, items
from data_access.schema.matters import class_matter_items, class_matters
from data_access.schema.registers import (
    departments,
    divisions,
    face_to_face_sessions,
    reporting_units,
    terms,
)
from supervision.reporters import without_traces
from supervision.scope import Scope

BLOCK = 5_000

# Sort key → (column of the facts, descending), the first one first. What is closed owes nothing:
# it stands behind. The item's id makes every order total.
ORDERS: dict[str, tuple[tuple[str, bool], ...]] = {
    "due": (("closed_state", False), ("due_on", False)),
    "overdue": (("days_overdue", True), ("closed_state", False), ("due_on", False)),
    "newest": (("intake_on", True),),
    "oldest": (("intake_on", False),),
    "closed": (("closed_on", True),),
}

LIST_COLUMNS = (
    "item_id", "round_id", "round_no", "number", "title", "light", "days_overdue", "due_on",
    "lead", "lead_short", "unit", "township", "session", "category", "matter", "received_on",
    "assigned_on", "feedback_on", "closed_on", "state", "round_state", "result", "sound",
    "row_version", "matter_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One page of a list. `rows` has LIST_COLUMNS; keys turn pages (None: no such page)."""

    rows: pd.DataFrame
    total: int
    next_key: str | None
    position: int
    """How many rows come before this page."""


def item_page(
    engine: Engine,
    *,
    scope: Scope,
    as_of: date,
    filters: Filters,
    order: str = "due",
    after: str | None = None,
    size: int = 50,
) -> ItemPage:
    """One page of the rows that `filters` selects, in `order`, after the row keyed `after`."""
    found = _ordered(engine, scope, as_of, filters, order)
    start = _place_after(found, after)
    page = found.slice(start, size)
    more = start + page.height < found.height
    return ItemPage(
        rows=_described(engine, page, scope),
        total=found.height,
        next_key=_key(page.row(-1, named=True)) if more else None,
        position=start,
    )


def item_rows(
    engine: Engine,
    *,
    scope: Scope,
    as_of: date,
    filters: Filters,
    order: str = "due",
) -> pd.DataFrame:
    """Every row that `filters` selects, with LIST_COLUMNS: what an export writes."""
    return _described(engine, _ordered(engine, scope, as_of, filters, order), scope)


def described_items(
    engine: Engine, *, scope: Scope, as_of: date, item_ids: tuple[int, ...]
) -> pd.DataFrame:
    """The current rounds of these items in this order, with LIST_COLUMNS; unseen ones absent."""
    known = facts(engine)
    frame = known.seen_by(scope, known.moment(as_of))
    wanted = pl.DataFrame({"item_id": list(item_ids)}, schema={"item_id": pl.Int64})
    rows = wanted.join(
        frame.filter(pl.col("is_current")), on="item_id", how="inner", maintain_order="left"
    )
    return _described(engine, rows, scope)


def _ordered(
    engine: Engine, scope: Scope, as_of: date, filters: Filters, order: str
) -> pl.DataFrame:
    known = facts(engine)
    now = known.moment(as_of, filters.period)
    frame = selected(engine, known.seen_by(scope, now), filters, now, scope=scope)
    by = (*ORDERS.get(order, ORDERS["due"]), ("item_id", False), ("round_no", False))
    columns, descending = zip(*by, strict=True)
    return frame.sort(columns, descending=list(descending), nulls_last=True)


def _key(row: dict[str, object]) -> str:
    return f"{row['item_id']}.{row['round_no'] or 0}"


def _place_after(found: pl.DataFrame, after: str | None) -> int:
    """The row behind the key; the beginning when the key's row is no longer in the list."""
    item, _, number = (after or "").partition(".")
    if not (item.isdecimal() and number.isdecimal() and len(item) < 19 and len(number) < 6):
        return 0
    here = (pl.col("item_id") == int(item)) & (pl.col("round_no").fill_null(0) == int(number))
    places = found.select(here.arg_true()).to_series()
    return int(places[0]) + 1 if len(places) else 0


def _described(engine: Engine, page: pl.DataFrame, scope: Scope) -> pd.DataFrame:
    """Rows with their words; a department reads no trace of who reported."""
    ids = page["item_id"].unique().to_list()
    with reading(engine) as connection:
        texts = _texts(connection, ids)
        names = _names(connection)
    rows = [
        _row(fact, texts[fact["item_id"]], names)
        for fact in page.iter_rows(named=True)
        if fact["item_id"] in texts
    ]
    if scope.departments:
        for row in rows:
            for words in ("title", "matter"):
                row[words] = without_traces(str(row[words] or "")) or None
    return pd.DataFrame(rows, columns=list(LIST_COLUMNS))


def _texts(connection: Connection, ids: list[int]) -> dict[int, dict[str, object]]:
    found: dict[int, dict[str, object]] = {}
    for start in range(0, len(ids), BLOCK):
        for row in connection.execute(
            select(
                items.c.id,
                items.c.number,
                item_texts.c.title,
                item_texts.c.content,
                items.c.row_version,
                class_matters.c.id.label("matter_id"),
                class_matters.c.name.label("matter"),
            )
            .join_from(items, item_texts, item_texts.c.item_id == items.c.id)
            .outerjoin(class_matter_items, class_matter_items.c.item_id == items.c.id)
            .outerjoin(class_matters, class_matters.c.id == class_matter_items.c.matter_id)
            .where(items.c.id.in_(ids[start : start + BLOCK]))
        ):
            found[row.id] = {
                "number": row.number,
                "title": row.title or row.content,
                "row_version": row.row_version,
                "matter_id": row.matter_id,
                "matter": row.matter,
            }
    return found


def _names(connection: Connection) -> dict[str, dict[int, str]]:
    asked = {
        "lead": (departments.c.id, departments.c.name),
        "lead_short": (departments.c.id, departments.c.short_name),
        "unit": (reporting_units.c.id, reporting_units.c.name),
        "session": (face_to_face_sessions.c.id, face_to_face_sessions.c.theme),
        "category": (terms.c.id, terms.c.name),
    }
    names: dict[str, dict[int, str]] = {
        what: dict(connection.execute(select(*columns)).all()) for what, columns in asked.items()
    }
    names["township"] = {
        int(code): name
        for code, name in connection.execute(
            select(divisions.c.code, divisions.c.name).where(divisions.c.level == "township")
        )
    }
    return names


def _row(
    fact: dict[str, object], text: dict[str, object], names: dict[str, dict[int, str]]
) -> dict[str, object]:
    keys = {
        "lead": "department_id", "lead_short": "department_id", "unit": "unit_id",
        "township": "township_code", "session": "session_id", "category": "category_id",
    }  # fmt: skip
    named = {
        what: names[what].get(fact[key]) if fact[key] is not None else None  # type: ignore[call-overload]
        for what, key in keys.items()
    }
    same = {
        name: fact[name]
        for name in (
            "item_id", "round_id", "round_no", "light", "days_overdue", "due_on", "received_on",
            "assigned_on", "feedback_on", "closed_on", "round_state", "result", "sound",
        )
    }  # fmt: skip
    return {
        **same,
        **named,
        **text,
        "state": fact["item_state"],
    }
