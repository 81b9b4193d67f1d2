"""督办单 that the trigger catalogue speaks for: which items, why, and how high the card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

import pandas as pd
import polars as pl
from sqlalchemy import Connection, Engine, and_, exists, select

from data_access.calendar_store import current_calendar
from data_access.city_rules import rule_book
from data_access.database import reading
from data_access.desk_questions import QUESTIONS, STANDS
from data_access.facts import facts
from data_access.figures import is_open, overdue
from data_access.filters import Filters, narrowed
from data_access.moment import Moment
from data_access.notice_rules import ladder
from data_access.reads.items import described_items
from data_access.schema.items import items, rounds
from data_access.schema.supervision import followers, item_acts, supervision_notices
from supervision.city_rules import SIGNING
from supervision.escalation import Earlier, Proposal, proposal
from supervision.lifecycle import Act
from supervision.loop_words import NoticeLevel, NoticeState, NoticeTrigger
from supervision.scope import Scope
from supervision.vocabulary import AWAITING_FEEDBACK, ItemState, Resolution, RoundState
from supervision.waiting import MANY_ROUNDS
from supervision.working_days import WorkCalendar
from supervision.worklists import DeskList

MOST_SHOWN = 200
ABOUT = ("item_id", "row_version", "round_no", "number", "title", "lead", "unit", "township",
         "light", "days_overdue", "due_on", "assigned_on")  # fmt: skip
PROPOSED = ("trigger", "kind", "level", "why")
_T = NoticeTrigger
_HERE = and_(rounds.c.item_id == items.c.id, rounds.c.round_no == items.c.current_round)
_LOUDEST_LEVEL = {level: place for place, level in enumerate(reversed(NoticeLevel))}
Pairs = Iterator[tuple[int, NoticeTrigger]]


class ProposedNotices(NamedTuple):
    """The first MOST_SHOWN proposals, the highest card and the longest overdue first; ABOUT and
    PROPOSED. `total` counts all."""

    rows: pd.DataFrame
    total: int


def proposed_notices(
    engine: Engine,
    *,
    scope: Scope,
    as_of: date,
    filters: Filters | None = None,
    only: Collection[int] | None = None,
) -> ProposedNotices:
    """Items (`only` these) for which a 督办单 should be drafted now; gone once one is drafted."""
    known = facts(engine)
    asked = filters or Filters()
    now = known.moment(as_of, asked.period)
    frame = narrowed(engine, known.seen_by(scope, now), asked)
    frame = frame.filter(pl.col("is_current"))
    alive = frame.filter(is_open(now))
    if only is not None:
        alive = alive.filter(pl.col("item_id").is_in(list(only)))
    with reading(engine) as connection:
        triggers = _triggers(connection, alive, now)
        steps = ladder(connection)
        earlier = _earlier(connection, known.calendar, as_of)
    days = dict(alive.select("item_id", pl.col("days_overdue").fill_null(0)).iter_rows())

    @cache
    def first_notice(spoken: frozenset[NoticeTrigger], late: int) -> Proposal | None:
        """Most of a city's overdue items are alike in this."""
        return proposal(spoken, days_overdue=late, ladder=steps)

    found = [
        (key, made)
        for key, spoken in triggers.items()
        if (
            made := proposal(spoken, days_overdue=days[key], earlier=earlier[key], ladder=steps)
            if key in earlier
            else first_notice(frozenset(spoken), days[key])
        )
    ]
    found.sort(key=lambda one: (_LOUDEST_LEVEL[one[1].level], -days[one[0]], one[0]))
    return ProposedNotices(_described(engine, found[:MOST_SHOWN], scope, as_of), len(found))


def _described(
    engine: Engine, found: list[tuple[int, Proposal]], scope: Scope, as_of: date
) -> pd.DataFrame:
    made = dict(found)
    rows = described_items(engine, scope=scope, as_of=as_of, item_ids=tuple(made))
    for name in PROPOSED:
        rows[name] = [str(getattr(made[key], name)) for key in rows["item_id"]]
    return rows.reindex(columns=[*ABOUT, *PROPOSED])


def _triggers(
    connection: Connection, alive: pl.DataFrame, now: Moment
) -> dict[int, set[NoticeTrigger]]:
    """Every trigger that speaks, of items that are seen and open."""
    seen = set(alive["item_id"].to_list())
    told: defaultdict[int, set[NoticeTrigger]] = defaultdict(set)
    for key, trigger in (*_by_facts(alive, now), *_by_acts(connection, now)):
        if key in seen:
            told[key].add(trigger)
    return told


def _by_facts(alive: pl.DataFrame, now: Moment) -> Pairs:
    resolved, not_resolved = Resolution.RESOLVED.value, Resolution.UNRESOLVED.value
    contradicted = (pl.col("resolved_by_unit") == resolved) & (
        pl.col("resolved_by_resident") == not_resolved
    )
    for trigger, condition in (
        (_T.OVERDUE, overdue(now)),
        (_T.FALSE_RESULT, contradicted.fill_null(False)),
        (_T.REPEATED, pl.col("round_no") >= MANY_ROUNDS),
    ):
        yield from ((key, trigger) for key in alive.filter(condition)["item_id"])


def _by_acts(connection: Connection, now: Moment) -> Pairs:
    again = select(followers.c.item_id).where(
        followers.c.raised_again, followers.c.answered_on.is_(None)
    )
    times: defaultdict[int, int] = defaultdict(int)
    for key in connection.execute(again).scalars():
        times[key] += 1
    for key, n in times.items():
        yield key, _T.REPEATED if n > 1 else _T.RAISED_AGAIN
    for key, *_ in QUESTIONS[DeskList.CO_SILENT](connection, now, None):
        yield key, _T.CO_SILENT
    late = (
        select(items.c.id)
        .join(rounds, _HERE)
        .where(
            items.c.id.in_(select(item_acts.c.item_id)),
            items.c.state == ItemState.IN_ROUND.value,
            rounds.c.state == RoundState.RETURNED_FOR_FIX.value,
            rounds.c.fix_due_on < now.as_of,
        )
    )
    yield from ((key, _T.FIX_NOT_BACK) for key in connection.execute(late).scalars())
    yield from _silent_rounds(connection, now)


def _silent_rounds(connection: Connection, now: Moment) -> Pairs:
    """Rounds that were opened here: what a ledger tells of, it tells without its process."""
    calendar = current_calendar(connection)
    book = rule_book(connection)
    reported = exists().where(
        item_acts.c.item_id == items.c.id,
        item_acts.c.round_no == rounds.c.round_no,
        item_acts.c.act == Act.REPORT_PROGRESS.value,
        STANDS,
    )
    question = (
        select(
            items.c.id, rounds.c.state, rounds.c.assigned_on, rounds.c.due_on,
            rounds.c.extended_due_on,
        )
        .join(rounds, _HERE)
        .where(
            # From the acts: they are few beside the rounds that ledgers tell of.
            items.c.id.in_(select(item_acts.c.item_id)),
            rounds.c.opened_by_act.is_not(None),
            items.c.state == ItemState.IN_ROUND.value,
            rounds.c.state.in_([str(state) for state in AWAITING_FEEDBACK]),
            rounds.c.assigned_on.is_not(None),
            rounds.c.feedback_on.is_(None),
            ~reported,
        )
    )  # fmt: skip
    for row in connection.execute(question):
        held = calendar.known_between(row.assigned_on, now.as_of)
        due = row.extended_due_on or row.due_on
        whole = calendar.known_between(row.assigned_on, due) if due else None
        if held is None:
            continue
        signing = book.number(SIGNING, row.assigned_on)
        if row.state == RoundState.ASSIGNED.value and held > signing:
            yield row.id, _T.REFUSED_TO_RECEIVE
        if whole and held * 2 >= whole:
            yield row.id, _T.NO_PROCESS


def _earlier(
    connection: Connection, calendar: WorkCalendar, as_of: date
) -> dict[int, list[Earlier]]:
    """The notices of each item's current round."""
    notice = supervision_notices.c
    told: defaultdict[int, list[Earlier]] = defaultdict(list)
    for row in connection.execute(
        select(
            notice.item_id, notice.state, notice.level, notice.drafted_at, notice.replied_on,
            notice.reply_due_on,
        )
        .join_from(supervision_notices, items, items.c.id == notice.item_id)
        .where((notice.round_no == items.c.current_round) | notice.round_no.is_(None))
    ):  # fmt: skip
        state = NoticeState(row.state)
        late = row.reply_due_on is not None and row.reply_due_on < as_of
        settled = row.replied_on or row.drafted_at.date()
        told[row.item_id].append(
            Earlier(
                state,
                NoticeLevel(row.level),
                settled_for=calendar.known_between(settled, as_of),
                reply_is_late=state is NoticeState.ISSUED and late,
            )
        )
    return told
