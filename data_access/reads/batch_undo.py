"""Whether an import batch can be undone, what that would do, and what happened since if not."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, exists, func, or_, select

from data_access.database import reading
from data_access.reads.batches_seen import seen_batches
from data_access.schema.accounts import accounts
from data_access.schema.base import audit
from data_access.schema.imports import import_batches, items_before, raw_rows
from data_access.schema.items import item_texts, items
from data_access.schema.matters import class_matter_items
from data_access.schema.meetings import commitment_items
from data_access.schema.supervision import item_acts
from supervision.audit_words import act_told, actor_told
from supervision.return_sheets import ReturnSheet
from supervision.scope import Scope
from supervision.undoing_imports import (
    BY_ACTS,
    LET_GO,
    NOTHING_KEPT,
    UNDONE_BEFORE,
    changed_since_sentence,
)

FIRST_FEW = 5
_LEFT_BEHIND = ("see_personal_data", "hand_over", "replace_division")
"""Audited on an item, and no change of what a ledger told: a look, and the registers' merges."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item that was changed after the batch, and its last change."""

    item_id: int
    number: str | None
    title: str | None
    what: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """A stored batch as far as its undoing asks."""

    id: int
    kind: str
    keeps_before: bool
    undone_at: datetime | None
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class BatchUndo:
    """What undoing would do; `refusal` says why it cannot be, with the first few items."""

    batch_id: int
    removed: int
    """Items that the batch added."""
    restored: int
    """Items that it changed."""
    refusal: str | None = None
    changes: tuple[ItemChange, ...] = ()
    gathered: int = 0
    """Of those added, how many belong to a 类案."""
    promised: int = 0
    """Commitments that are about one of those added."""


def batch_undo(engine: Engine, *, scope: Scope, as_of: date, batch_id: int) -> BatchUndo | None:
    """What undoing this batch would do; None when the scope does not see it."""
    with reading(engine) as connection:
        batch = seen_batch(connection, batch_id, scope, as_of)
        return None if batch is None else judged_undo(connection, batch)


def seen_batch(
    connection: Connection, batch_id: int, scope: Scope, as_of: date | None = None
) -> Batch | None:
    """A batch that the scope may look at, and so undo."""
    question = select(*(import_batches.c[one.name] for one in fields(Batch))).where(
        import_batches.c.id == batch_id, seen_batches(scope)
    )
    if as_of is not None:
        question = question.where(import_batches.c.as_of <= as_of)
    found = connection.execute(question).one_or_none()
    return None if found is None else Batch(*found)


def judged_undo(connection: Connection, batch: Batch) -> BatchUndo:
    """The same on a connection; a writer asks again under its lock."""
    refusal = _refusal(connection, batch)
    if refusal is not None:
        return BatchUndo(batch.id, 0, 0, refusal)
    removed = _count(connection, select(items.c.id).where(items.c.created_batch_id == batch.id))
    restored = _count(
        connection,
        select(items_before.c.item_id).where(items_before.c.batch_id == batch.id).distinct(),
    )
    first = _first_audit_row(connection, batch.id)
    changed = _changed_since(connection, batch.id, first)
    if changed:
        shown = _shown(connection, changed)
        sentence = changed_since_sentence(len(changed), len(shown))
        return BatchUndo(batch.id, removed, restored, sentence, shown)
    if _let_go(connection, batch.id, first):
        return BatchUndo(batch.id, removed, restored, LET_GO)
    held = select(class_matter_items.c.item_id).where(
        class_matter_items.c.item_id.in_(_added(batch.id))
    )
    about = commitment_items.c
    promised = select(about.commitment_id).where(about.item_id.in_(_added(batch.id))).distinct()
    return BatchUndo(
        batch.id, removed, restored,
        gathered=_count(connection, held), promised=_count(connection, promised),
    )  # fmt: skip


def _refusal(connection: Connection, batch: Batch) -> str | None:
    if batch.undone_at is not None:
        account = batch.undone_by or ""
        who = actor_told(account, _names(connection, {account}).get(account))
        return UNDONE_BEFORE.format(at=f"{batch.undone_at:%Y-%m-%d %H:%M}", who=who)
    by_acts = select(item_acts.c.id).where(item_acts.c.batch_id == batch.id).limit(1)
    if batch.kind in list(ReturnSheet) or connection.execute(by_acts).first() is not None:
        return BY_ACTS
    return None if batch.keeps_before else NOTHING_KEPT


def _count(connection: Connection, question: Select[Any]) -> int:
    return int(
        connection.execute(select(func.count()).select_from(question.subquery())).scalar_one()
    )


def _first_audit_row(connection: Connection, batch_id: int) -> int:
    """Everything later in the trail has a higher id: a range of the key, however long the trail."""
    return int(
        connection.execute(
            select(func.min(audit.c.id)).where(
                audit.c.entity == "import_batch", audit.c.entity_id == batch_id
            )
        ).scalar_one()
    )


def _added(batch_id: int) -> Select[Any]:
    return select(items.c.id).where(items.c.created_batch_id == batch_id)


def _touched(column: Any, batch_id: int) -> ColumnElement[bool]:
    known = select(items_before.c.item_id).where(items_before.c.batch_id == batch_id)
    return or_(column.in_(_added(batch_id)), column.in_(known))


@dataclass(frozen=True, slots=True)
class _Since:
    """Where the last change of an item stands: a row of the trail, or a later batch."""

    audit_id: int | None = None
    batch_id: int | None = None


def _changed_since(connection: Connection, batch_id: int, first: int) -> dict[int, _Since]:
    found: dict[int, _Since] = {}
    for key, told in connection.execute(
        select(raw_rows.c.item_id, func.max(raw_rows.c.batch_id))
        .where(raw_rows.c.batch_id > batch_id, _touched(raw_rows.c.item_id, batch_id))
        .group_by(raw_rows.c.item_id)
    ):
        found[key] = _Since(batch_id=told)
    # An item that another one was merged into, or that another one repeats, cannot go either.
    pointing = or_(
        items.c.merged_into_id.in_(_added(batch_id)), items.c.repeat_of_id.in_(_added(batch_id))
    )
    others = select(items.c.id).where(pointing)
    rows = connection.execute(
        select(audit.c.entity_id, func.max(audit.c.id))
        .where(
            audit.c.id > first,
            audit.c.entity == "item",
            or_(_touched(audit.c.entity_id, batch_id), audit.c.entity_id.in_(others)),
            _counts(batch_id),
            or_(audit.c.batch_id.is_(None), audit.c.batch_id.not_in(_undone(batch_id))),
        )
        .group_by(audit.c.entity_id)
    )
    return found | {key: _Since(audit_id=last) for key, last in rows}


def _undone(batch_id: int) -> Select[Any]:
    """This batch's own rows do not count, and not what was taken back since.

    Acts of a filled list stay with their item even when they were taken back.
    """
    of_ledger = import_batches.c.kind.not_in(list(ReturnSheet))
    return select(import_batches.c.id).where(
        or_(
            import_batches.c.id == batch_id,
            import_batches.c.undone_at.is_not(None) & of_ledger,
        )
    )


def _counts(batch_id: int) -> ColumnElement[bool]:
    """A merge of townships counts where the place, and so the fingerprint, was the batch's."""
    placed = select(items_before.c.item_id).where(
        items_before.c.batch_id == batch_id,
        or_(
            items_before.c.stored.like('%"fingerprint":%'),
            items_before.c.stored.like('%"township_code":%'),
        ),
    )
    moved = (audit.c.act == "replace_division") & audit.c.entity_id.in_(placed)
    return or_(audit.c.act.not_in(_LEFT_BEHIND), moved)


def _let_go(connection: Connection, batch_id: int, first: int) -> bool:
    """Whether what the batch found before is no longer kept of some item that it changed."""
    kept = exists().where(
        items_before.c.batch_id == batch_id, items_before.c.item_id == audit.c.entity_id
    )
    changed = select(audit.c.id).where(
        audit.c.id > first, audit.c.batch_id == batch_id, audit.c.entity == "item",
        audit.c.act != "register", ~kept,
    )  # fmt: skip
    return connection.execute(changed.limit(1)).first() is not None


def _shown(connection: Connection, changed: dict[int, _Since]) -> tuple[ItemChange, ...]:
    keys = sorted(changed)[:FIRST_FEW]
    rows = connection.execute(
        select(items.c.id, items.c.number, item_texts.c.title)
        .outerjoin(item_texts, item_texts.c.item_id == items.c.id)
        .where(items.c.id.in_(keys))
        .order_by(items.c.id)
    ).mappings()
    return tuple(_one(connection, dict(row), changed[row["id"]]) for row in rows)


def _one(connection: Connection, item: dict[str, Any], since: _Since) -> ItemChange:
    if since.audit_id is not None:
        question = select(audit.c.act, audit.c.actor, audit.c.at).where(
            audit.c.id == since.audit_id
        )
        act, actor, at = connection.execute(question).one()
        what = act_told(act)
    else:
        question = select(import_batches.c.stored_by, import_batches.c.stored_at).where(
            import_batches.c.id == since.batch_id
        )
        actor, at = connection.execute(question).one()
        what = f"第 {since.batch_id} 批台账再次报送"
    names = _names(connection, {actor})
    who = actor_told(actor, names.get(actor))
    return ItemChange(item["id"], item["number"], item["title"], what, who, at)


def _names(connection: Connection, logins: set[str]) -> dict[str, str]:
    question = select(accounts.c.login, accounts.c.name).where(accounts.c.login.in_(logins))
    return dict(connection.execute(question).all())
