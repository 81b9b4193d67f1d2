"""How `duban programme` is written."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

Stores = Callable[[], Engine]


def add_programmes(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
    store: Stores,
) -> None:
    """Add it to the parser of `duban`; what it needs is loaded when it runs."""
    programme = commands.add_parser("programme", help="专题").add_subparsers(required=True)
    listed = programme.add_parser("list", parents=[common], help="正在使用的专题")
    listed.set_defaults(run=lambda _asked: _list(store))
    check = programme.add_parser("check", parents=[common], help="检查一份专题定义，不启用")
    check.add_argument("file", type=Path, metavar="文件")
    check.set_defaults(run=_check)
    adopt = programme.add_parser("import", parents=[common], help="检查并启用一份专题定义")
    adopt.add_argument("file", type=Path, metavar="文件")
    adopt.set_defaults(run=lambda asked: _import(asked, store))
    shown = programme.add_parser("show", parents=[common], help="打印一份正在使用的定义")
    shown.add_argument("name", metavar="标识")
    shown.set_defaults(run=lambda asked: _show(asked, store))
    retired = programme.add_parser("retire", parents=[common], help="停用一个专题，台账保留")
    retired.add_argument("name", metavar="标识")
    retired.set_defaults(run=lambda asked: _retire(asked, store))
    ledger = programme.add_parser("ledger", parents=[common], help="检查并导入一份专题台账")
    ledger.add_argument("name", metavar="标识")
    ledger.add_argument("file", type=Path, metavar="文件")
    ledger.set_defaults(run=lambda asked: _ledger(asked, store))


def _list(store: Stores) -> int:
    from dashboard.programme_commands import list_programmes

    return list_programmes(store())


def _check(asked: argparse.Namespace) -> int:
    from dashboard.programme_commands import check_definition

    return check_definition(asked.file)


def _import(asked: argparse.Namespace, store: Stores) -> int:
    from dashboard.programme_commands import import_definition

    return import_definition(store(), asked.file)


def _show(asked: argparse.Namespace, store: Stores) -> int:
    from dashboard.programme_commands import show_definition

    return show_definition(store(), asked.name)


def _retire(asked: argparse.Namespace, store: Stores) -> int:
    from dashboard.programme_commands import retire

    return retire(store(), asked.name)


def _ledger(asked: argparse.Namespace, store: Stores) -> int:
    from dashboard.programme_commands import import_ledger

    return import_ledger(store(), asked.name, asked.file)
