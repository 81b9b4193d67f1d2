"""台账导入：这份台账读对了吗，有什么问题，入库会改变什么；填好的回访表、反馈表也从这里传回。"""

from __future__ import annotations

import streamlit as st

from dashboard import ledger_desk, programme_acts, reads, return_acts, return_steps
from dashboard.acts import LedgerRefused
from dashboard.filled_lists import filled_lists
from dashboard.ledger_batch import batch_page
from dashboard.ledger_steps import done, look_through
from dashboard.parts import ledger_batches
from dashboard.parts.leading import set_query
from dashboard.parts.ledger_upload import refusal, upload_box
from dashboard.return_exports import export_lists
from dashboard.viewer import viewer_with
from supervision.rights import Right, may

ONLY_LISTS = "您的角色只能传回从本页导出并填好的表，不能导入台账。"
OF_PROGRAMME = "这是专题“{label}”的台账，请到“专题”页点开“{label}”，在那里上传。"

who, as_of = viewer_with(Right.RETURN_SHEETS), reads.today()
may_import = may(who, Right.IMPORT_LEDGER)
if may_import and "batch" in st.query_params:
    batch_page(st.query_params["batch"], who, as_of)
    st.stop()

batches = reads.import_batch_list(reads.change(), who.scope, as_of)
what = "选择一份台账，或填好的回访表、反馈表" if may_import else "选择填好的表"
upload = upload_box(ledger_desk.limits_told(), what=what)
if upload is not None:
    try:
        ledger = ledger_desk.uploaded(upload, who)
        ledger.heed_undone(batches)
        kind = return_acts.recognised(ledger.workbook)
        if kind is None and (programme := programme_acts.recognised(ledger.workbook)):
            raise LedgerRefused(OF_PROGRAMME.format(label=programme))
        if kind is None and not may_import:
            raise LedgerRefused(ONLY_LISTS)
        if kind is None and ledger.stored is None:
            look_through(ledger, who, as_of)
        elif kind is not None and ledger.returned is None:
            return_steps.look_through(ledger, kind, who, as_of)
        if ledger.stored is None and ledger.returned is None:
            # Until it is stored, the ledger on the desk is the only thing to look at.
            st.stop()
        if kind is None:
            done(ledger, as_of)
        else:
            return_steps.done(ledger, kind, who)
    except LedgerRefused as sentence:
        refusal(str(sentence))

export_lists(who, as_of)
if upload is None:
    filled_lists(who, as_of)
if may_import:
    batch = ledger_batches.batch_list(batches)
    if batch is not None:
        set_query(batch=batch)
        st.rerun()
