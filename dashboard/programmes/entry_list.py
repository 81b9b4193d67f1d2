"""The rows behind a number, a hundred at a time; one of them whole above them."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.parts.entry_table import entry_table
from dashboard.parts.fresh_keys import clicked_away, fresh_key
from dashboard.parts.leading import set_query
from dashboard.parts.list_tools import printed_by
from dashboard.parts.panels import headline
from dashboard.parts.safe import label
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.entries import draw_entry, headings_of, in_sight, rows_of, who_has
from dashboard.programmes.narrowing import Narrowed, definition_of
from supervision.scope import Viewer

PAGE_SIZE = 100
_LONGEST_PAGE = 4


def list_head(seen: ProgrammeSeen, found: Narrowed) -> None:
    """What the rows are, and how many."""
    what = "，".join(found.told) or "全部"
    headline(
        f"{seen.programme.label}：{what}，共 {len(found.entries):,} {seen.programme.unit}",
        definition_of(seen, found), key="entries_told",
    )  # fmt: skip


def draw_list(seen: ProgrammeSeen, found: Narrowed, who: Viewer, as_of: date) -> None:
    """The page of rows that the address names."""
    if not found.entries:
        st.info("没有符合条件的条目。可以放宽筛选。")
        return
    wanted = st.query_params.get("entry")
    entry = next((one for one in found.entries if str(one.id) == wanted), None)
    if entry is not None:
        draw_entry(seen, entry, who, as_of)
    said = st.query_params.get("page", "0")
    start = int(said) * PAGE_SIZE if said.isdecimal() and len(said) <= _LONGEST_PAGE else 0
    start = start if start < len(found.entries) else 0
    last = min(start + PAGE_SIZE, len(found.entries))
    page = f"，本页第 {start + 1}–{last}" if last - start < len(found.entries) else ""
    told = f"共 {len(found.entries):,} {seen.programme.unit}{page}"
    columns, left_out = in_sight(seen, headings_of(seen, counted=found.is_rate))
    opened = entry_table(
        rows_of(seen, found.entries[start : start + PAGE_SIZE],
                found.hits if found.is_rate else None),
        columns, key=fresh_key("entries"), first=start + 1, on_paper=[told, printed_by(who)],
        who=who_has(seen, columns),
    )  # fmt: skip
    if left_out:
        words = "、".join(left_out)
        st.caption(label(f"点一行看全部内容；这里没有列出的栏（{words}）导出的 Excel 里也有。"))
    with st.container(horizontal=True, horizontal_alignment="right", key="list_pages"):
        if start:
            st.button("回到首页", on_click=set_query, kwargs={"page": None})
        if start + PAGE_SIZE < len(found.entries):
            st.button("下一页", on_click=set_query, kwargs={"page": start // PAGE_SIZE + 1})
    if opened is not None:
        clicked_away("entries")
        set_query(entry=opened)
        st.rerun()
