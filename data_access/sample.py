"""Fills an empty store with the sample city: its ledgers go in by the door everyone uses."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, func, insert, select

from data_access.answers import answered_day
from data_access.database import reading, transaction
from data_access.facts import facts
from data_access.ledger_import.apply import StoredBatch, store_import
from data_access.ledger_import.receive import judged_file
from data_access.measures import reassign_candidate
from data_access.schema.base import settings
from data_access.schema.imports import import_batches
from data_access.schema.items import items as stored_items
from data_access.schema.registers import face_to_face_sessions
from data_access.text_index import catch_up
from data_access.writes.reassignment import flag_for_reassignment
from sample_data.generate import write_sample
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import ReassignReason

SAMPLE_ITEMS = 1_500
SAMPLE_SEED = 20261125
MOST_FLAGGED = 5
FRESH_DAYS = 7
IMPORTER = Viewer(
    account="sample", name="演示数据", roles=frozenset({Role.SUPERVISOR}), scope=Scope.whole_city()
)


def fill_with_sample(
    engine: Engine,
    *,
    as_of: date,
    items: int = SAMPLE_ITEMS,
    told: Callable[[str], None] = lambda _line: None,
) -> list[StoredBatch]:
    """Write the sample ledgers to a scratch folder and import each like anyone's."""
    with tempfile.TemporaryDirectory() as folder:
        paths = write_sample(Path(folder), items=items, as_of=as_of, seed=SAMPLE_SEED)
        _store_sessions(engine, next(path for path in paths if path.name == "sessions.csv"))
        batches = []
        for path in (path for path in paths if path.name != "sessions.csv"):
            judged = judged_file(path.read_bytes(), path.name, as_of=as_of, engine=engine)
            batch = store_import(engine, judged, viewer=IMPORTER, as_of=as_of)
            told(f"{path.name}：新增 {batch.new} 件，更新 {batch.updated} 件")
            batches.append(batch)
    _flag_the_newest_complaints(engine, as_of)
    catch_up(engine)
    return batches


def stale_sample(engine: Engine, *, as_of: date) -> date | None:
    """The day that an untouched sample city tells of, where that is over a week ago."""
    with reading(engine) as connection:
        stored = connection.execute(
            select(import_batches.c.stored_by, func.max(import_batches.c.as_of)).group_by(
                import_batches.c.stored_by
            )
        ).all()
    days = [day for account, day in stored if account == IMPORTER.account]
    untouched = len(stored) == len(days) == 1
    return days[0] if untouched and (as_of - days[0]).days > FRESH_DAYS else None


def _flag_the_newest_complaints(engine: Engine, as_of: date) -> None:
    """A few 拟重新交办, flagged like anyone's: no ledger tells of them."""
    known = facts(engine)
    now = known.moment(as_of)
    complaints = known.seen_by(IMPORTER.scope, now).filter(reassign_candidate(now))
    newest = complaints.sort(answered_day(), "item_id", descending=True, nulls_last=True)
    ids = newest["item_id"].head(MOST_FLAGGED).to_list()
    with reading(engine) as connection:
        rows = connection.execute(
            select(stored_items.c.id, stored_items.c.row_version).where(stored_items.c.id.in_(ids))
        )
        versions = {row.id: row.row_version for row in rows}
    flag_for_reassignment(
        engine,
        versions,
        reason=ReassignReason.DISSATISFIED,
        words="回访评价不满意，建议重新交办。",
        viewer=IMPORTER,
        as_of=as_of,
    )


def _store_sessions(engine: Engine, path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file, transaction(engine) as change:
        change.connection.execute(
            insert(face_to_face_sessions),
            [
                {
                    "held_on": date.fromisoformat(row["held_on"]),
                    "theme": row["theme"],
                    "host": row["host"] or None,
                    "level": row["level"] or None,
                    "collected": int(row["collected"]) if row["collected"] else None,
                    "valid": int(row["valid"]) if row["valid"] else None,
                    "represented": int(row["represented"]) if row["represented"] else None,
                }
                for row in csv.DictReader(file)
            ],
        )
        change.connection.execute(insert(settings).values(name="sample_city", value="河源"))
