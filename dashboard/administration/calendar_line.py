"""One line for those who keep the calendar, when it no longer reaches today's longest limit."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import rule_reads
from dashboard.parts.safe import label
from supervision.rights import Right, may
from supervision.scope import Viewer


def calendar_line(who: Viewer, as_of: date) -> None:
    """Draw it, or nothing."""
    warning = rule_reads.calendar_warning(as_of) if may(who, Right.MANAGE_RULES) else None
    if warning:
        st.warning(label(f"{warning}在“督办规则”的“工作日历”里导入。"))
