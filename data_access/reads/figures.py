"""Every registered figure at a moment: `duban figures`, the page of definitions, tests."""

from __future__ import annotations

from datetime import date

import polars as pl
from sqlalchemy import Engine
from supervision.scope import Scope

from data_access.facts import facts
from data_access.filters import Filters, narrowed
from data_access.measures import MEASURES
from data_access.moment import Period, moment


def figure_counts(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> pl.DataFrame:
    """slug, n, of (null where the figure is a count) of every figure of rows."""
    asked = filters or Filters()
    known = facts(engine)
    now = moment(known.calendar, as_of=as_of, period=asked.period)
    frame = narrowed(known.seen_by(scope, now), asked)
    wanted = []
    for slug, measure in MEASURES.items():
        wanted.append(measure.n(now).sum().alias(f"{slug}:n"))
        if measure.of is not None:
            wanted.append(measure.of(now).sum().alias(f"{slug}:of"))
    counted = frame.select(wanted).row(0, named=True)
    return pl.DataFrame(
        [
            {"slug": slug, "n": counted[f"{slug}:n"], "of": counted.get(f"{slug}:of")}
            for slug in MEASURES
        ],
        schema={"slug": pl.String, "n": pl.Int64, "of": pl.Int64},
    )


def whole_history(as_of: date) -> Period:
    """From the mechanism's first month (面对面 began in October 2021) to the day."""
    return Period(date(2021, 10, 1), as_of)
