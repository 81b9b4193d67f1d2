"""What was done on one item, line by line, and who held each of its rounds for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from data_access.calendar_store import current_calendar
from data_access.database import reading
from data_access.facts import facts
from data_access.schema.accounts import accounts
from data_access.schema.items import items, rounds
from data_access.schema.registers import departments
from data_access.schema.supervision import deadline_clocks, item_acts, returns
from supervision.audit_words import act_told, actor_told
from supervision.lifecycle import Act
from supervision.loop_words import ClockCause, Ruling
from supervision.reporters import without_traces
from supervision.scope import Scope
from supervision.undoing import refusal_to_undo
from supervision.vocabulary import ReassignReason
from supervision.working_days import CalendarNotKnown, WorkCalendar


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act in words; `last` is the one a counter-act may still take back."""

    id: int
    at: datetime
    done_on: date
    account: str
    who: str
    department: str | None
    act: str
    act_words: str
    round_no: int | None
    reason: str | None
    words: str | None
    evidence: tuple[str, ...]
    undoes_id: int | None
    undone: bool
    last: bool

    @property
    def sentence(self) -> str:
        """Who did what and why, without the day."""
        doer = f"{self.department}（{self.who}）" if self.department else self.who
        told = "；".join(part for part in (self.reason, self.words) if part)
        line = f"{doer}{self.act_words}" + (f"：{told}" if told else "")
        return line + ("（已撤销）" if self.undone else "")


@dataclass(frozen=True, slots=True)
class Spell:
    """A department's time with a round; `until` None: it still holds it."""

    round_no: int
    department: str | None
    since: date | None
    until: date | None
    working_days: int | None
    """None where a day is missing or lies beyond the calendar."""
    ended_by: str | None


@dataclass(frozen=True, slots=True)
class Holding:
    """Every spell of an item in order, and how often it changed hands or came back."""

    spells: tuple[Spell, ...]
    rounds: int
    returned: int
    handed_over: int

    @property
    def bounces(self) -> int:
        """How often it went from one hand to the next."""
        return self.rounds - 1 + self.returned + self.handed_over


def item_acts_of(engine: Engine, *, scope: Scope, as_of: date, item_id: int) -> tuple[ActLine, ...]:
    """The item's acts, oldest first; none for an item that the scope does not see."""
    if not _sees(engine, scope, as_of, item_id):
        return ()
    with reading(engine) as connection:
        version = connection.execute(
            select(items.c.row_version).where(items.c.id == item_id)
        ).scalar_one()
        rows = connection.execute(
            select(item_acts, departments.c.name.label("department"), accounts.c.name)
            .outerjoin(departments, departments.c.id == item_acts.c.department_id)
            .outerjoin(accounts, accounts.c.login == item_acts.c.account)
            .where(item_acts.c.item_id == item_id)
            .order_by(item_acts.c.id)
        ).all()
    undone = {row.undoes_id for row in rows}
    return tuple(_line(row, undone, version, hide=bool(scope.departments)) for row in rows)


def _sees(engine: Engine, scope: Scope, as_of: date, item_id: int) -> bool:
    known = facts(engine)
    return not known.seen_by(scope, known.moment(as_of)).filter(item_id=item_id).is_empty()


def _line(row: Row[Any], undone: set[int | None], version: int, *, hide: bool) -> ActLine:
    def told(text: str | None) -> str | None:
        return without_traces(text) if hide else text

    reason = row.reason
    if row.act == Act.FLAG_FOR_REASSIGNMENT.value and reason:
        reason = ReassignReason(reason).label
    return ActLine(
        id=row.id,
        at=row.at,
        done_on=row.done_on,
        account=row.account,
        who=actor_told(row.account, row.name),
        department=row.department,
        act=row.act,
        act_words=act_told(row.act),
        round_no=row.round_no,
        reason=told(reason),
        words=told(row.words),
        evidence=tuple((told(row.evidence) or "").splitlines()),
        undoes_id=row.undoes_id,
        undone=row.id in undone,
        last=row.id not in undone and _may_be_undone(row, version),
    )


def _may_be_undone(row: Row[Any], version: int) -> bool:
    return (
        refusal_to_undo(
            act=row.act, by_himself=True, is_approver=False,
            is_last=row.version_after == version, reason="-",
        )
        is None
    )  # fmt: skip


def rounds_held(engine: Engine, *, scope: Scope, as_of: date, item_id: int) -> Holding | None:
    """Who held the item's rounds for how many working days; None for an unseen item."""
    if not _sees(engine, scope, as_of, item_id):
        return None
    with reading(engine) as connection:
        calendar = current_calendar(connection)
        names = dict(connection.execute(select(departments.c.id, departments.c.name)).all())
        told = connection.execute(
            select(rounds).where(rounds.c.item_id == item_id).order_by(rounds.c.round_no)
        ).all()
        spells: list[Spell] = []
        returned = handed_over = 0
        for row in told:
            moves = _moves(connection, row.id)
            returned += sum(ended == _RETURNED for *_, ended in moves)
            handed_over += sum(ended == _HANDED_OVER for *_, ended in moves)
            last = (row.lead_department_id, row.assigned_on, row.closed_on or row.ended_on,
                    _end_words(row))  # fmt: skip
            since: date | None = None
            for department, begun, until, ended in (*moves, last):
                begun = begun or since
                spells.append(
                    Spell(row.round_no, names.get(department or 0), begun, until,
                          _working_days(calendar, begun, until or as_of), ended)
                )  # fmt: skip
                since = until
    return Holding(tuple(spells), max(len(told), 1), returned, handed_over)


_RETURNED, _HANDED_OVER = "准予退单并改派", ClockCause.DEPARTMENT.label
Move = tuple[int | None, date | None, date | None, str | None]


def _moves(connection: Connection, round_id: int) -> list[Move]:
    """(department, since, until, how it ended) of those who held the round before, in order."""
    went: list[tuple[date, Move]] = []
    for row in connection.execute(
        select(returns).where(
            returns.c.round_id == round_id, returns.c.ruling == Ruling.GRANTED.value
        )
    ):
        move = (row.department_id, row.assigned_on, row.ruled_on, _RETURNED)
        went.append((row.ruled_on, move))
    for row in connection.execute(
        select(deadline_clocks).where(
            deadline_clocks.c.round_id == round_id,
            deadline_clocks.c.cause == ClockCause.DEPARTMENT.value,
        )
    ):
        went.append((row.opened_on, (row.department_before_id, None, row.opened_on, _HANDED_OVER)))
    return [move for _, move in sorted(went, key=lambda entry: entry[0])]


def _end_words(row: Row[Any]) -> str | None:
    if row.closed_on is not None:
        return "办结"
    return "本轮结束" if row.ended_on is not None else None


def _working_days(calendar: WorkCalendar, since: date | None, until: date) -> int | None:
    try:
        return calendar.working_days_between(since, until) if since is not None else None
    except CalendarNotKnown:
        return None
