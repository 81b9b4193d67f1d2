"""One programme whole: its conclusion, tiles, cycles, groups, trend, and what is late."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.entry_table import entry_table
from dashboard.parts.leading import lead_to, set_query
from dashboard.parts.panels import headline
from dashboard.parts.safe import label
from dashboard.parts.tiles import tile_row
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.cycles import draw_cycles
from dashboard.programmes.entries import headings_of, rows_of, who_has
from dashboard.programmes.groups import draw_groups
from dashboard.programmes.tiles import figure_tiles
from dashboard.programmes.told import (
    ENTRIES_PAGE,
    Asked,
    conclusion,
    due_soon,
    overdue,
)
from dashboard.programmes.trend import draw_trend
from dashboard.reads import Filters
from supervision.vocabulary import Light

WORST = 8
_SHOWN = 6
"""Columns of the list of what is late."""


def draw_programme(seen: ProgrammeSeen, asked: Asked, filters: Filters, *, dark: bool) -> None:
    """Exceptions before charts."""
    programme = seen.programme
    with st.container(horizontal=True, vertical_alignment="center", key="programme_head"):
        st.header(label(programme.label), anchor=False, width="content")
        st.caption(label(f"{programme.theme}　{programme.about}"), width="stretch")
        st.button("← 全部专题", on_click=set_query, kwargs={"programme": None}, type="tertiary")
    headline(conclusion(seen, asked), _note(seen, asked, filters), key="programme_told")
    if not seen.entries:
        return
    tile_row(figure_tiles(seen, asked, lead_to()), key="programme_tiles")
    _worst(seen)
    with st.container(key="programme_tables"):
        draw_cycles(seen, asked)
        draw_groups(seen, asked)
    draw_trend(seen, asked, dark=dark)


def _note(seen: ProgrammeSeen, asked: Asked, filters: Filters) -> str:
    parts = [asked.told, f"台账 {len(seen.entries):,} {seen.programme.unit}"]
    if seen.stored_at is not None:
        parts.append(f"最近一次导入 {seen.stored_at:%Y-%m-%d %H:%M}")
    if _idle(filters):
        parts.append("场次、分类、来源、领导等筛选在专题里不起作用")
    return "；".join(parts)


def _idle(filters: Filters) -> bool:
    return bool(
        filters.sessions or filters.themes or filters.categories or filters.origins
        or filters.peer_groups or filters.case_leader or filters.linked_leader or filters.matters
    )  # fmt: skip


def _worst(seen: ProgrammeSeen) -> None:
    """Those that are late for longest; the whole list is one click away."""
    if not seen.programme.clocks:
        return
    late, soon, unit = overdue(seen), due_soon(seen), seen.programme.unit
    name = seen.programme.name
    if not late:
        headline(
            f"没有逾期，临期 {soon} {unit}" if soon else "没有逾期、临期", key="programme_late"
        )
    else:
        headline(f"逾期 {len(late)} {unit}，临期 {soon} {unit}", "逾期最久的先列；点一行看全部内容",
                 key="programme_late")  # fmt: skip
        headings = dict(list(headings_of(seen).items())[:_SHOWN])
        opened = entry_table(rows_of(seen, late[:WORST]), headings, key="programme_worst",
                             who=who_has(seen, headings))  # fmt: skip
        if opened is not None:
            st.switch_page(ENTRIES_PAGE, query_params=lead_to(
                programme=name, lamp=Light.RED.value, entry=opened))  # fmt: skip
    with st.container(horizontal=True, key="programme_lists"):
        for words, further in (
            (f"看全部逾期 {len(late)} {unit}" if late else "", {"lamp": Light.RED.value}),
            (f"看临期 {soon} {unit}" if soon else "", {"lamp": Light.YELLOW.value}),
            (f"看全部 {len(seen.entries):,} {unit}", {}),
        ):
            if words:
                st.page_link(ENTRIES_PAGE, label=label(words),
                             query_params=lead_to(programme=name, **further))  # fmt: skip
