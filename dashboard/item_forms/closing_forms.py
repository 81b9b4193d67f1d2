"""Forms after the review and beside it: callbacks, look-backs, striking off, notes, residents."""

from __future__ import annotations

import streamlit as st

from dashboard.item_acts import Said
from dashboard.item_forms import fields
from dashboard.item_forms.handling_forms import nothing
from dashboard.item_forms.limits import limit
from dashboard.item_forms.opening_forms import living_departments
from dashboard.item_forms.sheet import ActForm, Sheet
from supervision.beside_acts import AnyAct, BesideAct
from supervision.guards import ATTEMPTS_BEFORE_UNREACHABLE
from supervision.lifecycle import Act
from supervision.vocabulary import Resolution, Satisfaction

_REACHED, _UNREACHED = "接通", "未接通"


def _call_back(sheet: Sheet) -> Said:
    answer = st.radio(
        "电话", [_REACHED, _UNREACHED], key=sheet.key("reached"), horizontal=True, index=0
    )
    if answer == _UNREACHED:
        st.caption(
            f"未接通的至少打 {ATTEMPTS_BEFORE_UNREACHABLE} 次：前几次请用“登记回访未接通”，"
            "最后一次在这里结束回访。"
        )
        return Said(reached=False, text=fields.line(sheet, "text", "情况（可不填）"))
    return Said(
        reached=True,
        resolved_by_resident=fields.word(sheet, "resolved", "群众认为解决了吗", Resolution),
        result=fields.word(sheet, "result", "对结果的评价", Satisfaction),
        process=fields.word(sheet, "process", "对办理过程的评价", Satisfaction),
        declined=fields.tick(sheet, "declined", "群众不愿评价（记为未评价）"),
        text=fields.words(sheet, "text", "群众怎么说", hint="用群众的原话，个人信息会自动遮盖"),
    )


def _attempt(sheet: Sheet) -> Said:
    return Said(text=fields.line(sheet, "text", "情况（可不填）", hint="例如：无人接听、已停机"))


def _approve_strike_off(sheet: Sheet) -> Said:
    return Said(reason=fields.words(sheet, "reason", "批准销号的理由"))


def _rebound(sheet: Sheet) -> Said:
    return Said(reason=fields.words(sheet, "reason", "发现了什么"))


def _confirm(sheet: Sheet) -> Said:
    return Said(text=fields.words(sheet, "text", "核实情况", hint="谁、何时、到哪里看过，是什么样"))


def _terminate(sheet: Sheet) -> Said:
    return Said(
        reason=fields.words(sheet, "reason", "终止的理由"),
        explained=fields.tick(sheet, "explained", "已向群众说明"),
    )


def _note(sheet: Sheet) -> Said:
    return Said(text=fields.words(sheet, "text", "补充说明"))


def _tell(sheet: Sheet) -> Said:
    return Said(text=fields.words(sheet, "text", "怎样告知的", hint="方式、时间、告知的内容"))


def _reclassify(sheet: Sheet) -> Said:
    st.caption("改哪一项就填哪一项，其余留空。")
    history = sheet.history()
    urgency = history.texts.get("urgency") if history is not None else None
    offered = living_departments(sheet)
    category = fields.pick(
        sheet, "category", "新的问题分类", sheet.names.categories, hint="不改就留空"
    )
    level = fields.line(sheet, "urgency", "新的紧急程度", hint="例如：特急、紧急、一般")
    lead = fields.pick(sheet, "lead", "新的牵头单位", offered, hint="不改就留空")
    return Said(
        category_id=category,
        urgency=level if level != urgency else None,
        lead_department_id=lead,
        limit=limit(sheet, "另行计时的期限") if fields.tick(
            sheet, "clock", "同时另起一个期限（原期限照常计算，两个都看得见）"
        ) else None,
        reason=fields.words(sheet, "reason", "调整的理由"),
    )  # fmt: skip


CLOSING: dict[AnyAct, ActForm] = {
    Act.CALL_BACK: ActForm(_call_back, note="每次回访都保留，以最近一次为准。", send="登记回访"),
    Act.STRIKE_OFF: ActForm(
        nothing, note="满意才销号：回访已解决且满意、回头看核实，或负责人已批准的，才能销号。",
        many=True, send="确认销号",
    ),
    Act.LOOK_BACK_REBOUND: ActForm(_rebound, note="事项重新打开，等待再交办。", many=True),
    Act.TERMINATE: ActForm(_terminate, note="没有解决而结束办理，不再计入比率。"),
    BesideAct.ATTEMPT_CALLBACK: ActForm(_attempt, many=True),
    BesideAct.APPROVE_STRIKE_OFF: ActForm(
        _approve_strike_off, note="批准后由督查员销号。", many=True
    ),
    BesideAct.CONFIRM_LOOK_BACK: ActForm(_confirm, note="现场情况与反馈一致。", many=True),
    BesideAct.NOTE: ActForm(_note, note="写进办理记录，不改变办理状态和期限。", many=True),
    BesideAct.TELL_RESIDENT: ActForm(_tell, many=True),
    BesideAct.RECLASSIFY: ActForm(
        _reclassify, note="正在计算的期限不会因此放宽；另起的期限在旁边单独列出。"
    ),
}  # fmt: skip
