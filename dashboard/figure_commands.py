"""`duban figures`: every registered figure at a moment, with n and N."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine

from data_access.accounts.known import LOCAL
from data_access.city_rules import rule_book
from data_access.database import reading
from data_access.filters import Filters
from data_access.moment import Period
from data_access.reads.figures import figure_values
from supervision.city_rules import DUE_SOON
from supervision.figures import FIGURES, Figure, Kind
from supervision.metrics import NOTHING, Rate, Score
from supervision.satisfaction import in_force

NO_DATA = "无数据"


def told_figures(engine: Engine, *, as_of: date, period: Period) -> dict[str, Any]:
    """The JSON of the command: as_of, period and one entry per registered figure."""
    values = figure_values(engine, scope=LOCAL.scope, as_of=as_of, filters=Filters(period=period))
    with reading(engine) as connection:
        rules = rule_book(connection)
    near = rules.number(DUE_SOON, as_of)
    points = in_force(rules.points(), min(period.last, as_of))
    return {
        "as_of": as_of.isoformat(),
        "period": [period.first.isoformat(), period.last.isoformat()],
        "figures": [
            _told(figure.told(near, points), values.get(figure.slug)) for figure in FIGURES.values()
        ],
    }


def _told(figure: Figure, value: tuple[float | None, int | None] | None) -> dict[str, Any]:
    n, of = value if value is not None else (None, None)
    return {
        "slug": figure.slug,
        "name": figure.name,
        "definition": figure.definition,
        "formula": figure.formula,
        "unit": figure.unit,
        "n": n,
        "of": of,
        "text": _text(figure, n, of),
    }


def _text(figure: Figure, n: float | None, of: int | None) -> str:
    if not figure.fed_by_ledgers:
        return NO_DATA
    if n is None:
        return NOTHING
    if figure.kind is Kind.RATE:
        return Rate(int(n), of or 0).text()
    if figure.kind is Kind.SCORE:
        return Score(int(n), of or 0).text()
    return f"{n:g} {figure.unit}"
