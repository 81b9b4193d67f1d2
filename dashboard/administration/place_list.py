"""The tab 区划: townships with their other names, villages; found by name."""

from __future__ import annotations

import streamlit as st

from dashboard import reads
from dashboard.administration.office_table import Shown, office_table
from dashboard.administration.seen import look_afresh
from dashboard.parts.leading import set_query
from dashboard.reads import PlaceRow
from supervision.scope import Viewer
from supervision.vocabulary import DivisionLevel

_LEVELS = {level.label: level for level in (DivisionLevel.TOWNSHIP, DivisionLevel.VILLAGE)}
_COLUMNS = {
    "name": Shown("名称", 190),
    "above": Shown("所在", 180),
    "aliases": Shown("别名和旧称", 380),
    "code": Shown("代码", 130),
    "state": Shown("状态", 150),
}
MOST_ROWS = 300


def place_list(who: Viewer) -> None:
    """Search by level and name; a click opens the place."""
    look_afresh()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "查找地名", placeholder="名称、别名或所在县（区）的一部分", max_chars=60, width=420
        )
        level = st.segmented_control(
            "层级", list(_LEVELS), default=next(iter(_LEVELS)), required=True
        )
    wanted = "".join(text.split())
    places = reads.place_register(who, _LEVELS[level or next(iter(_LEVELS))])
    found = [
        place
        for place in places
        if any(
            wanted in name
            for name in (place.above + place.name, *(alias.name for alias in place.aliases))
        )
    ]
    told = f"，这里列前 {MOST_ROWS} 个" if len(found) > MOST_ROWS else ""
    st.caption(f"共 {len(found)} 个{told}。点一行查看和办理。" if found else "没有这样的地名。")
    shown = found[:MOST_ROWS]
    if not shown:
        return
    rows = [
        (place.name, place.above, "、".join(alias.name for alias in place.aliases), place.code,
         _state(place))
        for place in shown
    ]  # fmt: skip
    position = office_table(rows, _COLUMNS, key="places", alt="区划表", opens=True)
    if position is not None:
        set_query(place=shown[position].code)
        st.rerun()


def _state(place: PlaceRow) -> str:
    if place.valid.last is None:
        return "在册"
    return f"{place.valid.last} {'合并' if place.merged_into else '撤销'}"
