"""Inside one township: its figures, its items by village, and the items of one village."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import reads, township_reads
from dashboard.parts.about import about_figure
from dashboard.parts.column_room import ROW_HEIGHT
from dashboard.parts.data_view import data_view
from dashboard.parts.fresh_keys import clicked_away, fresh_key
from dashboard.parts.leading import lead_to, open_item, set_query
from dashboard.parts.map_scales import ON_TIME, OPEN, OVERDUE, UNHAPPY
from dashboard.parts.panels import chart_panel, headline
from dashboard.parts.paper import seen_and_printed
from dashboard.parts.sentences import ITEMS_PAGE
from dashboard.parts.style import is_dark
from dashboard.parts.tables import clicked_rows, item_table, rows_digest
from dashboard.parts.tiles import Tile, tile_row
from dashboard.parts.village_points import NOT_TOLD, village_points
from dashboard.reads import Filters
from dashboard.township_reads import NO_VILLAGE, Townships
from supervision.figures import FIGURES
from supervision.metrics import Rate
from supervision.rights import Right, may
from supervision.scope import Viewer

KEY = "village"
"""The village of the address; what names none is NOT_TOLD there."""
MOST_ROWS = 200


def draw_inside(seen: Townships, town: str, filters: Filters, as_of: date, who: Viewer) -> None:
    """The township that `filters` name: `town` is what it is called."""
    tile_row(figure_tiles(seen, str(filters.townships[0]), as_of), key="town_tiles")
    villages = township_reads.villages(who.scope, as_of, filters)
    if not may(who, Right.SEE_BELOW_TOWNSHIP):
        _village_list(villages)
    else:
        with st.container(key="town_columns"):
            left, right = st.columns([7, 4], gap="large")
        with left:
            _points(town, filters, as_of, who)
        with right:
            _village_list(villages)
    _its_items(town, villages, filters, as_of, who)


def figure_tiles(seen: Townships, code: str, as_of: date) -> list[Tile]:
    """The measures of the map for one township, each leading to its rows."""
    tiles = []
    for scale in (OPEN, OVERDUE, ON_TIME, UNHAPPY):
        found = {row["code"]: row for row in seen.of_figure(scale.slug).iter_rows(named=True)}
        row = found.get(code, {"n": 0, "of": None})
        rated = scale is ON_TIME
        n, of = row["n"], row["of"] or 0
        tiles.append(
            Tile(
                slug=scale.slug, label=scale.name, page=ITEMS_PAGE,
                value=Rate(n, of).percent if rated else str(n),
                unit="" if rated else scale.unit, late=scale is OVERDUE,
                basis=f"{n}/{of} {scale.unit}" if rated else "",
                query=lead_to(figure=scale.slug),
                about=about_figure(
                    FIGURES[scale.slug], n=n, of=of if rated else None, beside={}, as_of=as_of,
                    period=None if scale in (OPEN, OVERDUE) else seen.period,
                ),
            )
        )  # fmt: skip
    return tiles


def _points(town: str, filters: Filters, as_of: date, who: Viewer) -> None:
    rows = township_reads.points(as_of, filters, viewer=who)
    if rows is None:
        most = township_reads.MOST_POINTS
        headline(f"{town}在办超过 {most:,} 件", "太多，不逐件画出，请按村（社区）看", key="points")
        return
    chart = village_points(rows, dark=is_dark(), town=town)
    with st.container(key="points_town"):
        chosen = chart_panel(chart, key=fresh_key("village_points"), lamps=True)
    if chosen:
        clicked_away("village_points")
        open_item(chosen[0]["item_id"])
    drawn = chart.frame[chart.frame["kind"] == "item"] if not chart.is_empty else chart.frame
    data_view(drawn, {"number": "编号", "title": "事项", "told": "亮灯"})


def _village_list(villages: pd.DataFrame) -> None:
    total = int(villages["open"].sum())
    told = int(villages.loc[villages["village"] != NO_VILLAGE, "open"].sum())
    sum_told = f"在办 {total} 件 ＝ 写明村（社区）{told} 件 ＋ {NOT_TOLD} {total - told} 件"
    headline("各村（社区）", sum_told, key="villages")
    if villages.empty:
        return
    shown = villages.assign(village=[name or NOT_TOLD for name in villages["village"]])
    event = seen_and_printed(
        shown,
        key="villages",
        widget=f"{fresh_key('villages')}:{rows_digest(villages['village'])}",
        headings={"village": "村（社区）", "open": "在办（件）", "overdue": "逾期（件）"},
        column_config={
            "village": st.column_config.TextColumn("村（社区）", width=150),
            "open": st.column_config.NumberColumn("在办（件）", width=90),
            "overdue": st.column_config.NumberColumn("逾期（件）", width=90),
        },
        on_select="rerun",
        selection_mode="single-cell",
        row_height=ROW_HEIGHT,
        height="content" if len(shown) <= 12 else 12 * ROW_HEIGHT,
        alt="各村（社区）的件数",
    )
    opened, _ = clicked_rows(event)
    if opened is not None:
        clicked_away("villages")
        set_query(**{KEY: shown["village"].iloc[opened]})
        st.rerun()


def _its_items(
    town: str, villages: pd.DataFrame, filters: Filters, as_of: date, who: Viewer
) -> None:  # fmt: skip
    """The rows of the village that the address names, else of the whole township."""
    asked = st.query_params.get(KEY)
    village = NO_VILLAGE if asked == NOT_TOLD else asked
    if village not in set(villages["village"]):
        asked, village = town, None
    ids = township_reads.village_items(who.scope, as_of, filters, village)
    if not ids:
        return
    rows = reads.described_items(reads.change(), who.scope, as_of, ids[:MOST_ROWS])
    more = f"，先列最急的 {MOST_ROWS} 件" if len(ids) > MOST_ROWS else ""
    headline(f"{asked}在办 {len(ids)} 件{more}", "点一行看详情", key="village")
    columns = ("light", "title", "lead_short", "days_overdue", "due_on", "assigned_on")
    opened = item_table(rows, key="village_items", columns=columns).opened
    if opened is not None:
        open_item(opened)
