"""A programme's figures as tiles: n/N beside each, and what it counts."""

from __future__ import annotations

from dashboard.parts.sentences import Query
from dashboard.parts.tiles import Tile
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.about import about_of
from dashboard.programmes.told import ENTRIES_PAGE, Asked, figure_of, value_told
from supervision.programmes import Measure, ProgrammeFigure


def figure_tiles(
    seen: ProgrammeSeen, asked: Asked, query: Query, *, heads: bool = False
) -> list[Tile]:
    """Every figure of the programme, or its heads; each leads to exactly its rows."""
    figures = [one for one in seen.programme.figures if one.head or not heads]
    return [_tile(seen, figure, asked, query) for figure in figures]


def _tile(seen: ProgrammeSeen, figure: ProgrammeFigure, asked: Asked, query: Query) -> Tile:
    value, unit, basis = value_told(seen, figure, asked)
    if figure.measure is Measure.STOCK:
        basis = f"截至 {asked.as_of:%Y-%m-%d}"
    if figure.measure in (Measure.SUM, Measure.MEDIAN):
        basis = f"{len(figure_of(seen, figure, asked).hits)} {seen.programme.unit}已填"
    return Tile(
        f"{seen.programme.name}_{figure.name}", figure.label, value, ENTRIES_PAGE,
        unit=unit, basis=basis,
        query={**query, "programme": seen.programme.name, "figure": figure.name},
        about=about_of(seen, figure, asked),
    )  # fmt: skip
