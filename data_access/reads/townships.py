"""镇街地图: the figures that the map can show, by township, in one pass over the facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlalchemy import Engine

from data_access.facts import facts
from data_access.filters import Filters, narrowed
from data_access.measures import MEASURES
from data_access.moment import Period
from supervision.city_rules import SMALL_SAMPLE
from supervision.scope import Scope

MAP_FIGURES = ("open", "overdue_open", "on_time_feedback_rate", "dissatisfied")


@dataclass(frozen=True, slots=True)
class Townships:
    """Counts of every township that has any, and of what is located in none."""

    period: Period
    counts: pl.DataFrame
    """township_code (null: unlocated), and for each of MAP_FIGURES `slug:n`, of rates `slug:of`."""
    small_sample: int
    """Below so many cases a rate is neither coloured nor ranked."""

    def of_figure(self, slug: str) -> pl.DataFrame:
        """code (as text; "0": unlocated), n, of (of a rate; else null)."""
        of = f"{slug}:of"
        return self.counts.select(
            code=pl.col("township_code").fill_null(0).cast(pl.String),
            n=pl.col(f"{slug}:n").cast(pl.Int64),
            of=(pl.col(of) if of in self.counts.columns else pl.lit(None)).cast(pl.Int64),
        ).filter((pl.col("n") > 0) | (pl.col("of") > 0))


def townships(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> Townships:
    """The figures of the map within a scope: registered measures, grouped by township."""
    asked = filters or Filters()
    known = facts(engine)
    now = known.moment(as_of, asked.period)
    wanted = {}
    for slug in MAP_FIGURES:
        measure = MEASURES[slug]
        wanted[f"{slug}:n"] = measure.n(now)
        if measure.of is not None:
            wanted[f"{slug}:of"] = measure.of(now)
    told = narrowed(engine, known.seen_by(scope, now), asked).select("township_code", **wanted)
    return Townships(
        period=now.period,
        counts=told.filter(pl.any_horizontal(pl.col(*wanted)))
        .group_by("township_code")
        .agg(pl.col(*wanted).sum()),
        small_sample=known.rules.number(SMALL_SAMPLE, as_of),
    )
