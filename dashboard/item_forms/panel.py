"""What a person may do on one item now: the likely act as a button, the others behind 更多."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import item_acts
from dashboard.item_forms.dialog import forms_opened, open_form
from dashboard.item_forms.table import FORMS
from dashboard.item_forms.told import Undoable, open_undo
from dashboard.loop_reads import ActLine
from dashboard.reads import ItemHistory
from supervision.beside_acts import AnyAct, BesideAct
from supervision.lifecycle import Act
from supervision.rounds import CANDIDATE_ANSWERS
from supervision.scope import Role, Viewer
from supervision.vocabulary import (
    CONTENT,
    Light,
    Resolution,
    Satisfaction,
)

LIKELY: tuple[AnyAct, ...] = (
    Act.ASSIGN, Act.RECEIVE, Act.GRANT_RETURN, Act.GRANT_EXTENSION, Act.REASSIGN, Act.REOPEN,
    Act.ACCEPT_AND_CLOSE, Act.RESUBMIT, Act.SUBMIT_FEEDBACK, Act.TAKE_OFF_HANGING,
    Act.STRIKE_OFF, Act.CALL_BACK, Act.REPORT_PROGRESS,
)  # fmt: skip
"""Which act comes first where several are allowed; where none of these is, nothing presses."""


def offered_acts(who: Viewer, history: ItemHistory) -> tuple[AnyAct, ...]:
    """What may be done now and has a form, the likely one first."""
    offered = [
        act
        for act in item_acts.acts_open_to(history.item["id"], viewer=who)
        if act in FORMS and not _is_idle(act, history)
        if (asked := FORMS[act].offered) is None or asked(history)
    ]
    likely = [act for act in _likely(who, history) if act in offered]
    return tuple(dict.fromkeys((*likely[:1], *offered)))


def _likely(who: Viewer, history: ItemHistory) -> tuple[AnyAct, ...]:
    if Role.LEADER in who.roles:
        return (*LIKELY, BesideAct.INSTRUCT)
    answered = history.rounds[-1].round["result"] if history.rounds else None
    if answered is not None and Satisfaction(answered) in CANDIDATE_ANSWERS:
        return (Act.FLAG_FOR_REASSIGNMENT, *LIKELY)
    if history.light == Light.RED:
        return (*LIKELY, BesideAct.DRAFT_NOTICE, Act.FLAG_FOR_REASSIGNMENT)
    return LIKELY


def _is_idle(act: AnyAct, history: ItemHistory) -> bool:
    """Allowed by its state, yet it could only be refused or would change nothing."""
    at = history.rounds[-1].round if history.rounds else {}
    if act is Act.STRIKE_OFF:
        solved = at.get("resolved_by_resident") == Resolution.RESOLVED
        content = at.get("result") is not None and Satisfaction(at["result"]) in CONTENT
        approved = any(row["act"] == BesideAct.APPROVE_STRIKE_OFF for row in history.audit)
        return not ((solved and content) or approved or history.look_backs)
    if act is BesideAct.ATTEMPT_CALLBACK:
        return bool(at.get("reached"))
    return False


def act_panel(who: Viewer, history: ItemHistory, place: str) -> None:
    """Draw the acts; nothing where there is nothing to do."""
    acts = offered_acts(who, history)
    if not acts:
        return
    versions = {history.item["id"]: history.item["row_version"]}
    presses = acts[0] in _likely(who, history)
    shown, others = (acts[:1], acts[1:]) if presses else ((), acts)
    with st.container(horizontal=True, vertical_alignment="center", key="act_panel"):
        for act in shown:
            _button(act, versions, place, primary=True)
        if others:
            with st.popover("更多" if presses else "办理", key=f"more_acts_{forms_opened()}"):
                for act in others:
                    _button(act, versions, place, primary=False)


def undo_button(who: Viewer, history: ItemHistory, acts: Sequence[ActLine], place: str) -> None:
    """The way to take the last act back, for its author and for approvers."""
    last = next((line for line in reversed(acts) if line.last), None)
    if last is None or not (last.account == who.account or Role.APPROVER in who.roles):
        return
    undone = Undoable(last.id, history.item["id"], history.item["row_version"])
    st.button(
        f"撤销最近一次办理（{last.act_words}）", key="undo_last", type="tertiary",
        on_click=open_undo, args=((undone,), place),
    )  # fmt: skip


def _button(act: AnyAct, versions: dict[int, int], place: str, *, primary: bool) -> None:
    st.button(
        act.label, key=f"act:{act.value}", type="primary" if primary else "tertiary",
        on_click=open_form, args=(act, versions, place),
    )  # fmt: skip
