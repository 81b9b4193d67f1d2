"""What 满意度 asks: what residents answered, by whom it is owed, and who gave no answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl
from sqlalchemy import Connection, Engine, select

from data_access import answers
from data_access.database import reading
from data_access.facts import Facts, facts
from data_access.figure_columns import columns_asked, figure_columns, told
from data_access.filters import Filters, narrowed
from data_access.measures import counted_rows
from data_access.moment import Moment, Period
from data_access.schema.items import callbacks
from supervision.city_rules import SMALL_SAMPLE
from supervision.reporters import without_traces
from supervision.rounds import CANDIDATE_ANSWERS
from supervision.scope import Scope
from supervision.vocabulary import Satisfaction

MONTHS = 12
GROUPS = ("department_id", "unit_id", "category_id", "session_id")
RATES = (
    "satisfaction_rate", "process_satisfaction_rate", "resolution_rate",
    "resolution_rate_by_unit", "response_share", "callback_coverage",
)  # fmt: skip
BESIDE = ("unreached", "no_opinion", "not_called", "answers_left_out")
"""Who is in no rate, and is told beside it."""
QUESTIONS = {"result": "satisfaction_rate", "process": "process_satisfaction_rate"}
"""What residents are asked to judge → the rate that stands on it."""
OF_MONTH = ("satisfaction_rate", "process_satisfaction_rate", "unreached", "no_opinion")
NEWEST = 20


@dataclass(frozen=True, slots=True)
class SatisfactionSeen:
    """Answers of one period; every frame has n and of, never a share."""

    period: Period
    figures: dict[str, int]
    """`slug:n` and `slug:of` of RATES and BESIDE, `result:<answer>` and `process:<answer>`."""
    by_group: pl.DataFrame
    """The column asked for (null: told by nobody) and every key of `figures`."""
    by_month: pl.DataFrame
    """month (its first day), `slug:n` and `slug:of` of OF_MONTH: the last twelve."""
    crossed: pl.DataFrame
    """resolved_by_unit (null: not told), resolved_by_resident, n; adds up to 解决率's base."""
    unhappy: pl.DataFrame
    """process, resolved_by_resident (null: not told), n: answers of 不满意 and worse."""
    newest: pl.DataFrame
    """item_id, words: the newest of them with what the callback wrote down."""
    small_sample: int


def satisfaction(
    engine: Engine,
    *,
    scope: Scope,
    as_of: date,
    filters: Filters | None = None,
    by: str = "department_id",
) -> SatisfactionSeen:
    """All reads of 满意度 in one moment; `by` is one of GROUPS."""
    asked = filters or Filters()
    known = facts(engine)
    now = known.moment(as_of, asked.period)
    frame = narrowed(engine, known.seen_by(scope, now), asked).select(
        {*columns_asked(_conditions(now)), *GROUPS, "item_id", "round_id"}
    )
    rows = frame.filter(_of_days(now.period))
    counted = told(rows, by, *_conditions(now))
    sums = counted.select(pl.exclude(by).sum().cast(pl.Int64)).row(0, named=True)
    said_no = rows.filter(_unhappy(now))
    return SatisfactionSeen(
        period=now.period,
        figures=sums,
        by_group=counted.group_by(by).agg(pl.all().sum().cast(pl.Int64)).sort(by, nulls_last=True),
        by_month=_by_month(frame, known, as_of),
        crossed=_counted(
            rows.filter(counted_rows("resolution_rate", now)),
            "resolved_by_unit", "resolved_by_resident",
        ),
        unhappy=_counted(said_no, "process", "resolved_by_resident"),
        newest=_newest(engine, said_no, scope),
        small_sample=known.rules.number(SMALL_SAMPLE, as_of),
    )  # fmt: skip


def _of_days(period: Period) -> pl.Expr:
    """The rows that any of the figures can count: few of many."""
    days = (answers.answered_day(), pl.col("closed_on"))
    inside = (day.is_between(period.first, period.last) for day in days)
    return pl.any_horizontal(*inside).fill_null(False)


@lru_cache(maxsize=32)
def _conditions(now: Moment) -> tuple[pl.Expr, ...]:
    asked = list(figure_columns((*RATES, *BESIDE), now))
    for question in QUESTIONS:
        base = answers.answered(question)(now)
        for answer in Satisfaction:
            such = (pl.col(question) == answer.value).fill_null(False)
            asked.append((base & such).alias(f"{question}:{answer.value}"))
    return tuple(asked)


def _unhappy(now: Moment) -> pl.Expr:
    words = [str(answer) for answer in sorted(CANDIDATE_ANSWERS)]
    return answers.answered("result")(now) & pl.col("result").is_in(words).fill_null(False)


def _counted(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    return rows.group_by(columns).agg(n=pl.len().cast(pl.Int64)).sort(columns, nulls_last=True)


def _by_month(frame: pl.DataFrame, known: Facts, as_of: date) -> pl.DataFrame:
    """An answer counts in the month of its day, so one pass over all of them tells every month."""
    number = as_of.year * 12 + as_of.month - MONTHS
    first = date(number // 12, number % 12 + 1, 1)
    year = known.moment(as_of, Period(first, as_of))
    day = answers.answered_day()
    rows = frame.filter(day.is_between(first, as_of))
    counted = (
        told(rows, day.dt.truncate("1mo").alias("month"), *figure_columns(OF_MONTH, year))
        .group_by("month")
        .agg(pl.all().sum().cast(pl.Int64))
    )
    months = pl.DataFrame({"month": pl.date_range(first, as_of, "1mo", eager=True)})
    return months.join(counted, on="month", how="left").fill_null(0)


def _newest(engine: Engine, rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    day = answers.answered_day()
    newest = rows.select("item_id", "round_id", day=day).sort(
        "day", "round_id", descending=True, nulls_last=True
    )
    newest = newest.unique("item_id", keep="first", maintain_order=True).head(NEWEST)
    with reading(engine) as connection:
        words = _words(connection, newest["round_id"].to_list())
    written = [words.get(key) for key in newest["round_id"]]
    if scope.departments:
        written = [without_traces(text) for text in written]
    return newest.select("item_id").with_columns(words=pl.Series(written, dtype=pl.String))


def _words(connection: Connection, round_ids: list[int]) -> dict[int, str]:
    """What the latest callback of each round wrote down, residents' data masked."""
    called = connection.execute(
        select(callbacks.c.round_id, callbacks.c.text)
        .where(callbacks.c.round_id.in_(round_ids), callbacks.c.text.is_not(None))
        .order_by(callbacks.c.id)
    )
    return {row.round_id: row.text for row in called}
