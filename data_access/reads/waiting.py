"""What waits for the approver: flags, extensions, returns; and the 督办单 in every state."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Select, and_, select

from data_access.database import reading
from data_access.reads.items import described_items
from data_access.reads.people import person_of
from data_access.schema.items import extensions, items, reassignment_flags, rounds
from data_access.schema.registers import departments
from data_access.schema.supervision import returns, supervision_notices
from supervision.loop_words import NoticeState
from supervision.reporters import without_traces
from supervision.scope import Scope
from supervision.vocabulary import ItemState, RoundState

ABOUT = ("number", "title", "lead", "unit", "township", "light", "due_on", "row_version")
"""What every line tells of its item, beside item_id and round_no."""
FLAGS = ("flag_id", "reason", "words", "evidence", "proposed", "proposed_department_id",
         "proposed_department", "from_state", "asked_by", "asked_on")  # fmt: skip
EXTENSIONS = ("extension_id", "reason", "new_due_on", "original_due_on", "asked_by", "asked_on")
RETURNS = ("return_id", "reason", "legal_basis", "asked_by", "asked_on")
NOTICES = (
    "notice_id", "notice_number", "department", "kind", "level", "trigger", "text", "drafted_by",
    "drafted_at", "issued_by", "issued_on", "reply_due_on", "reply", "replied_by", "replied_on",
    "notice_state", "words", "reply_late",
)  # fmt: skip
_HERE = and_(rounds.c.item_id == items.c.id, rounds.c.round_no == items.c.current_round)


def waiting_flags(engine: Engine, *, scope: Scope, as_of: date) -> pd.DataFrame:
    """Flags without a decision, oldest first: item_id, round_no, ABOUT, FLAGS."""
    flag = reassignment_flags.c
    question = (
        select(
            items.c.id.label("item_id"), flag.round_no, flag.id.label("flag_id"), flag.reason,
            flag.words, flag.evidence, flag.proposed, flag.proposed_department_id,
            departments.c.name.label("proposed_department"), flag.from_state,
            person_of(flag.flagged_by).label("asked_by"), flag.flagged_at.label("asked_on"),
        )
        .join_from(reassignment_flags, items, items.c.id == flag.item_id)
        .outerjoin(departments, departments.c.id == flag.proposed_department_id)
        .where(flag.decision.is_(None), items.c.state == ItemState.REASSIGN_PENDING.value)
        .order_by(flag.flagged_at, flag.id)
    )  # fmt: skip
    found = _lines(engine, question, FLAGS, scope, as_of)
    found["asked_on"] = [at.date() for at in found["asked_on"]]
    return found


def waiting_extensions(engine: Engine, *, scope: Scope, as_of: date) -> pd.DataFrame:
    """Extensions without a decision, oldest first: item_id, round_no, ABOUT, EXTENSIONS."""
    asked = extensions.c
    question = (
        select(
            items.c.id.label("item_id"), rounds.c.round_no, asked.id.label("extension_id"),
            asked.reason, asked.new_due_on, rounds.c.due_on.label("original_due_on"),
            person_of(asked.asked_by), asked.asked_on,
        )
        .join_from(extensions, rounds, rounds.c.id == asked.round_id)
        .join(items, _HERE)
        .where(
            asked.asked_by.is_not(None), asked.decision.is_(None),
            rounds.c.state == RoundState.EXTENSION_PENDING.value,
            items.c.state == ItemState.IN_ROUND.value,
        )
        .order_by(asked.asked_on, asked.id)
    )  # fmt: skip
    return _newest(_lines(engine, question, EXTENSIONS, scope, as_of))


def waiting_returns(engine: Engine, *, scope: Scope, as_of: date) -> pd.DataFrame:
    """Returns without a ruling, oldest first: item_id, round_no, ABOUT, RETURNS."""
    asked = returns.c
    question = (
        select(
            items.c.id.label("item_id"), rounds.c.round_no, asked.id.label("return_id"),
            asked.reason, asked.legal_basis, person_of(asked.asked_by), asked.asked_on,
        )
        .join_from(returns, rounds, rounds.c.id == asked.round_id)
        .join(items, _HERE)
        .where(
            asked.ruling.is_(None), rounds.c.state == RoundState.RETURN_PENDING.value,
            items.c.state == ItemState.IN_ROUND.value,
        )
        .order_by(asked.asked_on, asked.id)
    )  # fmt: skip
    return _newest(_lines(engine, question, RETURNS, scope, as_of))


def notices(
    engine: Engine,
    *,
    scope: Scope,
    as_of: date,
    states: frozenset[NoticeState] = frozenset(NoticeState),
    item_id: int | None = None,
) -> pd.DataFrame:
    """督办单 in these states, newest first: item_id, round_no, ABOUT, NOTICES."""
    notice = supervision_notices.c
    question = (
        select(
            notice.item_id, notice.round_no, notice.id.label("notice_id"),
            notice.number.label("notice_number"), departments.c.name.label("department"),
            notice.kind, notice.level, notice.trigger, notice.text, notice.drafted_by,
            notice.drafted_at, notice.issued_by, notice.issued_on, notice.reply_due_on,
            notice.reply, notice.replied_by, notice.replied_on,
            notice.state.label("notice_state"), notice.words,
        )
        .outerjoin(departments, departments.c.id == notice.department_id)
        .where(notice.state.in_([str(state) for state in states]))
        .order_by(notice.id.desc())
    )  # fmt: skip
    if item_id is not None:
        question = question.where(notice.item_id == item_id)
    found = _lines(engine, question, NOTICES, scope, as_of)
    found["reply_late"] = [
        state == NoticeState.ISSUED.value and due is not None and due < as_of
        for state, due in zip(found["notice_state"], found["reply_due_on"], strict=True)
    ]
    return found


def _lines(
    engine: Engine, question: Select[Any], told: tuple[str, ...], scope: Scope, as_of: date
) -> pd.DataFrame:
    with reading(engine) as connection:
        rows = _asked(connection, question)
    ids = tuple(dict.fromkeys(row["item_id"] for row in rows))
    known = described_items(engine, scope=scope, as_of=as_of, item_ids=ids)
    about = known.set_index("item_id").to_dict("index")
    lines = [
        {**{name: about[row["item_id"]][name] for name in ABOUT}, **row}
        for row in rows
        if row["item_id"] in about
    ]
    if scope.departments:
        for line in lines:
            line.update({name: _hidden(value) for name, value in line.items()})
    return pd.DataFrame(lines, columns=["item_id", "round_no", *ABOUT, *told], dtype=object)


def _newest(found: pd.DataFrame) -> pd.DataFrame:
    """What was asked before a hang and never decided has lapsed: the last asking counts."""
    return found.drop_duplicates("item_id", keep="last", ignore_index=True)


def _hidden(value: Any) -> Any:
    return without_traces(value) if isinstance(value, str) else value


def _asked(connection: Connection, question: Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(question).mappings()]
