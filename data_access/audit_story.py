"""What an audit row changed, as “field: old → new”, fit for eyes that may not see items.

Whoever audits judges acts, not cases: of an item's free texts only their length is told, so
that neither residents nor what they said stand in the trail's page or its export.
"""

from __future__ import annotations

from typing import Any

import msgspec

from data_access.ledger_import.personal import masked
from data_access.ledger_import.record import FIELDS
from supervision.audit_words import FIELD_WORDS, value_told
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.undoing import CounterAct

_ABOUT_RESIDENTS = frozenset({"item", "personal_data"})
"""Entities whose rows may repeat what residents said."""
_PLAIN_FIELDS = frozenset(
    {
        "state", "reason", "number", "session_theme", "category", "origin", "county", "township",
        "received_on", "closed_on", "struck_off_on", "excluded", "look_back", "status", "urgency",
        "people_count", "lead_departments", "assigned_on", "signed_on", "due_on",
        "extended_due_on", "feedback_on", "close_due_on", "resolved_by_unit", "co_departments",
        "called_on", "reached", "satisfaction", "process_satisfaction", "resolved", "round_state",
        "round_no", "hang_until", "accepted_on", "fix_due_on", "merged_into",
    }
)  # fmt: skip
"""Fields of an item that hold dates, marks and names of offices, never a sentence."""
_LONGEST_VALUE = 200
_ON_ITEMS = frozenset(str(act) for act in (*Act, *BesideAct, *CounterAct))


def changes_told(entity: str, before: str | None, after: str | None) -> tuple[str, ...]:
    """One line for each field, in the order it was recorded."""
    was, now = _decoded(before), _decoded(after)
    lines = []
    for field in {**was, **now}:
        new = _value(entity, field, now.get(field))
        if before is not None and (field not in was or was[field] != now.get(field)):
            new = f"{_value(entity, field, was.get(field))} → {new}"
        elif _says_nothing(now.get(field)):
            continue
        lines.append(f"{_label(field, entity)}：{new}")
    return tuple(lines)


def changed_fields(before: str | None, after: str | None) -> tuple[tuple[str, str, str], ...]:
    """(label, old value, new value) of an item's row in full, for those who see the item."""
    was, now = _decoded(before), _decoded(after)
    return tuple(
        (_label(field, "item"), value_told(field, was.get(field)), value_told(field, now[field]))
        for field in now
        if was.get(field) != now[field]
    )


def reason_told(act: str, reason: str | None) -> str:
    """Why it was done; words typed about an item are only counted."""
    if not reason:
        return ""
    if act == Act.FLAG_FOR_REASSIGNMENT:
        kind, _, words = reason.partition("：")
        return kind + (f"（附说明 {len(words)} 字）" if words else "")
    if act in _ON_ITEMS:
        return f"（原因 {len(reason)} 字）"
    return masked(reason)[:_LONGEST_VALUE]


def _says_nothing(value: object) -> bool:
    return value is None or value is False or value in ("", [])


def _decoded(told: str | None) -> dict[str, Any]:
    decoded = msgspec.json.decode(told) if told else {}
    return decoded if isinstance(decoded, dict) else {}


def _label(field: str, entity: str) -> str:
    kept = FIELDS.get(field)
    if kept is not None and entity in _ABOUT_RESIDENTS:
        return kept.label
    return FIELD_WORDS.get(field, "其他内容")


def _value(entity: str, field: str, value: object) -> str:
    if entity in _ABOUT_RESIDENTS and field not in _PLAIN_FIELDS and isinstance(value, str):
        return f"（文字 {len(value)} 字）" if value else "（空）"
    return masked(value_told(field, value))[:_LONGEST_VALUE]
