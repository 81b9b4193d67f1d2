"""督办工作台 as it is drawn: its lists below one another, one of them open in its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from dashboard.item_forms.act_table import act_table
from dashboard.item_forms.desk_acts import acts_for
from dashboard.loop_reads import DeskEntry, DeskPage
from dashboard.parts.leading import set_query
from supervision.scope import Role, Viewer
from supervision.worklists import DeskList

NONE_OPEN = "none"
COLUMNS = (
    "title", "why", "age_days", "lead_short", "due_on", "unit", "township", "light", "number",
)  # fmt: skip


def desk_told(mine: Sequence[DeskEntry], who: Viewer) -> str:
    """How much there is to do; callbacks by the hundred are told apart from the office's own."""
    calls = [one for one in mine if one.slug is DeskList.CALLBACKS_DUE]
    if Role.CALLBACK in who.roles:
        calls = []
    own = sum(one.count for one in mine) - sum(one.count for one in calls)
    waiting = f"另有 {calls[0].count} 件待回访" if calls else ""
    if own:
        return f"今天要办 {own} 件次" + (f"，{waiting}" if waiting else "")
    return f"手头的事都办完了，{waiting}" if waiting else "今天的事都办完了"


def opened_list(mine: list[DeskEntry]) -> DeskList | None:
    """The list that the address names, else the first one."""
    asked = st.query_params.get("list")
    if asked == NONE_OPEN or not mine:
        return None
    return next((entry.slug for entry in mine if entry.slug == asked), mine[0].slug)


def list_line(entry: DeskEntry, *, is_open: bool) -> None:
    """One list: how many, what, how long the oldest waits; a click opens or closes it."""
    age = ""
    if entry.oldest_days is not None and entry.oldest_days > 0:
        age = f"　:gray[最久 {entry.oldest_days} 天]"
    st.button(
        f"**{entry.count}** {entry.name}{age}",
        key=f"desk_line_{entry.slug.value}",
        type="tertiary",
        width="stretch",
        on_click=set_query,
        kwargs={"list": NONE_OPEN if is_open else entry.slug.value, "after": None},
    )


def list_body(slug: DeskList, page: DeskPage, who: Viewer, place: str) -> int | None:
    """The rows of the open list with what may be done on them; the item that was clicked on."""
    if page.left_out:
        st.caption(f"另有 {page.left_out} 件办结已久、没有回访，按本市规则不再列入。")
    return act_table(
        page.rows,
        acts_for(slug, who.roles),
        COLUMNS,
        who=who,
        key=f"desk_{slug}",
        place=place,
        page=page,
    )


def quiet_line(words: str, entries: Iterable[DeskEntry], *, counted: bool) -> None:
    """Lists that ask for nothing here, in one line."""
    named = "、".join(
        f"{entry.name} {entry.count} 件" if counted else entry.name for entry in entries
    )
    if named:
        st.caption(f"{words}：{named}")
