"""Items that the rule proposes for 重新交办, each with its reason in a sentence."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard import loop_reads
from dashboard.item_forms.act_table import PAGE_SIZE
from dashboard.loop_reads import DeskPage
from supervision.rounds import reassignment_candidate
from supervision.scope import Scope
from supervision.vocabulary import ItemState


def proposed(scope: Scope, as_of: date, after: str | None) -> DeskPage:
    """DESK_COLUMNS: called unsatisfied, come back, without measures; then due and not done."""
    found = loop_reads.reassign_candidates(scope, as_of, PAGE_SIZE, after)
    found.rows["why"] = [
        why if isinstance(why, str) else _due_but_undone(days)
        for why, days in zip(found.rows["why"], found.rows["days_overdue"], strict=True)
    ]
    return found


def _due_but_undone(days: float) -> str:
    if pd.isna(days):
        return "已逾期仍未反馈，天数待工作日历录入后推算。"
    found = reassignment_candidate(
        item_state=ItemState.IN_ROUND, result=None, rebounded=False, days_overdue=int(days)
    )
    return found.why if found is not None else ""
