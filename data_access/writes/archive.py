"""归档: what was struck off long ago becomes read-only, unless something is still open on it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.desk_questions import QUESTIONS
from data_access.facts import facts
from data_access.schema.items import items
from data_access.writes.acting.said import Said
from data_access.writes.item_act import perform
from supervision.lifecycle import Act
from supervision.scope import Viewer
from supervision.vocabulary import ItemState

BLOCK = 500


@dataclass(frozen=True, slots=True)
class Archived:
    """How many items were archived; how many of that age wait for something; how many bear no
    day of striking off, so that nobody knows their age."""

    done: int
    waiting: int
    undated: int


def archive_struck_off(
    engine: Engine, *, before: date, reason: str, viewer: Viewer, as_of: date
) -> Archived:
    """Archive what was struck off before a day, in blocks; each item is an act with its audit.

    Items with an unanswered 批示, 督办单, repeat or look-back stay where people see them.
    """
    moment = facts(engine).moment(as_of)
    with reading(engine) as connection:
        struck_off = connection.execute(
            select(items.c.id, items.c.row_version, items.c.struck_off_on)
            .where(items.c.state == ItemState.STRUCK_OFF.value)
            .order_by(items.c.id)
        ).all()
        old = {
            row.id: row.row_version
            for row in struck_off
            if row.struck_off_on is not None and row.struck_off_on < before
        }
        waiting = {
            key
            for ask in QUESTIONS.values()
            for key, *_ in ask(connection, moment, None)
            if key in old
        }
    free = [(key, version) for key, version in old.items() if key not in waiting]
    done = 0
    for start in range(0, len(free), BLOCK):
        performed = perform(
            engine, Act.ARCHIVE, dict(free[start : start + BLOCK]), Said(reason=reason),
            viewer=viewer, as_of=as_of, token=f"archive-{secrets.token_hex(12)}",
        )  # fmt: skip
        done += len(performed.done)
    undated = sum(row.struck_off_on is None for row in struck_off)
    return Archived(done, len(old) - done, undated)
