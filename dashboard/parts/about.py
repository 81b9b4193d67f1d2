"""口径: what a figure counts, out of what, what it leaves out and how many, as of when.

Words and formula come from the registry; pages and documents say them alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dashboard.reads import Period, ToldFigure
from supervision.figure_words import BETTER, NOT_FED, TOTALS
from supervision.figures import FIGURES, Figure, Kind
from supervision.metrics import Rate


def about_figure(
    figure: Figure,
    *,
    n: int,
    of: int | None,
    beside: Mapping[str, int],
    as_of: date,
    period: Period | None = None,
) -> tuple[str, ...]:
    """Lines about one figure with its numbers; `beside` is slug → n of what stands beside it.

    `period` is left out for what has none: the state on a day.
    """
    return (
        figure.definition,
        f"算式：{figure.formula}{_counted(figure, n, of)}",
        *_beside(figure, beside),
        _as_of(as_of, period),
    )


def definition(slug: str) -> str:
    """What a registered figure counts and how, in one line: the 口径 of a table's column."""
    figure = FIGURES[slug]
    return f"{figure.definition}算式：{figure.formula}"


def _counted(figure: Figure, n: int, of: int | None) -> str:
    if of is None:
        return f"＝{n} {figure.unit}"
    if figure.kind is Kind.RATE:
        return f"＝{n}÷{of} {figure.unit}＝{Rate(n, of).percent}"
    return f"（分母 {of} {figure.unit}）"


def _beside(figure: Figure, beside: Mapping[str, int]) -> tuple[str, ...]:
    told = [
        f"{FIGURES[slug].name} {beside[slug]} {FIGURES[slug].unit}"
        for slug in figure.beside
        if slug in beside
    ]
    return (f"另列：{'，'.join(told)}",) if told else ()


def _as_of(as_of: date, period: Period | None) -> str:
    if period is None:
        return f"截至 {as_of:%Y-%m-%d}"
    return f"统计期 {period.first:%Y-%m-%d} 至 {period.last:%Y-%m-%d}，截至 {as_of:%Y-%m-%d}"


def about_registered(told: ToldFigure, values: Mapping[str, str]) -> tuple[str, ...]:
    """Everything the registry says of a figure; `values` is slug → value in words."""
    figure = told.figure
    beside = [f"{FIGURES[slug].name} {values[slug]}" for slug in figure.beside]
    return (
        figure.definition,
        f"算式：{figure.formula}",
        f"本期：{values[figure.slug]}",
        *((f"另列：{'，'.join(beside)}",) if beside else ()),
        f"单位：{figure.unit}；{BETTER[figure.more_is]}；合计：{TOTALS[figure.kind]}",
        *(() if figure.fed_by_ledgers else (NOT_FED,)),
    )
