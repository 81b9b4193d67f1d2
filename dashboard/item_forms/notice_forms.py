"""Forms of 督办单: drafted, signed or not, replied to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dashboard import notice_reads, reads
from dashboard.item_acts import Said
from dashboard.item_forms import fields
from dashboard.item_forms.opening_forms import living_departments
from dashboard.item_forms.sheet import ActForm, Sheet
from dashboard.parts.safe import label, plain
from dashboard.reads import ItemHistory
from dashboard.viewer import viewer
from supervision.beside_acts import AnyAct, BesideAct
from supervision.deadline_trace import trace_sentences
from supervision.escalation import first_level, kind_of
from supervision.lifecycle import Act
from supervision.loop_words import NoticeKind, NoticeLevel, NoticeState, NoticeTrigger
from supervision.notice_texts import NoticeFacts, notice_text

MEANT = "notice_meant"
"""Item → the notice that was ticked on the page 督办单."""
MOST_REPLY_DAYS = 60
Row = Mapping[Any, Any]


def _start(sheet: Sheet) -> dict[int, tuple[NoticeTrigger, NoticeLevel, str]]:
    """What the catalogue and the ladder propose for each item, else what its days tell."""
    found = notice_reads.proposed_notices(sheet.who.scope, sheet.as_of, only=sheet.ids).rows
    proposed = {row["item_id"]: row for row in found.to_dict("records")}
    return {
        row["item_id"]: _proposed(proposed.get(row["item_id"]), _late(row))
        for row in sheet.rows.to_dict("records")
    }


def _proposed(row: Row | None, late: int) -> tuple[NoticeTrigger, NoticeLevel, str]:
    if row is not None:
        return NoticeTrigger(row["trigger"]), NoticeLevel(row["level"]), row["why"]
    trigger = NoticeTrigger.OVERDUE if late else NoticeTrigger.OTHER
    steps = notice_reads.ladder()
    return trigger, first_level(trigger, days_overdue=late, ladder=steps), ""


def _late(row: Row) -> int:
    days = row["days_overdue"]
    return int(days) if days is not None and days == days else 0


def _draft(sheet: Sheet) -> Said | dict[int, Said]:
    start = _start(sheet)
    row = sheet.only
    if row is None:
        return _draft_each(sheet, start)
    trigger, level, why = start[row["item_id"]]
    if why:
        st.caption("建议：" + label(why))
    triggers = {one: one.label for one in NoticeTrigger}
    trigger = fields.pick(sheet, "trigger", "事由", triggers, start=trigger) or trigger
    card, paper = st.columns(2)
    with card:
        level = fields.word(sheet, "level", "督办等级", NoticeLevel, start=level) or level
    with paper:
        kind = fields.word(sheet, f"kind:{level}", "文书", NoticeKind, start=kind_of(level))
    text = st.text_area(
        "正文（可以修改；换事由或文书会重新拟稿）", height=200, max_chars=fields.LONGEST_WORDS,
        value=notice_text(kind or kind_of(level), trigger, _facts(row), as_of=sheet.as_of),
        key=sheet.key(f"text:{trigger}:{kind}"),
    )  # fmt: skip
    return Said(
        text=text,
        notice_kind=kind or kind_of(level),
        level=level,
        trigger=trigger,
        department_id=fields.pick(
            sheet, "department", "发给", living_departments(sheet), hint="牵头单位"
        ),
    )


def _draft_each(
    sheet: Sheet, start: Mapping[int, tuple[NoticeTrigger, NoticeLevel, str]]
) -> dict[int, Said]:
    levels = [level for _, level, _ in start.values()]
    counted = "，".join(
        f"{level.label}色 {levels.count(level)} 份" for level in NoticeLevel if level in levels
    )
    st.caption(f"按每件的事由分别拟稿：{counted}。发给各自的牵头单位；签发前可以逐份查看。")
    return {
        row["item_id"]: _drafted(row, *start[row["item_id"]][:2], sheet)
        for row in sheet.rows.to_dict("records")
    }


def _drafted(row: Row, trigger: NoticeTrigger, level: NoticeLevel, sheet: Sheet) -> Said:
    kind = kind_of(level)
    text = notice_text(kind, trigger, _facts(row), as_of=sheet.as_of)
    return Said(text=text, notice_kind=kind, level=level, trigger=trigger)


def _facts(row: Row) -> NoticeFacts:
    return NoticeFacts(
        number=row["number"],
        title=row["title"] or "（无标题）",
        assigned_on=row["assigned_on"],
        due_on=row["due_on"],
        days_overdue=_late(row),
        round_no=int(row["round_no"] or 1),
    )


def _issue(sheet: Sheet) -> Said | dict[int, Said]:
    drafts = _of_items(sheet, NoticeState.DRAFTED)
    row = sheet.only
    notice = _meant(sheet, drafts.get(row["item_id"], [])) if row is not None else None
    if notice is not None:
        st.caption(
            f"{NoticeLevel(notice['level']).label}色　{NoticeKind(notice['kind']).label}　发给"
            + label(notice["department"] or "（单位不明）")
            + f"　事由：{NoticeTrigger(notice['trigger']).label}"
            + "　拟稿：" + label(notice["drafted_name"])
        )  # fmt: skip
        plain(notice["text"])
    days = st.number_input(
        "回复期限（工作日）", 1, MOST_REPLY_DAYS, key=sheet.key("days"), width=200,
        value=notice_reads.usual_reply_days(sheet.as_of),
    )  # fmt: skip
    deadline = notice_reads.reply_deadline(sheet.as_of, int(days))
    if deadline.due_on is not None:
        st.caption(f"回复期限：{deadline.due_on:%Y-%m-%d}")
    with st.popover("期限是怎么算出来的"):
        for sentence in trace_sentences(deadline, begun="签发"):
            st.text(sentence)
    if row is not None:
        return Said(
            notice_id=notice["notice_id"] if notice is not None else None,
            reply_due_on=deadline.due_on,
        )
    # Of several drafts on one item the oldest; the others stay in the list.
    return {
        key: Said(notice_id=_ticked(key, drafts.get(key, [])), reply_due_on=deadline.due_on)
        for key in sheet.ids
    }


def _refuse(sheet: Sheet) -> Said:
    notice = _one(sheet, NoticeState.DRAFTED)
    return Said(notice_id=notice, reason=fields.words(sheet, "reason", "不同意签发的理由"))


def _reply(sheet: Sheet) -> Said:
    notice = _one(sheet, NoticeState.ISSUED)
    return Said(
        notice_id=notice,
        text=fields.words(
            sheet, "text", "回复内容", hint="办理进展、下一步措施和完成时间；暂不能办结的说明原因"
        ),
    )


def _one(sheet: Sheet, state: NoticeState) -> int | None:
    row = sheet.only
    if row is None:
        return None
    notice = _meant(sheet, _of_items(sheet, state).get(row["item_id"], []))
    if notice is not None:
        plain(notice["text"])
    return notice["notice_id"] if notice is not None else None


def _of_items(sheet: Sheet, state: NoticeState) -> dict[int, list[Row]]:
    """The notices of each item in one state, the oldest first."""
    found = notice_reads.notice_lines(sheet.who, sheet.as_of, {state})
    told: dict[int, list[Row]] = {key: [] for key in sheet.ids}
    for row in reversed(found.to_dict("records")):
        if row["item_id"] in told:
            told[row["item_id"]].append(row)
    return told


def _meant(sheet: Sheet, rows: list[Row]) -> Row | None:
    """The one notice, or the one that is chosen of several."""
    if len(rows) < 2:
        return rows[0] if rows else None
    names = {
        row["notice_id"]: (row["notice_number"] or f"{row['drafted_at']:%Y-%m-%d %H:%M} 拟稿")
        for row in rows
    }
    first = _ticked(rows[0]["item_id"], rows)
    chosen = fields.pick(sheet, "notice", "哪一份", names, start=first)
    return next((row for row in rows if row["notice_id"] == chosen), None)


def _ticked(item_id: int, rows: list[Row]) -> int | None:
    ids = [row["notice_id"] for row in rows]
    ticked = st.session_state.get(MEANT, {}).get(item_id)
    return ticked if ticked in ids else (ids[0] if ids else None)


def _has(state: NoticeState) -> Callable[[ItemHistory], bool]:
    def has(history: ItemHistory) -> bool:
        rows = notice_reads.notice_lines(
            viewer(), reads.today(), {state}, item_id=history.item["id"]
        )
        return not rows.empty

    return has


NOTICES: dict[AnyAct, ActForm] = {
    BesideAct.DRAFT_NOTICE: ActForm(
        _draft, note="拟稿后等待督查室负责人签发；签发之前单位看不到。", many=True, send="送签"
    ),
    Act.ISSUE_NOTICE: ActForm(_issue, many=True, send="签发", offered=_has(NoticeState.DRAFTED)),
    BesideAct.REFUSE_NOTICE: ActForm(_refuse, offered=_has(NoticeState.DRAFTED)),
    BesideAct.REPLY_NOTICE: ActForm(_reply, send="回复", offered=_has(NoticeState.ISSUED)),
}
