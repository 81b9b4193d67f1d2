"""类案 are made of items, change, take items in and let them go, are closed and taken up again.

An item belongs to one at most and keeps its own clocks. Who acts must see every item of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Engine, insert, select

from data_access.bulk import next_id
from data_access.database import Transaction
from data_access.schema.matters import class_matters
from data_access.writes.in_line import in_turn
from data_access.writes.matter_rows import (
    MatterWanted,
    add_items,
    called,
    free_of_others,
    let_items_go,
    matter_of,
    matters_of,
    refused,
    seen_by,
    set_matter,
    tidy,
    told,
    values_of,
    wanted_refused,
    within_reach,
)
from data_access.writes.record_audit import record_audit
from supervision.class_matters import (
    IN_NO_MATTER,
    MatterRefused,
    MatterState,
    items_refused,
    text_refused,
)
from supervision.reporters import as_saved
from supervision.scope import Viewer

_ENTITY = "class_matter"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What became of the items that were chosen."""

    matter_id: int
    added: int
    elsewhere: int
    """Already in a 类案, this one or another."""


def make_matter(
    engine: Engine, wanted: MatterWanted, item_ids: Collection[int], *, token: str, as_of: date,
    viewer: Viewer,
) -> Gathered:  # fmt: skip
    """A new 类案 of these items. The same token again gives the one that was made."""
    wanted, chosen = wanted.tidy(), within_reach(engine, item_ids, viewer, as_of)
    with in_turn(engine) as change:
        connection = change.connection
        made = connection.execute(
            select(class_matters.c.id).where(class_matters.c.token == token)
        ).scalar()
        if made is not None:
            return Gathered(made, 0, 0)
        wanted_refused(connection, wanted, but=None)
        free = free_of_others(connection, chosen)
        refused(items_refused(len(chosen), len(chosen) - len(free)))
        key = next_id(connection, class_matters)
        connection.execute(
            insert(class_matters).values(
                id=key, **values_of(wanted), state=MatterState.OPEN.value, stands_since=as_of,
                made_by=viewer.account, token=token,
            )
        )  # fmt: skip
        record_audit(
            change, viewer, act="make_matter", entity=_ENTITY, entity_id=key,
            after={**told(connection, wanted), "numbers": called(connection, free)},
        )  # fmt: skip
        add_items(change, key, free, as_of, viewer)
        return Gathered(key, len(free), len(chosen) - len(free))


def change_matter(
    engine: Engine, matter_id: int, wanted: MatterWanted, *, row_version: int, as_of: date,
    viewer: Viewer,
) -> None:  # fmt: skip
    """Another name, lead or measures."""
    wanted, seen = wanted.tidy(), seen_by(engine, viewer, as_of)
    with in_turn(engine) as change:
        before = matter_of(change.connection, matter_id, row_version, seen)
        was = MatterWanted(before.name, before.lead_department_id, before.measures or "")
        wanted = replace(
            wanted, name=as_saved(viewer.scope, wanted.name, was.name),
            measures=as_saved(viewer.scope, wanted.measures, was.measures),
        )  # fmt: skip
        wanted_refused(change.connection, wanted, but=matter_id)
        set_matter(change, before, **values_of(wanted))
        record_audit(
            change, viewer, act="change_matter", entity=_ENTITY, entity_id=matter_id,
            before=told(change.connection, was), after=told(change.connection, wanted),
        )  # fmt: skip


def add_to_matter(
    engine: Engine, matter_id: int, item_ids: Collection[int], *, as_of: date, viewer: Viewer
) -> Gathered:
    """These items belong to it too; those of another 类案 stay there. Twice adds once."""
    chosen, seen = within_reach(engine, item_ids, viewer, as_of), seen_by(engine, viewer, as_of)
    with in_turn(engine) as change:
        matter = matter_of(change.connection, matter_id, None, seen)
        free = free_of_others(change.connection, chosen)
        refused(items_refused(len(chosen), len(chosen) - len(free)))
        add_items(change, matter_id, free, as_of, viewer)
        set_matter(change, matter)
        record_audit(
            change, viewer, act="add_to_matter", entity=_ENTITY, entity_id=matter_id,
            after={"called": matter.name, "numbers": called(change.connection, free)},
        )  # fmt: skip
        return Gathered(matter_id, len(free), len(chosen) - len(free))


def take_from_matter(
    engine: Engine, matter_id: int, item_ids: Collection[int], *, as_of: date, viewer: Viewer
) -> int:
    """These items belong to it no more; how many there were."""
    chosen, seen = within_reach(engine, item_ids, viewer, as_of), seen_by(engine, viewer, as_of)
    refused(items_refused(len(chosen), 0))
    with in_turn(engine) as change:
        return _let_go(change, matter_id, chosen, seen, viewer)


def take_out(engine: Engine, item_ids: Collection[int], *, as_of: date, viewer: Viewer) -> int:
    """These items belong to no 类案 any more, whichever it was: all of them or none."""
    chosen, seen = within_reach(engine, item_ids, viewer, as_of), seen_by(engine, viewer, as_of)
    refused(items_refused(len(chosen), 0))
    with in_turn(engine) as change:
        held = matters_of(change.connection, chosen)
        if not held:
            raise MatterRefused(IN_NO_MATTER)
        return sum(_let_go(change, matter_id, chosen, seen, viewer) for matter_id in held)


def _let_go(
    change: Transaction, matter_id: int, chosen: Sequence[int], seen: frozenset[int] | None,
    viewer: Viewer,
) -> int:  # fmt: skip
    matter = matter_of(change.connection, matter_id, None, seen)
    gone = let_items_go(change, matter, chosen)
    if gone:
        set_matter(change, matter)
        record_audit(
            change, viewer, act="take_from_matter", entity=_ENTITY, entity_id=matter_id,
            after={"called": matter.name, "numbers": called(change.connection, gone)},
        )  # fmt: skip
    return len(gone)


def close_matter(
    engine: Engine, matter_id: int, result: str, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """Solved as a class, with what came of it; open items go on by their own deadlines."""
    result, seen = tidy(result), seen_by(engine, viewer, as_of)
    refused(text_refused(result, "办理结果", needed=True))
    with in_turn(engine) as change:
        matter = matter_of(change.connection, matter_id, row_version, seen)
        set_matter(change, matter, state=MatterState.CLOSED.value, closed_on=as_of, result=result)
        record_audit(
            change, viewer, act="close_matter", entity=_ENTITY, entity_id=matter_id,
            after={"called": matter.name, "outcome": result},
        )  # fmt: skip


def reopen_matter(
    engine: Engine, matter_id: int, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """Taken up again: the problem was not solved as a class."""
    seen = seen_by(engine, viewer, as_of)
    with in_turn(engine) as change:
        matter = matter_of(change.connection, matter_id, row_version, seen, closed=True)
        set_matter(change, matter, state=MatterState.OPEN.value, closed_on=None)
        record_audit(
            change, viewer, act="reopen_matter", entity=_ENTITY, entity_id=matter_id,
            after={"called": matter.name},
        )  # fmt: skip
