"""数据质量: which conflicts one item shows (data_access.quality_conditions asks it of all)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervision.quality import QualityList
from supervision.vocabulary import CLOSED_STATES, OUT_OF_COUNT, DeadlineBasis, ItemState


@dataclass(frozen=True, slots=True)
class QualityItem:
    """An item with its current round, as far as its own columns contradict one another."""

    state: ItemState
    closed_on: date | None = None
    struck_off_on: date | None = None
    has_round: bool = False
    lead_known: bool = False
    assigned_on: date | None = None
    stated_due_on: date | None = None
    due_basis: DeadlineBasis | None = None
    rule_due_on: date | None = None
    """By the rules in force on the day of the assignment."""
    feedback_on: date | None = None


def conflicts_of(item: QualityItem) -> frozenset[QualityList]:
    """The lists of conflicts that it stands in."""
    if item.state in OUT_OF_COUNT:
        return frozenset()
    closed = item.state in CLOSED_STATES
    days = (item.closed_on, item.struck_off_on, item.feedback_on)
    told = {
        QualityList.CLOSED_UNDATED: closed and not any(days),
        QualityList.FEEDBACK_BEFORE_ASSIGNMENT: _before(item.feedback_on, item.assigned_on),
        QualityList.CLOSED_BEFORE_ASSIGNMENT: _before(item.closed_on, item.assigned_on),
        QualityList.DUE_BEFORE_ASSIGNMENT: _before(item.stated_due_on, item.assigned_on),
        QualityList.UNKNOWN_DEPARTMENT: not closed and item.has_round and not item.lead_known,
        QualityList.DUE_DIFFERS: not closed and _differs(item),
    }
    return frozenset(slug for slug, is_on in told.items() if is_on)


def _before(day: date | None, assigned_on: date | None) -> bool:
    return day is not None and assigned_on is not None and day < assigned_on


def _differs(item: QualityItem) -> bool:
    """Earlier than the assignment is a conflict of its own."""
    due, rule = item.stated_due_on, item.rule_due_on
    if item.due_basis is not DeadlineBasis.STATED or item.assigned_on is None:
        return False
    return due is not None and rule is not None and due != rule and due >= item.assigned_on
