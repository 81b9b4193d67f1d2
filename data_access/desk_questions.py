"""Lists of the 督办工作台 that the facts do not tell: (item, since when, why) from the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, select

from data_access.calendar_store import current_calendar
from data_access.desk_lists import assigned_and_silent, in_round, not_looked_back
from data_access.fact_columns import look_back_stands
from data_access.loop_rules import loop_rules
from data_access.merged_untold import merged_untold
from data_access.moment import Moment
from data_access.schema.items import (
    extensions,
    items,
    leader_instructions,
    round_co_departments,
    rounds,
)
from data_access.schema.registers import departments
from data_access.schema.supervision import (
    deadline_clocks,
    followers,
    item_acts,
    returns,
    supervision_notices,
)
from supervision.beside_acts import BESIDE_RULES, BesideAct
from supervision.lifecycle import Act
from supervision.loop_words import ClockCause, FollowerKind, NoticeState
from supervision.vocabulary import ItemState, RoundState
from supervision.working_days import CalendarNotKnown
from supervision.worklists import DeskList

Waiting = list[tuple[int, date | None, str | None]]
Among = Sequence[int] | None
"""Items that are asked about; None: all."""
Question = Callable[[Connection, Moment, Among], Waiting]
_REVIEWED = [RoundState.ACCEPTED.value, RoundState.CALLED_BACK.value]
STANDS = item_acts.c.id.not_in(
    select(item_acts.c.undoes_id).where(item_acts.c.undoes_id.is_not(None))
)
"""The act was not taken back."""
_HERE = and_(rounds.c.item_id == items.c.id, rounds.c.round_no == items.c.current_round)


def _in_state(state: RoundState, among: Among) -> Select[Any]:
    return _of(
        select(items.c.id)
        .join(rounds, _HERE)
        .where(items.c.state == ItemState.IN_ROUND.value, rounds.c.state == state.value),
        among,
    )


def _of(question: Select[Any], among: Among) -> Select[Any]:
    return question if among is None else question.where(items.c.id.in_(among))


def _fix_not_back(connection: Connection, _moment: Moment, among: Among) -> Waiting:
    question = _in_state(RoundState.RETURNED_FOR_FIX, among).add_columns(rounds.c.fix_due_on)
    return [
        (key, due, f"补正期限 {due:%Y-%m-%d}" if due else None)
        for key, due in connection.execute(question)
    ]


def _returns_waiting(connection: Connection, _moment: Moment, among: Among) -> Waiting:
    question = (
        _in_state(RoundState.RETURN_PENDING, among)
        .add_columns(returns.c.asked_on, returns.c.reason)
        .join(returns, and_(returns.c.round_id == rounds.c.id, returns.c.ruling.is_(None)))
    )
    return [tuple(row) for row in connection.execute(question)]


def _extensions_waiting(connection: Connection, _moment: Moment, among: Among) -> Waiting:
    question = (
        _in_state(RoundState.EXTENSION_PENDING, among)
        .add_columns(extensions.c.asked_on, extensions.c.reason)
        .join(
            extensions,
            and_(
                extensions.c.round_id == rounds.c.id,
                extensions.c.asked_by.is_not(None),
                extensions.c.decision.is_(None),
            ),
        )
    )
    return [tuple(row) for row in connection.execute(question)]


def _approved_for_striking_off(connection: Connection, _moment: Moment, _among: Among) -> Waiting:
    """Closed, and an approver has written why it may be struck off without a content resident."""
    question = (
        select(items.c.id, item_acts.c.done_on)
        .join(rounds, _HERE)
        .join(
            item_acts,
            and_(
                item_acts.c.item_id == items.c.id,
                item_acts.c.round_no == items.c.current_round,
                item_acts.c.act == BesideAct.APPROVE_STRIKE_OFF.value,
                STANDS,
            ),
        )
        .where(items.c.state == ItemState.CLOSED.value, rounds.c.state.in_(_REVIEWED))
    )
    return [(key, since, "已批准销号") for key, since in connection.execute(question)]


def _look_backs_due(connection: Connection, moment: Moment, among: Among) -> Waiting:
    """Struck off here long enough ago; what a ledger struck off it looks back at itself."""
    wait = timedelta(days=loop_rules(connection).look_back_after_days)
    here = exists().where(
        item_acts.c.item_id == items.c.id,
        item_acts.c.round_no == items.c.current_round,
        item_acts.c.act.in_([Act.STRIKE_OFF.value, Act.KEEP_CLOSED.value]),
        STANDS,
    )
    question = (
        select(items.c.id, items.c.struck_off_on)
        .outerjoin(rounds, _HERE)
        .where(
            items.c.state == ItemState.STRUCK_OFF.value,
            items.c.look_back.is_(None) | ~look_back_stands(),
            items.c.struck_off_on <= moment.as_of - wait,
            here,
        )
    )
    return [
        (key, on + wait, f"{on:%Y-%m-%d} 销号")
        for key, on in connection.execute(_of(question, among))
    ]


def _raised_again(connection: Connection, _moment: Moment, _among: Among) -> Waiting:
    question = select(followers.c.item_id, followers.c.since_on, followers.c.kind).where(
        followers.c.raised_again, followers.c.answered_on.is_(None)
    )
    return [
        (key, since, f"{FollowerKind(kind).label}再次提出")
        for key, since, kind in connection.execute(question)
    ]


def _co_silent(connection: Connection, moment: Moment, among: Among) -> Waiting:
    """A co-department without a word since the round was assigned."""
    limit, calendar = loop_rules(connection).co_silent_working_days, current_calendar(connection)
    spoke = exists().where(
        item_acts.c.item_id == items.c.id,
        item_acts.c.round_no == rounds.c.round_no,
        item_acts.c.department_id == round_co_departments.c.department_id,
        STANDS,
    )
    question = (
        select(items.c.id, rounds.c.assigned_on, func.min(departments.c.name), func.count())
        .join(rounds, _HERE)
        .join(round_co_departments, round_co_departments.c.round_id == rounds.c.id)
        .join(departments, departments.c.id == round_co_departments.c.department_id)
        .where(
            items.c.state == ItemState.IN_ROUND.value,
            rounds.c.opened_by_act.is_not(None),
            rounds.c.assigned_on.is_not(None),
            rounds.c.feedback_on.is_(None),
            ~spoke,
        )
        .group_by(items.c.id, rounds.c.assigned_on)
    )
    found: Waiting = []
    for key, since, name, n in connection.execute(_of(question, among)):
        try:
            waited = calendar.working_days_between(since, moment.as_of)
        except CalendarNotKnown:
            continue
        if waited > limit:
            found.append((key, since, name if n == 1 else f"{name}等 {n} 个单位"))
    return found


def _may(item_id: ColumnElement[int], act: BesideAct) -> ColumnElement[bool]:
    """Nothing waits for an act that nobody may do any more."""
    states = [str(state) for state in sorted(BESIDE_RULES[act].items)]
    return exists().where(items.c.id == item_id, items.c.state.in_(states))


def _instructions_open(connection: Connection, _moment: Moment, _among: Among) -> Waiting:
    question = select(
        leader_instructions.c.item_id, leader_instructions.c.given_on, leader_instructions.c.leader
    ).where(
        leader_instructions.c.answered_on.is_(None),
        leader_instructions.c.given_by.is_not(None),
        _may(leader_instructions.c.item_id, BesideAct.ANSWER_INSTRUCTION),
    )
    return [tuple(row) for row in connection.execute(question)]


def _notices_waiting(connection: Connection, _moment: Moment, _among: Among) -> Waiting:
    question = select(supervision_notices.c.item_id, supervision_notices.c.drafted_at).where(
        supervision_notices.c.state == NoticeState.DRAFTED.value,
        _may(supervision_notices.c.item_id, BesideAct.REFUSE_NOTICE),
    )
    return [(key, at.date(), None) for key, at in connection.execute(question)]


def _notice_reply_late(connection: Connection, moment: Moment, _among: Among) -> Waiting:
    question = select(
        supervision_notices.c.item_id,
        supervision_notices.c.reply_due_on,
        supervision_notices.c.number,
    ).where(
        supervision_notices.c.state == NoticeState.ISSUED.value,
        supervision_notices.c.reply_due_on < moment.as_of,
        _may(supervision_notices.c.item_id, BesideAct.REPLY_NOTICE),
    )
    return [tuple(row) for row in connection.execute(question)]


def _clocks_beside(connection: Connection, _moment: Moment, _among: Among) -> Waiting:
    cause = deadline_clocks.c.cause
    beside = select(deadline_clocks.c.round_id).where(cause != ClockCause.OFF_HANGING.value)
    question = (
        select(items.c.id, deadline_clocks.c.opened_on, cause)
        .join(rounds, _HERE)
        .join(deadline_clocks, deadline_clocks.c.round_id == rounds.c.id)
        .where(
            items.c.state == ItemState.IN_ROUND.value,
            cause != ClockCause.OFF_HANGING.value,
            # From the few clocks to their items, not from all items to their clocks.
            rounds.c.id.in_(beside),
        )
    )
    return [
        (key, opened, ClockCause(name).label) for key, opened, name in connection.execute(question)
    ]


def _residents_of_merged(connection: Connection, _moment: Moment, _among: Among) -> Waiting:
    return [
        (key, since, f"所并入的 {parent or '事项'} 已有结果")
        for key, since, parent, _ in merged_untold(connection)
    ]


ASKED_OF: dict[DeskList, Callable[[Moment], pl.Expr]] = {
    DeskList.FIX_NOT_BACK: lambda _: in_round(RoundState.RETURNED_FOR_FIX),
    DeskList.RETURNS_WAITING: lambda _: in_round(RoundState.RETURN_PENDING),
    DeskList.EXTENSIONS_WAITING: lambda _: in_round(RoundState.EXTENSION_PENDING),
    DeskList.LOOK_BACKS_DUE: lambda moment: not_looked_back(moment.as_of),
    DeskList.CO_SILENT: lambda _: assigned_and_silent(),
}
"""What the facts know of the rows of a list: where none is so, the store need not be asked."""

QUESTIONS: dict[DeskList, Question] = {
    DeskList.TO_STRIKE_OFF: _approved_for_striking_off,
    DeskList.FIX_NOT_BACK: _fix_not_back,
    DeskList.RETURNS_WAITING: _returns_waiting,
    DeskList.EXTENSIONS_WAITING: _extensions_waiting,
    DeskList.LOOK_BACKS_DUE: _look_backs_due,
    DeskList.RAISED_AGAIN: _raised_again,
    DeskList.CO_SILENT: _co_silent,
    DeskList.INSTRUCTIONS_OPEN: _instructions_open,
    DeskList.NOTICES_WAITING: _notices_waiting,
    DeskList.NOTICE_REPLY_LATE: _notice_reply_late,
    DeskList.CLOCKS_BESIDE: _clocks_beside,
    DeskList.RESIDENTS_TO_TELL: _residents_of_merged,
}
"""Every list that has a question here; some have a condition over the facts as well."""
