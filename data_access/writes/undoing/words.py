"""Words and sessions that an undone batch named first go, where nothing else leans on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, or_, select

from data_access.schema.imports import import_batches, items_before
from data_access.schema.items import items
from data_access.schema.meetings import session_commitments, session_milestones
from data_access.schema.registers import face_to_face_sessions, terms
from data_access.schema.rules import rule_versions
from data_access.schema.supervision import item_acts

_NAMES_ONE = re.compile(r'"(category_id|origin_id|session_id)":\s*(\d+)')
_KEYS = ("category_id", "origin_id", "session_id")


def remove_unused_words(connection: Connection) -> int:
    """Of all batches that are undone: a word may have waited for a later one; how many went."""
    undone = select(import_batches.c.id).where(import_batches.c.undone_at.is_not(None))
    new_terms = _of(connection, terms, undone, terms.c.stands_for_id.is_(None))
    held = face_to_face_sessions.c
    new_sessions = _of(
        connection, face_to_face_sessions, undone, held.row_version == 1, held.held_on.is_(None)
    )
    if not new_terms and not new_sessions:
        return 0
    mentioned = _mentioned(connection)
    used_terms = mentioned["category_id"] | mentioned["origin_id"] | _of_rules(connection)
    for column in (items.c.category_id, items.c.origin_id, terms.c.stands_for_id):
        used_terms |= _used(connection, column, new_terms)
    used_sessions = mentioned["session_id"] | _used(connection, items.c.session_id, new_sessions)
    for kept in (session_commitments, session_milestones):
        used_sessions |= _used(connection, kept.c.session_id, new_sessions)
    gone_terms, gone_sessions = new_terms - used_terms, new_sessions - used_sessions
    for table, gone in ((terms, gone_terms), (face_to_face_sessions, gone_sessions)):
        connection.execute(delete(table).where(table.c.id.in_(sorted(gone))))
    return len(gone_terms) + len(gone_sessions)


def _of(connection: Connection, table: Table, undone: Any, *untouched: Any) -> set[int]:
    question = select(table.c.id).where(table.c.created_batch_id.in_(undone), *untouched)
    return set(connection.execute(question).scalars())


def _used(connection: Connection, column: Column[Any], keys: set[int]) -> set[int]:
    question = select(column).where(column.in_(sorted(keys))).distinct()
    return set(connection.execute(question).scalars())


def _mentioned(connection: Connection) -> dict[str, set[int]]:
    """What another batch or an act may put back one day."""
    found: dict[str, set[int]] = {name: set() for name in _KEYS}
    for told in _tellings(connection):
        for name, key in _NAMES_ONE.findall(told):
            found[name].add(int(key))
    return found


def _tellings(connection: Connection) -> Iterator[str]:
    for column in (items_before.c.stored, item_acts.c.effects):
        naming = or_(*(column.like(f'%"{name}"%') for name in _KEYS))
        yield from connection.execute(select(column).where(naming)).scalars()


def _of_rules(connection: Connection) -> set[int]:
    """Categories and origins that a rule of the city is made for."""
    subjects = connection.execute(select(rule_versions.c.subject).distinct()).scalars()
    keys = (subject.rpartition(":")[2] for subject in subjects)
    return {int(key) for key in keys if key.isdecimal()}
