"""Keys that turn the pages of the desk: a row's place in the order, whatever became of the row.

Rows leave a list as they are done, so a key tells between which rows a page begins.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import polars as pl

_NOBODY_KNOWS = "-"
_LAST = date.max


def key_of(row: dict[str, Any]) -> str:
    """The key of a row of `part`, `since_on` and `item_id`, which are the order of the rows."""
    since = row["since_on"]
    told = since.isoformat() if since is not None else _NOBODY_KNOWS
    return f"{row['part']}.{told}.{row['item_id']}"


def place_after(rows: pl.DataFrame, key: str | None) -> int:
    """How many rows stand up to the key; 0 for no key, none that is one, or the end."""
    told = _told(key or "")
    if told is None:
        return 0
    part, since, item_id = told
    here, day = pl.col("part"), pl.col("since_on").fill_null(_LAST)
    before = (here < part) | ((here == part) & (day < since))
    same = (here == part) & (day == since) & (pl.col("item_id") <= item_id)
    place = rows.filter(before | same).height
    return place if place < rows.height else 0


def _told(key: str) -> tuple[int, date, int] | None:
    part, _, rest = key.partition(".")
    since, _, item_id = rest.partition(".")
    if part not in ("0", "1") or not (item_id.isascii() and item_id.isdecimal()):
        return None
    if len(item_id) > 18:
        return None
    with suppress(ValueError):
        day = _LAST if since == _NOBODY_KNOWS else date.fromisoformat(since)
        return int(part), day, int(item_id)
    return None
