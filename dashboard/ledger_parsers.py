"""How `duban ledger` is written."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from dashboard.privacy_commands import see_to_keys

Stores = Callable[[], Engine]


def add_ledger(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
    store: Stores,
) -> None:
    """Add it to the parser of `duban`; what it needs is loaded when it runs."""
    ledger = commands.add_parser("ledger", help="台账").add_subparsers(required=True)
    check = ledger.add_parser("check", parents=[common], help="检查一份台账，不入库")
    check.add_argument("file", type=Path)
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=_check)
    kept = ledger.add_parser("import", parents=[common], help="检查并入库")
    kept.add_argument("file", type=Path, nargs="+")
    kept.add_argument("--json", action="store_true")
    kept.set_defaults(run=lambda asked: _import(asked, store))
    undone = ledger.add_parser("undo", parents=[common], help="撤销一批导入，整批恢复到入库之前")
    undone.add_argument("batch", type=int, metavar="批次")
    undone.add_argument("--reason", required=True, metavar="原因")
    undone.set_defaults(run=lambda asked: _undo(asked, store))


def _check(asked: argparse.Namespace) -> int:
    from dashboard.ledger_commands import check_one

    return check_one(asked.file, as_json=asked.json)


def _import(asked: argparse.Namespace, store: Stores) -> int:
    from dashboard.ledger_commands import import_one

    engine = store()
    see_to_keys(engine)
    return max(import_one(engine, path, as_json=asked.json) for path in asked.file)


def _undo(asked: argparse.Namespace, store: Stores) -> int:
    from dashboard.ledger_commands import undo_one

    return undo_one(store(), asked.batch, asked.reason)
