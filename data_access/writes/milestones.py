"""作战节点 of a session: the drafted ones accepted, others added, changed, done, removed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from data_access.bulk import next_id
from data_access.database import Transaction, reading
from data_access.facts import facts
from data_access.ledger_import.cell_text import clean
from data_access.ledger_import.personal import masked
from data_access.meetings import course_of, is_whole
from data_access.schema.meetings import session_milestones
from data_access.writes.commitment_rows import called, carried_on_by, has_ended
from data_access.writes.in_line import in_turn
from data_access.writes.matter_rows import tidy
from data_access.writes.record_audit import record_audit
from supervision.commitments import DEPARTMENT_ENDED
from supervision.milestones import (
    ALL_THERE,
    DONE_ALREADY,
    MOST_MILESTONES,
    NOT_DONE,
    NOT_WITHDRAWN,
    NOT_YOURS,
    SAME_NAME,
    STALE,
    TOO_MANY,
    WITHDRAWN,
    MilestoneKind,
    MilestoneRefused,
    done_refused,
    drafted,
    milestone_refused,
)
from supervision.reporters import as_saved
from supervision.scope import Scope, Viewer

_KEPT = session_milestones.c


@dataclass(frozen=True, slots=True)
class MilestoneWanted:
    """A milestone as it is to stand; without a planned day it waits for one."""

    name: str
    planned_on: date | None
    department_id: int | None = None
    leader: str = ""
    note: str = ""

    def tidy(self) -> MilestoneWanted:
        """Without residents' data and what cannot be shown."""
        name, leader = (
            " ".join(masked(clean(words)).split()) for words in (self.name, self.leader)
        )
        return MilestoneWanted(name, self.planned_on, self.department_id, leader, tidy(self.note))

    def over(self, was: MilestoneWanted, scope: Scope) -> MilestoneWanted:
        """Saved over what stood: unchanged words keep what is hidden from who saves."""
        pairs = ((self.name, was.name), (self.leader, was.leader), (self.note, was.note))
        name, leader, note = (as_saved(scope, *pair) for pair in pairs)
        return replace(self, name=name, leader=leader, note=note)


def accept_plan(
    engine: Engine, session_id: int, kinds: Collection[MilestoneKind], *, as_of: date,
    viewer: Viewer,
) -> int:  # fmt: skip
    """These points of the usual course stand, on the days that the rules propose; how many."""
    _refused(None if is_whole(engine, viewer.scope, as_of, session_id) else NOT_YOURS)
    course = course_of(engine, session_id, as_of)
    if course is None:
        raise MilestoneRefused("请先在场次登记里填写召开日期，再拟定节点。")
    points = drafted(facts(engine).calendar, course, as_of=as_of)
    with in_turn(engine) as change:
        connection = change.connection
        there = {row.kind for row in _standing(connection, session_id)}
        wanted = [one for one in points if one.kind in kinds and one.kind.value not in there]
        _refused(None if wanted else ALL_THERE)
        _room(connection, session_id, len(wanted))
        key = next_id(connection, session_milestones)
        rows: list[dict[str, Any]] = [
            {"id": key + n, "session_id": session_id, "kind": one.kind.value,
             "name": one.kind.label, "planned_on": one.planned_on, "done_on": one.done_on,
             "made_by": viewer.account}
            for n, one in enumerate(wanted)
        ]  # fmt: skip
        connection.execute(insert(session_milestones), rows)
        record_audit(
            change, viewer, act="accept_plan", entity="session", entity_id=session_id,
            after={"milestones": [_point(one["name"], one["planned_on"]) for one in rows]},
        )  # fmt: skip
        return len(rows)


def add_milestone(
    engine: Engine, session_id: int, wanted: MilestoneWanted, *, as_of: date, viewer: Viewer
) -> int:
    """A milestone of the city's own; its id."""
    _refused(None if is_whole(engine, viewer.scope, as_of, session_id) else NOT_YOURS)
    wanted = wanted.tidy()
    with in_turn(engine) as change:
        connection = change.connection
        _wanted_refused(connection, session_id, wanted)
        _room(connection, session_id, 1)
        key = next_id(connection, session_milestones)
        connection.execute(
            insert(session_milestones).values(
                id=key, session_id=session_id, kind=MilestoneKind.OWN.value,
                made_by=viewer.account, **_values(wanted),
            )
        )  # fmt: skip
        _record(change, viewer, "add_milestone", key, after=_told(connection, wanted))
        return key


def change_milestone(
    engine: Engine, milestone_id: int, wanted: MilestoneWanted, *, row_version: int, as_of: date,
    viewer: Viewer,
) -> None:  # fmt: skip
    """Another name, day, department, leader or note."""
    wanted = wanted.tidy()
    _own(engine, milestone_id, viewer, as_of)
    with in_turn(engine) as change:
        connection = change.connection
        before = _milestone_of(connection, milestone_id, row_version)
        was = MilestoneWanted(
            before.name, before.planned_on, before.department_id, before.leader or "",
            before.note or "",
        )  # fmt: skip
        wanted = wanted.over(was, viewer.scope)
        _wanted_refused(connection, before.session_id, wanted, before)
        _set(change, before, **_values(wanted))
        _record(
            change, viewer, "change_milestone", milestone_id,
            before=_told(connection, was), after=_told(connection, wanted),
        )  # fmt: skip


def finish_milestone(
    engine: Engine, milestone_id: int, done_on: date | None, *, row_version: int, as_of: date,
    viewer: Viewer,
) -> None:  # fmt: skip
    """Done on a day."""
    _refused(done_refused(done_on, as_of=as_of))
    assert done_on is not None
    _own(engine, milestone_id, viewer, as_of)
    with in_turn(engine) as change:
        before = _milestone_of(change.connection, milestone_id, row_version)
        _refused(DONE_ALREADY if before.done_on is not None else None)
        _set(change, before, done_on=done_on)
        after: dict[str, object] = {"called": before.name, "done_on": done_on.isoformat()}
        _record(change, viewer, "finish_milestone", milestone_id, after=after)


def take_back_finish(
    engine: Engine, milestone_id: int, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """It is not done after all."""
    _own(engine, milestone_id, viewer, as_of)
    with in_turn(engine) as change:
        before = _milestone_of(change.connection, milestone_id, row_version)
        _refused(NOT_DONE if before.done_on is None else None)
        key = before.department_id
        holder = None if key is None else carried_on_by(change.connection, key)
        _set(change, before, done_on=None, department_id=holder)
        _record(
            change, viewer, "take_back_finish", milestone_id,
            before={"done_on": before.done_on.isoformat()}, after={"called": before.name},
        )  # fmt: skip


def remove_milestone(
    engine: Engine, milestone_id: int, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """It is in the plan no more; it can be put back."""
    _own(engine, milestone_id, viewer, as_of)
    with in_turn(engine) as change:
        before = _milestone_of(change.connection, milestone_id, row_version)
        _set(change, before, withdrawn_on=as_of)
        _record(change, viewer, "remove_milestone", milestone_id, after={"called": before.name})


def restore_milestone(
    engine: Engine, milestone_id: int, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """It stands in the plan again, as it was."""
    _own(engine, milestone_id, viewer, as_of)
    with in_turn(engine) as change:
        connection = change.connection
        before = _milestone_of(connection, milestone_id, row_version, withdrawn=True)
        _same_refused(connection, before.session_id, before.name, but=None)
        _room(connection, before.session_id, 1)
        _set(change, before, withdrawn_on=None)
        _record(change, viewer, "restore_milestone", milestone_id, after={"called": before.name})


def _refused(sentence: str | None) -> None:
    if sentence is not None:
        raise MilestoneRefused(sentence)


def _own(engine: Engine, milestone_id: int, viewer: Viewer, as_of: date) -> None:
    """Asked before the act takes its turn: a milestone never moves to another session."""
    with reading(engine) as connection:
        session_id = connection.execute(
            select(_KEPT.session_id).where(_KEPT.id == milestone_id)
        ).scalar()
    within = session_id is not None and is_whole(engine, viewer.scope, as_of, session_id)
    _refused(None if within else NOT_YOURS)


def _milestone_of(
    connection: Connection, milestone_id: int, row_version: int, *, withdrawn: bool = False
) -> Row[Any]:
    found = connection.execute(
        select(session_milestones).where(_KEPT.id == milestone_id).with_for_update()
    ).one_or_none()
    if found is None or row_version != found.row_version:
        raise MilestoneRefused(STALE)
    if (found.withdrawn_on is not None) is not withdrawn:
        raise MilestoneRefused(NOT_WITHDRAWN if withdrawn else WITHDRAWN)
    return found


def _set(change: Transaction, before: Row[Any], **values: object) -> None:
    change.connection.execute(
        update(session_milestones)
        .where(_KEPT.id == before.id)
        .values(**values, row_version=before.row_version + 1)
    )


def _standing(connection: Connection, session_id: int) -> list[Row[Any]]:
    there = (_KEPT.session_id == session_id, _KEPT.withdrawn_on.is_(None))
    return list(connection.execute(select(session_milestones).where(*there)))


def _room(connection: Connection, session_id: int, more: int) -> None:
    there = (_KEPT.session_id == session_id, _KEPT.withdrawn_on.is_(None))
    held = connection.execute(
        select(func.count()).select_from(session_milestones).where(*there)
    ).scalar_one()
    _refused(TOO_MANY if held + more > MOST_MILESTONES else None)


def _wanted_refused(
    connection: Connection, session_id: int, wanted: MilestoneWanted, before: Row[Any] | None = None
) -> None:
    _refused(milestone_refused(wanted.name, wanted.leader, wanted.note))
    key = wanted.department_id
    if key is not None and called(connection, key) is None:
        raise MilestoneRefused("所选的责任单位不在登记册里，请刷新后重新选择。")
    is_new = before is None or before.department_id != key
    if key is not None and is_new and has_ended(connection, key):
        raise MilestoneRefused(DEPARTMENT_ENDED)
    but = None if before is None else before.id
    _same_refused(connection, session_id, wanted.name, but=but)


def _same_refused(connection: Connection, session_id: int, name: str, *, but: int | None) -> None:
    if any(row.name == name and row.id != but for row in _standing(connection, session_id)):
        raise MilestoneRefused(SAME_NAME)


def _values(wanted: MilestoneWanted) -> dict[str, Any]:
    return {
        "name": wanted.name, "planned_on": wanted.planned_on,
        "department_id": wanted.department_id, "leader": wanted.leader or None,
        "note": wanted.note or None,
    }  # fmt: skip


def _told(connection: Connection, wanted: MilestoneWanted) -> dict[str, object]:
    return {
        "called": wanted.name,
        "planned_on": wanted.planned_on.isoformat() if wanted.planned_on else None,
        "department": called(connection, wanted.department_id),
        "leader": wanted.leader or None,
        "words": wanted.note or None,
    }


def _point(name: str, planned_on: date | None) -> str:
    return f"{name} {planned_on.isoformat() if planned_on else '日期待定'}"


def _record(
    change: Transaction, viewer: Viewer, act: str, key: int, *,
    before: dict[str, object] | None = None, after: dict[str, object],
) -> None:  # fmt: skip
    record_audit(
        change, viewer, act=act, entity="milestone", entity_id=key, before=before, after=after
    )
