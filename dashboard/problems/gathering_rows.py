"""On a list: the ticked rows become a 类案, join one, or leave theirs."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import problem_acts
from dashboard.administration.done import done
from dashboard.administration.refusals import refusals_told
from dashboard.parts.safe import label
from dashboard.problems.matter_forms import join_form, make_form, standing_matters
from dashboard.viewer import viewer
from supervision.class_matters import left_sentence
from supervision.rights import Right, may
from supervision.scope import Viewer

_TURN = "gathering_turn"


def gather_button(picked: pd.DataFrame, who: Viewer, as_of: date) -> None:
    """One box for all three; nothing for who keeps no 类案. It shuts behind what was done."""
    if not may(who, Right.KEEP_MATTERS):
        return
    chosen = list(dict.fromkeys(int(key) for key in picked["item_id"]))
    turn = st.session_state.setdefault(_TURN, 0)
    words = f"归入类案（{len(chosen)}）" if chosen else "归入类案"
    with st.popover(words, disabled=not chosen, key=f"gather_{turn}"):
        if chosen:
            _choices(chosen, picked, who, as_of)


def _choices(chosen: list[int], picked: pd.DataFrame, who: Viewer, as_of: date) -> None:
    held = picked.dropna(subset=["matter_id"]).drop_duplicates("item_id")
    free = len(chosen) - len(held)
    if len(held):
        named = "、".join(f"“{name}”" for name in held["matter"].unique()[:3])
        st.caption(label(f"{len(held)} 件已在{named}里；一件事项最多属于一个类案"))
        if st.button(f"移出类案（{len(held)} 件）", key="take_out"):
            with refusals_told():
                gone = problem_acts.take_out(
                    [int(key) for key in held["item_id"]], as_of=as_of, viewer=viewer()
                )
                _shut()
                done(left_sentence(gone))
    if not free:
        return
    if standing := standing_matters(who, as_of):
        join_form(chosen, standing, as_of, then=_shut)
        st.caption("或立为新的类案")
    make_form(chosen, "", who, as_of, then=_shut)


def _shut(_matter_id: int = 0) -> None:
    st.session_state[_TURN] += 1
