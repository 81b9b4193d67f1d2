"""`duban calendar` and `duban rules`: what a city decides for itself, told in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine

from dashboard.terminal import ACCEPTED, REJECTED, WITH_ERRORS, say
from data_access.accounts.known import LOCAL
from data_access.calendar_file import CalendarFinding
from data_access.city_rules import CONVENTION, city_rules
from data_access.work_calendar import check_calendar_file
from data_access.writes.calendar import CalendarRefused, import_calendar
from data_access.writes.city_rule import RuleRefused, set_city_rule


def check_calendar(path: Path) -> int:
    """What is wrong with a calendar file; stores nothing."""
    data = _bytes(path)
    if data is None:
        return REJECTED
    findings = check_calendar_file(data)
    _tell(findings)
    say("没有发现问题。" if not findings else f"共 {len(findings)} 处需要核对。")
    return WITH_ERRORS if findings else ACCEPTED


def import_calendar_file(engine: Engine, path: Path) -> int:
    """Put a calendar file in force, or say why not."""
    data = _bytes(path)
    if data is None:
        return REJECTED
    try:
        stored = import_calendar(engine, data, file_name=path.name, viewer=LOCAL)
    except CalendarRefused as refused:
        _tell(refused.findings)
        say(str(refused))
        return WITH_ERRORS
    say(
        f"已启用 {stored.first_year}—{stored.last_year} 年的工作日历，"
        f"{stored.settled} 件暂定期限已确定。"
    )
    return ACCEPTED


def tell_or_set_rules(engine: Engine, name: str | None, value: str | None) -> int:
    """List the city's rules, or set one."""
    if name is None:
        for rule in city_rules(engine):
            say(f"{rule.name}\t{rule.value}\t{rule.label}：{rule.words}")
        return ACCEPTED
    if value is None:
        say("请写明要改成的值，例如：duban rules due_soon_working_days 5。")
        return REJECTED
    try:
        rule = set_city_rule(engine, name, value, viewer=LOCAL)
    except RuleRefused as refused:
        say(str(refused))
        return REJECTED
    kept = "已给出的期限不变。" if rule.name == CONVENTION else ""
    say(f"{rule.label}：{rule.words}。{kept}")
    return ACCEPTED


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        say(f"读不到文件 {path.name}，请检查路径和权限。")
        return None


def _tell(findings: Sequence[CalendarFinding]) -> None:
    for finding in findings:
        where = f"第 {finding.line} 行：" if finding.line else ""
        say(f"{where}{finding.message}")
