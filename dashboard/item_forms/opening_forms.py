"""Forms that open a round or decide that none opens: assign, merge, flag, re-assign, returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import form_reads, loop_reads, reads, rule_reads
from dashboard.item_acts import Said
from dashboard.item_forms import fields
from dashboard.item_forms.limits import limit
from dashboard.item_forms.sheet import ActForm, SaidOfItems, Sheet
from dashboard.parts.safe import plain
from supervision.beside_acts import AnyAct, BesideAct
from supervision.deadlines import Limit
from supervision.lifecycle import Act
from supervision.loop_words import InvalidReason, ProposedUnit
from supervision.rounds import reassignment_candidate
from supervision.vocabulary import CLOSED_STATES, ItemState, ReassignReason, Satisfaction


def living_departments(sheet: Sheet) -> dict[int, str]:
    """Departments that an item may be given to."""
    return form_reads.form_choices(sheet.who.scope, sheet.as_of).departments


def _assign(sheet: Sheet) -> Said:
    offered = living_departments(sheet)
    lead = fields.pick(sheet, "lead", "牵头单位（只能一个）", offered)
    beside = {key: name for key, name in offered.items() if key != lead}
    return Said(
        lead_department_id=lead,
        co_department_ids=fields.picks(sheet, "co", "协办单位", beside),
        limit=limit(sheet, start=rule_reads.limit_of_items(sheet.as_of, sheet.ids)),
        close_due_on=fields.day(sheet, "close_due", "办结期限（可不填）", least=sheet.as_of),
    )


def _mark_invalid(sheet: Sheet) -> Said:
    why = fields.word(sheet, "why", "原因", InvalidReason)
    more = fields.line(sheet, "more", "补充说明（可不填）")
    return Said(reason="：".join(part for part in (why and why.label, more) if part) or None)


def _merge(sheet: Sheet) -> Said:
    st.caption("先写对方的编号或标题里的几个字，再从中选定。")
    text = fields.line(sheet, "find", "并入哪一件事项", hint="编号、标题，两个字就能搜")
    into = None
    if text and len(text) > 1:
        page = reads.item_page(
            reads.change(), sheet.who.scope, sheet.as_of, reads.Filters(text=text), "newest",
            None, 20,
        )  # fmt: skip
        own = set(sheet.ids)
        found = {
            int(row["item_id"]): f"{row['number'] or '（无编号）'}　{row['title'] or ''}"
            for row in page.rows.to_dict("records")
            if int(row["item_id"]) not in own
        }
        if found:
            into = fields.pick(sheet, "into", f"找到 {len(found)} 件，选定一件", found)
        else:
            st.caption("没有找到，换几个字试试。")
    return Said(into_item_id=into, reason=fields.line(sheet, "reason", "为什么是同一件事"))


def _grant_return(sheet: Sheet) -> Said:
    _asked_told(sheet)
    offered = living_departments(sheet)
    row = sheet.only
    others = {key: name for key, name in offered.items() if row is None or name != row["lead"]}
    return Said(
        lead_department_id=fields.pick(sheet, "lead", "改派给哪个牵头单位", others),
        limit=limit(sheet),
        words=fields.line(sheet, "words", "裁定意见（可不填）"),
    )


def _refuse_return(sheet: Sheet) -> Said:
    _asked_told(sheet)
    return Said(reason=fields.words(sheet, "reason", "驳回的理由"))


def _asked_told(sheet: Sheet) -> None:
    waiting = loop_reads.waiting_returns(sheet.who.scope, sheet.as_of)
    for row in waiting[waiting["item_id"].isin(sheet.ids)].to_dict("records"):
        told = f"{row['lead'] or '承办单位'}申请退单：{row['reason'] or ''}"
        basis = f"（依据：{row['legal_basis']}）" if row["legal_basis"] else ""
        plain(told + basis)


def suggested_reason(row: Mapping[Any, Any]) -> ReassignReason:
    """What the rule says speaks for flagging this row; 不满意 where it says nothing."""
    state = ItemState(row["state"])
    found = reassignment_candidate(
        item_state=state,
        result=Satisfaction(row["result"]) if isinstance(row["result"], str) else None,
        rebounded=state is ItemState.REBOUNDED,
        has_measures=state not in CLOSED_STATES,
        days_overdue=0 if pd.isna(row["days_overdue"]) else int(row["days_overdue"]),
    )  # fmt: skip
    return found.reason if found is not None else ReassignReason.DISSATISFIED


def _flag(sheet: Sheet) -> SaidOfItems:
    suggested = {
        int(row["item_id"]): suggested_reason(row) for row in sheet.rows.to_dict("records")
    }
    kinds = list(dict.fromkeys(suggested.values()))
    offered = rule_reads.reassign_reasons(sheet.as_of)
    each = False
    if len(kinds) > 1 and set(kinds) <= set(offered):
        counted = "、".join(
            f"{kind.label} {list(suggested.values()).count(kind)} 件" for kind in kinds
        )
        each = fields.tick(sheet, "each", f"每件各按系统判断的原因标记：{counted}", start=True)
    one = None if each else fields.word(sheet, "why", "原因", offered, start=kinds[0])
    words = fields.words(
        sheet, "words", "说明（选“其他”时必填）", hint="例如：回访称路灯只修了一半，请补齐"
    )
    evidence = fields.evidence(sheet)
    proposed = fields.word(sheet, "to", "建议交给", ProposedUnit, start=ProposedUnit.SAME)
    department = None
    if proposed is not ProposedUnit.SAME:
        title = "建议的单位" if proposed is ProposedUnit.OTHER else "建议提级到的单位"
        department = fields.pick(sheet, "to_unit", title, living_departments(sheet))
    return {
        item_id: Said(
            reassign_reason=reason if each else one, words=words, evidence=evidence,
            proposed=proposed, proposed_department_id=department,
        )
        for item_id, reason in suggested.items()
    }  # fmt: skip


def _reassign(sheet: Sheet) -> SaidOfItems:
    waiting = loop_reads.waiting_flags(sheet.who.scope, sheet.as_of)
    flags = waiting[waiting["item_id"].isin(sheet.ids)].to_dict("records")
    offered = living_departments(sheet)
    proposed = _proposed_leads(flags, offered)
    if len(flags) == 1:
        flag_told(flags[0])
    same_for_all = True
    if len(flags) > 1 and len(proposed) == len(flags):
        names = list(proposed.values())
        counted = "、".join(f"{offered[key]} {names.count(key)} 件" for key in dict.fromkeys(names))
        same_for_all = not fields.tick(
            sheet, "each", f"各按标记时的建议交办：{counted}", start=True
        )
    lead = None
    if same_for_all:
        start = proposed.get(int(flags[0]["item_id"])) if len(flags) == 1 else None
        lead = fields.pick(sheet, "lead", "新一轮的牵头单位", offered, start=start)
    helping = fields.picks(
        sheet, "co", "协办单位", {key: name for key, name in offered.items() if key != lead}
    )
    days = limit(sheet, start=Limit(form_reads.loop_rules().next_round_working_days))
    words = fields.line(sheet, "words", "审批意见（可不填）")
    st.caption("批准后要把重新交办告知群众；告知之前，事项列在工作台的“待告知群众”里。")
    return {
        item_id: Said(
            lead_department_id=lead if same_for_all else proposed[item_id],
            co_department_ids=helping, limit=days, words=words,
        )
        for item_id in sheet.ids
    }  # fmt: skip


def flag_told(flag: Mapping[Any, Any]) -> None:
    """Why it was flagged, by whom, with what evidence, and who is proposed."""
    reason = ReassignReason(flag["reason"]).label
    plain(f"{flag['asked_on']:%Y-%m-%d} 标记，原因：{reason}" + _more("，", flag["words"]))
    if flag["evidence"]:
        plain("佐证材料：" + "、".join(str(flag["evidence"]).splitlines()))
    if flag["proposed"]:
        unit = ProposedUnit(flag["proposed"]).label
        plain(f"建议：{unit}" + _more("，", flag["proposed_department"]))


def _more(sign: str, text: object) -> str:
    return f"{sign}{text}" if text else ""


def _proposed_leads(flags: list[dict[Any, Any]], offered: Mapping[int, str]) -> dict[int, int]:
    """Item → the department that its flag proposes, where it names a living one."""
    keys = {name: key for key, name in offered.items()}
    told = {}
    for flag in flags:
        same = flag["proposed"] in (None, ProposedUnit.SAME)
        key = keys.get(flag["lead"], 0) if same else int(flag["proposed_department_id"] or 0)
        if key in offered:
            told[int(flag["item_id"])] = key
    return told


def _reopen(sheet: Sheet) -> Said:
    offered = living_departments(sheet)
    row = sheet.only
    start = next((key for key, name in offered.items() if row and name == row["lead"]), None)
    lead = fields.pick(sheet, "lead", "牵头单位", offered, start=start)
    return Said(
        lead_department_id=lead,
        co_department_ids=fields.picks(
            sheet, "co", "协办单位", {key: name for key, name in offered.items() if key != lead}
        ),
        limit=limit(sheet, start=Limit(form_reads.loop_rules().next_round_working_days)),
    )


def _keep_closed(sheet: Sheet) -> Said:
    reason = fields.words(
        sheet, "reason", "维持办结的理由", hint="例如：诉求超出政策范围，已当面解释，群众表示理解"
    )
    exclude = fields.tick(sheet, "exclude", "同时不计入考核（比率里不再算这一件，理由照登）")
    return Said(reason=reason, exclude=exclude)


def _refuse_flag(sheet: Sheet) -> Said:
    return Said(reason=fields.words(sheet, "reason", "不同意的理由"))


OPENING: dict[AnyAct, ActForm] = {
    Act.ASSIGN: ActForm(_assign, note="交办当天起算期限；交办后列入承办单位的待签收。", many=True),
    Act.MARK_INVALID: ActForm(_mark_invalid, note="不再计入任何比率，记录全部保留。", many=True),
    Act.MERGE: ActForm(_merge, note="随并入的事项和它的期限一起办；诉求人仍然保留，可以单独告知。"),
    Act.GRANT_RETURN: ActForm(
        _grant_return, note="改派给别的单位，重新起算期限。", many=True, send="准予并改派"
    ),
    Act.REFUSE_RETURN: ActForm(
        _refuse_return, note="仍由原单位办理，原期限不变，不能再次退单。", many=True
    ),
    Act.FLAG_FOR_REASSIGNMENT: ActForm(
        _flag, note="标记后等待负责人审批；原轮次的记录一个字都不变。", many=True, send="确认标记"
    ),
    Act.REASSIGN: ActForm(
        _reassign, note="批准后开始新一轮，期限重新起算，原轮次照原样保留。", many=True,
        send="批准重新交办",
    ),
    Act.REOPEN: ActForm(_reopen, note="反弹的事项开始新一轮办理。", many=True),
    Act.KEEP_CLOSED: ActForm(_keep_closed, note="不再办理，直接销号。", many=True),
    BesideAct.REFUSE_FLAG: ActForm(
        _refuse_flag, note="标记作废，事项回到标记前的状态。", many=True
    ),
}  # fmt: skip
