"""A programme's figures as tiles: n/N beside each, and what it counts."""

from __future__ import annotations

from dashboard.parts.sentences import Query
from dashboard.parts.tiles import Tile
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.about import about_found
from dashboard.programmes.told import ENTRIES_PAGE, Asked, found_of, value_of
from supervision.programme_figures import Counted
from supervision.programmes import Measure, ProgrammeFigure


def figure_tiles(
    seen: ProgrammeSeen, asked: Asked, query: Query, *, heads: bool = False
) -> list[Tile]:
    """Every figure of the programme, or its heads; each leads to exactly its rows."""
    figures = [one for one in seen.programme.figures if one.head or not heads]
    return [_tile(seen, figure, asked, query) for figure in figures]


def _tile(seen: ProgrammeSeen, figure: ProgrammeFigure, asked: Asked, query: Query) -> Tile:
    found = found_of(seen, figure, asked)
    value, unit, basis = value_of(seen, figure, found)
    if figure.measure is Measure.STOCK:
        basis = f"截至 {asked.as_of:%Y-%m-%d}"
    if isinstance(found, Counted) and figure.measure in (Measure.SUM, Measure.MEDIAN):
        basis = f"{len(found.hits)} {seen.programme.unit}已填"
    return Tile(
        f"{seen.programme.name}_{figure.name}", figure.label, value, ENTRIES_PAGE,
        unit=unit, basis=basis,
        query={**query, "programme": seen.programme.name, "figure": figure.name},
        about=about_found(seen, figure, asked, found),
    )  # fmt: skip
