"""承诺 of one session: its list, and the one that was opened (`?promise=ID`) whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from dashboard.meeting_reads import Commitment, SessionPlan
from dashboard.meetings.promise_forms import offer_promise, promise_forms, report_lines
from dashboard.meetings.promises import draw_promises, state_told
from dashboard.parts.leading import lead_to, set_query
from dashboard.parts.panels import headline
from dashboard.parts.safe import label, plain
from dashboard.reads import Choices
from supervision.commitments import FULFILLED
from supervision.rights import Right, may
from supervision.scope import Viewer

MOST_ROWS = 7


def draw_session_promises(
    session_id: int, host: str, plan: SessionPlan, items: Mapping[int, str], names: Choices,
    who: Viewer, as_of: date, export: Callable[[], None],
) -> None:  # fmt: skip
    """The section; `items` are the session's items within reach (id → name)."""
    empty = "座谈会上作出的承诺登记在这里，到期前提醒、逾期亮灯"
    if not may(who, Right.KEEP_COMMITMENTS):
        empty = "由督查督办员登记座谈会上作出的承诺"
    clicked = draw_promises(
        plan.commitments, names, key="session", themes={}, most_rows=MOST_ROWS, empty=empty,
        export=export,
    )  # fmt: skip
    if clicked is not None:
        set_query(promise=clicked.id)
        st.rerun()
    asked = st.query_params.get("promise", "")
    one = next((held for held in plan.commitments if str(held.id) == asked), None)
    if one is not None:
        _draw_one(one, plan, items, names, who, as_of)
    offer_promise(session_id, host, plan, names.departments, items, who, as_of)


def _draw_one(
    one: Commitment, plan: SessionPlan, items: Mapping[int, str], names: Choices, who: Viewer,
    as_of: date,
) -> None:  # fmt: skip
    with st.container(border=True, key="promise_card"):
        headline(one.text, f"{one.promised_by}承诺，{one.department}负责，期限 {one.due_on}",
                 key="promise_card")  # fmt: skip
        is_fulfilled = one.standing.state in FULFILLED
        plain(state_told(one) + (f"，兑现日期 {one.fulfilled_on}" if is_fulfilled else ""))
        if is_fulfilled:
            plain(f"佐证：{one.evidence}")
        for key in one.items:
            if key in items:
                st.page_link(
                    "app_pages/item.py", label=label(f"事项：{items[key]}"),
                    query_params=lead_to(id=key),
                )  # fmt: skip
        reports = (plan.reports or {}).get(one.id, ())
        if not reports:
            st.caption("还没有进展。")
        report_lines(reports, one, plan, who, as_of)
        promise_forms(one, plan, names.departments, items, who, as_of)
        st.button("收起", type="tertiary", on_click=set_query, kwargs={"promise": None})
