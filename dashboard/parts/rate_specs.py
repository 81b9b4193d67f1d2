"""The specification of a rate through the months; chart_specs builds and keeps it."""

from __future__ import annotations

import altair as alt

from dashboard.parts.text_marks import words_on_lines
from dashboard.parts.theme import Palette

SELECT_MONTH = "month"


def percent_up(field: str) -> alt.Y:
    """From the half to the whole, where rates stand; from a lower tenth where one is lower."""
    upper = alt.DomainUnionWith(unionWith=[0.5, 1])
    y = alt.Y(field).title(None).scale(domain=upper, zero=False, nice=True)
    return y.axis(tickCount=4, format=".0%")


def rate_trend(colours: Palette, _dark: bool) -> alt.LayerChart:
    """Months along, percent up; months with too few cases or not over are hollow."""
    x = alt.X("month:O").title(None)
    x = x.axis(
        labelAngle=0, grid=False, labelOverlap=True, ticks=False, labelFontSize=12,
        labelExpr="month(toDate(datum.value + '-01T00:00')) === 0 ? "
        "slice(datum.value, 0, 4) + '年' : toNumber(slice(datum.value, 5)) + '月'",
    )  # fmt: skip
    y = percent_up("share:Q")
    told = alt.Chart().transform_filter("isValid(datum.share)")
    line = told.mark_line(color=colours.brand).encode(x=x, y=y)
    tips = [
        alt.Tooltip("month_word:N", title="月份"),
        alt.Tooltip("percent:N", title="比率"),
        alt.Tooltip("cases:N", title="件次"),
    ]
    # A month is clicked on at its whole height: a point is small for a thumb.
    months = (
        alt.Chart()
        .mark_rect(fill=colours.brand, fillOpacity=0, cursor="pointer")
        .encode(x=x, tooltip=tips)
        .add_params(alt.selection_point(name=SELECT_MONTH, fields=["month"]))
    )
    tone = alt.when("datum.quiet").then(alt.value(colours.paper))
    points = told.mark_point(stroke=colours.brand, size=80, strokeWidth=2, fillOpacity=1, opacity=1)
    points = points.encode(x=x, y=y, fill=tone.otherwise(alt.value(colours.brand)))
    names = [
        mark
        for side, dy in (("datum.above", -16), ("!datum.above", 18))
        for mark in words_on_lines(
            told.transform_filter(f"datum.label !== '' && {side}").encode(x=x, y=y, text="label:N"),
            colours, ink=colours.ink, align="right", dx=6, dy=dy, fontSize=13, fontWeight="bold",
        )
    ]  # fmt: skip
    return alt.layer(months, line, points, *names).properties(height=200)
