"""我传回的表: what each filled list did, and the way to take it back later."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import return_acts
from dashboard.item_forms.told import Undoable, draw_told, open_undo
from dashboard.item_forms.undo import draw_undo
from dashboard.parts.leading import set_query
from dashboard.parts.safe import label, plain
from dashboard.return_acts import FilledList
from supervision.scope import Viewer

PLACE = "filled_lists"
PAGE_SIZE = 10
WIDTH = 460
"""Pixels: buttons stand in line, and near to what they take back."""


def filled_lists(who: Viewer, as_of: date) -> None:
    """The newest first, ten on a page."""
    asked = st.query_params.get("lists_before", "")
    before = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    # One more than is shown tells whether there is another page.
    found = return_acts.filled_lists(viewer=who, as_of=as_of, before=before, most=PAGE_SIZE + 1)
    if not found and before is None:
        return
    st.header("我传回的表", anchor=False)
    st.caption("撤销后，这份表登记的内容一起取消，事项恢复原样；此后又有新办理的事项不在其中。")
    draw_told(PLACE)
    for one in found[:PAGE_SIZE]:
        _line(one)
    with st.container(horizontal=True, horizontal_alignment="right", key="filled_pages"):
        if before is not None:
            st.button("回到最新", on_click=set_query, kwargs={"lists_before": None})
        if len(found) > PAGE_SIZE:
            earlier = found[PAGE_SIZE - 1].batch_id
            st.button("更早的", on_click=set_query, kwargs={"lists_before": earlier})
    draw_undo(PLACE)


def _line(one: FilledList) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"filled:{one.batch_id}"):
        with st.container(width=WIDTH, gap=None):
            plain(f"{one.kind.label}　{one.stored_at:%Y-%m-%d %H:%M}　{_standing(one)}")
            st.caption(label(one.file_name))
        if one.undoable:
            st.button(
                f"撤销登记（{len(one.undoable)} 件）", key=f"filled_undo:{one.batch_id}",
                on_click=open_undo,
                args=(tuple(Undoable(*act) for act in one.undoable), PLACE),
            )  # fmt: skip


def _standing(one: FilledList) -> str:
    if one.is_undone:
        return f"登记 {one.items} 件，已撤销"
    return f"登记 {one.items} 件" if one.items else "没有登记任何事项"
