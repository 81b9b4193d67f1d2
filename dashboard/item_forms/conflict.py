"""Somebody else was faster: who changed what since, and three ways to go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as fields_of
from dataclasses import replace
from enum import Enum

import streamlit as st

from dashboard.item_acts import ChangedField, ChangeSince, Said, Stale
from dashboard.item_forms.sheet import Sheet
from dashboard.notice_reads import OFFICE_ACTS, of_the_office
from dashboard.parts.lists import time_line
from dashboard.parts.safe import label
from supervision.reporters import without_traces
from supervision.scope import Viewer


class Choice(Enum):
    """What a person does about it."""

    MINE = "mine"
    NOTE = "note"
    CANCEL = "cancel"


def conflict(
    sheet: Sheet, stale: tuple[Stale, ...], said: Mapping[int, Said], *, may_note: bool
) -> tuple[Choice, str] | None:
    """Draw what changed and the choices; the choice with the note's text, once one is made."""
    st.warning("您填写期间，别人已经更新了这件事项。您填的内容还在，没有办理，也没有覆盖任何人。")
    for one in stale:
        st.caption(f"{label(one.number or '（无编号）')}：您打开之后的变动")
        time_line(
            (f"{change.at:%Y-%m-%d %H:%M}", change.who, _told(as_told(change, sheet.who)))
            for change in one.changes
        )
    note = ""
    if may_note:
        start = _written(next((said[one.item_id] for one in stale), Said()))
        note = st.text_area(
            "只留说明时写入办理记录的文字", value=start, key=sheet.key("note"), height=90
        )
    with st.container(horizontal=True, key="conflict_choices"):
        mine = st.button(
            f"看过了，仍按我填的{sheet.act.label}", type="primary", key=sheet.key("mine")
        )
        only = may_note and st.button(
            "不办理，只把我写的留作说明", key=sheet.key("only_note"), disabled=not note.strip()
        )
        cancel = st.button("放弃", key=sheet.key("cancel"))
    if mine:
        return Choice.MINE, note
    if only:
        return Choice.NOTE, note
    return (Choice.CANCEL, note) if cancel else None


_OF_THE_OFFICE = "督查室内部处理"
_INSIDE = frozenset(act.label for act in OFFICE_ACTS)


def as_told(change: ChangeSince, who: Viewer) -> ChangeSince:
    """What was done; to a department without what is the office's own and who complained."""
    if of_the_office(who):
        return change
    if change.act in _INSIDE:
        return replace(change, act=_OF_THE_OFFICE, fields=(), reason=None)
    fields = tuple(
        ChangedField(one.label, _hidden(one.before), _hidden(one.after)) for one in change.fields
    )
    return replace(change, fields=fields, reason=without_traces(change.reason))


def _hidden(text: str) -> str:
    return without_traces(text) or ""


def _told(change: ChangeSince) -> str:
    reason = f"：{change.reason}" if change.reason else ""
    lines = [
        f"{one.label} {one.before or '（空）'} → {one.after or '（空）'}" for one in change.fields
    ]
    return "\n".join([change.act + reason, *lines])


_WRITTEN = ("reason", "text", "measures", "words", "plan")


def _written(said: Said) -> str:
    """What the person wrote with his own hand."""
    texts = {field.name: getattr(said, field.name) for field in fields_of(said)}
    return "\n".join(str(texts[name]) for name in _WRITTEN if texts[name])
