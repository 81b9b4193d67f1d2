"""Registered figures as columns to be summed over groups of rows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import polars as pl

from data_access.measures import MEASURES
from data_access.moment import Moment


@lru_cache(maxsize=128)
def figure_columns(slugs: tuple[str, ...], now: Moment) -> tuple[pl.Expr, ...]:
    """`slug:n` and, of rates, `slug:of`: true on each row that the figure counts.

    Remembered: building the questions of a moment costs as much as answering some of them.
    """
    told = []
    for slug in slugs:
        measure = MEASURES[slug]
        told.append(measure.n(now).alias(f"{slug}:n"))
        if measure.of is not None:
            told.append(measure.of(now).alias(f"{slug}:of"))
    return tuple(told)


def figure_names(slugs: tuple[str, ...]) -> list[str]:
    """The names of those columns."""
    return [
        f"{slug}:{part}"
        for slug in slugs
        for part in (("n",) if MEASURES[slug].of is None else ("n", "of"))
    ]


def columns_asked(questions: Iterable[pl.Expr]) -> list[str]:
    """The columns of the facts that these questions look at: few of many, so that rows are cheap
    to pick out."""
    return sorted({name for question in questions for name in question.meta.root_names()})


def told(rows: pl.DataFrame, *questions: pl.Expr | str) -> pl.DataFrame:
    """The answers row by row; what several questions have in common is found out once."""
    return rows.lazy().select(questions).collect()
