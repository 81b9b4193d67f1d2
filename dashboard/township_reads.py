"""The door for asking about townships: remembered by change number, like dashboard.reads."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.engine import engine
from data_access.database import change_number
from data_access.filters import Filters
from data_access.reads.township_items import NO_VILLAGE
from data_access.reads.township_items import township_items as _township_items
from data_access.reads.townships import Townships
from data_access.reads.townships import townships as _townships
from supervision.rights import Right, require
from supervision.scope import Scope, Viewer
from supervision.vocabulary import Light

__all__ = ["NO_VILLAGE", "Townships"]

MOST_POINTS = 5_000
"""More than these are a list of villages, for everybody."""


@st.cache_data(max_entries=64, show_spinner=False)
def townships(change: int, scope: Scope, as_of: date, filters: Filters) -> Townships:
    """The figures of the map, by township."""
    return _townships(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_data(max_entries=32, show_spinner=False)
def _items(change: int, scope: Scope, as_of: date, filters: Filters) -> pd.DataFrame:
    return _township_items(engine(), scope=scope, as_of=as_of, filters=filters)


def villages(scope: Scope, as_of: date, filters: Filters) -> pd.DataFrame:
    """village ("": none told), open, overdue of the one township that `filters` names."""
    rows = _items(change_number(engine()), scope, as_of, filters)
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
    scope: Scope, as_of: date, filters: Filters, village: str
) -> tuple[int, ...]:  # fmt: skip
    """The open items of one village of the township, the pressing first."""
    rows = _items(change_number(engine()), scope, as_of, filters)
    return tuple(int(key) for key in rows.loc[rows["village"] == village, "item_id"])


def points(as_of: date, filters: Filters, *, viewer: Viewer) -> pd.DataFrame | None:
    """Each open item of the township with its village and light; None for more than MOST_POINTS."""
    require(viewer, Right.SEE_BELOW_TOWNSHIP)
    rows = _items(change_number(engine()), viewer.scope, as_of, filters)
    return rows.copy() if len(rows) <= MOST_POINTS else None
