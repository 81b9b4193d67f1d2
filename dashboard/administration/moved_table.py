"""The open items whose deadlines a change moves: from which day to which."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.administration.office_table import Shown, office_table
from dashboard.rule_acts import MovedDeadline

_COLUMNS = {
    "number": Shown("编号", 140),
    "before": Shown("原期限", 100),
    "after": Shown("新期限", 100),
    "late": Shown("影响", 84),
    "title": Shown("事项", 250),
    "department": Shown("牵头单位", 150),
    "assigned": Shown("交办", 100),
}
_MOST = 500


def moved_table(moved: Sequence[MovedDeadline], *, key: str) -> None:
    """Those that become overdue first; nothing where nothing moves."""
    if not moved:
        return
    shown = sorted(moved, key=lambda one: (not one.becomes_overdue, one.after))[:_MOST]
    rows = [
        (one.number or "", f"{one.before:%Y-%m-%d}" if one.before else "暂定",
         f"{one.after:%Y-%m-%d}", "由此逾期" if one.becomes_overdue else "",
         one.title or "", one.department or "", f"{one.assigned_on:%Y-%m-%d}")
        for one in shown
    ]  # fmt: skip
    office_table(rows, _COLUMNS, key=key, alt="期限变动的在办事项", choose=False)
    if len(moved) > _MOST:
        st.caption(f"共 {len(moved)} 件，这里列出由此逾期和到期最早的 {_MOST} 件。")
