"""Number tiles: what a leader reads first. Each is a link to exactly its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from html import escape
from pathlib import Path

import streamlit as st

MIN_TILE_WIDTH = 148
"""Pixels: seven tiles stand in one row from 1366 up, two columns at 390."""


class Direction(Enum):
    """Which way of a figure is good; it colours the change, never the figure."""

    MORE_IS_BETTER = 1
    MORE_IS_WORSE = -1
    NEITHER = 0


@dataclass(frozen=True, slots=True)
class Tile:
    """One number tile.

    `slug` names it (ASCII, unique in its row). `value` is what stands large (`128`, `93.5%`,
    `—`), `basis` the n/N line (`58/62 件`), `change` the signed difference in `change_unit`
    against `since` (None: not known). `late` marks 超期: only then is anything red.
    `page` and `query` are where a click leads; `page` is a file beside app.py or its Page.
    """

    slug: str
    label: str
    value: str
    page: str | Path
    unit: str = ""
    basis: str = ""
    change: float | None = None
    change_unit: str = ""
    since: str = "较上周"
    direction: Direction = Direction.NEITHER
    late: bool = False
    query: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    about: Sequence[str] = ()
    """口径: what is counted, line by line; opens over the page without asking the server."""


def tile_row(tiles: Sequence[Tile], *, key: str = "tiles") -> None:
    """Draw tiles in one row where it is wide enough, in two columns on a phone."""
    grid = st.grid(len(tiles) or 1, min_column_width=MIN_TILE_WIDTH, key=key, gap="small")
    for tile in tiles:
        with grid, st.container(key=f"tile_{'late_' if tile.late else ''}{tile.slug}"):
            st.html(tile_html(tile))
            st.page_link(tile.page, label=f"查看{tile.label}", query_params=dict(tile.query))


def tile_html(tile: Tile) -> str:
    """The tile's text as HTML; every part is escaped."""
    late = " late" if tile.late and tile.value not in {"0", "—"} else ""
    lines = [
        f'<div class="label">{escape(tile.label)}</div>',
        f'<div class="value{late}"><b>{escape(tile.value)}</b>'
        f'<span class="unit">{escape(tile.unit)}</span></div>',
    ]
    lines += [
        f'<div class="small {tone}">{escape(words)}</div>'
        for words, tone in ((tile.basis, ""), change_told(tile))
        if words
    ]
    return f'<div class="duban-tile">{"".join(lines)}</div>{_about_html(tile)}'


def _about_html(tile: Tile) -> str:
    if not tile.about:
        return ""
    lines = "".join(f"<p>{escape(line)}</p>" for line in tile.about)
    return (
        f'<details class="duban-about"><summary aria-label="{escape(tile.label)}的口径">口径'
        f"</summary><div>{lines}</div></details>"
    )


def change_told(tile: Tile) -> tuple[str, str]:
    """The change in words (较上周 ↑3) and its tone: better, worse, late or empty."""
    if tile.change is None:
        return "", ""
    if tile.change == 0:
        return f"{tile.since}持平", ""
    arrow = "↑" if tile.change > 0 else "↓"
    word = f"{tile.since} {arrow}{abs(tile.change):g}{tile.change_unit}"
    good = tile.change * tile.direction.value
    if good == 0:
        return word, ""
    if good > 0:
        return word, "better"
    return word, "late" if tile.late else "worse"
