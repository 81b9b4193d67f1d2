"""`duban ledger check` and `duban ledger import`: the contract's machine interface."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from dashboard.engine import key_place
from dashboard.settings import settings
from dashboard.terminal import ACCEPTED, REJECTED, complain, say
from data_access import clock
from data_access.accounts.known import LOCAL
from data_access.database import open_engine, reading
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.kept_here import kept_by_store
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import JudgedLedger, LedgerRefused
from data_access.ledger_import.receive import judged_file
from data_access.ledger_import.report import exit_status, plain_text, refusal_report, report
from data_access.migrate import is_current
from data_access.text_index import catch_up
from data_access.writes.acting.outcome import StoreBusy
from data_access.writes.undo_batch import BatchNotUndone, undo_batch


def file_limits() -> Limits:
    """The limits of an uploaded file as the settings have them."""
    most = settings()
    return Limits(
        file_bytes=most.max_file_bytes,
        unpacked_bytes=most.max_unpacked_bytes,
        rows=most.max_rows,
        columns=most.max_columns,
    )


def check_one(path: Path, *, as_json: bool) -> int:
    """Read and judge a file, store nothing."""
    engine = _store_if_there_is_one()
    judged, told = _judged(path, engine)
    if judged is not None and engine is not None:
        with reading(engine) as connection:
            told = report(judged, kept_by_store(connection, judged))
    _tell(told, as_json=as_json)
    return exit_status(told)


def import_one(engine: Engine, path: Path, *, as_json: bool) -> int:
    """Read, judge and store a file whole, or not at all."""
    judged, told = _judged(path, engine)
    if judged is not None:
        batch = store_import(engine, judged, viewer=LOCAL, as_of=clock.today(), keys=key_place())
        catch_up(engine)
        told = report(judged, batch.kept)
        told["stored"] = {
            name: getattr(batch, name)
            for name in ("id", "new", "updated", "unchanged", "refused", "left_out", "vanished")
        }
    _tell(told, as_json=as_json)
    return exit_status(told)


def undo_one(engine: Engine, batch_id: int, reason: str) -> int:
    """Take a stored batch back, whole or not at all."""
    try:
        undone = undo_batch(engine, batch_id, reason, viewer=LOCAL)
    except (BatchNotUndone, StoreBusy) as refusal:
        complain(str(refusal))
        for one in getattr(refusal, "changes", ()):
            name = one.number or f"id={one.item_id}"
            complain(f"{name}\t{one.what}\t{one.who}\t{one.at:%Y-%m-%d %H:%M}")
        return REJECTED
    catch_up(engine)
    say(undone.sentence)
    return ACCEPTED


def _store_if_there_is_one() -> Engine | None:
    """The city's own register decides where there is a store; checking never makes one."""
    url = settings().database_url
    if url.startswith("sqlite") and not Path(url.split("///", 1)[-1]).exists():
        return None
    engine = open_engine(url)
    return engine if is_current(engine) else None


def _judged(path: Path, engine: Engine | None) -> tuple[JudgedLedger | None, dict[str, Any]]:
    limits = file_limits()
    try:
        with path.open("rb") as file:
            # One byte too many tells that a file is too large; a device has no end at all.
            data = file.read(limits.file_bytes + 1)
    except OSError:
        return None, refusal_report(path.name, "", "读不到这个文件，请核对文件名和读取权限。")
    try:
        judged = judged_file(data, path.name, as_of=clock.today(), engine=engine, limits=limits)
    except LedgerRefused as refusal:
        return None, refusal_report(path.name, hashlib.sha256(data).hexdigest(), str(refusal))
    return judged, report(judged)


def _tell(told: dict[str, Any], *, as_json: bool) -> None:
    line = json.dumps(told, ensure_ascii=False) if as_json else plain_text(told)
    sys.stdout.write(line + "\n")
