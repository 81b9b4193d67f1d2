"""What waits for the approver: flags, extensions, returns; and the 督办单 in every state."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Select, and_, select

from data_access.act_effects import kept_effects
from data_access.database import reading
from data_access.reads.items import described_items
from data_access.reads.people import person_of
from data_access.schema.items import extensions, items, reassignment_flags, rounds
from data_access.schema.registers import departments
from data_access.schema.supervision import item_acts, returns, supervision_notices
from supervision.beside_acts import BesideAct
from supervision.loop_words import SENT, NoticeState
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
    "notice_state", "words", "refused_on", "refused_by", "reply_late",
)  # fmt: skip
_NOBODY: tuple[date | None, str | None] = (None, None)
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
    """督办单 in these states, newest first: item_id, round_no, ABOUT, NOTICES.

    A department is told of what was sent: what the office only considers, or refused to sign, is
    not told to those it is about.
    """
    told = states & SENT if scope.departments else states
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
        .where(notice.state.in_([str(state) for state in told]))
        .order_by(notice.id.desc())
    )  # fmt: skip
    if item_id is not None:
        question = question.where(notice.item_id == item_id)
    found = _lines(engine, question, NOTICES, scope, as_of)
    with reading(engine) as connection:
        refusals = _refusals(connection, found)
    found["refused_on"] = [refusals.get(key, _NOBODY)[0] for key in found["notice_id"]]
    found["refused_by"] = [refusals.get(key, _NOBODY)[1] for key in found["notice_id"]]
    found["reply_late"] = [
        state == NoticeState.ISSUED.value and due is not None and due < as_of
        for state, due in zip(found["notice_state"], found["reply_due_on"], strict=True)
    ]
    return found


def _refusals(connection: Connection, found: pd.DataFrame) -> dict[int, tuple[date, str]]:
    """When and by which account each refused draft was refused, as the acts tell."""
    of_items = found.loc[found["notice_state"] == NoticeState.REFUSED.value, "item_id"].tolist()
    refused: dict[int, tuple[date, str]] = {}
    for act in connection.execute(
        select(item_acts.c.effects, item_acts.c.done_on, item_acts.c.account)
        .where(
            item_acts.c.item_id.in_(of_items),
            item_acts.c.act == BesideAct.REFUSE_NOTICE.value,
        )
        .order_by(item_acts.c.id)
    ):
        for effect in kept_effects(act.effects):
            if effect.table == supervision_notices.name:
                refused[effect.key] = (act.done_on, act.account)
    return refused


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
