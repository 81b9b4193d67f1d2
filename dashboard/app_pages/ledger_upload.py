"""台账导入：这份台账读对了吗，有什么问题，入库会改变什么。"""

from __future__ import annotations

import streamlit as st

from dashboard import ledger_desk, reads
from dashboard.acts import LedgerRefused
from dashboard.ledger_batch import batch_page
from dashboard.ledger_steps import done, look_through
from dashboard.parts import ledger_batches
from dashboard.parts.leading import set_query
from dashboard.parts.ledger_upload import refusal, upload_box
from dashboard.viewer import viewer_with
from supervision.rights import Right

who, as_of = viewer_with(Right.IMPORT_LEDGER), reads.today()
if "batch" in st.query_params:
    batch_page(st.query_params["batch"], who, as_of)
    st.stop()

upload = upload_box(ledger_desk.limits_told())
if upload is not None:
    try:
        ledger = ledger_desk.uploaded(upload, who)
        if ledger.stored is None:
            look_through(ledger, who, as_of)
        if ledger.stored is None:
            # Until it is stored, the ledger on the desk is the only thing to look at.
            st.stop()
        done(ledger, as_of)
    except LedgerRefused as sentence:
        refusal(str(sentence))

batch = ledger_batches.batch_list(reads.import_batch_list(reads.change(), who.scope, as_of))
if batch is not None:
    set_query(batch=batch)
    st.rerun()
