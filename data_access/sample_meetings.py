"""What the sample city's sessions promised and how their plans went, entered like anyone's."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import polars as pl
from sqlalchemy import Engine, Row, select

from data_access.database import reading
from data_access.facts import Facts, facts
from data_access.figures import AN_ITEM
from data_access.meetings import counted_items
from data_access.reads.commitments import session_plan
from data_access.schema.meetings import session_commitments, session_milestones
from data_access.schema.registers import departments, face_to_face_sessions
from data_access.writes import commitments, milestones
from data_access.writes.commitment_rows import CommitmentWanted
from data_access.writes.milestones import MilestoneWanted
from sample_data.promises import OWN_MILESTONES, Promise, promises_of
from supervision.milestones import MilestoneKind
from supervision.scope import Viewer

NEWEST, PLANNED = 18, 6
"""So many sessions have commitments, the newest of them plans."""
DEPARTMENTS_OF_ONE, ITEMS_OF_ONE = 3, 2
_HAPPENS = frozenset({MilestoneKind.SESSION, MilestoneKind.ASSIGNMENT, MilestoneKind.NEXT_SESSION})


def fill_meetings(engine: Engine, *, as_of: date, seed: int, viewer: Viewer) -> None:
    """Commitments and plans of the newest sessions that have none."""
    with reading(engine) as connection:
        told = select(session_commitments.c.session_id).union(
            select(session_milestones.c.session_id)
        )
        begun = set(connection.execute(told).scalars())
        names = dict(connection.execute(select(departments.c.id, departments.c.name)).all())
        held = connection.execute(
            select(face_to_face_sessions)
            .where(face_to_face_sessions.c.held_on < as_of)
            .order_by(face_to_face_sessions.c.held_on.desc(), face_to_face_sessions.c.id)
            .limit(NEWEST)
        ).all()
    rng, known = random.Random(seed + 11), facts(engine)
    for place, session in enumerate(held):
        if session.id in begun:
            continue
        _promise(engine, session, known, names, rng, as_of, viewer)
        if place < PLANNED:
            _plan(engine, session, rng, as_of, viewer)


def _promise(
    engine: Engine, session: Row[Any], known: Facts, names: dict[int, str], rng: random.Random,
    as_of: date, viewer: Viewer,
) -> None:  # fmt: skip
    """The departments with most items of the session promise most."""
    rows = counted_items(known, viewer.scope, as_of, session.id)
    rows = rows.filter(AN_ITEM & pl.col("department_id").is_not_null())
    leading = rows.group_by("department_id").agg(pl.col("item_id").sort(), n=pl.len())
    leading = leading.sort("n", "department_id", descending=[True, False])
    for place, (key, ids, _) in enumerate(leading.head(DEPARTMENTS_OF_ONE).iter_rows()):
        for promise in promises_of(names[key], session.held_on, rng, 2 if place == 0 else 1):
            by = session.host if place == 0 and session.host else f"{names[key]}负责人"
            wanted = CommitmentWanted(
                promise.text, by, key, promise.due_on, tuple(ids[:ITEMS_OF_ONE])
            )
            _enter(engine, session, wanted, promise, as_of, viewer)


def _enter(
    engine: Engine, session: Row[Any], wanted: CommitmentWanted, promise: Promise, as_of: date,
    viewer: Viewer,
) -> None:  # fmt: skip
    asked: dict[str, Any] = {"as_of": as_of, "viewer": viewer}
    key = commitments.make_commitment(engine, session.id, wanted, **asked)
    for told_on, words in promise.reports:
        if told_on <= as_of:
            commitments.report_on_commitment(engine, key, told_on, words, **asked)
    done_on = promise.fulfilled_on
    if done_on is not None and done_on <= as_of:
        commitments.fulfil_commitment(
            engine, key, done_on, promise.evidence, row_version=1, **asked
        )


def _plan(
    engine: Engine, session: Row[Any], rng: random.Random, as_of: date, viewer: Viewer
) -> None:
    """The usual course and a point of the city's own; most of what was due is done."""
    asked: dict[str, Any] = {"as_of": as_of, "viewer": viewer}
    milestones.accept_plan(engine, session.id, tuple(MilestoneKind), **asked)
    wanted = MilestoneWanted(
        rng.choice(OWN_MILESTONES), session.held_on + timedelta(days=8),
        leader=session.host or "", note="督查室会同牵头单位",
    )  # fmt: skip
    milestones.add_milestone(engine, session.id, wanted, **asked)
    plan = session_plan(engine, scope=viewer.scope, as_of=as_of, session_id=session.id)
    for one in plan.milestones:
        if one.planned_on is None or one.planned_on > as_of or one.kind in _HAPPENS:
            continue
        luck = rng.random()
        done_on = one.planned_on + timedelta(days=rng.randint(3, 6) if luck > 0.8 else 0)
        if one.kind is MilestoneKind.OWN and luck > 0.4:
            continue
        if done_on <= as_of:
            milestones.finish_milestone(
                engine, one.id, done_on, row_version=one.row_version, **asked
            )
