"""Keys that turn the pages of a list of 数据质量: a row's place, whatever became of the row.

Rows leave a list as they are put right, so a key tells between which rows a page begins.
"""

from __future__ import annotations

import polars as pl

ORDER = ("rank", "of", "item_id")
"""What a list is ordered by: large groups first, then the group, then the item."""
_LONGEST = 18


def in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of `item_id` and `why` in the order of the keys; most lists know no groups."""
    missing = [name for name in ORDER if name not in rows.columns]
    zero = pl.lit(0, dtype=pl.Int64)
    return rows.with_columns(zero.alias(name) for name in missing).sort(ORDER, nulls_last=True)


def key_after(rows: pl.DataFrame, end: int) -> str | None:
    """The key of the last row before `end`; None where no row follows."""
    if not 0 < end < rows.height:
        return None
    return ".".join(str(part) for part in rows.select(ORDER).row(end - 1))


def place_after(rows: pl.DataFrame, key: str | None) -> int:
    """How many rows stand up to the key; 0 for no key, none that is one, or the end."""
    told = _told(key or "")
    if told is None:
        return 0
    rank, of, item_id = (pl.col(name) for name in ORDER)
    before = (rank < told[0]) | (
        (rank == told[0]) & ((of < told[1]) | ((of == told[1]) & (item_id <= told[2])))
    )
    place = rows.filter(before).height
    return place if place < rows.height else 0


def _told(key: str) -> tuple[int, int, int] | None:
    parts = key.split(".")
    plain = [part.removeprefix("-") for part in parts]
    if len(parts) != len(ORDER) or any(
        not (part.isascii() and part.isdecimal() and len(part) <= _LONGEST) for part in plain
    ):
        return None
    rank, of, item_id = (int(part) for part in parts)
    return rank, of, item_id
