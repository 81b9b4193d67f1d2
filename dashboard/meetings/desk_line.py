"""督办工作台: what was promised at sessions and is overdue, in one line that opens the rows."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import meeting_reads, reads
from dashboard.meetings.promises import PROMISES_FIRST
from dashboard.parts.leading import lead_to
from dashboard.parts.safe import label
from dashboard.reads import Filters
from supervision.commitments import CommitmentState
from supervision.kept_days import late_told
from supervision.rights import Right, may
from supervision.scope import Viewer


def overdue_promises_line(who: Viewer, as_of: date, filters: Filters) -> None:
    """Nothing where none is overdue, or for who neither keeps nor reports on commitments."""
    if not may(who, Right.REPORT_COMMITMENTS):
        return
    found = meeting_reads.commitments(reads.change(), who.scope, as_of, filters)
    late = [one for one in found if one.standing.state is CommitmentState.OVERDUE]
    if not late:
        return
    longest = late[0]
    st.page_link(
        "app_pages/sessions.py",
        label=f"**{len(late)}** 项面对面承诺逾期未兑现，最久逾期 "
        f"{late_told(longest.standing.days_late)}（{label(longest.department)}）",
        query_params=lead_to(kept=CommitmentState.OVERDUE.value, part=PROMISES_FIRST),
    )
