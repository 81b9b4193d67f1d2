"""Items that the rule proposes for 重新交办, each with its reason in a sentence."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard import loop_reads
from supervision.rounds import reassignment_candidate
from supervision.scope import Scope
from supervision.vocabulary import ItemState
from supervision.worklists import DeskList


def proposed(scope: Scope, as_of: date) -> pd.DataFrame:
    """DESK_COLUMNS: called unsatisfied, come back, without measures; then due and not done."""
    told = loop_reads.desk_items(scope, as_of, DeskList.NOT_YET_FLAGGED)
    late = loop_reads.desk_items(scope, as_of, DeskList.OVERDUE_SILENT)
    late = late[~late["item_id"].isin(told["item_id"])].copy()
    late["why"] = [_due_but_undone(days) for days in late["days_overdue"]]
    both = [frame for frame in (told, late) if len(frame)]
    return pd.concat(both, ignore_index=True) if both else told


def _due_but_undone(days: float) -> str:
    if pd.isna(days):
        return "已逾期仍未反馈，天数待工作日历录入后推算。"
    found = reassignment_candidate(
        item_state=ItemState.IN_ROUND, result=None, rebounded=False, days_overdue=int(days)
    )
    return found.why if found is not None else ""
