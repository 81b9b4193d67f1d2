"""On an item's page: the commitments of a session that are about it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.meeting_reads import Commitment
from dashboard.meetings.promises import state_told
from dashboard.parts.panels import headline
from dashboard.parts.safe import plain
from supervision.commitments import FULFILLED


def item_promises(found: Sequence[Commitment]) -> None:
    """Each with where it stands and the way to it; nothing for an item that none is about."""
    if not found:
        return
    with st.container(border=True, key="item_promises"):
        headline(f"面对面承诺 {len(found)} 项", "本事项仍按自己的期限办理", key="item_promises")
        for one in found:
            done = f"，{one.fulfilled_on} 兑现" if one.standing.state in FULFILLED else ""
            with st.container(horizontal=True, vertical_alignment="center"):
                plain(
                    f"{state_told(one)}　{one.text}（{one.promised_by}承诺，{one.department}负责，"
                    f"期限 {one.due_on}{done}）"
                )
                st.page_link(
                    "app_pages/sessions.py", label="看这项承诺",
                    query_params={"one": str(one.session_id), "promise": str(one.id)},
                )  # fmt: skip
