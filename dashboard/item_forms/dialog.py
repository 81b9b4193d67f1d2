"""The dialog of an act: opened by a click, drawn until it is sent, done once however often sent.

What is open stands in the session, so a rerun loses nothing; the row versions in it are those of
the moment of the click.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from dashboard import item_acts, reads
from dashboard.item_acts import Performed, Said, StoreBusy
from dashboard.item_forms.conflict import Choice, conflict
from dashboard.item_forms.handling_forms import nothing
from dashboard.item_forms.sheet import ActForm, SaidOfItems, Sheet
from dashboard.item_forms.table import FORMS
from dashboard.item_forms.told import remember
from dashboard.item_forms.undo import draw_undo
from dashboard.parts.safe import label, plain
from dashboard.viewer import viewer
from supervision.beside_acts import BESIDE_RULES, AnyAct, BesideAct
from supervision.rights import NotPermitted
from supervision.scope import Viewer

TOLD_AT_MOST = 8
_OPENED, _COUNT = "opened_form", "forms_opened"


@dataclass(frozen=True, slots=True)
class Opened:
    """A form on the screen: the versions that were seen when it was opened, and how it ended."""

    act: AnyAct
    versions: Mapping[int, int]
    place: str
    token: str
    said: Mapping[int, Said] | None = None
    """What was sent, item by item, when not all of it could be done."""
    ended: Performed | None = None


def open_form(act: AnyAct, versions: Mapping[int, int], place: str) -> None:
    """For on_click: open the form of an act for items as they stood on the page."""
    st.session_state[_OPENED] = Opened(act, dict(versions), place, item_acts.new_token())
    st.session_state[_COUNT] = forms_opened() + 1


def forms_opened() -> int:
    """How many forms this tab has opened: in the key of a popover it shuts it behind a click."""
    count: int = st.session_state.get(_COUNT, 0)
    return count


def act_button(act: AnyAct, rows: pd.DataFrame, place: str, *, primary: bool = False) -> None:
    """The button of an act on ticked rows; off while none is ticked."""
    versions = dict(zip(rows["item_id"].tolist(), rows["row_version"].tolist(), strict=True))
    one_too_many = len(rows) > 1 and not FORMS[act].many
    st.button(
        f"{act.label}（{len(rows)}）" if len(rows) else act.label,
        key=f"act:{place}:{act.value}",
        type="primary" if primary else "secondary",
        disabled=rows.empty or one_too_many,
        help="这一项每次只能办一件" if one_too_many else None,
        on_click=open_form,
        args=(act, versions, place),
    )


def close_form() -> None:
    """Nothing is open any more."""
    st.session_state.pop(_OPENED, None)


def draw_forms(place: str) -> None:
    """Draw the form that was opened on this page; one that was opened elsewhere is let go."""
    draw_undo(place)
    opened: Opened | None = st.session_state.get(_OPENED)
    if opened is None:
        return
    if opened.place != place:
        close_form()
        return
    form = FORMS[opened.act]
    if form.draw is nothing and opened.ended is None and _sent(opened, Said()):
        return
    st.dialog(opened.act.label, width="large", dismissible=False)(_draw)(form)


def _draw(form: ActForm) -> None:
    opened: Opened | None = st.session_state.get(_OPENED)
    if opened is None:
        return
    sheet = _sheet(opened, viewer())
    if opened.ended is not None:
        _draw_ended(opened, opened.ended, sheet)
        return
    _draw_items(sheet)
    if form.note:
        st.caption(form.note)
    said = form.draw(sheet)
    told = st.container()
    with st.container(horizontal=True, key="form_buttons"):
        send = st.button(form.send or opened.act.label, type="primary", key=sheet.key("send"))
        if st.button("取消", key=sheet.key("close")):
            close_form()
            st.rerun()
    if send:
        with told:
            _sent(opened, said)


def _sheet(opened: Opened, who: Viewer) -> Sheet:
    as_of = reads.today()
    rows = reads.described_items(reads.change(), who.scope, as_of, tuple(opened.versions))
    return Sheet(opened.act, rows, who, as_of, opened.token)


def _draw_items(sheet: Sheet) -> None:
    rows = sheet.rows.head(TOLD_AT_MOST).to_dict("records")
    if len(sheet.rows) > 1:
        st.caption(f"已选 {len(sheet.rows)} 件")
    for row in rows:
        plain(f"{row['number'] or '（无编号）'}　{row['title'] or ''}")
    if len(sheet.rows) > TOLD_AT_MOST:
        st.caption(f"……等 {len(sheet.rows)} 件")


def _sent(opened: Opened, said: SaidOfItems) -> bool:
    """Do the act; whether the page goes on without the dialog. Refusals are told where we are."""
    told = dict.fromkeys(opened.versions or {0: 0}, said) if isinstance(said, Said) else said
    try:
        performed = _performed(opened, told)
    except (NotPermitted, StoreBusy) as refusal:
        st.error(label(refusal))
        return False
    if performed.refused and not performed.done and not performed.stale:
        for one in performed.refused:
            st.error(label(one.sentence if not opened.versions or len(opened.versions) == 1
                           else f"{one.number or '（无编号）'}：{one.sentence}"))  # fmt: skip
        return False
    if performed.refused or performed.stale:
        st.session_state[_OPENED] = replace(opened, said=dict(told), ended=performed)
        st.rerun()
    _finish(opened, performed)
    return True


def _performed(opened: Opened, told: Mapping[int, Said]) -> Performed:
    """The act with its words; items that were told different words are done group by group."""
    groups: dict[Said, dict[int, int]] = {}
    for key, said in told.items():
        group = groups.setdefault(said, {})
        if opened.versions:
            group[key] = opened.versions[key]
    parts = [
        item_acts.perform(
            opened.act, versions, said, viewer=viewer(), as_of=reads.today(),
            token=f"{opened.token}-{n}",
        )
        for n, (said, versions) in enumerate(groups.items())
    ]  # fmt: skip
    return _together(opened.act, parts)


def _together(act: AnyAct, parts: list[Performed]) -> Performed:
    return Performed(
        act,
        tuple(one for part in parts for one in part.done),
        tuple(one for part in parts for one in part.refused),
        tuple(one for part in parts for one in part.stale),
        repeated=any(part.repeated for part in parts),
    )


def _finish(opened: Opened, performed: Performed) -> None:
    remember(opened.place, performed.act, performed)
    close_form()
    st.rerun()


def _draw_ended(opened: Opened, ended: Performed, sheet: Sheet) -> None:
    """What was done and what was not; where others were faster, the three choices."""
    if ended.done:
        st.success(label(ended.sentence))
    for one in ended.refused:
        st.error(label(f"{one.number or '（无编号）'}：{one.sentence}"))
    if not ended.stale:
        if st.button("知道了", type="primary", key=sheet.key("read")):
            _finish(opened, ended)
        return
    said = opened.said or {}
    may_note = bool(BESIDE_RULES[BesideAct.NOTE].roles & sheet.who.roles)
    chosen = conflict(sheet, ended.stale, said, may_note=may_note)
    if chosen is None:
        return
    choice, note = chosen
    if choice is Choice.CANCEL:
        close_form()
        st.rerun()
    versions = {one.item_id: one.version for one in ended.stale}
    act: AnyAct = opened.act if choice is Choice.MINE else BesideAct.NOTE
    again = replace(
        opened, act=act, versions=versions, token=f"{opened.token}+", said=None, ended=None
    )
    words = {key: said[key] if choice is Choice.MINE else Said(text=note) for key in versions}
    _sent(again, words)
