"""`duban figures`: every registered figure at a moment, with n and N."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine

from data_access.accounts.known import LOCAL
from data_access.filters import Filters
from data_access.moment import Period
from data_access.reads.figures import ToldFigure
from data_access.reads.figures import told_figures as _told_figures
from supervision.figure_words import value_told


def told_figures(engine: Engine, *, as_of: date, period: Period) -> dict[str, Any]:
    """The JSON of the command: as_of, period and one entry per registered figure."""
    told = _told_figures(engine, scope=LOCAL.scope, as_of=as_of, filters=Filters(period=period))
    return {
        "as_of": as_of.isoformat(),
        "period": [period.first.isoformat(), period.last.isoformat()],
        "figures": [_told(one) for one in told],
    }


def _told(told: ToldFigure) -> dict[str, Any]:
    figure = told.figure
    return {
        "slug": figure.slug,
        "name": figure.name,
        "definition": figure.definition,
        "formula": figure.formula,
        "unit": figure.unit,
        "n": told.n,
        "of": told.of,
        "text": value_told(figure, told.n, told.of),
    }
