"""`duban hotline import` and `duban hotline undo`: the hotline's ledgers of counts."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from dashboard.terminal import ACCEPTED, REJECTED, complain, say
from data_access import clock

Stores = Callable[[], Engine]


def add_hotline(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
    store: Stores,
) -> None:
    """Add it to the parser of `duban`; what it needs is loaded when it runs."""
    hotline = commands.add_parser("hotline", help="热线统计").add_subparsers(required=True)
    kept = hotline.add_parser(
        "import", parents=[common], help="导入热线各主题逐月件数，整份入库或一行也不入"
    )
    kept.add_argument("file", type=Path)
    kept.set_defaults(run=lambda asked: import_hotline(store(), asked.file))
    undone = hotline.add_parser("undo", parents=[common], help="撤销一次热线统计的导入")
    undone.add_argument("number", type=int, metavar="第几次")
    undone.set_defaults(run=lambda asked: undo_hotline(store(), asked.number))


def import_hotline(engine: Engine, path: Path) -> int:
    """Read, judge and store a file whole, or tell each fault at its cell."""
    from dashboard.ledger_commands import file_limits
    from data_access.accounts.known import LOCAL
    from data_access.hotline_sheet import judged_hotline
    from data_access.ledger_import.model import LedgerRefused
    from data_access.ledger_import.workbook import open_ledger
    from data_access.writes.acting.outcome import StoreBusy
    from data_access.writes.hotline import store_hotline
    from supervision.hotline import HotlineRefused

    try:
        book = open_ledger(path.read_bytes(), path.name, limits=file_limits())
        sheet = judged_hotline(engine, book, as_of=clock.today())
        if sheet.faults:
            for fault in sheet.faults:
                complain(f"{fault.cell}（{fault.heading}）：{fault.sentence}")
            complain(f"{len(sheet.faults)} 处错误，一行也没有导入。")
            return REJECTED
        say(store_hotline(engine, sheet, viewer=LOCAL).sentence)
        if sheet.unread:
            say(sheet.unread_told)
    except OSError:
        complain(f"读不到文件：{path.name}")
        return REJECTED
    except (LedgerRefused, HotlineRefused, StoreBusy) as refusal:
        complain(str(refusal))
        return REJECTED
    return ACCEPTED


def undo_hotline(engine: Engine, number: int) -> int:
    """As if that import had never been stored."""
    from data_access.accounts.known import LOCAL
    from data_access.writes.acting.outcome import StoreBusy
    from data_access.writes.hotline import undo_hotline as undo
    from supervision.hotline import HotlineRefused

    try:
        gone = undo(engine, number, viewer=LOCAL)
    except (HotlineRefused, StoreBusy) as refusal:
        complain(str(refusal))
        return REJECTED
    say(f"已撤销第 {number} 次导入，移除 {gone} 行；它替换过的数据已经恢复。")
    return ACCEPTED
