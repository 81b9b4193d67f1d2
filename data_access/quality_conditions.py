"""Lists of the page 数据质量 that the facts tell: item_id and why, over rows a scope sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import polars as pl

from data_access.facts import Facts
from data_access.figures import A_ROUND, AN_ITEM, CLOSED_STATE, COUNTED, is_open
from data_access.moment import Moment
from supervision.city_rules import CATEGORY, FEEDBACK, ORIGIN, RuleBook
from supervision.quality import (
    EXTENSION_SHARE,
    LAST_DAY_SHARE,
    LEAST_CLOSURES,
    LEAST_EXTENSIONS,
    LEAST_ROUNDS,
    RECENT_DAYS,
    QualityList,
)
from supervision.vocabulary import DeadlineBasis

FOUND = {"item_id": pl.Int64, "why": pl.String}
Finder = Callable[[pl.DataFrame, Moment, Facts], pl.DataFrame]
_A_DAY = "%Y-%m-%d"


def _said(frame: pl.DataFrame, condition: pl.Expr, why: pl.Expr) -> pl.DataFrame:
    kept = frame.filter((AN_ITEM & COUNTED & condition).fill_null(False))
    return kept.select(pl.col("item_id"), why.cast(pl.String).alias("why"))


def of_group(column: str) -> pl.Expr:
    """Rows of one group stand together: the key of the group."""
    return pl.col(column).cast(pl.Int64).alias("of")


def _day(column: str) -> pl.Expr:
    return pl.col(column).dt.strftime(_A_DAY)


def _closed_undated(frame: pl.DataFrame, _moment: Moment, _known: Facts) -> pl.DataFrame:
    # A feedback day is date enough (supervision.ledger_states); here there is none at all.
    undated = CLOSED_STATE & pl.col("closed_from").is_null()
    return _said(frame, undated, pl.lit("办结日期、反馈日期都没有，暂不计入比率"))


def _before_assignment(column: str, name: str) -> Finder:
    def found(frame: pl.DataFrame, _moment: Moment, _known: Facts) -> pl.DataFrame:
        why = pl.format(f"{name} {{}}，交办 {{}}", _day(column), _day("assigned_on"))
        return _said(frame, pl.col(column) < pl.col("assigned_on"), why)

    return found


def _unknown_department(frame: pl.DataFrame, moment: Moment, _known: Facts) -> pl.DataFrame:
    nobody = is_open(moment) & A_ROUND & pl.col("department_id").is_null()
    return _said(frame, nobody, pl.lit("没有认出牵头单位"))


def _due_differs(frame: pl.DataFrame, moment: Moment, known: Facts) -> pl.DataFrame:
    stated = is_open(moment) & (pl.col("due_basis") == DeadlineBasis.STATED.value)
    told = frame.filter((AN_ITEM & stated & pl.col("assigned_on").is_not_null()).fill_null(False))
    told = told.with_columns(*_kinds_with_their_own_limit(known.rules))
    asked = told.select(_ASKED).unique()
    told = told.join(_by_rule(asked, known), on=_ASKED, how="left", nulls_equal=True)
    why = pl.format(
        "台账期限 {}，按交办当天的规则（{}）应为 {}",
        _day("stated_due_on"), "rule_limit", _day("rule_due_on"),
    )  # fmt: skip
    # Earlier than the assignment stands in a list of its own.
    differs = (pl.col("stated_due_on") != pl.col("rule_due_on")) & (
        pl.col("stated_due_on") >= pl.col("assigned_on")
    )
    return _said(told, differs, why)


_ASKED = ["assigned_on", "own_category", "own_origin"]


def _kinds_with_their_own_limit(rules: RuleBook) -> Iterator[pl.Expr]:
    """The category and the origin where a limit was ever decided for them, else nothing: many
    thousand rows ask for few deadlines."""
    for kind in (CATEGORY, ORIGIN):
        own = [int(subject.partition(":")[2]) for subject in rules.subjects(FEEDBACK)
               if subject.startswith(f"{kind}:")]  # fmt: skip
        column = pl.col(f"{kind}_id")
        yield pl.when(column.is_in(own)).then(column).alias(f"own_{kind}")


def _by_rule(asked: pl.DataFrame, known: Facts) -> pl.DataFrame:
    """Each of what is asked with its limit in words and its day by the rule."""
    due = [
        known.rules.due(day, known.calendar, category_id=category, origin_id=origin)
        for day, category, origin in asked.iter_rows()
    ]
    return asked.with_columns(
        pl.Series("rule_limit", [one.limit.words() for one in due], dtype=pl.String),
        pl.Series("rule_due_on", [one.due_on for one in due], dtype=pl.Date),
    )


def _recent(column: str, moment: Moment) -> pl.Expr:
    first = moment.as_of - timedelta(days=RECENT_DAYS - 1)
    return pl.col(column).is_between(first, moment.as_of).fill_null(False)


def _last_day(frame: pl.DataFrame, moment: Moment, _known: Facts) -> pl.DataFrame:
    ended = frame.filter(AN_ITEM & COUNTED & CLOSED_STATE & _recent("closed_on", moment))
    limit = pl.coalesce("close_due_on", "due_on")
    told = ended.with_columns(hit=(pl.col("closed_on") == limit).fill_null(False))
    return _crowded(
        told, least=LEAST_CLOSURES, least_hits=1, share=LAST_DAY_SHARE,
        words=f"该单位近{RECENT_DAYS}天办结 {{}} 件，{{}} 件在期限当天（{{}}%）",
    )  # fmt: skip


def _mass_extensions(frame: pl.DataFrame, moment: Moment, _known: Facts) -> pl.DataFrame:
    given = frame.filter(AN_ITEM & COUNTED & _recent("assigned_on", moment))
    told = given.with_columns(hit=pl.col("extended_due_on").is_not_null())
    return _crowded(
        told, least=LEAST_ROUNDS, least_hits=LEAST_EXTENSIONS, share=EXTENSION_SHARE,
        words=f"该单位近{RECENT_DAYS}天交办 {{}} 件，{{}} 件延期（{{}}%）",
    )  # fmt: skip


def _crowded(
    told: pl.DataFrame, *, least: int, least_hits: int, share: int, words: str
) -> pl.DataFrame:
    """The rows that `hit`, of departments where many of many rows do."""
    by = told.filter(pl.col("department_id").is_not_null()).group_by("department_id")
    counted = by.agg(whole=pl.len(), n=pl.col("hit").sum()).filter(
        (pl.col("whole") >= least)
        & (pl.col("n") >= least_hits)
        & (pl.col("n") * 100 >= pl.col("whole") * share)
    )
    kept = told.filter("hit").join(counted, on="department_id", how="inner")
    why = pl.format(
        words, "whole", "n", (pl.col("n") * 100 / pl.col("whole")).round().cast(pl.Int32)
    )
    return kept.select("item_id", why.alias("why"), of_group("department_id"))


FINDERS: dict[QualityList, Finder] = {
    QualityList.CLOSED_UNDATED: _closed_undated,
    QualityList.FEEDBACK_BEFORE_ASSIGNMENT: _before_assignment("feedback_on", "反馈"),
    QualityList.CLOSED_BEFORE_ASSIGNMENT: _before_assignment("closed_on", "办结"),
    QualityList.DUE_BEFORE_ASSIGNMENT: _before_assignment("stated_due_on", "期限"),
    QualityList.UNKNOWN_DEPARTMENT: _unknown_department,
    QualityList.DUE_DIFFERS: _due_differs,
    QualityList.LAST_DAY_CLOSURES: _last_day,
    QualityList.MASS_EXTENSIONS: _mass_extensions,
}
"""List → its rows; the lists that are not here are asked of the store."""
