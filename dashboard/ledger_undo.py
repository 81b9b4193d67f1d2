"""撤销本次导入: what it will do in numbers, the reason, then one line of what was done."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import acts, reads
from dashboard.parts import ledger_undoing
from dashboard.parts.safe import label
from dashboard.viewer import viewer
from supervision.rights import NotPermitted

_ASKED, _DONE = "undo_batch_asked", "undo_batch_done"


def undo_button(batch_id: int, *, is_undone: bool, as_of: date) -> None:
    """The button, and its dialog for as long as it is open; then what was done."""
    if (done := st.session_state.pop(_DONE, None)) is not None:
        st.success(label(done), icon=":material/undo:")
    if is_undone:
        return
    if st.button("撤销本次导入", key="undo_batch", icon=":material/undo:"):
        st.session_state[_ASKED] = batch_id
    if st.session_state.get(_ASKED) == batch_id:
        st.dialog("撤销本次导入", width="large", dismissible=False)(_draw)(batch_id, as_of)


def _close() -> None:
    st.session_state.pop(_ASKED, None)


def _draw(batch_id: int, as_of: date) -> None:
    undo = reads.batch_undo(reads.change(), viewer().scope, as_of, batch_id)
    answer = ledger_undoing.undo_form(undo)
    if answer.closed:
        _close()
        st.rerun()
    if answer.reason is None:
        return
    try:
        with st.spinner("正在撤销，请稍候……"):
            done = acts.undo_batch(batch_id, answer.reason, viewer=viewer())
    except acts.BatchNotUndone as refusal:
        ledger_undoing.refusal(str(refusal), refusal.changes)
        return
    except (NotPermitted, acts.StoreBusy) as refusal:
        ledger_undoing.refusal(str(refusal), ())
        return
    st.session_state[_DONE] = done.sentence
    _close()
    st.rerun()
