"""A limit as a form asks for it, with the day it leads to and how that day is counted."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import form_reads
from dashboard.item_forms import fields
from dashboard.item_forms.sheet import Sheet
from dashboard.parts.safe import label
from supervision.deadline_trace import trace_sentences
from supervision.deadlines import FEEDBACK_LIMIT, Deadline, Limit, LimitUnit
from supervision.working_days import WEEKDAYS

LONGEST = 365
_OFFERED = {
    LimitUnit.WORKDAY: "个工作日",
    LimitUnit.DAY: "个自然日",
    LimitUnit.HOUR: "小时",
    LimitUnit.MONTH_END: "到月底",
    LimitUnit.FIXED_DATE: "指定日期",
}


def limit(sheet: Sheet, title: str = "反馈期限", *, start: Limit = FEEDBACK_LIMIT) -> Limit | None:
    """The limit that is asked for, and below it the day it ends; None where no day was named."""
    left, right = st.columns(2, vertical_alignment="bottom")
    with right:
        unit = fields.pick(
            sheet, "limit_unit", "按什么计算", _OFFERED, start=start.unit
        ) or LimitUnit.WORKDAY  # fmt: skip
    with left:
        asked = _asked(sheet, title, unit, start.number)
    if asked is not None:
        preview(form_reads.deadline_of(asked, sheet.as_of))
    return asked


def _asked(sheet: Sheet, title: str, unit: LimitUnit, start: int) -> Limit | None:
    if unit is LimitUnit.FIXED_DATE:
        on = fields.day(sheet, "limit_on", title, least=sheet.as_of)
        return Limit(0, unit, on) if on is not None else None
    if unit is LimitUnit.MONTH_END:
        ahead = {0: "本月底", 1: "下月底", 2: "再下月底"}
        months = fields.pick(sheet, "limit_months", title, ahead, start=0)
        return Limit(months or 0, unit)
    number = st.number_input(
        title, min_value=1, max_value=LONGEST, value=start, step=1, key=sheet.key("limit_number")
    )
    return Limit(int(number), unit)


def preview(deadline: Deadline) -> None:
    """The day a limit leads to, and the count behind it."""
    if deadline.due_on is None:
        st.info("工作日历还没有录到那一天，期限先按“暂定”记下，录入后自动推算。")
        return
    st.caption(f"反馈期限：**{day_told(deadline.due_on)}**")
    with st.expander("期限是怎么算出来的"):
        for sentence in trace_sentences(deadline):
            st.caption(label(sentence))


def day_told(day: date) -> str:
    """2026年12月16日（周三）."""
    return f"{day:%Y年%-m月%-d日}（周{WEEKDAYS[day.weekday()]}）"
