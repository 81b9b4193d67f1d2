"""The fields a ledger may carry, their Chinese names, and every heading seen for them.

The headings are data (`register/headings.csv`): those of ledgers.md and common variants of
the same words, in the normalised form of `headings.normalised`. Their order is preference: of
two columns that fit one field, the one whose heading stands earlier is taken.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass

from data_access.registers import REGISTER


@dataclass(frozen=True, slots=True)
class FieldName:
    """A canonical field: its id, the Chinese word for people, the headings that mean it."""

    id: str
    label: str
    headings: tuple[str, ...]
    personal: bool
    """Residents' personal data: never among the fields, masked in the raw rows."""


def _shipped_fields() -> tuple[FieldName, ...]:
    with (REGISTER / "headings.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            FieldName(
                row["field"], row["label"], tuple(row["headings"].split()), bool(row["personal"])
            )
            for row in csv.DictReader(file)
        )


FIELDS = _shipped_fields()
LABELS = {field.id: field.label for field in FIELDS}
PERSONAL = frozenset(field.id for field in FIELDS if field.personal)
UNNEEDED = "reporter_unneeded"
"""What no case is handled by (bank card, plate, household register, faith …): not kept at all."""
SEALED = PERSONAL - {UNNEEDED}
"""Personal fields that are kept, encrypted."""
SIXTEEN = (
    "number", "title", "content", "session_theme", "county", "township", "lead_departments",
    "co_departments", "received_on", "assigned_on", "due_on", "feedback_on", "feedback_text",
    "status", "satisfaction", "remarks",
)  # fmt: skip
"""The fields of ledger-contract.md, in its order."""
DATES = (
    "received_on", "assigned_on", "signed_on", "due_on", "close_due_on", "extended_due_on",
    "feedback_on", "closed_on", "struck_off_on", "callback_on", "look_back_on",
)  # fmt: skip
DEADLINES = frozenset({"due_on", "close_due_on", "extended_due_on"})
JOINED = frozenset({"measures", "progress", "next_step", "remarks", "feedback_text", "instruction"})
"""Text fields that an item may spread over several columns or rows."""


def kept_as(personal: str | None) -> tuple[str, str]:
    """What becomes of a personal column: the code of its notice and the words."""
    if personal in SEALED:
        return "personal-column-sealed", "加密保存，页面和原始行只显示遮盖后的内容"
    return "personal-column-dropped", "办理不需要，没有保存"
