"""What one does about deadlines, a click away: the Excel, the notices to draft, the desk."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.item_export import export_button
from dashboard.item_forms.desk_acts import roles_with
from dashboard.parts.filters import told
from dashboard.parts.leading import lead_to
from dashboard.reads import Choices, Filters
from supervision.beside_acts import BesideAct
from supervision.rights import Right, may
from supervision.scope import Viewer

NOTICES_PAGE, DESK_PAGE = "app_pages/notices.py", "app_pages/desk.py"


def draw_actions(filters: Filters, names: Choices, who: Viewer) -> None:
    """Only what this person may do."""
    with st.container(horizontal=True, vertical_alignment="center", key="due_actions"):
        if may(who, Right.EXPORT):
            late = replace(filters, figure="overdue_open")
            export_button(late, "overdue", ["逾期未反馈", *told(filters, names)], who)
        drafts = bool(roles_with(BesideAct.DRAFT_NOTICE) & who.roles)
        st.page_link(
            NOTICES_PAGE,
            label="催办：拟督办单" if drafts else "催办：看督办单",
            query_params=lead_to(),
        )
        if may(who, Right.WORK_ON_ITEMS):
            st.page_link(DESK_PAGE, label="到工作台办理", query_params=lead_to())
