"""One import batch, read only: `?batch=ID` of the page 台账导入."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import reads, return_undo
from dashboard.ledger_undo import undo_button
from dashboard.parts import ledger_batches
from dashboard.parts.leading import lead_to, open_item, set_query
from dashboard.parts.sentences import ITEMS_PAGE
from supervision.return_sheets import ReturnSheet
from supervision.scope import Viewer


def batch_page(asked: str, who: Viewer, as_of: date) -> None:
    """What became of every row of the batch that the URL asks for."""
    st.button("← 回到台账导入", type="tertiary", on_click=set_query, kwargs={"batch": None})
    read = (
        reads.import_batch(reads.change(), who.scope, as_of, int(asked))
        if asked.isdecimal() and len(asked) < 10
        else None
    )
    if read is None:
        st.info("没有找到这一批导入。链接可能有误，或不在您的权限范围内。")
        return
    ledger_batches.batch_head(read.batch)
    by_acts = read.batch["kind"] in list(ReturnSheet)
    is_undone = read.batch["undone_at"] is not None
    with st.container(horizontal=True, vertical_alignment="center", key="batch_links"):
        if (read.batch["new"] or read.batch["updated"]) and not is_undone:
            st.page_link(ITEMS_PAGE, label="看这一批的事项", query_params=lead_to(batch=asked))
        if by_acts:
            return_undo.undo_button(int(asked), who, key="batch")
        else:
            undo_button(int(asked), is_undone=is_undone, as_of=as_of)
    if by_acts:
        return_undo.draw_undoing(int(asked))
    item = ledger_batches.batch_tabs(read.flags, read.rows)
    if item is not None:
        open_item(item)
