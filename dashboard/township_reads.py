"""The door for asking about townships and what lies below them; who may is asked here."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard import leader_reads, reads
from data_access.filters import Filters
from data_access.reads.township_items import NO_VILLAGE
from data_access.reads.townships import Townships
from supervision.rights import Right, require
from supervision.scope import Scope, Viewer
from supervision.vocabulary import Light

__all__ = ["NO_VILLAGE", "Townships"]

MOST_POINTS = 5_000
"""More than these are a list of villages, for everybody."""


def townships(scope: Scope, as_of: date, filters: Filters) -> Townships:
    """The figures of the map, by township."""
    return leader_reads.townships(reads.change(), scope, as_of, filters)


def _items(scope: Scope, as_of: date, filters: Filters) -> pd.DataFrame:
    return leader_reads.township_items(reads.change(), scope, as_of, filters)


def villages(scope: Scope, as_of: date, filters: Filters) -> pd.DataFrame:
    """village ("": none told), open, overdue of the one township that `filters` names."""
    rows = _items(scope, as_of, filters)
    counted = rows.assign(overdue=rows["light"] == Light.RED.value).groupby("village")
    table = counted.agg(open=("item_id", "size"), overdue=("overdue", "sum")).reset_index()
    known = table["village"] != NO_VILLAGE
    return (
        table.assign(known=known)
        .sort_values(["known", "overdue", "open", "village"], ascending=[False, False, False, True])
        .drop(columns="known")
        .reset_index(drop=True)
    )


def village_items(
    scope: Scope, as_of: date, filters: Filters, village: str | None
) -> tuple[int, ...]:  # fmt: skip
    """The open items of one village of the township (None: of all), the pressing first."""
    rows = _items(scope, as_of, filters)
    if village is not None:
        rows = rows[rows["village"] == village]
    return tuple(int(key) for key in rows["item_id"])


def points(as_of: date, filters: Filters, *, viewer: Viewer) -> pd.DataFrame | None:
    """Each open item of the township with its village and light; None for more than MOST_POINTS."""
    require(viewer, Right.SEE_BELOW_TOWNSHIP)
    rows = _items(viewer.scope, as_of, filters)
    return rows.copy() if len(rows) <= MOST_POINTS else None
