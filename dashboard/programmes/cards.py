"""All programmes as cards: what is wrong first, then their head figures, each a way to its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.parts.leading import lead_to, set_query
from dashboard.parts.panels import headline
from dashboard.parts.safe import label
from dashboard.parts.theme import lamp_word
from dashboard.parts.tiles import tile_row
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.tiles import figure_tiles
from dashboard.programmes.told import (
    ENTRIES_PAGE,
    Asked,
    due_soon,
    overdue,
    silent_told,
)
from supervision.programmes import FieldKind
from supervision.vocabulary import Light

CARD_WIDTH = 520
"""Pixels: three cards stand in a row at 1920, two at 1366, one at 390."""


def draw_cards(all_seen: Sequence[ProgrammeSeen], asked: Asked) -> None:
    """Programmes with a ledger, those with most overdue entries first; then those without."""
    filled = [seen for seen in all_seen if seen.entries]
    silent = {seen.programme.name: silent_told(seen, asked.as_of) for seen in filled}
    filled.sort(key=lambda seen: (-len(overdue(seen)), -len(silent[seen.programme.name])))
    empty = [seen for seen in all_seen if not seen.entries]
    headline(_told(filled, silent), f"{asked.told}，点专题名称看全貌，点数字看清单",
             key="programmes_told")  # fmt: skip
    grid = st.grid(3, min_column_width=CARD_WIDTH, key="programme_cards", gap="small")
    for seen in filled:
        with grid:
            _card(seen, asked, silent[seen.programme.name])
    if empty:
        _without_ledger(empty)


def _told(filled: Sequence[ProgrammeSeen], silent: Mapping[str, Sequence[str]]) -> str:
    if not filled:
        return "您的可见范围和当前筛选下还没有专题条目：点开一个专题，下载模板，填好后上传"
    late = Counter({seen.programme.label: len(overdue(seen)) for seen in filled})
    total = late.total()
    unreported = sum(bool(phrases) for phrases in silent.values())
    parts = [f"{len(filled)} 个专题有台账"]
    if total:
        worst, most = late.most_common(1)[0]
        parts.append(f"逾期 {total} 条，最多的是{worst} {most} 条")
    else:
        parts.append("没有逾期")
    if unreported:
        parts.append(f"{unreported} 个专题本期有未报的")
    return "，".join(parts)


def _card(seen: ProgrammeSeen, asked: Asked, silent: Sequence[str]) -> None:
    programme = seen.programme
    with st.container(border=True, height="stretch", key=f"programme_card_{programme.name}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _open_button(seen)
            st.caption(label(f"{programme.theme} · {len(seen.entries):,} {programme.unit}"))
        tile_row(
            figure_tiles(seen, asked, lead_to(), heads=True),
            key=f"programme_heads_{programme.name}",
        )
        _exceptions(seen, silent)


def _open_button(seen: ProgrammeSeen) -> None:
    name = seen.programme.name
    st.button(
        label(seen.programme.label), key=f"open_{name}", type="tertiary",
        on_click=set_query, kwargs={"programme": name},
    )  # fmt: skip


def _exceptions(seen: ProgrammeSeen, silent: Sequence[str]) -> None:
    """What is late, near its limit or silent, in words that lead to the rows."""
    late, soon = len(overdue(seen)), due_soon(seen)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for light, n in ((Light.RED, late), (Light.YELLOW, soon)):
            if not n:
                continue
            with st.container(
                key=f"programme_{light.value}_{seen.programme.name}", width="content"
            ):
                st.page_link(
                    ENTRIES_PAGE, label=f"{lamp_word(light)} **{n}** {label(seen.programme.unit)}",
                    query_params=lead_to(programme=seen.programme.name, lamp=light.value),
                )  # fmt: skip
        told = list(silent)
        if seen.programme.clocks and not late:
            told = ["没有逾期", *told]
        if told:
            st.caption(label("；".join(told)))


def _without_ledger(empty: Sequence[ProgrammeSeen]) -> None:
    headline(f"还有 {len(empty)} 个专题在这里没有条目", "没有台账，或不在您的可见范围和筛选之内；"
             "点名称看全貌", key="programmes_empty")  # fmt: skip
    with st.container(horizontal=True, key="programmes_without"):
        for seen in empty:
            _open_button(seen)


def place_column(seen: ProgrammeSeen) -> str | None:
    """The column by which a programme's table stands: counties, else departments."""
    for kind in (FieldKind.COUNTY, FieldKind.DEPARTMENT):
        field = seen.programme.of_kind(kind)
        if field is not None:
            return field.name
    return None
