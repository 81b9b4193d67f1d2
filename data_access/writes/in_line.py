"""Writers stand in line: whoever waited too long is told that nothing was done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from data_access.database import Transaction, recording, transaction
from data_access.writes.acting.outcome import StoreBusy

WAIT_MS = 15_000
BUSY = "系统正忙（可能正在导入台账），本次操作没有办理，请稍后再试。"
UNSURE = "与数据库的连接中断，本次操作可能没有办理；请直接再提交一次，同一次操作不会重复办理。"


@contextmanager
def in_turn(engine: Engine) -> Iterator[Transaction]:
    """One act in a transaction of its own, for which others are waited for as long as people do."""
    with told_when_busy(), transaction(engine, wait_ms=WAIT_MS) as change:
        yield change


@contextmanager
def told_in_turn(engine: Engine) -> Iterator[Transaction]:
    """The same for what changes no item: accounts, views; it waits until a ledger is stored."""
    with told_when_busy(), recording(engine) as change:
        yield change


@contextmanager
def told_when_busy() -> Iterator[None]:
    """StoreBusy with its Chinese sentence where others write all the time."""
    try:
        yield
    except OperationalError as fault:
        raise busy(fault) from fault


def busy(fault: OperationalError) -> StoreBusy:
    """What to tell the person: others are writing, or nobody knows whether it was done."""
    told = str(fault.orig)
    locked = "locked" in told or type(fault.orig).__name__ == "LockNotAvailable"
    return StoreBusy(BUSY if locked else UNSURE)
