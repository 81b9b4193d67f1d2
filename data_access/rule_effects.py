"""What a rule does to today's lists: how many rows stand in them before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import polars as pl
from sqlalchemy import Connection, Engine

from data_access.appraisal import left_out_of_appraisal
from data_access.desk_lists import rows_of
from data_access.desk_questions import QUESTIONS
from data_access.facts import facts
from data_access.figures import COUNTED, Condition, due_soon, is_open
from data_access.measures import WORKLISTS
from data_access.moment import Moment, moment
from supervision.city_rules import CALLBACK_WITHIN, DUE_SOON, EXCLUDED, LONG_OVERDUE, RuleBook
from supervision.scope import Scope
from supervision.worklists import DeskList, Worklist


@dataclass(frozen=True, slots=True)
class ListChange:
    """A list of today by its Chinese name, and its length before and after."""

    name: str
    before: int
    after: int


_LISTS: dict[str, tuple[str, Condition]] = {
    DUE_SOON: ("临期", due_soon),
    CALLBACK_WITHIN: (DeskList.CALLBACKS_DUE.label, rows_of(DeskList.CALLBACKS_DUE)[0]),
    LONG_OVERDUE: (Worklist.LONG_OVERDUE.label, WORKLISTS[Worklist.LONG_OVERDUE]),
}


_WAITING = {
    "co_silent_working_days": DeskList.CO_SILENT,
    "look_back_after_days": DeskList.LOOK_BACKS_DUE,
}


def waiting(connection: Connection, name: str, now: Moment) -> tuple[str, int] | None:
    """A list of the desk that this rule decides, as the connection sees it: its name and length."""
    slug = _WAITING.get(name)
    if slug is None:
        return None
    return slug.label, len({row[0] for row in QUESTIONS[slug](connection, now, None)})


def lists_changed(
    engine: Engine, name: str, book: RuleBook, *, as_of: date
) -> tuple[ListChange, ...]:
    """The lists of the whole city that this rule decides, as they are and by the other book."""
    known = facts(engine)
    now = known.moment(as_of)
    frame = known.seen_by(Scope.whole_city(), now)
    if name == EXCLUDED:
        alive = frame.filter(pl.col("is_current") & COUNTED & is_open(now))
        out = (left_out_of_appraisal(rules).alias("out") for rules in (known.rules, book))
        counts = [int(alive.select(judged)["out"].sum()) for judged in out]
        return (ListChange("在办事项中按规定不计入考核", *counts),)
    if name not in _LISTS:
        return ()
    label, condition = _LISTS[name]
    then = moment(known.calendar, as_of=as_of, rules=book)
    then = replace(then, period=now.period)
    counts = [frame.filter(condition(at)).height for at in (now, then)]
    return (ListChange(label, *counts),)
