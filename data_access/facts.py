"""The facts frame: one row per round with the few columns that figures and filters need.

Shared by all sessions of the process, loaded once, refreshed by change number (data.md).
Nobody gets the frame without a scope: `Facts.seen_by` is the only way in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import polars as pl
from sqlalchemy import Connection, Engine, Select, Table, select

from data_access.appraisal import left_out_of_appraisal
from data_access.calendar_store import current_calendar
from data_access.city_rules import rule_book
from data_access.co_departments import helping_departments
from data_access.database import change_number, reading
from data_access.day_columns import month_number, signing_limit_on, working_day_index
from data_access.fact_columns import COLUMNS
from data_access.figures import awaiting_feedback, is_open, light, with_standing
from data_access.moment import Moment, Period, moment
from data_access.removed_items import removed_since
from data_access.schema.base import change_counter
from data_access.schema.items import items, rounds
from data_access.schema.registers import departments, face_to_face_sessions, reporting_units
from data_access.told_by_ledgers import asked_to_sign, asked_to_sign_now, dispute_categories
from supervision.city_rules import EXCLUDED, SIGNING, RuleBook
from supervision.scope import Scope
from supervision.vocabulary import Light
from supervision.working_days import WorkCalendar

BLOCK = 50_000
DAYS_REMEMBERED = 3


@dataclass(frozen=True, eq=False)
class Facts:
    """All facts at one change number; equal numbers mean equal facts."""

    change: int
    calendar: WorkCalendar
    rules: RuleBook
    unit_ids: dict[str, int]
    department_ids: dict[str, int]
    sessions: tuple[tuple[date, str], ...]
    """Day and theme of every 面对面 that has a day, the newest first."""
    _frame: pl.DataFrame
    _asked_to_sign: pl.Series
    _helping: pl.DataFrame
    """item_id, round_id, department_id, is_joint: who helps in which round."""
    _lit: dict[date, pl.DataFrame] = field(default_factory=dict)

    def moment(self, as_of: date, period: Period | None = None) -> Moment:
        """A moment by the city's calendar and rules."""
        return moment(self.calendar, as_of=as_of, period=period, rules=self.rules)

    def seen_by(self, scope: Scope, moment: Moment) -> pl.DataFrame:
        """The rows that `scope` may see: everything, or the rounds of its units, those that its
        departments lead, alone or jointly, and those in which its co-departments help.

        Carries `light` and `days_overdue` (working days, on red rows) as of the moment, and what
        `is_open` and `awaiting_feedback` say of it, for the same moment told `lit`.
        """
        lit = self._lit_at(moment)
        if scope.everything:
            return lit
        units = [self.unit_ids[name] for name in scope.reporting_units if name in self.unit_ids]
        mine = pl.col("unit_id").is_in(units).fill_null(False)
        if scope.departments or scope.co_departments:
            leads = pl.col("department_id").is_in(self._keys(scope.departments))
            helps = pl.col("department_id").is_in(self._keys(scope.co_departments))
            helped = self._helping.filter(helps | (leads & pl.col("is_joint")))["round_id"]
            mine |= (leads | pl.col("round_id").is_in(helped.implode())).fill_null(False)
        return lit.filter(mine)

    def helped(self, seen: pl.DataFrame) -> pl.DataFrame:
        """Rows that `seen_by` gave, once for each department that helps in them: `helper_id`."""
        helpers = self._helping.select("round_id", helper_id="department_id")
        return seen.join(helpers, on="round_id")

    def rounds_helped_by(self, department_id: int) -> frozenset[int]:
        """The rounds in which a department helps."""
        helps = self._helping.filter(pl.col("department_id") == department_id)
        return frozenset(helps["round_id"])

    def _keys(self, names: frozenset[str]) -> list[int]:
        return [self.department_ids[name] for name in names if name in self.department_ids]

    def _lit_at(self, moment: Moment) -> pl.DataFrame:
        lit = self._lit.get(moment.as_of)
        if lit is None:
            if len(self._lit) >= DAYS_REMEMBERED:
                self._lit.clear()
            then = replace(moment, lit=False)
            lit = self._lit[moment.as_of] = self._frame.with_columns(
                light=light(then), open_then=is_open(then), awaits_then=awaiting_feedback(then)
            ).with_columns(
                days_overdue=pl.when(pl.col("light") == Light.RED.value).then(
                    pl.lit(moment.working_day, dtype=pl.Int32) - pl.col("due_index")
                )
            )
        return lit


_kept: WeakKeyDictionary[Engine, Facts] = WeakKeyDictionary()
_one_at_a_time = Lock()


def facts(engine: Engine) -> Facts:
    """The facts as of the last committed change, refreshed by what changed since."""
    newest = change_number(engine)
    kept = _kept.get(engine)
    if kept is not None and kept.change >= newest:
        return kept
    with _one_at_a_time:
        kept = _kept.get(engine)
        if kept is None or kept.change < newest:
            _kept[engine] = kept = _refreshed(engine, kept)
        return kept


def _refreshed(engine: Engine, kept: Facts | None) -> Facts:
    with reading(engine) as connection:
        # The number first: rows committed later are fetched again, never missed.
        change = int(connection.execute(select(change_counter.c.value)).scalar_one())
        calendar, rules = current_calendar(connection), rule_book(connection)
        if kept is None or not _counted_alike(kept, calendar, rules):
            frame = _load(connection, _question(), calendar, rules)
            signing = asked_to_sign(connection)
            helping = helping_departments(connection)
        else:
            since = items.c.change_number > kept.change
            changed = _load(connection, _question().where(since), calendar, rules)
            gone = removed_since(connection, kept.change)
            frame, helping = kept._frame.select(changed.columns), kept._helping
            old = pl.concat([gone, changed["item_id"]])
            # Much that is changed is no item: a view is saved, someone logs in, a draft is written.
            if len(old):
                stale = pl.col("item_id").is_in(old.implode())
                frame = pl.concat([frame.filter(~stale), changed], rechunk=True)
                fresh = helping_departments(connection, since=kept.change)
                helping = pl.concat([helping.filter(~stale), fresh])
            signing = asked_to_sign_now(connection, kept._asked_to_sign, since=kept.change)
        return Facts(
            change=change,
            calendar=calendar,
            rules=rules,
            unit_ids=_ids(connection, reporting_units),
            department_ids=_ids(connection, departments),
            sessions=_sessions(connection),
            _frame=frame.with_columns(
                asked_to_sign=pl.col("item_id").is_in(signing.implode()),
                is_dispute=pl.col("category_id").is_in(dispute_categories(connection)),
            ),
            _asked_to_sign=signing,
            _helping=helping,
        )


def _counted_alike(kept: Facts, calendar: WorkCalendar, rules: RuleBook) -> bool:
    """Whether what no day changes was told by the same calendar and the same rules."""
    same = (kept.rules.all_of(name) == rules.all_of(name) for name in (SIGNING, EXCLUDED))
    return kept.calendar.version == calendar.version and all(same)


def _ids(connection: Connection, table: Table) -> dict[str, int]:
    return {name: key for key, name in connection.execute(select(table.c.id, table.c.name))}


def _sessions(connection: Connection) -> tuple[tuple[date, str], ...]:
    held = face_to_face_sessions.c
    question = select(held.held_on, held.theme).where(held.held_on.is_not(None))
    rows = connection.execute(question.order_by(held.held_on.desc(), held.id.desc()))
    return tuple((day, theme) for day, theme in rows)


def _question() -> Select[Any]:
    asked = [column.label(name) for name, (column, _) in COLUMNS.items()]
    return select(*asked).select_from(items.outerjoin(rounds, rounds.c.item_id == items.c.id))


def _load(
    connection: Connection, question: Select[Any], calendar: WorkCalendar, rules: RuleBook
) -> pl.DataFrame:
    blocks = [_typed(block) for block in _blocks(connection, question)]
    read = pl.concat(blocks, rechunk=True) if blocks else _typed([])
    return _derived(read, calendar, rules)


def _blocks(connection: Connection, question: Select[Any]) -> Iterator[list[tuple[Any, ...]]]:
    # The driver's own tuples: SQLAlchemy's rows cost several times as much at a million.
    statement = str(question.compile(connection.engine, compile_kwargs={"literal_binds": True}))
    cursor = connection.exec_driver_sql(statement).cursor
    assert cursor is not None
    while block := list(cursor.fetchmany(BLOCK)):
        yield block


def _typed(block: list[tuple[Any, ...]]) -> pl.DataFrame:
    columns = list(zip(*block, strict=True)) if block else [()] * len(COLUMNS)
    return pl.DataFrame(
        [
            _series(name, values, kind)
            for (name, (_, kind)), values in zip(COLUMNS.items(), columns, strict=True)
        ]
    )


def _series(name: str, values: tuple[Any, ...], kind: pl.DataType | type[pl.DataType]) -> pl.Series:
    # SQLite hands dates and codes out as text and truth as 0/1; PostgreSQL as what they are.
    plain = pl.Series(name, values, dtype=None if any(v is not None for v in values) else kind)
    if plain.dtype == pl.String and kind == pl.Date:
        return plain.str.to_date("%Y-%m-%d")
    return plain.cast(kind)


def _derived(read: pl.DataFrame, calendar: WorkCalendar, rules: RuleBook) -> pl.DataFrame:
    """Adds what every question needs and no day changes."""
    known = read.with_columns(
        due_on=pl.coalesce("extended_due_on", "stated_due_on"),
        intake_on=pl.coalesce("received_on", "assigned_on"),
        is_current=(pl.col("round_no") == pl.col("current_round")).fill_null(True),
    ).with_columns(excluded=pl.col("excluded") | left_out_of_appraisal(rules))
    return with_standing(known).with_columns(
        *(
            working_day_index(calendar, name).alias(name.replace("_on", "_index"))
            for name in ("due_on", "assigned_on", "closed_on")
        ),
        signing_limit_on=signing_limit_on(calendar, rules),
        intake_month=month_number(pl.col("intake_on")),
        closed_month=month_number(pl.col("closed_on")),
    )
