"""Map and what is not on it: together they are the whole, so that nothing is lost unseen."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.parts.leading import lead_to
from dashboard.parts.map_scales import Scale, Value
from dashboard.parts.sentences import ITEMS_PAGE

UNLOCATED = "0"


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows stand behind the tiles and beside them; of a rate, its base."""

    on_map: int
    unlocated: int
    elsewhere: int
    """Located in townships that the picture does not show or has no number for."""
    elsewhere_codes: tuple[str, ...]

    @property
    def whole(self) -> int:
        """All of them."""
        return self.on_map + self.unlocated + self.elsewhere


def totals(counts: pd.DataFrame, tiles: pd.DataFrame, scale: Scale) -> Totals:
    """`counts`: code, n, of; `tiles`: the rows of the picture."""
    base = counts.set_index("code")["of" if scale.value is Value.RATE else "n"]
    shown = tiles[(tiles["kind"] == "tile") & tiles["n"].notna()]["code"]
    away = base[~base.index.isin([*shown, UNLOCATED]) & (base > 0)]
    return Totals(
        on_map=int(base[base.index.isin(shown)].sum()),
        unlocated=int(base.get(UNLOCATED, 0)),
        elsewhere=int(away.sum()),
        elsewhere_codes=tuple(sorted(away.index)),
    )


def draw_totals(told: Totals, scale: Scale, place: str) -> None:
    """The whole, what is on the map, and what is not, each leading to its rows."""
    what = "到期" if scale.value is Value.RATE else "在办" if scale.slug == "open" else scale.name
    with st.container(horizontal=True, vertical_alignment="center", key="town_totals"):
        st.page_link(ITEMS_PAGE, label=f"{place}{what} **{told.whole}** {scale.unit}",
                     query_params=lead_to(figure=scale.slug))  # fmt: skip
        st.caption(f"＝ 图上 {told.on_map} {scale.unit} ＋", width="content")
        st.page_link(ITEMS_PAGE, label=f"未定位到镇（街） **{told.unlocated}** {scale.unit}",
                     query_params=lead_to(figure=scale.slug, place=0))  # fmt: skip
        if told.elsewhere:
            st.caption("＋", width="content")
            st.page_link(
                ITEMS_PAGE,
                label=f"不在图上的镇（街） **{told.elsewhere}** {scale.unit}",
                query_params={**lead_to(figure=scale.slug), "town": list(told.elsewhere_codes)},
            )
