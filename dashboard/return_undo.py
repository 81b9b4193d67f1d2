"""Taking back what a filled list did, whole: for its author or an approver, with a reason."""

from __future__ import annotations

import streamlit as st

from dashboard import return_acts
from dashboard.item_forms.told import Undoable, draw_told, open_undo
from dashboard.item_forms.undo import draw_undo
from supervision.scope import Viewer


def undo_button(batch_id: int, who: Viewer, *, key: str) -> None:
    """Offer it for the rows after which nothing was done on their items."""
    acts = return_acts.last_acts_of(batch_id, viewer=who)
    if acts:
        st.button(
            f"撤销登记（{len(acts)} 件）", key=f"{key}:undo", on_click=open_undo,
            args=(tuple(Undoable(*act) for act in acts), place_of(batch_id)),
            help="一起撤销；此后又有新办理的事项不在其中。办理和撤销两次都留在记录里",
        )  # fmt: skip


def draw_undoing(batch_id: int) -> None:
    """What was taken back, and the question for the reason."""
    draw_told(place_of(batch_id))
    draw_undo(place_of(batch_id))


def place_of(batch_id: int) -> str:
    """Where the outcome of an undoing is told."""
    return f"return_sheet:{batch_id}"
