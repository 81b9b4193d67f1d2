"""矛盾纠纷 as conditions over the facts: twins of `supervision.disputes` (metrics.md 2.4)."""

from __future__ import annotations

import polars as pl

from data_access.figures import closed_by, judged_intake
from data_access.moment import Moment
from supervision.vocabulary import Resolution


def received(moment: Moment) -> pl.Expr:
    """N of 化解率: disputes that came in within the period."""
    return judged_intake(moment) & pl.col("is_dispute").fill_null(False)


def resolved(moment: Moment) -> pl.Expr:
    """Twin of supervision.disputes.is_resolved."""
    otherwise = pl.lit(False)
    for column in ("resolved_by_resident", "resolved_by_unit"):
        otherwise |= (pl.col(column) != Resolution.RESOLVED.value).fill_null(False)
    return received(moment) & closed_by(moment) & ~otherwise


def judged(moment: Moment) -> pl.Expr:
    """Twin of supervision.disputes.resolved_in_time: N."""
    done = resolved(moment)
    limit = pl.col("close_due_on")
    dated = done & limit.is_not_null() & pl.col("closed_on").is_not_null()
    return dated | (received(moment) & ~done & (limit < moment.as_of).fill_null(False))


def resolved_in_time(moment: Moment) -> pl.Expr:
    """n of 按期化解率."""
    in_time = (pl.col("closed_on") <= pl.col("close_due_on")).fill_null(False)
    return resolved(moment) & in_time
