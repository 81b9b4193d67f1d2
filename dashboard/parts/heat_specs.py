"""The specification of the heat map, category by county; see chart_specs."""

from __future__ import annotations

import altair as alt

from dashboard.parts.map_scales import LEVELS
from dashboard.parts.theme import Palette, ink_on

SELECT_CELL = "cell"
STEP = 31
_NARROW = 520
"""Pixels: below, a county is called by its first two letters."""
_CROWDED = f"bandwidth('x') < (width < {_NARROW} ? 26 : 52)"
"""Of so many counties that their names would lie over one another they are turned."""


def heat(colours: Palette, _dark: bool) -> alt.LayerChart:
    """A tile for each category and county, its number inside; sums stand at the edges."""
    chosen = alt.selection_point(name=SELECT_CELL, fields=["category", "unit", "sum"])
    by_column = alt.EncodingSortField(field="column", op="min", order="ascending")
    by_line = alt.EncodingSortField(field="line", op="min", order="ascending")
    x = alt.X("unit_name:N").sort(by_column).title(None).scale(paddingInner=0.04)
    x = x.axis(
        orient="top", domain=False, ticks=False, labelOverlap=False, labelLimit=90,
        labelFontSize=13, labelAngle=alt.ExprRef(f"{_CROWDED} ? 270 : 0"),
        labelAlign=alt.ExprRef(f"{_CROWDED} ? 'left' : 'center'"),
        labelBaseline=alt.ExprRef(f"{_CROWDED} ? 'middle' : 'bottom'"),
        labelExpr=f"width < {_NARROW} ? slice(datum.label, 0, 2) : datum.label",
    )  # fmt: skip
    y = alt.Y("category_name:N").sort(by_line).title(None).scale(paddingInner=0.06)
    y = y.axis(ticks=False, domain=False, labelLimit=112, labelFontSize=13)
    fills = dict(zip(LEVELS, colours.ramp, strict=True))
    level = alt.Color("level:N").legend(None)
    tiles = (
        alt.Chart()
        .mark_rect(cornerRadius=3, cursor="pointer")
        .encode(
            x=x,
            y=y,
            # Sums are no class of their own: they would outshine every tile.
            color=alt.when("datum.sum")
            .then(alt.value("transparent"))
            .otherwise(level.scale(domain=list(fills), range=list(fills.values()))),
            opacity=alt.when(chosen).then(alt.value(1)).otherwise(alt.value(0.5)),
            tooltip=[
                alt.Tooltip("category_name:N", title="问题分类"),
                alt.Tooltip("unit_name:N", title="县（区）"),
                alt.Tooltip("told:N", title="数量"),
            ],
        )
        .add_params(chosen)
    )
    inks = [ink_on(fill) for fill in fills.values()]
    base = alt.Chart().encode(x=x, y=y, text="label:N")
    numbers = (
        base.transform_filter("!datum.sum")
        .mark_text(fontSize=13)
        .encode(color=level.scale(domain=list(fills), range=inks))
    )
    sums = base.transform_filter("datum.sum")
    sums = sums.mark_text(fontSize=13, fontWeight="bold", color=colours.ink)
    chart = alt.layer(tiles, numbers, sums).resolve_scale(color="independent")
    return chart.properties(height=alt.Step(STEP))
