"""Forms of a running round: receive, progress, extension, return, feedback, review, hang."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from dashboard import form_reads, loop_reads
from dashboard.item_acts import Said
from dashboard.item_forms import fields
from dashboard.item_forms.limits import day_told
from dashboard.item_forms.sheet import ActForm, Sheet
from dashboard.parts.safe import label, plain
from dashboard.reads import RoundHistory
from supervision.beside_acts import AnyAct
from supervision.lifecycle import Act
from supervision.vocabulary import Resolution


def current_round(sheet: Sheet) -> RoundHistory | None:
    """The running round of the one item."""
    history = sheet.history()
    return history.rounds[-1] if history is not None and history.rounds else None


def nothing(_sheet: Sheet) -> Said:
    """An act that needs no words."""
    return Said()


def _ask_return(sheet: Sheet) -> Said:
    return Said(
        reason=fields.words(sheet, "reason", "退单理由", hint="例如：该路段由市交通运输局养护"),
        legal_basis=fields.line(sheet, "basis", "依据", hint="文件、条款或职责分工"),
    )


def _ask_extension(sheet: Sheet) -> Said:
    due = _due(current_round(sheet))
    if due is not None:
        st.caption(f"现在的反馈期限：{day_told(due)}")
    new = fields.day(sheet, "new_due", "申请延到哪一天", least=sheet.as_of)
    _added_told(due, new)
    return Said(new_due_on=new, reason=fields.words(sheet, "reason", "延期理由"))


def _due(history: RoundHistory | None) -> date | None:
    row: dict[str, Any] = history.round if history is not None else {}
    due: date | None = row.get("extended_due_on") or row.get("due_on")
    return due


def _added_told(due: date | None, new: date | None) -> None:
    if due is None or new is None or new <= due:
        return
    added = form_reads.working_days_between(due, new)
    counted = f"，比原期限多 {added} 个工作日" if added is not None else ""
    st.caption(f"延期后的反馈期限：**{day_told(new)}**{counted}")
    with st.expander("工作日是怎么数的"):
        st.caption(f"从原期限 {day_told(due)} 的次日数到 {day_told(new)}，以下各天不计：")
        for day, why in form_reads.rest_days_between(due, new):
            st.caption(label(f"{day:%Y-%m-%d} {why}"))


def _grant_extension(sheet: Sheet) -> Said:
    waiting = loop_reads.waiting_extensions(sheet.who.scope, sheet.as_of)
    asked = waiting[waiting["item_id"].isin(sheet.ids)].to_dict("records")
    for row in asked:
        plain(
            f"{row['lead'] or '承办单位'}申请由 {row['original_due_on'] or '（未定）'} "
            f"延到 {row['new_due_on']}：{row['reason'] or ''}"
        )
    new = None
    if len(asked) == 1:
        new = fields.day(sheet, "new_due", "批准延到哪一天", start=asked[0]["new_due_on"])
        _added_told(asked[0]["original_due_on"], new)
    return Said(new_due_on=new, words=fields.line(sheet, "words", "审批意见（可不填）"))


def _refuse_extension(sheet: Sheet) -> Said:
    return Said(reason=fields.words(sheet, "reason", "不批准的理由"))


def _progress(sheet: Sheet) -> Said:
    return Said(
        text=fields.words(sheet, "text", "进展情况", hint="办到哪一步、下一步做什么、何时完成"),
        evidence=fields.evidence(sheet, "佐证材料（可不填）"),
    )


def _feedback(sheet: Sheet) -> Said:
    history = current_round(sheet)
    if history is not None and history.round.get("fix_due_on"):
        st.caption(f"补正期限：{day_told(history.round['fix_due_on'])}")
    resolved = fields.word(sheet, "resolved", "本单位认定", Resolution)
    return Said(
        text=fields.words(sheet, "text", "书面反馈", hint="办理过程、结果、向群众说明的情况"),
        measures=fields.words(sheet, "measures", "解决措施", hint="采取了哪些措施，何时落实"),
        evidence=fields.evidence(sheet, "佐证材料（认定“已解决”的至少一份）"),
        resolved=resolved,
    )


def feedback_told(sheet: Sheet) -> None:
    """What the department wrote last, for whom reviews it."""
    history = current_round(sheet)
    if history is None or not history.feedback:
        return
    with st.container(border=True):
        st.caption(f"{label(history.lead or '承办单位')}的反馈")
        for said in history.feedback[-2:]:
            plain(said["text"])


def _return_for_fix(sheet: Sheet) -> Said:
    feedback_told(sheet)
    days = form_reads.loop_rules().fix_working_days
    st.caption(f"退回后 {days} 个工作日内重新提交的，首次反馈日期有效。")
    return Said(reason=fields.words(sheet, "reason", "要补正什么"))


_SOLVED, _EXPLAINED = "已解决", "未能解决，已向群众解释说明"


def _accept_and_close(sheet: Sheet) -> Said:
    feedback_told(sheet)
    history = current_round(sheet)
    claimed = history is not None and history.round.get("resolved_by_unit") == Resolution.RESOLVED
    how = st.radio(
        "审核结论", [_SOLVED, _EXPLAINED], key=sheet.key("how"), horizontal=True,
        index=0 if claimed else None,
    )  # fmt: skip
    return Said(
        resolved=Resolution.RESOLVED if how == _SOLVED else None,
        explained=how == _EXPLAINED,
        words=fields.line(sheet, "words", "审核意见（可不填）"),
    )


def _hang(sheet: Sheet) -> Said:
    history = sheet.history()
    leader = history.texts.get("case_leader") if history is not None else None
    return Said(
        plan=fields.words(sheet, "plan", "推进措施", hint="分几步、每步何时完成"),
        case_leader=fields.line(sheet, "leader", "包案领导", start=leader),
        review_on=fields.day(sheet, "review", "复查日期", least=sheet.as_of),
    )


def _take_off(sheet: Sheet) -> Said:
    return Said(
        new_due_on=fields.day(sheet, "new_due", "新的反馈期限", least=sheet.as_of),
        words=fields.line(sheet, "words", "复查情况（可不填）"),
    )


HANDLING: dict[AnyAct, ActForm] = {
    Act.RECEIVE: ActForm(nothing, note="确认收到，由本单位办理。", many=True, send="确认签收"),
    Act.ASK_RETURN: ActForm(_ask_return, note="申请期间期限照常计算；裁定后不能再次退单。"),
    Act.ASK_EXTENSION: ActForm(
        _ask_extension, note="须在到期前提出；次数和长度按督办规则。"
    ),
    Act.GRANT_EXTENSION: ActForm(
        _grant_extension, note="在原期限之前批准的才改变期限；按原期限与按延期后期限分开统计。",
        many=True,
    ),
    Act.REFUSE_EXTENSION: ActForm(_refuse_extension, note="原期限不变。", many=True),
    Act.REPORT_PROGRESS: ActForm(_progress, many=True),
    Act.SUBMIT_FEEDBACK: ActForm(_feedback, note="提交后由督查室审核。", send="提交反馈"),
    Act.RESUBMIT: ActForm(_feedback, note="按退回意见补正后重新提交。", send="重新提交"),
    Act.RETURN_FOR_FIX: ActForm(_return_for_fix, many=True),
    Act.ACCEPT_AND_CLOSE: ActForm(
        _accept_and_close, note="办结后安排回访；已经逾期的仍计逾期。", many=True
    ),
    Act.ACCEPT_AND_HANG: ActForm(_hang, note="只有措施和时限、还没有解决的，转为挂账推进。"),
    Act.HANG: ActForm(_hang, note="挂账期间不再亮灯，到复查日期重新审看；一件事只能挂账一次。"),
    Act.TAKE_OFF_HANGING: ActForm(
        _take_off, note="恢复办理；挂账前已经逾期的，逾期认定不变。", many=True
    ),
}  # fmt: skip
