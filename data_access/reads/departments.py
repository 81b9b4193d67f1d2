"""What 部门 asks: the registered figures of every lead department at once, and of one alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import polars as pl
from sqlalchemy import Engine

from data_access.facts import Facts, facts
from data_access.figures import is_open
from data_access.filters import Filters, narrowed
from data_access.handling import handling_days, ninth_decile
from data_access.measures import LISTS, MEASURES
from data_access.moment import Moment, Period, month_of
from data_access.reads.figures import FigureValue
from supervision.city_rules import DUE_SOON, SMALL_SAMPLE
from supervision.ranking import Weights
from supervision.scope import Scope
from supervision.vocabulary import Light
from supervision.worklists import AGES, DueList

MONTHS = 12
LEAD, HELPER = "department_id", "helper_id"
OF_STOCK = ("open", "overdue_open", "due_soon", "hanging", "reassign_pending")
OF_PERIOD = (
    "on_time_feedback_rate", "due_left_out", "on_time_closure_rate", "closure_rate",
    "resolution_rate", "satisfaction_rate",
)  # fmt: skip
OF_ALL_TIME = ("reassign_rate", "rebound_rate")
OF_ONE = (*OF_STOCK, *OF_PERIOD, *OF_ALL_TIME, "extension_rate", "return_rate", "closed")
OF_MONTH = ("intake", "closed", "on_time_feedback_rate")
OF_HELP = ("open", "overdue_open", "due_soon")
DAYS_OF_PERIOD = (
    "due_on", "close_due_on", "intake_on", "closed_on", "called_on", "round_closed_on",
    "feedback_on",
)  # fmt: skip
"""What puts a row into a period of those figures: other rows need not be asked."""


@dataclass(frozen=True, slots=True)
class DepartmentsSeen:
    """Every lead department in one moment; department_id is null where nobody knows the lead."""

    period: Period
    figures: pl.DataFrame
    """department_id; `slug:n` and `slug:of` of the figures above; handling_median, handling_p90."""
    by_light: pl.DataFrame
    """department_id, light, n: open items."""
    helping: pl.DataFrame
    """department_id; `slug:n` of OF_HELP: items in whose current round a department helps."""
    small_sample: int
    weights: Weights
    """What a score weighs, by the rule of the period's last day."""


@dataclass(frozen=True, slots=True)
class DepartmentSeen:
    """One department, as lead and as helper."""

    period: Period
    values: dict[str, FigureValue]
    """slug → (n, of) of OF_ONE of what it leads; longest_overdue, median_handling, p90_handling."""
    ages: dict[str, int]
    """AGES, and what no calendar counts → n of what is overdue."""
    worst: tuple[int, ...]
    """The longest overdue items first."""
    by_month: pl.DataFrame
    """month (its first day); `slug:n` and `slug:of` of OF_MONTH: twelve months up to the day."""
    helping: dict[str, int]
    """OF_HELP → n of the items in which it helps."""
    small_sample: int
    due_soon_working_days: int


def departments(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> DepartmentsSeen:
    """Every department's figures: rows are grouped, never walked once per department."""
    known, frame, now = _asked(engine, scope, as_of, filters or Filters())
    alive = frame.filter(is_open(now))
    recent = _of_period(frame, now)
    # Told once of what is open, for leads and helpers alike.
    stock = alive.select("round_id", LEAD, *_conditions(OF_STOCK, (now,)))
    figures = _summed(frame, LEAD, OF_ALL_TIME, now)
    for part in (
        stock.drop("round_id").group_by(LEAD).agg(pl.all().sum().cast(pl.Int64)),
        _summed(recent, LEAD, OF_PERIOD, now),
        _handling(recent, now),
    ):
        figures = figures.join(part, on=LEAD, how="left", nulls_equal=True)
    counts = [name for name in figures.columns if ":" in name]
    helped = known.helped(stock).group_by(HELPER)
    helping = helped.agg(pl.col(f"{slug}:n").sum().cast(pl.Int64) for slug in OF_HELP)
    return DepartmentsSeen(
        period=now.period,
        figures=figures.with_columns(pl.col(counts).fill_null(0)).sort(LEAD, nulls_last=True),
        by_light=alive.group_by(LEAD, "light").agg(n=pl.len().cast(pl.Int64)),
        helping=helping.rename({HELPER: LEAD}).sort(LEAD),
        small_sample=known.rules.number(SMALL_SAMPLE, as_of),
        weights=known.rules.weights(now.period.last),
    )


def department(
    engine: Engine,
    *,
    scope: Scope,
    as_of: date,
    department_id: int,
    filters: Filters | None = None,
    worst: int = 10,
) -> DepartmentSeen:
    """One department whole; what it leads stands in every figure, what it helps in stands apart."""
    asked = filters or Filters()
    led = replace(asked, departments=(department_id,))
    known, frame, now = _asked(engine, scope, as_of, led)
    late = frame.filter(is_open(now) & (pl.col("light") == Light.RED.value))
    return DepartmentSeen(
        period=now.period,
        values=_values(frame, late, now),
        ages=late.select(
            LISTS[age](now).sum().alias(age) for age in (*AGES, DueList.OVERDUE_UNCOUNTED)
        ).row(0, named=True),
        worst=tuple(late.bottom_k(worst, by=["due_on", "item_id"]).sort("due_on", "item_id")
                    ["item_id"].to_list()),
        by_month=_by_month(frame, known, as_of),
        helping=_helping(engine, scope, as_of, asked, department_id),
        small_sample=known.rules.number(SMALL_SAMPLE, as_of),
        due_soon_working_days=known.rules.number(DUE_SOON, as_of),
    )  # fmt: skip


def _asked(
    engine: Engine, scope: Scope, as_of: date, filters: Filters
) -> tuple[Facts, pl.DataFrame, Moment]:
    known = facts(engine)
    now = known.moment(as_of, filters.period)
    return known, narrowed(engine, known.seen_by(scope, now), filters), now


def _of_period(frame: pl.DataFrame, now: Moment) -> pl.DataFrame:
    inside = pl.col(*DAYS_OF_PERIOD).is_between(now.period.first, now.period.last)
    return frame.filter(pl.any_horizontal(inside).fill_null(False))


def _summed(frame: pl.DataFrame, key: str, slugs: Iterable[str], now: Moment) -> pl.DataFrame:
    """`slug:n` and `slug:of` for each value of `key`."""
    told = frame.select(key, *_conditions(tuple(slugs), (now,)))
    return told.group_by(key).agg(pl.all().sum().cast(pl.Int64))


@lru_cache(maxsize=64)
def _conditions(slugs: tuple[str, ...], moments: tuple[Moment, ...]) -> tuple[pl.Expr, ...]:
    # Remembered: building the questions of a moment costs as much as answering some of them.
    told = []
    for place, moment in enumerate(moments):
        name = f"{place}:" if len(moments) > 1 else ""
        for slug in slugs:
            measure = MEASURES[slug]
            told.append(measure.n(moment).alias(f"{name}{slug}:n"))
            if measure.of is not None:
                told.append(measure.of(moment).alias(f"{name}{slug}:of"))
    return tuple(told)


def _handling(frame: pl.DataFrame, now: Moment) -> pl.DataFrame:
    days = frame.select(LEAD, days=handling_days(now)).drop_nulls("days")
    held = pl.col("days")
    return days.group_by(LEAD).agg(handling_median=held.median(), handling_p90=ninth_decile(held))


def _values(frame: pl.DataFrame, late: pl.DataFrame, now: Moment) -> dict[str, FigureValue]:
    told = frame.select(one.sum() for one in _conditions(OF_ONE, (now,))).row(0, named=True)
    days = frame.select(days=handling_days(now)).drop_nulls()
    held = days.select(median=pl.col("days").median(), nine=ninth_decile(pl.col("days")))
    median, nine = held.row(0)
    longest = late.select(pl.col("days_overdue").max()).item()
    return {
        **{slug: (told[f"{slug}:n"], told.get(f"{slug}:of")) for slug in OF_ONE},
        "longest_overdue": (longest, None),
        "median_handling": (median, None),
        "p90_handling": (nine, None),
    }


def _by_month(frame: pl.DataFrame, known: Facts, as_of: date) -> pl.DataFrame:
    firsts = _months(as_of)
    moments = tuple(known.moment(as_of, month_of(first)) for first in firsts)
    asked = _conditions(OF_MONTH, moments)
    counted = frame.select(one.sum() for one in asked).row(0, named=True)
    columns = [name.removeprefix("0:") for name in counted if name.startswith("0:")]
    return pl.DataFrame(
        [
            {"month": first, **{name: counted[f"{place}:{name}"] for name in columns}}
            for place, first in enumerate(firsts)
        ],
        schema={"month": pl.Date, **dict.fromkeys(columns, pl.Int64)},
    )


def _months(as_of: date) -> list[date]:
    last = as_of.year * 12 + as_of.month - 1
    numbers = range(last - MONTHS + 1, last + 1)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _helping(
    engine: Engine, scope: Scope, as_of: date, filters: Filters, department_id: int
) -> dict[str, int]:
    helper = replace(filters, helper=department_id)
    _, frame, now = _asked(engine, scope, as_of, helper)
    told = frame.select(one.sum() for one in _conditions(OF_HELP, (now,)))
    return {name.removesuffix(":n"): int(n) for name, n in told.row(0, named=True).items()}
