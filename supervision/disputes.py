"""矛盾纠纷: which items are disputes, which are resolved, and in time (metrics.md 2.4)."""

from __future__ import annotations

from datetime import date

from supervision.vocabulary import Resolution

DISPUTE_WORDS = ("纠纷", "矛盾")


def is_dispute(category: str) -> bool:
    """Whether a ledger's 问题分类 names a dispute."""
    return any(word in category for word in DISPUTE_WORDS)


def is_resolved(closed: bool, by_resident: Resolution | None, by_unit: Resolution | None) -> bool:
    """化解: closed, and nobody who was asked says otherwise."""
    asked = {by_resident, by_unit} - {None}
    return closed and asked <= {Resolution.RESOLVED}


def resolved_in_time(
    resolved: bool, closed_on: date | None, limit_on: date | None, *, as_of: date
) -> bool | None:
    """n (True) or N alone (False) of 按期化解率; None stays outside.

    Unresolved before the limit has ended is not yet due; resolved without a limit or a closing
    day cannot be judged.
    """
    if limit_on is None:
        return None
    if not resolved:
        return False if limit_on < as_of else None
    return None if closed_on is None else closed_on <= limit_on
