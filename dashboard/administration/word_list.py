"""The tab 字典 and one word (`?word=ID`): what ledgers call categories and origins."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import reads, register_acts
from dashboard.administration.done import done
from dashboard.administration.office_table import Shown, office_table
from dashboard.administration.opened_row import way_back
from dashboard.administration.refusals import refusals_told
from dashboard.administration.seen import look_afresh
from dashboard.parts.leading import set_query
from dashboard.parts.panels import headline
from dashboard.parts.safe import option
from dashboard.reads import Term, TermKind
from dashboard.viewer import viewer
from supervision.scope import Viewer

_KIND, _CHOSEN = "word_kind_kept", "word_kind"
_KINDS = {kind.label: kind for kind in TermKind}
_COLUMNS = {
    "name": Shown("名称", 260),
    "items": Shown("事项", 80),
    "also": Shown("台账里也写作", 420),
}


def word_list(who: Viewer) -> None:
    """The words of one kind; a click opens one."""
    look_afresh()
    # Its widget goes when a word is open: what was chosen must not.
    if _CHOSEN not in st.session_state:
        st.session_state[_CHOSEN] = st.session_state.get(_KIND, next(iter(_KINDS)))
    label = st.segmented_control(
        "字典", list(_KINDS), key=_CHOSEN, required=True, label_visibility="collapsed"
    )
    st.session_state[_KIND] = label
    words = reads.dictionary(who, _KINDS[label or next(iter(_KINDS))])
    if not words:
        st.caption("还没有。导入台账时见到的名称会列在这里。")
        return
    st.caption(f"{len(words)} 个名称，来自导入的台账。点一行可以更名，或与另一个合并。")
    rows = [(word.name, f"{word.items} 件", "、".join(word.also)) for word in words]
    place = office_table(rows, _COLUMNS, key="words", alt="字典", opens=True)
    if place is not None:
        set_query(word=words[place].id)
        st.rerun()


def word_card(asked: str, who: Viewer) -> None:
    """One word: called otherwise, or merged into another."""
    way_back("字典", "word")
    for kind in TermKind:
        words = reads.dictionary(who, kind)
        found = next((word for word in words if str(word.id) == asked), None)
        if found is not None:
            headline(
                found.name,
                f"{kind.label}，{found.items} 件事项"
                + (f"；台账里也写作：{'、'.join(found.also)}" if found.also else ""),
                key="word",
            )
            _forms(found, words)
            return
    st.info("字典里没有这个名称，它可能已经并入别的名称。")


def _forms(word: Term, words: Sequence[Term]) -> None:
    left, right = st.columns(2, gap="large")
    with left, st.form(f"word_name:{word.id}"):
        name = st.text_input("新的名称", max_chars=40)
        st.caption("事项跟着改名；台账以后仍写旧名称，也认作这一个。")
        if st.form_submit_button("更名", type="primary"):
            with refusals_told():
                register_acts.rename_term(word.id, name, seen=word.name, viewer=viewer())
                done(f"“{word.name}”已更名为“{name}”。")
    offered = {option(one.name): one for one in words if one.id != word.id}
    with right, st.form(f"word_merge:{word.id}"):
        into = st.selectbox("并入哪一个", list(offered), index=None, placeholder="选择名称")
        st.caption(f"这 {word.items} 件改用所选名称，统计随之合并，不能撤销；旧名称以后也认得。")
        sent = st.form_submit_button("合并", type="primary")
    if not sent:
        return
    if into is None:
        st.error("请选择并入哪一个。")
        return
    with refusals_told():
        moved = register_acts.merge_term(word.id, offered[into].id, seen=word.name, viewer=viewer())
        set_query(word=None)
        done(f"“{word.name}”已并入“{offered[into].name}”，{moved} 件事项改用新名称。")
