"""What 面对面 asks: the sessions as objects, how far each had come by the next, one whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import polars as pl
from sqlalchemy import Engine, select

from data_access.around_sessions import Due, around_sessions
from data_access.database import reading
from data_access.facts import Facts, facts
from data_access.figure_columns import columns_asked, figure_columns, figure_names, told
from data_access.figures import AN_ITEM, COUNTED, is_open
from data_access.filters import Filters, narrowed, sessions_asked
from data_access.measures import MEASURES
from data_access.meetings import commitments_within, narrows
from data_access.moment import Period, of_each_row
from data_access.schema.registers import face_to_face_sessions
from supervision.city_rules import SMALL_SAMPLE
from supervision.scope import Scope

EARLIEST = date(2000, 1, 1)
"""Figures of a session are of all days: its items are its own, whenever they came in."""
FIGURES_OF_SESSION = (
    "valid", "open", "overdue_open", "due_soon", "on_time_feedback_rate", "closure_rate",
    "satisfaction_rate",
)  # fmt: skip
BY_THE_NEXT = "closure_rate"
MOST_MILESTONES = 40


@dataclass(frozen=True, slots=True)
class SessionSeen:
    """One session with its figures; what ledgers and registers do not tell is None."""

    id: int
    held_on: date | None
    theme: str
    host: str | None
    level: str | None
    collected: int | None
    valid: int | None
    represented: int | None
    unit_id: int | None
    """The county of all its items, where it is one."""
    counts: dict[str, int]
    """`slug:n` and `slug:of` of FIGURES_OF_SESSION."""
    next_on: date | None
    """The day of the next session of its level, of those that were held."""
    by_then: tuple[int, int]
    """办结率 as n, N on that day; today while there is no next one."""
    memo: Due | None
    """会前备忘; None without a day, beyond the calendar and where the session is not near."""
    follow_up: Due | None
    """会后跟进."""


@dataclass(frozen=True, slots=True)
class SessionsSeen:
    """Sessions, the newest first, those without a day at the end; coming ones are among them."""

    sessions: tuple[SessionSeen, ...]
    by_light: pl.DataFrame
    """session_id, light, n of the open items."""
    period: Period
    """Of the figures, for their links."""
    small_sample: int


@dataclass(frozen=True, slots=True)
class SessionItems:
    """The items of one session."""

    by_light: pl.DataFrame
    """light, n of every counted item."""
    by_department: pl.DataFrame
    """department_id, light, n of the open ones."""
    milestones: tuple[int, ...]
    """Items for the timeline: open ones first, the earliest deadline first."""
    total: int


def sessions(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> SessionsSeen:
    """All sessions within reach; a period of the filters means those held in it.

    Who does not see the whole city sees the sessions that his items are of, and not what was
    collected there: nothing tells whose it was.
    """
    asked = filters or Filters()
    known = facts(engine)
    now = known.moment(as_of, Period(EARLIEST, as_of))
    asking = figure_columns(FIGURES_OF_SESSION, now)
    frame = (
        narrowed(engine, known.seen_by(scope, now), asked)
        .select({*columns_asked(asking), "session_id", "unit_id", "light"})
        .filter(pl.col("session_id").is_not_null())
    )
    summed = told(frame, "session_id", *asking).group_by("session_id")
    counts = {
        int(row.pop("session_id")): row
        for row in summed.agg(pl.all().sum().cast(pl.Int64)).iter_rows(named=True)
    }
    reached = counts.keys() | _promised(engine, scope, as_of, asked)
    whole = scope.everything and not narrows(asked)
    held = [
        row for row in _held(engine) if (whole or row.id in reached) and _held_in(row, asked.period)
    ]
    wanted = sessions_asked(engine, asked)
    if wanted is not None:
        held = [row for row in held if row.id in wanted]
    following = _following(held, as_of)
    by_then = _by_then(frame, known, following, as_of)
    units = _units(frame)
    around = around_sessions(engine, scope, as_of)
    nothing = dict.fromkeys(figure_names(FIGURES_OF_SESSION), 0)
    return SessionsSeen(
        sessions=tuple(
            SessionSeen(
                id=row.id, held_on=row.held_on, theme=row.theme, host=row.host, level=row.level,
                collected=row.collected if scope.everything else None,
                valid=row.valid if scope.everything else None,
                represented=row.represented if scope.everything else None,
                unit_id=units.get(row.id),
                counts=counts.get(row.id, nothing),
                next_on=following.get(row.id),
                by_then=by_then.get(row.id, (0, 0)),
                memo=around.memo(row.id, row.held_on),
                follow_up=around.follow_up(row.id, row.held_on),
            )
            for row in held
        ),
        by_light=frame.filter(is_open(now))
        .group_by("session_id", "light")
        .agg(n=pl.len().cast(pl.Int64)),
        period=now.period,
        small_sample=known.rules.number(SMALL_SAMPLE, as_of),
    )  # fmt: skip


def session_items(
    engine: Engine, *, scope: Scope, as_of: date, session_id: int, filters: Filters | None = None
) -> SessionItems:
    """The items of one session by light and department, and those its timeline shows."""
    known = facts(engine)
    now = known.moment(as_of)
    rows = narrowed(engine, known.seen_by(scope, now), filters or Filters())
    rows = rows.filter((pl.col("session_id") == session_id) & AN_ITEM & COUNTED)
    ordered = rows.sort("closed_state", "due_on", "item_id", nulls_last=True)
    return SessionItems(
        by_light=rows.group_by("light").agg(n=pl.len().cast(pl.Int64)),
        by_department=rows.filter(is_open(now))
        .group_by("department_id", "light")
        .agg(n=pl.len().cast(pl.Int64)),
        milestones=tuple(ordered["item_id"].head(MOST_MILESTONES).to_list()),
        total=rows.height,
    )


class _Held(NamedTuple):
    """A session as it is kept; rows of the database cost more each time they are asked."""

    id: int
    held_on: date | None
    theme: str
    host: str | None
    level: str | None
    collected: int | None
    valid: int | None
    represented: int | None


def _held(engine: Engine) -> list[_Held]:
    """Every session, the newest first."""
    held = face_to_face_sessions.c
    asked = (held[name] for name in _Held._fields)
    with reading(engine) as connection:
        rows = [
            _Held._make(row) for row in connection.execute(select(*asked).order_by(held.id.desc()))
        ]
    return sorted(rows, key=lambda row: row.held_on or date.min, reverse=True)


def _promised(engine: Engine, scope: Scope, as_of: date, asked: Filters) -> set[int]:
    """Sessions of commitments within reach, where not every session is."""
    if scope.everything and not narrows(asked):
        return set()
    found = commitments_within(engine, scope=scope, as_of=as_of, filters=asked)
    return {one.session_id for one in found}


def _held_in(row: _Held, period: Period | None) -> bool:
    if period is None:
        return True
    return row.held_on is not None and period.first <= row.held_on <= period.last


def _following(held: Sequence[_Held], as_of: date) -> dict[int, date]:
    """Session → the day of the next one of its level; none for the last and for coming ones."""
    following: dict[int, date] = {}
    seen: dict[str | None, tuple[date, date | None]] = {}
    for row in held:
        if row.held_on is None or row.held_on > as_of:
            continue
        day, after = seen.get(row.level, (row.held_on, None))
        # Two of a level on one day have the same one after them.
        seen[row.level] = (row.held_on, day if row.held_on < day else after)
        if (coming := seen[row.level][1]) is not None:
            following[row.id] = coming
    return following


def _by_then(
    frame: pl.DataFrame, known: Facts, following: dict[int, date], as_of: date
) -> dict[int, tuple[int, int]]:
    """What was closed of each session's items on the day of the next one."""
    measure = MEASURES[BY_THE_NEXT]
    assert measure.of is not None
    days = pl.DataFrame(
        {"session_id": list(following), "then": list(following.values())},
        schema={"session_id": frame.schema["session_id"], "then": pl.Date},
    )
    then = of_each_row(known.moment(as_of, Period(EARLIEST, as_of)), "then")
    counted = told(
        frame.join(days, on="session_id", how="left").with_columns(pl.col("then").fill_null(as_of)),
        "session_id",
        measure.n(then).alias("n"),
        measure.of(then).alias("of"),
    )
    summed = counted.group_by("session_id").agg(pl.col("n", "of").sum().cast(pl.Int64))
    return {int(key): (n, of) for key, n, of in summed.iter_rows()}


def _units(frame: pl.DataFrame) -> dict[int, int]:
    """Session → the one county that all of its items are of."""
    units = frame.group_by("session_id").agg(
        n=pl.col("unit_id").n_unique(), unit_id=pl.col("unit_id").first()
    )
    alone = units.filter((pl.col("n") == 1) & pl.col("unit_id").is_not_null())
    return {int(key): int(unit) for key, unit in alone.select("session_id", "unit_id").iter_rows()}
