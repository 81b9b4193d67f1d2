"""The specification of the hotline's months beside those of the year before; see chart_specs."""

from __future__ import annotations

import altair as alt

from dashboard.parts.theme import Palette, ink_on

HEIGHT, NARROW = 230, 700


def hotline(colours: Palette, _dark: bool) -> alt.LayerChart:
    """A bar for each month, a line across it for the same month of the year before."""
    x = alt.X("month:O").title(None)
    x = x.axis(
        labelAngle=0, grid=False, labelOverlap=True, ticks=False, labelFontSize=12,
        labelExpr="slice(datum.value, 5) === '01' ? slice(datum.value, 0, 4) + '年' : "
        "toNumber(slice(datum.value, 5)) + '月'",
    )  # fmt: skip
    y = alt.Y("n:Q").title(None).axis(tickCount=4, format=",d", tickMinStep=1).scale(zero=True)
    tips = [
        alt.Tooltip("month_word:N", title="月份"),
        alt.Tooltip("n:Q", title="件数", format=",d"),
        alt.Tooltip("year_word:N", title="上年同月"),
        alt.Tooltip("change:N", title="同比"),
    ]
    base = alt.Chart()
    bars = base.mark_bar(
        width=alt.RelativeBandSize(0.66), cornerRadiusTopLeft=2, cornerRadiusTopRight=2
    )
    bars = bars.encode(
        x=x,
        y=y,
        color=alt.when("datum.newest")
        .then(alt.value(colours.brand))
        .otherwise(alt.value(colours.brand_soft)),
        tooltip=tips,
    )
    before = base.transform_filter("isValid(datum.year_before)").mark_tick(
        thickness=2.5, color=colours.amber_ink, bandSize=26
    )
    before = before.encode(x=x, y=alt.Y("year_before:Q"), tooltip=tips)
    # On a phone the bar is narrower than its number, which then stands upright in it.
    narrow = f"width < {NARROW}"
    counts = base.transform_filter("datum.newest").mark_text(
        angle=alt.ExprRef(f"{narrow} ? 270 : 0"),
        align=alt.ExprRef(f"{narrow} ? 'right' : 'center'"),
        dx=alt.ExprRef(f"{narrow} ? -8 : 0"), dy=alt.ExprRef(f"{narrow} ? 1 : 14"), fontSize=13,
        fontWeight="bold", color=ink_on(colours.brand),
    )  # fmt: skip
    counts = counts.encode(x=x, y=y, text=alt.Text("n:Q", format=",d"))
    return alt.layer(bars, before, counts).properties(height=HEIGHT)
