"""Looking at an item's resident: masked for some, in clear only after a reason was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import polars as pl
from sqlalchemy import Connection, Engine, Row, select

from data_access.database import reading, recording
from data_access.facts import facts
from data_access.ledger_import.personal import masked, without_reporter
from data_access.privacy.key_place import KeyPlace
from data_access.schema.accounts import personal_data
from data_access.schema.items import item_texts, items, round_co_departments, rounds
from data_access.schema.registers import departments, terms
from data_access.writes.record_audit import record_audit
from supervision.reporters import LEAST_REASON, ReporterView, is_protected, reporter_view
from supervision.rights import NotPermitted, Right, require
from supervision.scope import Viewer
from supervision.vocabulary import CoRole

LONGEST_REASON = 200
_TEXT = "text:"


class Shown(NamedTuple):
    """One personal value as this person may see it now."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Reporter:
    """What a person sees of an item's resident without asking."""

    view: ReporterView
    masked: tuple[Shown, ...] = ()
    originals: tuple[str, ...] = ()
    """Fields of texts in which something was masked."""
    is_erased: bool = False
    same_number: int = 0
    """Other items in this person's scope that were reported from the same telephone."""


class LookRefused(Exception):
    """Nothing was shown; the text is a Chinese sentence."""


def reporter_of(engine: Engine, item_id: int, *, viewer: Viewer, as_of: date) -> Reporter:
    """The masked reporter, as far as this person may see it."""
    if not _seen(engine, {item_id}, viewer, as_of):
        return Reporter(ReporterView.HIDDEN)
    with reading(engine) as connection:
        view = _view(connection, item_id, viewer)
        if view == ReporterView.HIDDEN:
            return Reporter(view)
        rows = _rows(connection, item_id)
        others = _of_same_number(connection, rows) - {item_id}
        return Reporter(
            view,
            masked=tuple(Shown(r.field, r.masked) for r in rows if not r.field.startswith(_TEXT)),
            originals=tuple(
                r.field for r in rows if r.field.startswith(_TEXT) and r.erased_at is None
            ),
            is_erased=any(row.erased_at is not None for row in rows),
            same_number=len(_seen(engine, others, viewer, as_of)),
        )


def masked_reporters(
    engine: Engine, item_ids: Sequence[int], *, viewer: Viewer, as_of: date
) -> dict[int, tuple[Shown, ...]]:
    """The masked reporters of many items, each as `reporter_of` shows it; hidden ones absent."""
    seen = _seen(engine, set(item_ids), viewer, as_of)
    found: dict[int, tuple[Shown, ...]] = {}
    with reading(engine) as connection:
        for key in item_ids:
            if key in seen and _view(connection, key, viewer) != ReporterView.HIDDEN:
                found[key] = tuple(
                    Shown(row.field, row.masked)
                    for row in _rows(connection, key)
                    if not row.field.startswith(_TEXT)
                )
    return found


def see_personal_data(
    engine: Engine,
    keys: KeyPlace,
    item_id: int,
    *,
    reason: str,
    viewer: Viewer,
    as_of: date,
) -> tuple[Shown, ...]:
    """An item's personal data in clear; who looked and why is committed before they are opened.

    Raises NotPermitted, or LookRefused when the reason is too short or nothing is kept.
    """
    require(viewer, Right.SEE_PERSONAL_DATA)
    reason = reason.strip()
    if not LEAST_REASON <= len(reason) <= LONGEST_REASON:
        raise LookRefused(f"请写明查看理由，{LEAST_REASON} 到 {LONGEST_REASON} 个字。")
    seen = _seen(engine, {item_id}, viewer, as_of)
    with recording(engine) as change:
        if not seen or _view(change.connection, item_id, viewer) != ReporterView.ON_REASON:
            raise NotPermitted("没有这件事项，或您不能查看它的诉求人信息。")
        rows = [row for row in _rows(change.connection, item_id) if row.sealed is not None]
        if not rows:
            raise LookRefused("这件事项没有保存诉求人信息，或已被删除。")
        # Asked under the writers' lock, so that rows and keys belong together.
        ring = keys.keyring()
        clear = tuple(
            Shown(row.field, ring.opened(item_id, row.field, row.sealed, row.key_id))
            for row in rows
        )
        record_audit(
            change, viewer, act="see_personal_data", entity="item", entity_id=item_id,
            after={"fields": sorted({row.field for row in rows})},
            reason=_without_values(reason, clear),
        )  # fmt: skip
    return clear


def _without_values(reason: str, clear: tuple[Shown, ...]) -> str:
    """A reason that names the resident is recorded masked, like everything else of the audit."""
    told = tuple(
        value.text for value in clear if not value.field.startswith(_TEXT) and len(value.text) > 1
    )
    return masked(without_reporter(reason, told))


def _seen(engine: Engine, ids: set[int], viewer: Viewer, as_of: date) -> set[int]:
    """Those of these items that the person's scope sees."""
    known = facts(engine)
    frame = known.seen_by(viewer.scope, known.moment(as_of))
    return set(frame.filter(pl.col("item_id").is_in(list(ids)))["item_id"].to_list())


def _rows(connection: Connection, item_id: int) -> Sequence[Row[Any]]:
    return connection.execute(
        select(personal_data)
        .where(personal_data.c.item_id == item_id, personal_data.c.replaced_by_batch.is_(None))
        .order_by(personal_data.c.id)
    ).all()


def _of_same_number(connection: Connection, rows: Sequence[Row[Any]]) -> set[int]:
    numbers = {row.lookup for row in rows if row.field == "reporter_phone" and row.lookup}
    if not numbers:
        return set()
    return set(
        connection.execute(
            select(personal_data.c.item_id).where(
                personal_data.c.lookup.in_(numbers), personal_data.c.replaced_by_batch.is_(None)
            )
        ).scalars()
    )


def _view(connection: Connection, item_id: int, viewer: Viewer) -> ReporterView:
    kind, source = terms.alias("kind"), terms.alias("source")
    told = connection.execute(
        select(
            items.c.reporter_protected,
            kind.c.name.label("kind"),
            source.c.name.label("source"),
            item_texts.c.title,
            item_texts.c.content,
        )
        .select_from(items)
        .outerjoin(item_texts, item_texts.c.item_id == items.c.id)
        .outerjoin(kind, kind.c.id == items.c.category_id)
        .outerjoin(source, source.c.id == items.c.origin_id)
        .where(items.c.id == item_id)
    ).one()
    protected = is_protected(
        marked=told.reporter_protected, words=(told.kind, told.source, told.title, told.content)
    )
    leads, helpers = _leads(connection, item_id), _helpers(connection, item_id)
    joint = {name for name, role in helpers if role == CoRole.JOINT_LEAD.value}
    return reporter_view(
        viewer, protected=protected, led_by=frozenset(leads | joint),
        handled_by=frozenset(leads.union(name for name, _ in helpers)),
    )  # fmt: skip


def _leads(connection: Connection, item_id: int) -> set[str]:
    """Every department that leads in any round."""
    question = (
        select(departments.c.name)
        .join(rounds, rounds.c.lead_department_id == departments.c.id)
        .where(rounds.c.item_id == item_id)
    )
    return set(connection.execute(question).scalars())


def _helpers(connection: Connection, item_id: int) -> set[tuple[str, str]]:
    """Every department that joins in any round, and how."""
    question = (
        select(departments.c.name, round_co_departments.c.co_role)
        .join(round_co_departments, round_co_departments.c.department_id == departments.c.id)
        .join(rounds, rounds.c.id == round_co_departments.c.round_id)
        .where(rounds.c.item_id == item_id)
    )
    return {(name, role) for name, role in connection.execute(question)}
