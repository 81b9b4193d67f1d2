"""Specifications of what changes from period to period, beside the year before; see chart_specs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt

from dashboard.parts.rate_specs import percent_up
from dashboard.parts.text_marks import words_on_lines
from dashboard.parts.theme import Palette

SELECT_PERIOD = "period"
THIS, CLOSED, LAST_YEAR = "this", "closed", "last_year"
_INKS: dict[str, Callable[[Palette], str]] = {
    THIS: lambda colours: colours.brand,
    CLOSED: lambda colours: colours.green,
    LAST_YEAR: lambda colours: colours.soft_ink,
}
_DASHES = {THIS: [1, 0], CLOSED: [1, 0], LAST_YEAR: [5, 4]}
_MONTH = (
    "month(toDate(datum.value + '-01T00:00')) === 0 ? slice(datum.value, 0, 4) + '年' : "
    "toNumber(slice(datum.value, 5)) + '月'"
)
_LABEL = (
    "length(datum.value) > 7 ? toNumber(slice(datum.value, 5, 7)) + '/' + "
    f"toNumber(slice(datum.value, 8)) : ({_MONTH})"
)


def volumes(colours: Palette, _dark: bool) -> alt.LayerChart:
    """Intake, closing and the intake of the year before; what still runs is hollow."""
    y = alt.Y("value:Q").title(None).axis(tickCount=4, format=",d", tickMinStep=1)
    words = {THIS: "新增", CLOSED: "办结", LAST_YEAR: "上年同期新增"}
    return _lines(colours, y.scale(zero=True), words)


def rates(colours: Palette, _dark: bool) -> alt.LayerChart:
    """A rate and that of the year before; what still runs or has too few cases is hollow."""
    words = {THIS: "本期", LAST_YEAR: "上年同期"}
    return _lines(colours, percent_up("value:Q"), words)


def _lines(colours: Palette, y: Any, words: dict[str, str]) -> alt.LayerChart:
    x = alt.X("period:O").title(None)
    x = x.axis(
        labelAngle=0, grid=False, labelOverlap=True, ticks=False, labelFontSize=12,
        labelExpr=_LABEL,
    )  # fmt: skip
    series = list(words)
    inks = [_INKS[one](colours) for one in series]
    # The lines of many periods cross too often for words at their ends: only the newest whole
    # period has its value there.
    named = " : ".join(f"datum.label === '{one}' ? '{word}'" for one, word in words.items())
    legend = alt.Legend(
        orient="top", title=None, symbolType="stroke", symbolSize=340, symbolStrokeWidth=3,
        labelFontSize=13, labelExpr=f"{named} : ''",
    )  # fmt: skip
    tones = alt.Color("series:N").legend(legend).scale(domain=series, range=inks)
    strokes = alt.Stroke("series:N").legend(None).scale(domain=series, range=inks)
    dashes = alt.StrokeDash("series:N").legend(legend)
    dashes = dashes.scale(domain=series, range=[_DASHES[one] for one in series])
    tips = [
        alt.Tooltip("period_word:N", title="时段"),
        *(alt.Tooltip(f"{one}_told:N", title=word) for one, word in words.items()),
    ]
    # A period is pointed at and clicked on at its whole height: a point is small for a thumb.
    bands = alt.Chart().transform_filter(f"datum.series === '{THIS}'")
    bands = bands.mark_rect(fill=colours.brand, fillOpacity=0, cursor="pointer")
    bands = bands.encode(x=x, tooltip=tips)
    bands = bands.add_params(alt.selection_point(name=SELECT_PERIOD, fields=["days"]))
    told = alt.Chart().transform_filter("isValid(datum.value)")
    lines = told.transform_filter("!datum.unfinished").mark_line(strokeWidth=2.5)
    lines = lines.encode(x=x, y=y, color=tones, strokeDash=dashes)
    firm = told.transform_filter("!datum.quiet").mark_point(filled=True, size=50, opacity=1)
    quiet = told.transform_filter("datum.quiet").mark_point(
        filled=True, fill=colours.paper, size=70, strokeWidth=2, opacity=1
    )
    points = [
        firm.encode(x=x, y=y, color=tones),
        quiet.encode(x=x, y=y, stroke=strokes),
    ]
    values = [
        mark
        for side, dy in (("datum.above", -14), ("!datum.above", 16))
        for mark in words_on_lines(
            told.transform_filter(f"datum.label !== '' && {side}").encode(x=x, y=y, text="label:N"),
            colours, ink=tones, dy=dy, fontSize=13, fontWeight="bold",
        )
    ]  # fmt: skip
    return alt.layer(bands, lines, *points, *values).properties(height=220)
