"""The door for 回访表 and 反馈表: what goes out, and what a filled one does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from dashboard.engine import engine, key_place
from dashboard.identity import require
from data_access.database import reading
from data_access.filters import Filters
from data_access.ledger_import.model import Workbook
from data_access.privacy.looking import LookRefused, Shown
from data_access.privacy.looking import masked_reporters as _masked_reporters
from data_access.privacy.looking import see_personal_data as _see_personal_data
from data_access.reads.return_lists import return_count as _return_count
from data_access.reads.return_lists import return_list as _return_list
from data_access.return_sheets.apply import StoredReturn
from data_access.return_sheets.apply import store_return as _store_return
from data_access.return_sheets.filled import filled_sheet
from data_access.return_sheets.filled import recognised as _recognised
from data_access.return_sheets.filled_lists import FilledList
from data_access.return_sheets.filled_lists import filled_lists as _filled_lists
from data_access.return_sheets.plan import PlannedReturn, ReturnPlan, RowFate, plan_return
from data_access.return_sheets.taken_up import TakenUp
from data_access.return_sheets.taken_up import is_undone as _is_undone
from data_access.return_sheets.taken_up import last_acts_of as _last_acts_of
from supervision.return_sheets import ReturnSheet, kinds_open_to, own_feedback_only
from supervision.rights import NotPermitted, Right
from supervision.scope import Viewer

__all__ = ["FilledList", "PlannedReturn", "ReturnPlan", "RowFate", "StoredReturn"]

People = Mapping[int, tuple[str, str]]
"""Item → the resident's name and telephone, as this person may see them."""


def recognised(workbook: Workbook) -> ReturnSheet | None:
    """Which of our lists an opened workbook is; None for a ledger."""
    return _recognised(workbook)


def return_count(kind: ReturnSheet, filters: Filters, *, viewer: Viewer, as_of: date) -> int:
    """How many rows the list would have."""
    require(viewer, Right.RETURN_SHEETS)
    return _return_count(engine(), **_asked(kind, filters, viewer, as_of))


def return_list(
    kind: ReturnSheet, filters: Filters, *, viewer: Viewer, as_of: date
) -> pd.DataFrame:
    """What waits for a callback, or owes feedback; a department gets its own rounds alone."""
    require(viewer, Right.RETURN_SHEETS)
    return _return_list(engine(), **_asked(kind, filters, viewer, as_of))


def _asked(kind: ReturnSheet, filters: Filters, viewer: Viewer, as_of: date) -> dict[str, Any]:
    _require_kind(kind, viewer)
    own = kind is ReturnSheet.FEEDBACK and own_feedback_only(viewer)
    return {"scope": viewer.scope, "as_of": as_of, "kind": kind, "filters": filters, "own": own}


def people_masked(item_ids: Sequence[int], *, viewer: Viewer, as_of: date) -> People:
    """Residents as the item's page shows them without asking."""
    require(viewer, Right.SEE_PERSONAL_DATA)
    shown = _masked_reporters(engine(), item_ids, viewer=viewer, as_of=as_of)
    return {key: _named(values) for key, values in shown.items()}


def people_in_clear(item_ids: Sequence[int], reason: str, *, viewer: Viewer, as_of: date) -> People:
    """Residents in clear: each look is recorded with the reason before anything is opened.

    LookRefused for a reason that is too short; an item without a kept resident stays empty.
    """
    require(viewer, Right.SEE_PERSONAL_DATA)
    found: dict[int, tuple[str, str]] = {}
    for key in item_ids:
        try:
            shown = _see_personal_data(
                engine(), key_place(), key, reason=reason, viewer=viewer, as_of=as_of
            )
        except (LookRefused, NotPermitted):
            continue
        found[key] = _named(shown)
    return found


def _named(shown: Sequence[Shown]) -> tuple[str, str]:
    def of(field: str) -> str:
        return "、".join(value.text for value in shown if value.field == field)

    return of("reporter_name"), of("reporter_phone")


def plan_filled(
    workbook: Workbook, kind: ReturnSheet, *, viewer: Viewer, as_of: date
) -> ReturnPlan:
    """What a filled list would do; stores nothing. LedgerRefused for one without its codes."""
    require(viewer, Right.RETURN_SHEETS)
    _require_kind(kind, viewer)
    sheet = filled_sheet(workbook, kind)
    with reading(engine()) as connection:
        return plan_return(connection, sheet, viewer=viewer, as_of=as_of)


def store_filled(
    workbook: Workbook, kind: ReturnSheet, *, viewer: Viewer, as_of: date
) -> StoredReturn:
    """Do what a filled list says, each row wholly or not at all, all in one transaction."""
    require(viewer, Right.RETURN_SHEETS)
    _require_kind(kind, viewer)
    return _store_return(
        engine(), filled_sheet(workbook, kind), viewer=viewer, as_of=as_of, keys=key_place()
    )


def last_acts_of(batch_id: int, *, viewer: Viewer) -> tuple[TakenUp, ...]:
    """What a list did and its author, or an approver, may still take back."""
    require(viewer, Right.RETURN_SHEETS)
    with reading(engine()) as connection:
        return _last_acts_of(connection, batch_id, viewer=viewer)


def filled_lists(*, viewer: Viewer, as_of: date, before: int | None, most: int) -> list[FilledList]:
    """The lists that this person sent back, the newest first."""
    require(viewer, Right.RETURN_SHEETS)
    with reading(engine()) as connection:
        return _filled_lists(connection, viewer=viewer, as_of=as_of, before=before, most=most)


def is_undone(batch_id: int, *, viewer: Viewer) -> bool:
    """Whether all that a list did was taken back."""
    require(viewer, Right.RETURN_SHEETS)
    with reading(engine()) as connection:
        return _is_undone(connection, batch_id)


def _require_kind(kind: ReturnSheet, viewer: Viewer) -> None:
    if kind not in kinds_open_to(viewer):
        raise NotPermitted(f"您的角色不能办理{kind.label}。")
