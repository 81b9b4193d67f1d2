"""The audit trail as a workbook: what the page's filters leave, recorded like any export."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import streamlit as st

from dashboard import reads
from dashboard.briefing.audit_workbook import TITLE, audit_workbook
from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Made, Offer, download_button
from dashboard.reads import AuditFilters
from supervision.rights import Right
from supervision.scope import Viewer

MOST_ROWS = 50_000
"""More at once is for `duban audit export`: a page's server must not go out of memory."""


def export_button(filters: AuditFilters, told: Sequence[str], who: Viewer, rows: int) -> None:
    """Every row that the filters leave (so many), not the page alone."""
    as_of = reads.today()
    if rows > MOST_ROWS:
        st.caption(f"超过 {MOST_ROWS:,} 条不能在页面上一次导出，请缩小时间范围。", width="content")
        return

    def workbook(taker: Viewer, mark: Watermark) -> Made:
        entries = list(reads.audit_entries(filters, viewer=taker))
        content = audit_workbook(
            entries, as_of=as_of, told=told,
            standing=reads.audit_standing(viewer=taker)[1], watermark=mark,
        )  # fmt: skip
        return Made(content, len(entries))

    length = reads.audit_count(AuditFilters(), viewer=who)
    mark = hashlib.sha256(repr((who.account, filters, length)).encode()).hexdigest()[:8]
    name = f"{TITLE}_{as_of:%Y%m%d}_{mark}.xlsx"
    download_button("导出 Excel", Offer(TITLE, told, name, Right.READ_AUDIT), workbook)
