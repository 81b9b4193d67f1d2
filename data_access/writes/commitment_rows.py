"""The rows of a 承诺 as the acts on it read and write them; who acts keeps to his own reach."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from data_access.database import Transaction
from data_access.ledger_import.cell_text import clean
from data_access.ledger_import.personal import masked
from data_access.meetings import departments_within
from data_access.schema.items import items
from data_access.schema.meetings import commitment_items, session_commitments
from data_access.schema.registers import departments, face_to_face_sessions
from data_access.writes.matter_rows import seen_by, tidy
from supervision.commitments import (
    DEPARTMENT_ENDED,
    MOST_ITEMS,
    NO_SESSION,
    NOT_WITHDRAWN,
    NOT_YOUR_DEPARTMENT,
    NOT_YOURS,
    STALE,
    TOLD_ALREADY,
    WITHDRAWN,
    CommitmentRefused,
    commitment_refused,
    due_refused,
)
from supervision.scope import Scope, Viewer


@dataclass(frozen=True, slots=True)
class CommitmentWanted:
    """A commitment as it is to stand; `items` are ids of the session's items it is about."""

    text: str
    promised_by: str
    department_id: int | None
    due_on: date | None
    items: tuple[int, ...] = ()

    def tidy(self) -> CommitmentWanted:
        """Without residents' data and what cannot be shown."""
        by = " ".join(masked(clean(self.promised_by)).split())
        return CommitmentWanted(
            tidy(self.text), by, self.department_id, self.due_on, tuple(sorted(set(self.items)))
        )


@dataclass(frozen=True, slots=True)
class Reach:
    """What an act may touch: items seen and departments spoken for; None is all of them."""

    scope: Scope
    items: frozenset[int] | None

    @classmethod
    def of(cls, engine: Engine, viewer: Viewer, as_of: date) -> Reach:
        """Asked before the act takes its turn, so that nobody waits for it."""
        return cls(viewer.scope, seen_by(engine, viewer, as_of))

    def speaks_for(self, connection: Connection, department_id: int) -> bool:
        """Whether the department is inside."""
        own = departments_within(connection, self.scope)
        return own is None or department_id in own

    def sees(self, item_ids: Collection[int]) -> bool:
        """Whether each of the items is inside."""
        return self.items is None or self.items.issuperset(item_ids)


def refused(sentence: str | None) -> None:
    """CommitmentRefused with this sentence; nothing for None."""
    if sentence is not None:
        raise CommitmentRefused(sentence)


def session_of(connection: Connection, session_id: int) -> Row[Any]:
    """The session, or CommitmentRefused."""
    held = face_to_face_sessions.c
    found = connection.execute(
        select(face_to_face_sessions).where(held.id == session_id)
    ).one_or_none()
    if found is None:
        raise CommitmentRefused(NO_SESSION)
    return found


def session_within(connection: Connection, session_id: int, reach: Reach) -> Row[Any]:
    """The session where something of it is seen, or CommitmentRefused."""
    found = session_of(connection, session_id)
    if reach.items is not None and reach.items.isdisjoint(_items_of(connection, session_id)):
        raise CommitmentRefused(NO_SESSION)
    return found


def commitment_of(
    connection: Connection, commitment_id: int, row_version: int | None, reach: Reach,
    *, withdrawn: bool = False,
) -> Row[Any]:  # fmt: skip
    """The commitment as it was on the page, if it is this person's to keep."""
    found = connection.execute(
        select(session_commitments)
        .where(session_commitments.c.id == commitment_id)
        .with_for_update()
    ).one_or_none()
    if found is None or not reach.speaks_for(connection, found.department_id):
        raise CommitmentRefused(NOT_YOURS)
    if row_version not in (None, found.row_version):
        raise CommitmentRefused(STALE)
    if (found.withdrawn_on is not None) is not withdrawn:
        raise CommitmentRefused(NOT_WITHDRAWN if withdrawn else WITHDRAWN)
    return found


def set_commitment(change: Transaction, before: Row[Any], **values: object) -> None:
    """Write values; whoever read it before is told."""
    change.connection.execute(
        update(session_commitments)
        .where(session_commitments.c.id == before.id)
        .values(**values, row_version=before.row_version + 1)
    )


def wanted_refused(
    connection: Connection, wanted: CommitmentWanted, session: Row[Any], reach: Reach,
    *, but: int | None,
) -> None:  # fmt: skip
    """CommitmentRefused for what cannot stand so."""
    refused(commitment_refused(wanted.text, wanted.promised_by, wanted.due_on))
    assert wanted.due_on is not None
    refused(due_refused(wanted.due_on, session.held_on))
    key = wanted.department_id
    if key is None or called(connection, key) is None or not reach.speaks_for(connection, key):
        raise CommitmentRefused(NOT_YOUR_DEPARTMENT)
    if has_ended(connection, key) and (but is None or _department_of(connection, but) != key):
        raise CommitmentRefused(DEPARTMENT_ENDED)
    if len(wanted.items) > MOST_ITEMS:
        raise CommitmentRefused(f"一项承诺最多关联 {MOST_ITEMS} 件事项。")
    kept = set() if but is None else items_about(connection, but)
    mine = set(wanted.items) - kept
    if not reach.sees(mine) or not mine <= set(_items_of(connection, session.id)):
        raise CommitmentRefused("只能关联这一场、您可见的事项，请刷新后重新选择。")
    same_refused(connection, session.id, wanted.text, key, but=but)


def same_refused(
    connection: Connection, session_id: int, text: str, department_id: int, *, but: int | None
) -> None:
    """A commitment is told once: a second press of the button adds none."""
    told = session_commitments.c
    same = select(told.id).where(
        told.session_id == session_id, told.text == text, told.department_id == department_id,
        told.withdrawn_on.is_(None),
    )  # fmt: skip
    if any(key != but for key in connection.execute(same).scalars()):
        raise CommitmentRefused(TOLD_ALREADY)


def called(connection: Connection, department_id: int | None) -> str | None:
    """A department's name; None where there is none."""
    return connection.execute(
        select(departments.c.name).where(departments.c.id == department_id)
    ).scalar()


def has_ended(connection: Connection, department_id: int) -> bool:
    """Whether the department is in the register no more: nobody speaks for what is open of it."""
    last = select(departments.c.valid_to).where(departments.c.id == department_id)
    return connection.execute(last).scalar() is not None


def carried_on_by(connection: Connection, department_id: int) -> int:
    """Who answers for what is open again: the department that carries on, where one does."""
    new = select(departments.c.successor_id).where(departments.c.id == department_id)
    return connection.execute(new).scalar() or department_id


def _department_of(connection: Connection, commitment_id: int) -> int | None:
    told = session_commitments.c
    question = select(told.department_id).where(told.id == commitment_id)
    return connection.execute(question).scalar()


def items_about(connection: Connection, commitment_id: int) -> set[int]:
    """The items that it is about."""
    about = commitment_items.c
    question = select(about.item_id).where(about.commitment_id == commitment_id)
    return set(connection.execute(question).scalars())


def set_items(change: Transaction, commitment_id: int, wanted: set[int]) -> None:
    """It is about these items and no others."""
    about = commitment_items.c
    change.connection.execute(delete(commitment_items).where(about.commitment_id == commitment_id))
    if wanted:
        change.connection.execute(
            insert(commitment_items),
            [{"commitment_id": commitment_id, "item_id": key} for key in sorted(wanted)],
        )


def _items_of(connection: Connection, session_id: int) -> list[int]:
    question = select(items.c.id).where(items.c.session_id == session_id)
    return list(connection.execute(question).scalars())


def told(connection: Connection, row: CommitmentWanted | Row[Any]) -> dict[str, object]:
    """As the trail keeps it."""
    return {
        "text": row.text,
        "promised_by": row.promised_by,
        "department": called(connection, row.department_id),
        "commitment_due_on": row.due_on.isoformat() if row.due_on is not None else None,
    }
