"""Fills an empty store with the sample city: its ledgers go in by the door everyone uses.

A note in the settings stands from the first row to the last, so that a filling that was cut off
is gone on with at the next start instead of passing for a whole city.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, delete, func, insert, select

from data_access.answers import answered_day
from data_access.database import reading, transaction
from data_access.facts import facts
from data_access.gatherings import Gathering, gathered
from data_access.hotline_sheet import judged_hotline
from data_access.ledger_import.apply import StoredBatch, store_import
from data_access.ledger_import.receive import judged_file
from data_access.ledger_import.workbook import open_ledger
from data_access.measures import reassign_candidate
from data_access.privacy.key_place import KeyPlace
from data_access.programmes.apply import store_programme
from data_access.programmes.book import programme_book
from data_access.programmes.judging import judged_programme
from data_access.reads.alike import alike
from data_access.register_store import stored_registers
from data_access.sample_meetings import fill_meetings
from data_access.schema.base import settings
from data_access.schema.imports import import_batches
from data_access.schema.items import items as stored_items
from data_access.schema.items import reassignment_flags
from data_access.schema.matters import hotline_imports
from data_access.schema.programmes import programme_batches
from data_access.schema.registers import divisions, face_to_face_sessions
from data_access.text_index import catch_up
from data_access.writes.acting.said import Said
from data_access.writes.class_matters import make_matter
from data_access.writes.hotline import store_hotline
from data_access.writes.item_act import perform
from data_access.writes.matter_rows import MatterWanted
from data_access.writes.places import link_township
from sample_data.generate import write_sample
from sample_data.hotline import write_hotline
from sample_data.programme_ledgers import write_programme_ledgers
from supervision.class_matters import LONGEST_NAME, MatterRefused
from supervision.lifecycle import Act
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import DivisionLevel, ReassignReason, RowOutcome

SAMPLE_ITEMS = 1_500
SAMPLE_SEED = 20261125
MOST_FLAGGED = 5
FRESH_DAYS = 7
CITY_SESSIONS = "市级"
LINKED_LEADERS, EVERY = 6, 4
"""Every fourth township is linked to one of six leaders."""
MEASURES_OF_A_CLASS = "全市摸排同类问题，统一标准和资金来源，一县一清单，每月调度一次。"
_BEGUN, _UNFINISHED = "sample_city", "sample_unfinished"
IMPORTER = Viewer(
    account="sample", name="演示数据", roles=frozenset({Role.SUPERVISOR}), scope=Scope.whole_city()
)


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """The day and the size that a sample city was begun with."""

    as_of: date
    items: int


def unfinished_sample(engine: Engine) -> SamplePlan | None:
    """What a filling that was cut off had set out to write; None where nothing is left to do."""
    with reading(engine) as connection:
        note = connection.execute(
            select(settings.c.value).where(settings.c.name == _UNFINISHED)
        ).scalar()
    if note is None:
        return None
    day, items = note.split()
    return SamplePlan(date.fromisoformat(day), int(items))


def fill_with_sample(
    engine: Engine,
    *,
    as_of: date,
    items: int = SAMPLE_ITEMS,
    keys: KeyPlace | None = None,
    told: Callable[[str], None] = lambda _line: None,
) -> list[StoredBatch]:
    """Write the sample ledgers to a scratch folder and import each like anyone's.

    A filling that was cut off keeps its own day and size, because its ledgers tell of one city;
    what is stored already, by it or by people, stays.
    """
    plan = unfinished_sample(engine) or SamplePlan(as_of, items)
    with tempfile.TemporaryDirectory() as folder:
        paths = write_sample(Path(folder), items=plan.items, as_of=plan.as_of, seed=SAMPLE_SEED)
        _begin(engine, plan, next(path for path in paths if path.name == "sessions.csv"))
        stored = _stored_ledgers(engine)
        batches = []
        for path in paths:
            if path.name == "sessions.csv" or path.name in stored:
                continue
            judged = judged_file(path.read_bytes(), path.name, as_of=plan.as_of, engine=engine)
            batch = store_import(engine, judged, viewer=IMPORTER, as_of=plan.as_of, keys=keys)
            told(f"{path.name}：新增 {batch.new} 件，更新 {batch.updated} 件")
            batches.append(batch)
        _fill_programmes(engine, Path(folder), plan.as_of, told)
        _count_the_hotline(engine, Path(folder), plan.as_of)
    _flag_the_newest_complaints(engine, plan.as_of)
    _link_townships(engine)
    _make_a_matter(engine, plan.as_of)
    fill_meetings(engine, as_of=plan.as_of, seed=SAMPLE_SEED, viewer=IMPORTER)
    with transaction(engine) as change:
        change.connection.execute(delete(settings).where(settings.c.name == _UNFINISHED))
    catch_up(engine)
    return batches


def _fill_programmes(
    engine: Engine, folder: Path, as_of: date, told: Callable[[str], None]
) -> None:
    """The ledgers of the programmes, those that are stored already left out."""
    with reading(engine) as connection:
        known, registers = programme_book(connection), stored_registers(connection)
        stored = set(connection.execute(select(programme_batches.c.programme)).scalars())
    for name, path in write_programme_ledgers(folder, as_of=as_of):
        if name in stored or name not in known:
            continue
        judged = judged_programme(
            known[name], open_ledger(path.read_bytes(), path.name), registers=registers,
            as_of=as_of, scope=IMPORTER.scope,
        )  # fmt: skip
        plan = store_programme(engine, judged, viewer=IMPORTER, as_of=as_of).plan
        told(f"{path.name}：新增 {plan.count(RowOutcome.NEW)} 条")


def _stored_ledgers(engine: Engine) -> set[str]:
    """Names of the sample's ledgers that are in the store; each went in whole or not at all."""
    with reading(engine) as connection:
        return set(
            connection.execute(
                select(import_batches.c.file_name).where(
                    import_batches.c.stored_by == IMPORTER.account
                )
            ).scalars()
        )


def is_sample(engine: Engine) -> bool:
    """Whether the store holds the sample city."""
    with reading(engine) as connection:
        told = connection.execute(select(settings.c.value).where(settings.c.name == "sample_city"))
        return told.scalar_one_or_none() is not None


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


def _count_the_hotline(engine: Engine, folder: Path, as_of: date) -> None:
    path = write_hotline(folder, as_of=as_of, seed=SAMPLE_SEED)
    book = open_ledger(path.read_bytes(), path.name)
    with reading(engine) as connection:
        # Of a filling that was cut off it may be there already.
        stored = connection.execute(select(hotline_imports.c.id).limit(1)).first()
    if stored is None:
        store_hotline(engine, judged_hotline(engine, book, as_of=as_of), viewer=IMPORTER)


def _make_a_matter(engine: Engine, as_of: date) -> None:
    """The group of alike texts with most open items, made a 类案 like anyone's."""
    groups = alike(engine, scope=IMPORTER.scope, as_of=as_of).groups
    if not groups:
        return
    first = groups[0]
    lead = next((key for key, _ in first.departments if key is not None), None)
    with suppress(MatterRefused):
        make_matter(
            engine,
            MatterWanted(first.name[:LONGEST_NAME], lead, MEASURES_OF_A_CLASS),
            gathered(engine, Gathering.ALIKE, first.key),
            token=f"sample-{as_of.isoformat()}", as_of=as_of, viewer=IMPORTER,
        )  # fmt: skip


def _flag_the_newest_complaints(engine: Engine, as_of: date) -> None:
    """A few 拟重新交办, flagged like anyone's: no ledger tells of them."""
    with reading(engine) as connection:
        flagged = connection.execute(
            select(reassignment_flags.c.id)
            .where(reassignment_flags.c.flagged_by == IMPORTER.account)
            .limit(1)
        ).first()
    if flagged is not None:
        return
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
    words = "回访评价不满意，建议重新交办。"
    perform(
        engine,
        Act.FLAG_FOR_REASSIGNMENT,
        versions,
        Said(reassign_reason=ReassignReason.DISSATISFIED, words=words),
        viewer=IMPORTER,
        as_of=as_of,
        token=f"sample-{as_of.isoformat()}",
    )


def _link_townships(engine: Engine) -> None:
    """联镇领导: some hosts of sessions of the city are linked to a few townships each."""
    with reading(engine) as connection:
        hosts = connection.execute(
            select(face_to_face_sessions.c.host)
            .where(face_to_face_sessions.c.level == CITY_SESSIONS)
            .distinct()
            .order_by(face_to_face_sessions.c.host)
            .limit(LINKED_LEADERS)
        ).scalars().all()  # fmt: skip
        townships = connection.execute(
            select(divisions)
            .where(divisions.c.level == DivisionLevel.TOWNSHIP.value)
            .order_by(divisions.c.code)
        ).all()  # fmt: skip
    if not hosts or any(row.linked_leader for row in townships):
        return
    for n, row in enumerate(townships[::EVERY]):
        link_township(
            engine, row.code, hosts[n % len(hosts)], row_version=row.row_version, viewer=IMPORTER
        )


def _begin(engine: Engine, plan: SamplePlan, sessions: Path) -> None:
    """The sessions, and the note that the city is unfinished; nothing where it was begun."""
    with sessions.open(encoding="utf-8-sig", newline="") as file, transaction(engine) as change:
        connection = change.connection
        names = set(connection.execute(select(settings.c.name)).scalars())
        if _BEGUN in names:
            return
        connection.execute(
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
        connection.execute(
            insert(settings),
            [
                {"name": _BEGUN, "value": "河源"},
                {"name": _UNFINISHED, "value": f"{plan.as_of.isoformat()} {plan.items}"},
            ],
        )
