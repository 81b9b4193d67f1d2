"""办理时长: working days from the assignment of the closing round to closing (metrics.md 2.6)."""

from __future__ import annotations

import polars as pl

from data_access.figures import AN_ITEM, CLOSED_STATE, within
from data_access.moment import Moment

NINE_TENTHS = 0.9


def handling_days(moment: Moment) -> pl.Expr:
    """The days of each item closed in the period; null on every other row."""
    closed = AN_ITEM & CLOSED_STATE & pl.col("sound") & within("closed_on", moment)
    return pl.when(closed).then(pl.col("closed_index") - pl.col("assigned_index"))


def ninth_decile(days: pl.Expr) -> pl.Expr:
    """In how many days nine of ten are done."""
    return days.quantile(NINE_TENTHS, "higher")
