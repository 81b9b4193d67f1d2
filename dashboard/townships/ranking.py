"""The side list of the map: the townships that ask for attention first, and all of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts.column_room import ROW_HEIGHT
from dashboard.parts.fresh_keys import clicked_away, fresh_key
from dashboard.parts.leading import lead_to, open_list
from dashboard.parts.map_scales import ON_TIME, OPEN, OVERDUE, UNHAPPY, Scale, Value
from dashboard.parts.maps import Asked, by_code, ranked
from dashboard.parts.panels import headline
from dashboard.parts.safe import label
from dashboard.parts.sentences import ITEMS_PAGE
from dashboard.parts.tables import clicked_rows, rows_digest
from dashboard.township_reads import Townships

NAMED = 10
_COLUMNS = {OPEN.slug: OPEN, OVERDUE.slug: OVERDUE, ON_TIME.slug: ON_TIME, UNHAPPY.slug: UNHAPPY}


def draw_ranking(tiles: pd.DataFrame, scale: Scale) -> None:
    """The first few by the measure, one line each; a line opens its rows."""
    order = ranked(tiles, scale)
    first = "最低" if scale.least_first else "最多"
    headline(f"{scale.name}{first}的镇（街）", _left_out(tiles, order, scale), key="ranking")
    with st.container(key="ranking"):
        for row in order.head(NAMED).itertuples():
            st.page_link(
                ITEMS_PAGE,
                label=f"{row.place: >2}　{label(row.name)}（{label(row.unit)}）"
                f"　**{label(row.told)}**",
                query_params=lead_to(figure=scale.slug, place=row.code),
                width="stretch",
            )


def _left_out(tiles: pd.DataFrame, order: pd.DataFrame, scale: Scale) -> str:
    if scale.value is not Value.RATE:
        return "点一行看清单"
    some = int((tiles["of"] > 0).sum()) - len(order)
    few = f"；另有 {some} 个到期不足 {scale.few} {scale.unit}，只列不排" if some else ""
    return f"点一行看清单{few}"


def draw_table(seen: Townships, asked: Asked, tiles: pd.DataFrame, scale: Scale) -> None:
    """Every township with every measure; a number opens its rows."""
    table = all_measures(seen, asked, tiles, scale)
    with st.expander("查看数据"):
        event = st.dataframe(
            table.drop(columns="code"),
            key=f"{fresh_key('town_table')}:{rows_digest(table['code'])}",
            hide_index=True,
            column_config={
                "place": st.column_config.NumberColumn("位次", width=60),
                "name": st.column_config.TextColumn("镇（街）", width=120),
                "unit": st.column_config.TextColumn("县（区）", width=110),
                **{slug: st.column_config.Column(kept.name) for slug, kept in _COLUMNS.items()},
            },
            on_select="rerun",
            selection_mode="single-cell",
            row_height=ROW_HEIGHT,
            alt="各镇（街）的数字",
        )
    opened, _ = clicked_rows(event)
    if opened is not None:
        column = str(dict(event)["selection"]["cells"][0][1])
        clicked_away("town_table")
        slug = column if column in _COLUMNS else scale.slug
        open_list(figure=slug, place=table["code"].iloc[opened])


def all_measures(seen: Townships, asked: Asked, tiles: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """code, place, name, unit and a column per figure; ranked ones first.

    `tiles` are the rows of the picture by this scale that are known to who asks.
    """
    found = {slug: by_code(seen.of_figure(slug)) for slug in _COLUMNS}
    places = ranked(tiles, scale)
    place = dict(zip(places["code"], places["place"], strict=True))
    rows = [
        {"code": tile.code, "place": place.get(tile.code), "name": tile.name, "unit": tile.unit}
        | {
            slug: _cell(kept, *found[slug].get(tile.code, (0, 0)))
            for slug, kept in _COLUMNS.items()
        }
        for tile in asked.picture.tiles
        if asked.knows(tile.unit, tile.code)
    ]
    table = pd.DataFrame(rows, columns=["code", "place", "name", "unit", *_COLUMNS])
    table["place"] = table["place"].astype("Int64")
    return table.sort_values(["place", "code"], na_position="last").reset_index(drop=True)


def _cell(kept: Scale, n: int, of: int) -> int | str:
    return kept.told(n, of) if kept.value is Value.RATE else n
