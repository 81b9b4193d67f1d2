"""The line that says what was done, with the way to take it back; it stays until the next act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from dashboard.item_acts import Done, Performed, new_token
from dashboard.parts.safe import label, plain
from supervision.beside_acts import AnyAct
from supervision.undoing import refusal_to_undo
from supervision.vocabulary import Worded

ITEM_PLACE = "item:"
"""How the place of an item's own page begins."""
_TOLD, UNDOING = "item_act_told", "item_act_undoing"


@dataclass(frozen=True, slots=True)
class Undoable:
    """An act that was done, on which item, and the version it left."""

    act_id: int
    item_id: int
    version: int


@dataclass(frozen=True, slots=True)
class Told:
    """What is said on the page where it was done."""

    place: str
    sentence: str
    remarks: tuple[str, ...]
    item_id: int | None
    """The one item that it was done on, where its page is another one."""
    undoable: tuple[Undoable, ...]


def undoable(act: Worded, done: Iterable[Done]) -> tuple[Undoable, ...]:
    """What its author may take back at once."""
    refused = refusal_to_undo(
        act=act.value, by_himself=True, is_approver=False, is_last=True, reason="-"
    )
    if refused is not None:
        return ()
    return tuple(Undoable(one.act_id, one.item_id, one.version) for one in done)


def remember(place: str, act: AnyAct | Worded, performed: Performed) -> None:
    """Keep the outcome for the next run of the page."""
    remarks = tuple(
        f"{one.number or '（无编号）'}：{one.remark}" for one in performed.done if one.remark
    )
    elsewhere = len(performed.done) == 1 and not place.startswith(ITEM_PLACE)
    st.session_state[_TOLD] = Told(
        place,
        _sentence(act, performed),
        remarks,
        performed.done[0].item_id if elsewhere else None,
        undoable(act, performed.done),
    )


def _sentence(act: AnyAct | Worded, performed: Performed) -> str:
    if len(performed.done) == 1 and not performed.refused and not performed.stale:
        again = "（此前已办理，没有重复办理）" if performed.repeated else ""
        return f"{performed.done[0].number or '这件事项'}：已{act.label}{again}。"
    return performed.sentence


def draw_told(place: str) -> None:
    """Say what was done here."""
    told: Told | None = st.session_state.get(_TOLD)
    if told is None:
        return
    if told.place != place:
        forget_told()
        return
    with st.container(horizontal=True, vertical_alignment="center", key="item_act_told"):
        st.success(label(told.sentence), width="stretch")
        if told.item_id is not None:
            st.page_link(
                "app_pages/item.py", label="打开看", query_params={"id": str(told.item_id)}
            )
        if told.undoable:
            st.button(
                "撤销", key="undo_told", type="tertiary", on_click=open_undo,
                args=(told.undoable, place),
            )  # fmt: skip
        st.button("知道了", key="forget_told", type="tertiary", on_click=forget_told)
    for remark in told.remarks:
        plain(remark)


def forget_told() -> None:
    """The line has been read."""
    st.session_state.pop(_TOLD, None)


@dataclass(frozen=True, slots=True)
class Undoing:
    """What somebody is about to take back; its reason is being asked for."""

    acts: tuple[Undoable, ...]
    place: str
    token: str


def open_undo(acts: tuple[Undoable, ...], place: str) -> None:
    """For on_click: ask why these acts are to be taken back."""
    st.session_state[UNDOING] = Undoing(acts, place, new_token())
