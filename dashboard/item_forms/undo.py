"""Taking a mistaken act back: asked with a reason, recorded as an act of its own."""

from __future__ import annotations

import streamlit as st

from dashboard import item_acts, reads
from dashboard.item_acts import Performed, StoreBusy
from dashboard.item_forms.told import UNDOING, Undoing, remember
from dashboard.parts.safe import label
from dashboard.viewer import viewer
from supervision.rights import NotPermitted
from supervision.undoing import COUNTER_ACT

LONGEST = 200


def draw_undo(place: str) -> None:
    """Ask for the reason of an undoing that was begun on this page."""
    undoing: Undoing | None = st.session_state.get(UNDOING)
    if undoing is None:
        return
    if undoing.place != place:
        _close()
        return
    st.dialog(COUNTER_ACT.label, dismissible=False)(_draw)()


def _close() -> None:
    st.session_state.pop(UNDOING, None)


def _draw() -> None:
    undoing: Undoing | None = st.session_state.get(UNDOING)
    if undoing is None:
        return
    n = len(undoing.acts)
    st.caption(
        ("事项" if n == 1 else f"{n} 件事项") + "恢复到办理之前的样子；办理和撤销两次都留在记录里。"
    )
    reason = st.text_input("撤销的原因", max_chars=LONGEST, key=f"undo:{undoing.token}")
    with st.container(horizontal=True, key="undo_buttons"):
        send = st.button("确认撤销", type="primary", key=f"undo_send:{undoing.token}")
        if st.button("取消", key=f"undo_close:{undoing.token}"):
            _close()
            st.rerun()
    if send:
        _take_back(undoing, reason.strip())


def _take_back(undoing: Undoing, reason: str) -> None:
    try:
        performed = item_acts.counter_acts(
            [(one.act_id, one.version) for one in undoing.acts], reason, viewer=viewer(),
            as_of=reads.today(), token=undoing.token,
        )  # fmt: skip
    except (NotPermitted, StoreBusy) as refusal:
        st.error(label(refusal))
        return
    if performed.done:
        remember(undoing.place, COUNTER_ACT, performed)
        _close()
        st.rerun()
    _tell_refused(performed, many=len(undoing.acts) > 1)


def _tell_refused(performed: Performed, *, many: bool) -> None:
    """What stands in the way; of several nothing was taken back."""
    for changed in performed.stale:
        st.error(label(f"{changed.number or '（无编号）'}：此后又有新的办理，不能撤销。"))
    sentences = dict.fromkeys(one.sentence for one in performed.refused)
    for sentence in sentences:
        st.error(label(sentence))
    if many and performed.stale:
        st.info("所选各件要么一起撤销，要么都不撤销，这次一件也没有撤销；请刷新页面后再办。")
