"""Issued and drafted 督办单 as their list and their paper tell them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, select

from data_access.calendar_store import calendar_of, current_calendar, current_calendar_version
from data_access.database import reading
from data_access.facts import facts
from data_access.filters import Filters, departments_asked, narrowed
from data_access.reads.waiting import notices
from data_access.schema.accounts import accounts
from data_access.schema.items import rounds
from data_access.schema.registers import departments
from supervision.audit_words import actor_told
from supervision.deadline_trace import trace_sentences
from supervision.deadlines import Limit, LimitUnit, feedback_due
from supervision.loop_words import NoticeKind, NoticeLevel, NoticeState
from supervision.reporters import without_traces
from supervision.scope import Scope
from supervision.working_days import Convention, WorkCalendar


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """A notice with everything that its Word document says."""

    notice_id: int
    item_id: int
    number: str | None
    kind: NoticeKind
    level: NoticeLevel
    state: NoticeState
    department: str | None
    item_number: str | None
    title: str
    text: str
    issued_on: date | None
    reply_due_on: date | None
    feedback_trace: tuple[str, ...]
    """How the item's own deadline came about; empty where nobody knows its beginning."""
    reply_trace: tuple[str, ...]


def notice_lines(
    engine: Engine,
    *,
    scope: Scope,
    as_of: date,
    states: Collection[NoticeState],
    filters: Filters | None = None,
    item_id: int | None = None,
) -> pd.DataFrame:
    """The columns of `waiting.notices` and drafted_name, issued_name; newest first.

    A late reply stays late after it has come. Departments and peer groups are those the notice goes
    to; the rest narrows by the item.
    """
    found = notices(engine, scope=scope, as_of=as_of, states=frozenset(states), item_id=item_id)
    known = facts(engine)
    with reading(engine) as connection:
        names = dict(connection.execute(select(departments.c.id, departments.c.name)).all())
        people = dict(connection.execute(select(accounts.c.login, accounts.c.name)).all())
    if filters is not None:
        places = replace(filters, departments=(), peer_groups=(), period=None)
        within = narrowed(engine, known.seen_by(scope, known.moment(as_of)), places)
        found = found[found["item_id"].isin(within["item_id"].to_list())]
        told = departments_asked(engine, filters)
        if told is not None:
            found = found[found["department"].isin([names.get(key) for key in told])]
    found = found.reset_index(drop=True)
    found["reply_late"] = [
        due is not None and issued is not None and (replied or as_of) > due
        for due, issued, replied in zip(
            found["reply_due_on"], found["issued_on"], found["replied_on"], strict=True
        )
    ]
    for name, login in (("drafted_name", "drafted_by"), ("issued_name", "issued_by")):
        found[name] = [people.get(who) or actor_told(who, None) if who else None
                       for who in found[login]]  # fmt: skip
    return found


def notice_papers(
    engine: Engine, *, scope: Scope, as_of: date, notice_ids: Collection[int]
) -> tuple[NoticePaper, ...]:
    """These notices as they are printed, newest first; unseen ones are absent."""
    found = notice_lines(engine, scope=scope, as_of=as_of, states=frozenset(NoticeState))
    rows = found[found["notice_id"].isin(list(notice_ids))].to_dict("records")
    with reading(engine) as connection:
        calendar = current_calendar(connection)
        return tuple(
            _paper(row, calendar, _feedback_trace(connection, row["item_id"], row["round_no"]))
            for row in rows
        )


def _paper(row: dict[Any, Any], calendar: WorkCalendar, own: tuple[str, ...]) -> NoticePaper:
    return NoticePaper(
        notice_id=row["notice_id"],
        item_id=row["item_id"],
        number=row["notice_number"],
        kind=NoticeKind(row["kind"]),
        level=NoticeLevel(row["level"]),
        state=NoticeState(row["notice_state"]),
        department=row["department"],
        item_number=row["number"],
        # Whoever prints it: it goes to the department.
        title=without_traces(row["title"]) or "",
        text=without_traces(row["text"]) or "",
        issued_on=row["issued_on"],
        reply_due_on=row["reply_due_on"],
        feedback_trace=own,
        reply_trace=_reply_trace(calendar, row["issued_on"], row["reply_due_on"]),
    )


def _feedback_trace(connection: Connection, item_id: int, round_no: int | None) -> tuple[str, ...]:
    row = connection.execute(
        select(rounds).where(rounds.c.item_id == item_id, rounds.c.round_no == (round_no or 1))
    ).first()
    if row is None or row.assigned_on is None or row.due_on is None:
        return ()
    current = current_calendar(connection)
    calendar = calendar_of(
        connection,
        row.calendar_version_id or current_calendar_version(connection),
        Convention(row.due_convention) if row.due_convention else current.convention,
    )
    days = calendar.known_between(row.assigned_on, row.due_on)
    return (*_told(row.assigned_on, row.due_on, days, calendar, "交办"), *_extended(row))


def _extended(row: Any) -> tuple[str, ...]:
    if row.extended_due_on is None:
        return ()
    return (f"经批准延期至 {row.extended_due_on:%Y-%m-%d}。",)


def _reply_trace(
    calendar: WorkCalendar, issued_on: date | None, reply_due_on: date | None
) -> tuple[str, ...]:
    if issued_on is None or reply_due_on is None:
        return ()
    days = calendar.known_between(issued_on, reply_due_on)
    return _told(issued_on, reply_due_on, days, calendar, "签发")


def _told(
    first: date, due_on: date, days: int | None, calendar: WorkCalendar, begun: str
) -> tuple[str, ...]:
    """In working days where they lead to that very day, else as a day that was named."""
    counted = feedback_due(first, calendar, limit=Limit(days)) if days else None
    if counted is None or counted.due_on != due_on:
        counted = feedback_due(first, calendar, limit=Limit(0, LimitUnit.FIXED_DATE, due_on))
    return tuple(trace_sentences(counted, begun=begun))
