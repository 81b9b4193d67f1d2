"""The tabs 期限规则 and 工作日历: what the city decides, and which days it works."""

from __future__ import annotations

import streamlit as st

from dashboard import reads, register_acts
from dashboard.administration.done import done
from dashboard.administration.office_table import Shown, office_table
from dashboard.administration.refusals import refusals_told
from dashboard.parts.panels import headline
from dashboard.register_acts import CalendarFinding, CalendarRefused
from dashboard.viewer import viewer
from supervision.scope import Viewer
from supervision.vocabulary import Severity
from supervision.working_days import Convention

_FINDINGS = {
    "line": Shown("行", 64),
    "severity": Shown("程度", 72),
    "message": Shown("问题", 640),
}


def rules_form(who: Viewer) -> None:
    """First day of a limit, and how near 临期 is."""
    rules = {rule.name: rule for rule in reads.city_rules(who)}
    convention, due_soon = rules["deadline_convention"], rules["due_soon_working_days"]
    st.caption("改动只对今后给出的期限起作用，已经给出的期限不变；临期天数立即生效。")
    with st.container(width=760), st.form("city_rules"):
        labels = {choice.label: choice.value for choice in Convention}
        first = st.radio(
            convention.label, list(labels), index=list(labels.values()).index(convention.value)
        )
        days = st.number_input(
            f"{due_soon.label}（{due_soon.allowed}）", value=int(due_soon.value), step=1, width=320
        )
        if not st.form_submit_button("保存", type="primary"):
            return
    wanted = {convention.name: labels[first], due_soon.name: str(days)}
    changed = {name: value for name, value in wanted.items() if value != rules[name].value}
    with refusals_told():
        for name, value in changed.items():
            register_acts.set_city_rule(name, value, viewer=viewer())
        done("已保存。" if changed else "没有改动。")


def calendar_upload(who: Viewer) -> None:
    """A new year's holidays: checked line by line, then put in force."""
    years = reads.calendar_years(who)
    known = f"{years.start}—{years.stop - 1} 年" if len(years) else "无"
    st.caption(
        f"已录入：{known}。每年国务院办公厅发布放假安排后，上传新一年的 CSV 文件"
        "（第一行写：日期,是否上班,名称,依据），暂定的期限随即确定。"
    )
    file = st.file_uploader("选择工作日历文件", key="calendar_file", type=None)
    if file is None:
        return
    data = file.getvalue()
    with refusals_told():
        findings = register_acts.check_calendar(data, viewer=who)
        _told(findings)
        if any(finding.severity is Severity.ERROR for finding in findings):
            return
        if st.button("启用这份工作日历", type="primary"):
            try:
                stored = register_acts.import_calendar(data, file.name, viewer=viewer())
            except CalendarRefused as refused:
                _told(refused.findings)
                return
            done(
                f"已启用 {stored.first_year}—{stored.last_year} 年的工作日历，"
                f"{stored.settled} 件暂定期限已确定。"
            )


def _told(findings: list[CalendarFinding]) -> None:
    headline(
        f"{len(findings)} 处需要核对" if findings else "没有发现问题",
        "有错误的文件不能启用，请改正后重新上传。"
        if any(finding.severity is Severity.ERROR for finding in findings)
        else "",
        key="calendar",
    )
    if findings:
        rows = [
            (finding.line or "—", finding.severity.label, finding.message) for finding in findings
        ]
        office_table(rows, _FINDINGS, key="calendar", alt="工作日历的问题", choose=False)
