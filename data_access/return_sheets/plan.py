"""What a filled list would do, row by row, compared with the store as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from data_access.ledger_import.cell_text import clean
from data_access.ledger_import.personal import masked
from data_access.return_sheets.filled import FilledSheet
from data_access.return_sheets.told_rows import ToldRow, told_rows
from data_access.schema.items import callbacks, feedback, item_texts, items, rounds
from data_access.schema.registers import departments
from data_access.writes.acting.actors import Actor, Standing
from data_access.writes.acting.deed import Row
from data_access.writes.acting.outcome import ChangeSince
from data_access.writes.acting.said import Said
from data_access.writes.acting.telling import stale
from supervision.beside_acts import AnyAct, BesideAct
from supervision.guards import ATTEMPTS_BEFORE_UNREACHABLE
from supervision.lifecycle import Act, allowed_acts
from supervision.return_sheets import IMPORTERS, ReturnSheet, own_feedback_only
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import ItemState, RoundState, Worded

_NOT_SEEN = "没有这件事项，或不在您的权限范围内。"
_NOT_YOURS = "这件事项目前不由您的单位牵头，不能由您反馈。"


class RowFate(Worded):
    """What would become of a row."""

    DONE = "done", "登记"
    SAME = "same", "已登记过"
    CONFLICT = "conflict", "导出后已有变化"
    REFUSED = "refused", "不能登记"
    BLANK = "blank", "未填写"


@dataclass(frozen=True, slots=True)
class Step:
    """One act, on the day on which it happened, by whom."""

    act: AnyAct
    said: Said
    on: date
    viewer: Viewer


@dataclass(slots=True)
class PlannedReturn:
    """One row and what it would do."""

    told: ToldRow
    fate: RowFate
    item_id: int | None = None
    round_no: int | None = None
    version: int | None = None
    number: str | None = None
    title: str | None = None
    words: str = ""
    """What would be done, or why not."""
    steps: tuple[Step, ...] = ()
    changes: tuple[ChangeSince, ...] = ()
    """What others did since the list went out."""


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """The whole answer to 'what will this list change'."""

    sheet: FilledSheet
    rows: list[PlannedReturn]

    def count(self, fate: RowFate) -> int:
        """How many rows end so."""
        return sum(row.fate is fate for row in self.rows)


def plan_return(
    connection: Connection, sheet: FilledSheet, *, viewer: Viewer, as_of: date
) -> ReturnPlan:
    """Compare a filled list with what the viewer may do now; writes nothing."""
    told = told_rows(sheet, as_of=as_of, own_feedback=own_feedback_only(viewer))
    planner = _Planner(connection, viewer, as_of)
    return ReturnPlan(sheet, [planner.planned(row) for row in told])


class _Planner:
    """Looks one row after the other up in the store."""

    def __init__(self, connection: Connection, viewer: Viewer, as_of: date) -> None:
        self._connection, self._viewer, self._as_of = connection, viewer, as_of
        self._actor = Actor(connection, viewer)

    def planned(self, told: ToldRow) -> PlannedReturn:
        if told.is_blank:
            return PlannedReturn(told, RowFate.BLANK)
        code = told.source.code
        if code is None or code.kind is not told.kind:
            return PlannedReturn(told, RowFate.REFUSED, words="校验码缺失或被改动")
        item = self._row(select(items).where(items.c.id == code.item_id))
        at = self._round(code.item_id, item["current_round"]) if item else None
        standing = self._actor.standing(item, at) if item else Standing(False, frozenset())
        if item is None or at is None or not standing.seen:
            return PlannedReturn(told, RowFate.REFUSED, words=_NOT_SEEN)
        row = PlannedReturn(
            told, RowFate.REFUSED, item["id"], at["round_no"], item["row_version"],
            item["number"], self._title(item["id"]),
        )  # fmt: skip
        if told.is_wrong:
            row.words = "填写有误，见问题清单"
        elif self._is_same(told, at):
            row.fate, row.words = RowFate.SAME, "与已登记的内容相同，不重复登记"
        elif item["row_version"] != code.version:
            row.fate, row.words = (
                RowFate.CONFLICT,
                "导出后这件事项已有变化，没有覆盖；请核对后重新导出",
            )
            row.changes = stale(self._connection, item, code.version).changes
        elif told.kind is ReturnSheet.CALLBACK:
            self._callback(row, item, at)
        else:
            self._feedback(row, item, at, standing)
        return row

    def _callback(self, row: PlannedReturn, item: Row, at: Row) -> None:
        told = row.told
        assert told.on is not None
        if item["closed_on"] is not None and told.on < item["closed_on"]:
            told.fault("called_on", f"早于办结日期{item['closed_on']:%Y-%m-%d}")
            row.words = "填写有误，见问题清单"
            return
        act: AnyAct = Act.CALL_BACK
        if told.reached is False and self._attempts(at["id"]) + 1 < ATTEMPTS_BEFORE_UNREACHABLE:
            act = BesideAct.ATTEMPT_CALLBACK
        if not self._may(row, Act.CALL_BACK, item, at, self._viewer.roles):
            return
        said = Said(
            reached=told.reached, result=told.result, process=told.process,
            resolved_by_resident=told.resolved, text=told.text,
            declined=bool(told.reached) and told.result is None,
        )  # fmt: skip
        row.fate, row.steps = RowFate.DONE, (Step(act, said, told.on, self._viewer),)
        row.words = _callback_words(told, act)

    def _feedback(self, row: PlannedReturn, item: Row, at: Row, standing: Standing) -> None:
        told = row.told
        who = self._who_feeds_back(at, standing)
        if who is None:
            row.words = _NOT_YOURS
            return
        assert told.on is not None
        if at["assigned_on"] is not None and told.on < at["assigned_on"]:
            told.fault("feedback_on", f"早于交办日期{at['assigned_on']:%Y-%m-%d}")
            row.words = "填写有误，见问题清单"
            return
        again = at["state"] == RoundState.RETURNED_FOR_FIX.value
        act = Act.RESUBMIT if again else Act.SUBMIT_FEEDBACK
        sign = at["state"] == RoundState.ASSIGNED.value
        if not self._may(row, Act.RECEIVE if sign else act, item, at, who.roles):
            return
        said = Said(
            text=told.text, measures=told.measures, evidence=told.evidence, resolved=told.resolved,
            words=None if who is self._viewer else f"由{self._viewer.name}按反馈表代录",
        )  # fmt: skip
        first = (Step(Act.RECEIVE, Said(), told.on, who),) if sign else ()
        row.fate, row.steps = RowFate.DONE, (*first, Step(act, said, told.on, who))
        solved = told.resolved.label if told.resolved else ""
        row.words = f"{'签收并' if sign else ''}{act.label}（{told.on:%Y-%m-%d}，{solved}）"

    def _who_feeds_back(self, at: Row, standing: Standing) -> Viewer | None:
        """The viewer for a department's own round; for who imports ledgers, in its stead."""
        if Role.LEAD_UNIT in standing.roles:
            return self._viewer
        lead = self._row(select(departments).where(departments.c.id == at["lead_department_id"]))
        if lead is None or not standing.roles & IMPORTERS:
            return None
        in_its_stead = Scope(departments=frozenset({lead["name"]}))
        return Viewer(
            self._viewer.account, self._viewer.name, frozenset({Role.LEAD_UNIT}), in_its_stead
        )

    @staticmethod
    def _may(
        row: PlannedReturn,
        act: Act,
        item: Row,
        at: Row,
        roles: frozenset[Role],
    ) -> bool:
        state, round_state = ItemState(item["state"]), RoundState(at["state"])
        if act in allowed_acts(state, round_state, roles):
            return True
        where = state.label if state is not ItemState.IN_ROUND else round_state.label
        row.words = f"事项目前为“{where}”，不能{act.label}。"
        return False

    def _is_same(self, told: ToldRow, at: Row) -> bool:
        if told.kind is ReturnSheet.CALLBACK:
            last = self._last(callbacks, callbacks.c.round_id == at["id"])
            mine = (told.on, told.reached, told.result, told.process, told.resolved)
            return last is not None and (
                last["called_on"], last["reached"], last["result"], last["process"],
                last["resolved"], last["text"],
            ) == (*mine, _kept(told.text))  # fmt: skip
        last = self._last(feedback, feedback.c.round_id == at["id"], feedback.c.kind == "written")
        return last is not None and (last["given_on"], last["text"]) == (
            told.on, _kept(told.text),
        )  # fmt: skip

    def _attempts(self, round_id: int) -> int:
        question = select(callbacks.c.id).where(
            callbacks.c.round_id == round_id, callbacks.c.reached.is_(False)
        )
        return len(self._connection.execute(question).all())

    def _title(self, item_id: int) -> str | None:
        texts = self._row(select(item_texts).where(item_texts.c.item_id == item_id))
        return (texts["title"] or texts["content"]) if texts else None

    def _round(self, item_id: int, round_no: int) -> Row | None:
        return self._row(
            select(rounds).where(rounds.c.item_id == item_id, rounds.c.round_no == round_no)
        )

    def _last(self, table: Any, *conditions: Any) -> Row | None:
        return self._row(select(table).where(*conditions).order_by(table.c.id.desc()).limit(1))

    def _row(self, question: Any) -> Row | None:
        found = self._connection.execute(question).mappings().first()
        return dict(found) if found is not None else None


def _callback_words(told: ToldRow, act: AnyAct) -> str:
    day = f"{told.on:%Y-%m-%d}"
    if act is BesideAct.ATTEMPT_CALLBACK:
        return f"{day} 第1次未接通，登记后仍待回访"
    if told.reached is False:
        return f"{day} 第{ATTEMPTS_BEFORE_UNREACHABLE}次未接通，回访结束"
    answers = [told.result.label if told.result else "未评价"]
    answers += [told.resolved.label] if told.resolved else []
    return f"{day} 已接通：{'、'.join(answers)}"


def _kept(text: str | None) -> str | None:
    return masked(clean(text)) or None if text else None
