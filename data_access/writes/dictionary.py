"""问题分类和来源渠道: a word is renamed or merged; ledgers may go on writing the old one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from data_access.bulk import next_id
from data_access.dictionary import COLUMN_OF, TermKind
from data_access.schema.items import items
from data_access.schema.registers import terms
from data_access.writes.in_line import in_turn
from data_access.writes.record_audit import record_audit
from supervision.registers import RegisterRefused
from supervision.scope import Viewer

LONGEST_WORD = 40


def rename_term(engine: Engine, term_id: int, name: str, *, seen: str, viewer: Viewer) -> None:
    """Call a word otherwise; `seen` is what it was called on the page. Raises RegisterRefused."""
    name = " ".join(name.split())
    with in_turn(engine) as change:
        connection = change.connection
        before = _term(connection, term_id, seen)
        if not name or len(name) > LONGEST_WORD or not name.isprintable():
            raise RegisterRefused(f"名称为 1 到 {LONGEST_WORD} 个字。")
        if name == before.name:
            raise RegisterRefused("新名称与现在的名称相同。")
        there = connection.execute(
            select(terms).where(terms.c.kind == before.kind, terms.c.name == name)
        ).one_or_none()
        if there is not None and there.stands_for_id != term_id:
            raise RegisterRefused(f"已有“{name}”，两者是一回事就请用“合并”。")
        if there is not None:
            # It takes back a name it had: no item points to the word that stood for it.
            connection.execute(delete(terms).where(terms.c.id == there.id))
        connection.execute(update(terms).where(terms.c.id == term_id).values(name=name))
        connection.execute(
            insert(terms).values(
                id=next_id(connection, terms),
                kind=before.kind,
                name=before.name,
                stands_for_id=term_id,
            )
        )
        record_audit(
            change, viewer, act="rename_term", entity="term", entity_id=term_id,
            before={"called": before.name}, after={"called": name},
        )  # fmt: skip


def merge_term(engine: Engine, term_id: int, into: int, *, seen: str, viewer: Viewer) -> int:
    """One word for two: its items take the other; how many. Raises RegisterRefused."""
    with in_turn(engine) as change:
        connection = change.connection
        old = _term(connection, term_id, seen)
        new = connection.execute(select(terms).where(terms.c.id == into)).one_or_none()
        if new is None or new.kind != old.kind or new.stands_for_id is not None or into == term_id:
            raise RegisterRefused("请选择另一个使用中的名称。")
        column = COLUMN_OF[TermKind(old.kind)]
        moved = connection.execute(
            update(items)
            .where(column == term_id)
            .values(
                {
                    column: into,
                    items.c.change_number: change.change,
                    items.c.row_version: items.c.row_version + 1,
                }
            )
        ).rowcount
        connection.execute(
            update(terms)
            .where((terms.c.id == term_id) | (terms.c.stands_for_id == term_id))
            .values(stands_for_id=into)
        )
        record_audit(
            change, viewer, act="merge_term", entity="term", entity_id=term_id,
            before={"called": old.name}, after={"into": new.name, "items": moved},
        )  # fmt: skip
        return moved


def _term(connection: Connection, term_id: int, seen: str) -> Row[Any]:
    row = connection.execute(select(terms).where(terms.c.id == term_id)).one_or_none()
    if row is None or row.stands_for_id is not None or row.name != seen:
        raise RegisterRefused("这个名称刚被别人改过，请刷新后再改。")
    return row
