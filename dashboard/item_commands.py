"""`duban items archive`: what was struck off long ago is put away by whoever runs the machine."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

from sqlalchemy import Engine

from dashboard.terminal import ACCEPTED, REJECTED, say
from data_access import clock

_MOST_MONTHS = 600


def add_items(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
    store: Callable[[], Engine],
) -> None:
    """Add it to the parser of `duban`; what it needs is loaded when it runs."""
    items = commands.add_parser("items", help="事项归档").add_subparsers(required=True)
    archive = items.add_parser("archive", parents=[common], help="归档销号已久的事项，此后只读")
    archive.add_argument(
        "--older-than-months", type=int, required=True, metavar="月数", help="销号满几个月"
    )
    archive.add_argument("--reason", required=True, metavar="理由", help="写进每件事项的记录")
    archive.set_defaults(run=lambda asked: archive_old(store(), asked))


def archive_old(engine: Engine, asked: argparse.Namespace) -> int:
    """Archive, and say how many items were and were not."""
    from data_access.accounts.known import LOCAL
    from data_access.text_index import catch_up
    from data_access.writes.archive import archive_struck_off

    months, reason, today = asked.older_than_months, asked.reason.strip(), clock.today()
    if not 1 <= months <= _MOST_MONTHS or not reason:
        say(f"请写明月数（1—{_MOST_MONTHS}）和理由，例如："
            "duban items archive --older-than-months 24 --reason 年度归档")  # fmt: skip
        return REJECTED
    before = months_before(today, months)
    told = archive_struck_off(engine, before=before, reason=reason, viewer=LOCAL, as_of=today)
    catch_up(engine)
    say(f"已归档 {told.done} 件：{before:%Y-%m-%d} 以前销号的事项，此后只读，不再列入督办工作台。")
    if told.waiting:
        say(f"另有 {told.waiting} 件还有未了的批示、督办单、再次提出或回头看，没有归档。")
    if told.undated:
        say(f"另有 {told.undated} 件没有销号日期，没有归档。")
    return ACCEPTED


def months_before(day: date, months: int) -> date:
    """The same day so many months ago; the 28th where a month may be too short."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))
