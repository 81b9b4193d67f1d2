"""What residents and units answered, as conditions over the facts (metrics.md 2.5, 2.6).

Each is a twin of a definition in `supervision.figures`; `data_access.measures` registers them.
"""

from __future__ import annotations

import polars as pl

from data_access.figures import A_ROUND, AN_ITEM, CLOSED_STATE, COUNTED, IN_RATES, Condition, within
from data_access.moment import Moment
from supervision.vocabulary import CONTENT, Resolution, Satisfaction

NOT_UNREACHED = pl.col("reached").fill_null(True)
"""Many ledgers tell the answer and not that somebody was reached."""


def answered_day() -> pl.Expr:
    """The day an answer is counted on: the call's, else the day the round ended."""
    return pl.coalesce("called_on", "round_closed_on", "feedback_on")


def _within(moment: Moment) -> pl.Expr:
    inside = answered_day().is_between(moment.period.first, moment.period.last)
    return A_ROUND & inside.fill_null(False)


def asked(moment: Moment) -> pl.Expr:
    """Rounds that count in rates and whose answer falls into the period."""
    return _within(moment) & IN_RATES


def answered(column: str) -> Condition:
    """Asked, not told as unreached, and the column says something."""

    def of(moment: Moment) -> pl.Expr:
        return asked(moment) & pl.col(column).is_not_null() & NOT_UNREACHED

    return of


def content(column: str) -> Condition:
    """n of a 满意率."""
    good = pl.col(column).is_in([str(word) for word in CONTENT]).fill_null(False)
    return _narrowed(answered(column), good)


def discontent(moment: Moment) -> pl.Expr:
    """不满意: the answers that a 满意率 does not count as content."""
    return answered("result")(moment) & ~content("result")(moment)


def resolved(told: Condition, column: str) -> Condition:
    """n of a 解决率: 部分解决 does not count."""
    return _narrowed(told, (pl.col(column) == Resolution.RESOLVED.value).fill_null(False))


def told_by_unit(moment: Moment) -> pl.Expr:
    """N of 解决率（单位认定）: what a unit says of its work needs nobody on the telephone."""
    return asked(moment) & pl.col("resolved_by_unit").is_not_null()


def of_round(condition: Condition, number: int) -> Condition:
    """The rows of the condition that are an item's first, second, … round."""
    return _narrowed(condition, pl.col("round_no") == number)


def _narrowed(condition: Condition, further: pl.Expr) -> Condition:
    return lambda moment: condition(moment) & further


def points(moment: Moment) -> pl.Expr:
    """满意度得分: the points of each answer, 0 where there is none."""
    of_answer = {str(answer): moment.points.of(answer) for answer in Satisfaction}
    given = pl.col("result").replace_strict(of_answer, default=0, return_dtype=pl.Int64)
    return pl.when(answered("result")(moment)).then(given).otherwise(0)


def reached(moment: Moment) -> pl.Expr:
    """N of 参评率: asked and told as reached."""
    return asked(moment) & pl.col("reached").fill_null(False)


def gave_opinion(moment: Moment) -> pl.Expr:
    """n of 参评率."""
    return reached(moment) & pl.col("result").is_not_null()


def no_opinion(moment: Moment) -> pl.Expr:
    """Reached, and no opinion given: beside the rates, not in them."""
    return reached(moment) & pl.col("result").is_null()


def unreached(moment: Moment) -> pl.Expr:
    """Called without success: beside the rates, not in them."""
    return asked(moment) & ~NOT_UNREACHED


def not_called(moment: Moment) -> pl.Expr:
    """Closed within the period, and no callback told of anything by the day."""
    closed = AN_ITEM & A_ROUND & IN_RATES & CLOSED_STATE & within("closed_on", moment)
    silent = pl.all_horizontal(
        pl.col("reached", "result", "process", "resolved_by_resident").is_null()
    )
    return closed & (silent | (pl.col("called_on") > moment.as_of).fill_null(False))


def answers_left_out(moment: Moment) -> pl.Expr:
    """Answers about items that are 不计入考核 or unsound: beside 满意率, not in it."""
    return _within(moment) & COUNTED & ~IN_RATES & pl.col("result").is_not_null()
