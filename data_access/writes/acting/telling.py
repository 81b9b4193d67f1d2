"""What an act tells the audit trail, and what the trail tells of changes since a page was drawn."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from data_access.audit_story import changed_fields
from data_access.schema.accounts import accounts
from data_access.schema.base import audit
from data_access.schema.items import item_texts, items, round_co_departments, rounds
from data_access.schema.registers import departments, terms
from data_access.writes.acting.deed import Deed, Row
from data_access.writes.acting.outcome import ChangedField, ChangeSince, Stale
from data_access.writes.record_audit import record_audit
from supervision.audit_words import act_told, actor_told

_NAMED: dict[str, dict[str, str]] = {
    items.name: {
        "state": "state", "number": "number", "closed_on": "closed_on",
        "struck_off_on": "struck_off_on", "hang_until": "hang_until", "excluded": "excluded",
        "look_back": "look_back", "category_id": "category", "merged_into_id": "merged_into",
        "current_round": "round_no",
    },
    rounds.name: {
        "state": "round_state", "round_no": "round_no", "lead_department_id": "lead_departments",
        "assigned_on": "assigned_on", "received_on": "signed_on", "due_on": "due_on",
        "extended_due_on": "extended_due_on", "feedback_on": "feedback_on",
        "accepted_on": "accepted_on", "close_due_on": "close_due_on", "fix_due_on": "fix_due_on",
        "resolved_by_unit": "resolved_by_unit", "called_on": "called_on", "reached": "reached",
        "result": "satisfaction", "process": "process_satisfaction",
        "resolved_by_resident": "resolved",
    },
    item_texts.name: {"urgency": "urgency", "case_leader": "case_leader"},
}  # fmt: skip
"""Columns that the trail tells of → field names that it has words for."""
_LOOKED_UP = {"lead_departments": departments, "category": terms}
_BESIDE_THE_ROW = frozenset(
    {"see_personal_data", "update_personal_data", "erase_personal_data", "restore_personal_data"}
)
"""Acts on an item's neighbours that leave its row version."""


def record(deed: Deed) -> None:
    """The audit row: states and dates before and after, and what was said."""
    before, after = _told(deed)
    said = deed.said
    after |= {
        name: value
        for name, value in (
            ("words", said.words),
            ("text", said.text),
            ("measures", said.measures),
            ("evidence", "\n".join(said.evidence) or None),
        )
        if value
    }
    record_audit(
        deed.occasion.change, deed.occasion.viewer, act=deed.act.value, entity="item",
        entity_id=deed.item_id, before=before, after=after, reason=reason_of(deed),
        batch_id=deed.occasion.batch_id,
    )  # fmt: skip


def reason_of(deed: Deed) -> str | None:
    """Why: a reason by code with its words, or the reason as it was written."""
    said = deed.said
    if said.reassign_reason is not None:
        return said.reassign_reason.label + (f"：{said.words}" if said.words else "")
    return said.reason


def _told(deed: Deed) -> tuple[dict[str, object], dict[str, object]]:
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    for effect in deed.effects:
        for column, field in _NAMED.get(effect.table, {}).items():
            if column not in effect.after:
                continue
            if effect.before is not None:
                before.setdefault(field, _value(deed, field, effect.before[column]))
            after[field] = _value(deed, field, effect.after[column])
    helpers = [effect for effect in deed.effects if effect.table == round_co_departments.name]
    if gone := [_helper(deed, effect.before or {}) for effect in helpers if not effect.after]:
        before["co_departments"] = gone
    if come := [_helper(deed, effect.after) for effect in helpers if effect.after]:
        after["co_departments"] = come
    return before, after


def _helper(deed: Deed, row: Row) -> object:
    return _value(deed, "lead_departments", row["department_id"])


def _value(deed: Deed, field: str, value: Any) -> object:
    table = _LOOKED_UP.get(field)
    if table is None or value is None:
        return value
    found = deed.occasion.connection.execute(select(table.c.name).where(table.c.id == value))
    return str(found.scalar_one())


def stale(connection: Connection, item: Row, seen_version: int) -> Stale:
    """What others did to the item between the version that was seen and now."""
    rows = connection.execute(
        select(audit)
        .where(
            audit.c.entity == "item",
            audit.c.entity_id == item["id"],
            audit.c.act.not_in(_BESIDE_THE_ROW),
        )
        .order_by(audit.c.id.desc())
        .limit(max(item["row_version"] - seen_version, 0))
    ).all()
    names = dict(
        connection.execute(
            select(accounts.c.login, accounts.c.name).where(
                accounts.c.login.in_({row.actor for row in rows})
            )
        ).all()
    )
    return Stale(
        item_id=item["id"],
        number=item["number"],
        seen_version=seen_version,
        version=item["row_version"],
        changes=tuple(
            ChangeSince(
                account=row.actor,
                who=actor_told(row.actor, names.get(row.actor)),
                at=row.at,
                act=act_told(row.act),
                fields=tuple(ChangedField(*told) for told in changed_fields(row.before, row.after)),
                reason=row.reason,
            )
            for row in reversed(rows)
        ),
    )
