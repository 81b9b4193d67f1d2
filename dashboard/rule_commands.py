"""`duban calendar` and `duban rules`: what a city decides for itself, told in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from dashboard.rule_words import effect_sentences, movement_sentence
from dashboard.terminal import ACCEPTED, REJECTED, WITH_ERRORS, say
from data_access import clock
from data_access.accounts.known import LOCAL
from data_access.calendar_file import CalendarFile, CalendarFinding
from data_access.calendar_state import calendar_state
from data_access.calendar_workbook import read_calendar
from data_access.city_rules import city_rules, kinds_in_use
from data_access.work_calendar import calendar_findings
from data_access.writes.calendar import CalendarRefused, import_calendar, rehearse_calendar
from data_access.writes.city_rule import RuleChange, RuleRefused, decide_rule, rehearse_rule


@dataclass(frozen=True, slots=True)
class AskedRule:
    """What `duban rules` was asked for."""

    name: str | None
    value: str | None
    kind: str | None = None
    valid_from: date | None = None
    basis: str | None = None
    to_open: bool = False
    try_only: bool = False


def check_calendar(path: Path) -> int:
    """What is wrong with a calendar file; stores nothing."""
    file = _read(path)
    if file is None:
        return REJECTED
    findings = calendar_findings(file)
    _tell(findings)
    say("没有发现问题。" if not findings else f"共 {len(findings)} 处需要核对。")
    return WITH_ERRORS if findings else ACCEPTED


def check_horizon(engine: Engine) -> int:
    """What the calendar in force knows, and whether it reaches the longest limit."""
    state = calendar_state(engine, as_of=clock.today())
    if state.years:
        first, last = state.years[-1].year, state.years[0].year
        say(
            f"工作日历第 {state.version} 版，已录入 {first}—{last} 年，"
            f"录到 {state.horizon:%Y-%m-%d}。来源：{state.source}。"
        )
    say(state.warning or "今天交办的事项都算得出反馈期限。")
    return WITH_ERRORS if state.warning else ACCEPTED


def import_calendar_file(engine: Engine, path: Path, *, try_only: bool = False) -> int:
    """Put a calendar file in force, or say why not; `try_only` says what it would move."""
    file = _read(path)
    if file is None:
        return REJECTED
    today = clock.today()
    try:
        if try_only:
            stored = rehearse_calendar(engine, file, viewer=LOCAL, as_of=today)
        else:
            stored = import_calendar(engine, file, file_name=path.name, viewer=LOCAL, as_of=today)
    except CalendarRefused as refused:
        _tell(refused.findings)
        say(str(refused))
        return WITH_ERRORS
    done = "试算，没有入库：" if try_only else "已启用 "
    say(
        f"{done}{stored.first_year}—{stored.last_year} 年的工作日历，"
        f"{stored.settled} 件暂定期限{'将' if try_only else '已'}确定。"
    )
    say(movement_sentence(stored.movement))
    return ACCEPTED


def tell_or_set_rules(engine: Engine, asked: AskedRule) -> int:
    """List the city's rules, or decide one."""
    today = clock.today()
    if asked.name is None:
        for rule in city_rules(engine, on=today):
            since = f"，自 {rule.valid_from:%Y-%m-%d} 起" if rule.valid_from else ""
            say(f"{rule.name}\t{rule.value or '—'}\t{rule.full_label}：{rule.words}{since}")
        return ACCEPTED
    if asked.value is None or asked.basis is None:
        say(
            "请写明要改成的值和依据，例如：duban rules due_soon_working_days 5 --basis 某文件；"
            "加 --try 只看会影响什么。"
        )
        return REJECTED
    try:
        subject = _subject(engine, asked.kind)
        wanted = RuleChange(
            asked.name, asked.value, asked.valid_from or today, asked.basis, subject, asked.to_open
        )
        decide = rehearse_rule if asked.try_only else decide_rule
        effect = decide(engine, wanted, viewer=LOCAL, as_of=today)
    except RuleRefused as refused:
        say(str(refused))
        return REJECTED
    say(f"{'试算，没有入库：' if asked.try_only else ''}{effect.label}：{effect.after}。")
    for sentence in effect_sentences(effect):
        say(sentence)
    return ACCEPTED


def _subject(engine: Engine, kind: str | None) -> str:
    if kind is None:
        return ""
    known = kinds_in_use(engine)
    found = [subject for subject, name in known.items() if kind in (name, subject)]
    if not found:
        offered = "、".join(known.values()) or "（还没有分类和来源）"
        raise RuleRefused(f"没有“{kind[:40]}”这一类，可用的有 {offered}。")
    return found[0]


def _read(path: Path) -> CalendarFile | None:
    data = _bytes(path)
    return None if data is None else read_calendar(data, path.name)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        say(f"读不到文件 {path.name}，请检查路径和权限。")
        return None


def _tell(findings: Sequence[CalendarFinding]) -> None:
    for finding in findings:
        where = f"{finding.cell}：" if finding.cell else ""
        say(f"{where}{finding.message}")
