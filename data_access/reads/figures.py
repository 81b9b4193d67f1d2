"""Every registered figure at a moment: `duban figures`, the page of definitions, tests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import polars as pl
from sqlalchemy import ColumnElement, Engine, and_, case, func, select

from data_access.database import reading
from data_access.facts import facts
from data_access.filters import Filters, narrowed, sessions_asked
from data_access.handling import NINE_TENTHS, handling_days
from data_access.measures import MEASURES
from data_access.meetings import commitments_within, held_within
from data_access.moment import Moment, Period
from data_access.schema.registers import face_to_face_sessions
from supervision.city_rules import DUE_SOON
from supervision.commitments import tally
from supervision.figures import FIGURES, Figure
from supervision.scope import Scope
from supervision.vocabulary import Light

FigureValue = tuple[float | None, int | None]
"""n and, for a rate or a score, of; None where there is nothing to count."""


def figure_counts(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> pl.DataFrame:
    """slug, n, of (null where the figure is a count) of every figure of rows."""
    frame, now = _asked(engine, scope, as_of, filters)
    return _counted(frame, now)


def figure_values(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> dict[str, FigureValue]:
    """slug → (n, of) of every registered figure, medians and session counts included."""
    frame, now = _asked(engine, scope, as_of, filters)
    values: dict[str, FigureValue] = {
        row["slug"]: (row["n"], row["of"]) for row in _counted(frame, now).iter_rows(named=True)
    }
    intake, closed = values["intake"][0] or 0, values["closed"][0] or 0
    values["net"] = (intake - closed, None)
    values |= _of_sessions(engine, now.period, filters or Filters(), scope)
    values |= _of_commitments(engine, now, filters or Filters(), scope)
    return values | _days(frame, now)


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A registered figure as this city counts it, with its value."""

    figure: Figure
    n: float | None
    of: int | None


def told_figures(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> tuple[ToldFigure, ...]:
    """Every registered figure in the order of the registry, by the rules in force."""
    values = figure_values(engine, scope=scope, as_of=as_of, filters=filters)
    known = facts(engine)
    now = known.moment(as_of, (filters or Filters()).period)
    near = known.rules.number(DUE_SOON, as_of)
    return tuple(
        ToldFigure(figure.told(near, now.points), *values.get(figure.slug, (None, None)))
        for figure in FIGURES.values()
    )


def _asked(
    engine: Engine, scope: Scope, as_of: date, filters: Filters | None
) -> tuple[pl.DataFrame, Moment]:
    asked = filters or Filters()
    known = facts(engine)
    now = known.moment(as_of, asked.period)
    return narrowed(engine, known.seen_by(scope, now), asked), now


def _counted(frame: pl.DataFrame, now: Moment) -> pl.DataFrame:
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


def _days(frame: pl.DataFrame, now: Moment) -> dict[str, FigureValue]:
    """Longest and median working days overdue; median and P90 from assignment to closing."""
    late = frame.filter(pl.col("light") == Light.RED.value)["days_overdue"].drop_nulls()
    held = frame.select(held=handling_days(now))["held"].drop_nulls()
    return {
        "longest_overdue": (_number(late.max()), None),
        "median_overdue": (_number(late.median()), None),
        "median_handling": (_number(held.median()), None),
        "p90_handling": (_number(held.quantile(NINE_TENTHS, "higher")), None),
    }


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _of_commitments(
    engine: Engine, now: Moment, filters: Filters, scope: Scope
) -> dict[str, FigureValue]:
    """承诺 by the day of their session, 兑现率 by the day they are due."""
    period = now.period
    found = commitments_within(engine, scope=scope, as_of=now.as_of, filters=filters)
    held = held_within(engine, period)
    due = tally(one.standing for one in found if period.first <= one.due_on <= period.last)
    return {
        "commitments": (sum(one.session_id in held for one in found), None),
        "commitments_overdue": (tally(one.standing for one in found).overdue, None),
        "commitment_fulfilment_rate": (due.rate.n, due.rate.of),
        "commitment_on_time_rate": (due.on_time_rate.n, due.on_time_rate.of),
    }


def _of_sessions(
    engine: Engine, period: Period, filters: Filters, scope: Scope
) -> dict[str, FigureValue]:
    """收集数 and 有效率: of a session nothing tells but itself, its theme and its day."""
    if not scope.everything or replace(filters, sessions=(), themes=(), period=None) != Filters():
        return {"collected": (None, None), "valid_rate": (None, None)}
    held = face_to_face_sessions.c
    asked: list[ColumnElement[bool]] = [held.held_on.between(period.first, period.last)]
    wanted = sessions_asked(engine, filters)
    if wanted is not None:
        asked.append(held.id.in_(wanted))
    both = and_(held.collected.is_not(None), held.valid.is_not(None))
    with reading(engine) as connection:
        collected, valid, of = connection.execute(
            select(
                func.sum(held.collected),
                func.sum(case((both, held.valid), else_=0)),
                func.sum(case((both, held.collected), else_=0)),
            ).where(*asked)
        ).one()
    return {"collected": (collected, None), "valid_rate": (valid or 0, of or 0)}
