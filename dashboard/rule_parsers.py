"""How `duban calendar` and `duban rules` are written."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

Stores = Callable[[], Engine]


def add_rules(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
    store: Stores,
) -> None:
    """Add both to the parser of `duban`; what they need is loaded when they run."""
    calendar = commands.add_parser("calendar", help="工作日历").add_subparsers(required=True)
    check = calendar.add_parser(
        "check", parents=[common], help="检查一份工作日历文件；不写文件时看已录到哪一天"
    )
    check.add_argument("file", type=Path, nargs="?", metavar="文件")
    check.set_defaults(run=lambda asked: _calendar_check(asked, store))
    adopt = calendar.add_parser("import", parents=[common], help="检查并启用一份工作日历文件")
    adopt.add_argument("file", type=Path, metavar="文件")
    adopt.add_argument("--try", dest="try_only", action="store_true", help="只看会影响什么")
    adopt.set_defaults(run=lambda asked: _calendar_import(asked, store))
    rules = commands.add_parser("rules", parents=[common], help="督办规则：列出，或调整一项")
    rules.add_argument("name", nargs="?", metavar="规则")
    rules.add_argument("value", nargs="?", metavar="值")
    rules.add_argument("--kind", metavar="类别", help="只对一个分类或来源规定")
    rules.add_argument(
        "--from", dest="valid_from", type=date.fromisoformat, metavar="日期",
        help="从哪天起，默认今天",
    )  # fmt: skip
    rules.add_argument("--basis", metavar="依据", help="文件、会议或批示")
    rules.add_argument("--open", dest="to_open", action="store_true", help="在办事项也重新推算期限")
    rules.add_argument("--try", dest="try_only", action="store_true", help="只看会影响什么")
    rules.set_defaults(run=lambda asked: _rules(asked, store))


def _calendar_check(asked: argparse.Namespace, store: Stores) -> int:
    from dashboard.rule_commands import check_calendar, check_horizon

    return check_calendar(asked.file) if asked.file else check_horizon(store())


def _calendar_import(asked: argparse.Namespace, store: Stores) -> int:
    from dashboard.rule_commands import import_calendar_file

    return import_calendar_file(store(), asked.file, try_only=asked.try_only)


def _rules(asked: argparse.Namespace, store: Stores) -> int:
    from dashboard.rule_commands import AskedRule, tell_or_set_rules

    rule = AskedRule(asked.name, asked.value, asked.kind, asked.valid_from, asked.basis,
                     asked.to_open, asked.try_only)  # fmt: skip
    return tell_or_set_rules(store(), rule)
