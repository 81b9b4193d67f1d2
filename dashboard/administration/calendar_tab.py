"""The tab 工作日历: what is known, and the yearly notice from its template to its effect."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from dashboard import reads, rule_acts, rule_reads
from dashboard.administration.done import done
from dashboard.administration.moved_table import moved_table
from dashboard.administration.office_table import Shown, office_table
from dashboard.administration.refusals import refusals_told
from dashboard.briefing.calendar_template import calendar_template
from dashboard.downloads import Made, Offer, download_button
from dashboard.parts.panels import headline
from dashboard.parts.safe import label
from dashboard.rule_acts import (
    CalendarFile,
    CalendarFinding,
    CalendarRefused,
    StoredCalendar,
)
from dashboard.rule_reads import CalendarState
from dashboard.rule_words import movement_sentence
from dashboard.viewer import viewer_with
from supervision.rights import Right
from supervision.scope import Viewer
from supervision.vocabulary import Severity

_YEARS = {
    "year": Shown("年份", 80),
    "resting": Shown("列明的放假日", 120),
    "make_up": Shown("调休上班日", 110),
    "source": Shown("依据", 520),
}
_FINDINGS = {
    "cell": Shown("单元格", 80),
    "severity": Shown("程度", 72),
    "message": Shown("问题", 640),
}
_TURN, _READ = "calendar_turn", "calendar_read"


class Read(NamedTuple):
    """An upload as it was read and tried, kept so that a rerun does neither again."""

    upload: str
    file: CalendarFile
    findings: list[CalendarFinding]
    trial: StoredCalendar | None


def calendar_tab(who: Viewer) -> None:
    """What the calendar in force knows, and a new year's file."""
    state = rule_reads.calendar_state(who, reads.today())
    if state.warning:
        st.warning(label(state.warning))
    _known(state)
    headline(
        "导入新一年的放假安排",
        "每年国务院办公厅发布放假通知后，下载模板照通知填写，上传后先看影响，再启用。",
        key="calendar_new",
    )
    year = state.horizon.year + 1
    template = calendar_template(year)
    download_button(
        "下载模板",
        Offer("工作日历模板", (), f"工作日历模板_{year}.xlsx", Right.MANAGE_RULES),
        lambda _who, _mark: Made(template, 0),
    )
    turn = st.session_state.setdefault(_TURN, 0)
    upload = st.file_uploader(
        "选择填好的放假安排（Excel 或 CSV）", key=f"calendar_file_{turn}", type=None
    )
    if upload is None:
        return
    with refusals_told():
        read = _read(upload.file_id, upload.getvalue(), upload.name, who)
        _told(read.findings)
        if read.trial is not None:
            _offered(read.file, upload.name, read.trial)


def _known(state: CalendarState) -> None:
    if not state.years:
        headline("还没有工作日历", "期限无法推算，请先导入放假安排。", key="calendar_known")
        return
    first, last = state.years[-1].year, state.years[0].year
    stored = f"，{state.stored_at:%Y-%m-%d %H:%M} 启用" if state.stored_at else ""
    headline(
        f"已录入 {first}—{last} 年，期限最远能推算到 {state.horizon:%Y-%m-%d}",
        f"第 {state.version} 版{stored}；来源：{state.source}",
        key="calendar_known",
    )
    rows = [(one.year, one.resting, one.make_up, one.source) for one in state.years]
    office_table(rows, _YEARS, key="calendar_years", alt="已录入的年份", choose=False)


def _read(key: str, data: bytes, name: str, who: Viewer) -> Read:
    held: Read | None = st.session_state.get(_READ)
    if held is None or held.upload != key:
        file, findings = rule_acts.read_calendar_file(data, name, viewer=who)
        trial = None
        if not any(one.severity is Severity.ERROR for one in findings):
            try:
                trial = rule_acts.rehearse_calendar(file, viewer=who, as_of=reads.today())
            except CalendarRefused as refused:
                findings = refused.findings
        held = Read(key, file, findings, trial)
        st.session_state[_READ] = held
    return held


def _told(findings: list[CalendarFinding]) -> None:
    wrong = any(finding.severity is Severity.ERROR for finding in findings)
    headline(
        f"{len(findings)} 处需要核对" if findings else "文件没有发现问题",
        "有错误的文件不能启用，请改正后重新上传。" if wrong else "",
        key="calendar",
    )
    if findings:
        rows = [
            (one.cell or (f"第 {one.line} 行" if one.line else "—"), one.severity.label,
             one.message)
            for one in findings
        ]  # fmt: skip
        office_table(rows, _FINDINGS, key="calendar", alt="工作日历的问题", choose=False)


def _offered(file: CalendarFile, name: str, trial: StoredCalendar) -> None:
    with st.container(border=True, key="calendar_trial_panel"):
        headline(
            f"试算：启用后已录入 {trial.first_year}—{trial.last_year} 年，"
            f"{trial.settled} 件暂定期限确定",
            movement_sentence(trial.movement),
            key="calendar_trial",
        )
        moved_table(trial.movement.moved, key="calendar_moved")
        sure = st.button("启用这份工作日历", type="primary")
    if sure:
        with refusals_told():
            who = viewer_with(Right.MANAGE_RULES)
            stored = rule_acts.import_calendar(file, name, viewer=who, as_of=reads.today())
            st.session_state[_TURN] += 1
            st.session_state.pop(_READ, None)
            done(
                f"已启用 {stored.first_year}—{stored.last_year} 年的工作日历，"
                f"{stored.settled} 件暂定期限已确定。{movement_sentence(stored.movement)}"
            )
