"""Vega-Lite specifications of the charts, authored in Altair, built once, without data.

Building one costs some 90 ms in Altair; sending a ready dict with a small frame costs 0.5 ms
(measured). Field names are plain ASCII on purpose: other names break Vega's shorthand.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

import altair as alt

from dashboard.parts import (
    answer_specs,
    heat_specs,
    hotline_specs,
    milestone_specs,
    plan_specs,
    rate_specs,
    trend_specs,
)
from dashboard.parts.text_marks import words_on_lines
from dashboard.parts.theme import LAMPS, Palette, chart_config, ink_on, palette

SELECT_DEPARTMENT = "department"
SELECT_DAY = "due_day"
SELECT_BAND = "band"
_STRENGTHS = (0.26, 0.51, 0.76)
"""Of the heaviest day: where the next strength of a calendar's cells begins."""

Spec = dict[str, Any]

_built: dict[tuple[str, bool], Spec] = {}
_building = Lock()


def spec(name: str, *, dark: bool) -> Spec:
    """The specification of chart `name`; shared by all sessions, so never change it."""
    key = (name, dark)
    if key not in _built:
        with _building:
            if key not in _built:
                _built[key] = finished(_BUILDERS[name](palette(dark), dark), dark)
    return _built[key]


def build_all() -> None:
    """Build every specification of both appearances (the warm start calls it)."""
    for name in _BUILDERS:
        for dark in (False, True):
            spec(name, dark=dark)


def _silence(part: Any) -> None:
    """Hide each mark from screen readers: the configuration alone leaves its group, in English."""
    if isinstance(part, list):
        for inner in part:
            _silence(inner)
    elif isinstance(part, dict):
        if isinstance(part.get("mark"), str):
            part["mark"] = {"type": part["mark"]}
        if isinstance(part.get("mark"), dict):
            part["mark"]["aria"] = False
        for name in ("layer", "concat", "hconcat", "vconcat", "spec"):
            _silence(part.get(name))


def finished(chart: alt.LayerChart, dark: bool) -> Spec:
    """An Altair chart as a dict without data, in the house's look, as wide as its place."""
    whole = chart.properties(data=alt.NamedData("rows"), width="container")
    # Our own specifications are held against Vega-Lite's schema by the tests: at every start of
    # a server that costs as much as building them.
    built: Spec = whole.to_dict(validate=False)
    for unwanted in ("data", "datasets", "$schema"):
        built.pop(unwanted, None)
    _silence(built)
    built["config"] = chart_config(dark)
    built["autosize"] = {"type": "fit-x", "contains": "padding"}
    # Marks may stand on the edge of the plot; without room their labels are cut.
    built["padding"] = {"left": 2, "right": 8, "top": 6, "bottom": 4}
    return built


def _only(kind: str) -> alt.Chart:
    return alt.Chart().transform_filter(f"datum.kind === '{kind}'")


def _open_by_department(colours: Palette, dark: bool) -> alt.LayerChart:
    chosen = alt.selection_point(name=SELECT_DEPARTMENT, fields=["department", "light"])
    lights = [light.value for light in LAMPS]
    fills = [lamp.colour(dark) for lamp in LAMPS.values()]
    y = alt.Y("short_name:N")
    y = y.sort(alt.EncodingSortField(field="place", op="min", order="ascending")).title(None)
    y = y.axis(labelFontSize=14, labelLimit=164, ticks=False, domain=False)
    x = alt.X("start:Q").title(None).axis(None).scale(nice=False, zero=True)
    width = "abs(scale('x', datum.end) - scale('x', datum.start))"
    bars = (
        _only("bar")
        .mark_bar(height=22, stroke=colours.paper, strokeWidth=1.5, cursor="pointer")
        .encode(
            x=x,
            x2="end:Q",
            y=y,
            color=alt.Color("light:N").scale(domain=lights, range=fills).legend(None),
            opacity=alt.when(chosen).then(alt.value(1)).otherwise(alt.value(0.3)),
            tooltip=[
                alt.Tooltip("name:N", title="牵头单位"),
                alt.Tooltip("word:N", title="亮灯"),
                alt.Tooltip("n:Q", title="件数"),
                alt.Tooltip("of:Q", title="在办合计"),
            ],
        )
        .add_params(chosen)
    )
    # The sign goes first when the bar is narrow, then the number; nothing ever overlaps.
    signed = f"{width} > 34 ? datum.sign + ' ' + datum.n : {width} > 15 ? datum.n : ''"
    labels = (
        _only("bar")
        .transform_calculate(middle="(datum.start + datum.end) / 2")
        .mark_text(fontSize=13, fontWeight="bold", text=alt.ExprRef(signed))
        .encode(
            x=alt.X("middle:Q").axis(None),
            y=y,
            color=alt.Color("light:N")
            .scale(domain=lights, range=[ink_on(fill) for fill in fills])
            .legend(None),
        )
    )
    totals = (
        _only("total")
        .mark_text(align="left", dx=8, fontSize=13, color=colours.soft_ink)
        .encode(x=alt.X("start:Q").axis(None), y=y, text="label:N")
    )
    # Invisible, but the scale reaches to it: room for 共 n.
    room = _only("total").mark_point(opacity=0).encode(x=alt.X("end:Q").axis(None), y=y)
    chart = alt.layer(room, bars, labels, totals).resolve_scale(color="independent")
    return chart.properties(height=alt.Step(34))


def _month_trend(colours: Palette, _dark: bool) -> alt.LayerChart:
    x = alt.X("month:O").title(None)
    x = x.axis(
        labelAngle=0, grid=False, labelOverlap=True, ticks=False, labelFontSize=12,
        labelExpr="month(toDate(datum.value + '-01T00:00')) === 0 ? "
        "slice(datum.value, 0, 4) + '年' : toNumber(slice(datum.value, 5)) + '月'",
    )  # fmt: skip
    y = alt.Y("n:Q").title(None).axis(tickCount=4, format=",d", tickMinStep=1).scale(zero=True)
    tones = alt.Color("series:N").legend(None)
    drawn = ["came_in", "closed", "before"]
    inks = [colours.soft_ink, colours.brand, colours.soft_ink]
    tones = tones.scale(domain=drawn, range=inks)
    dashes = alt.StrokeDash("series:N").legend(None)
    dashes = dashes.scale(domain=drawn, range=[[5, 4], [1, 0], [1, 3]])
    tips = [
        alt.Tooltip("month_word:N", title="月份"),
        alt.Tooltip("word:N", title="口径"),
        alt.Tooltip("n:Q", title="件数", format=",d"),
    ]
    whole = alt.Chart().transform_filter("!datum.unfinished")
    lines = whole.mark_line().encode(x=x, y=y, color=tones, strokeDash=dashes)
    points = whole.transform_filter("datum.series !== 'before'")
    points = points.mark_point(filled=True, size=60, opacity=1)
    points = points.encode(x=x, y=y, color=tones, tooltip=tips)
    unfinished = alt.Chart().transform_filter("datum.unfinished")
    hollow = unfinished.mark_point(filled=False, size=80, strokeWidth=2, opacity=1)
    hollow = hollow.encode(x=x, y=y, color=tones, tooltip=tips)
    labelled = alt.Chart().encode(x=x, y=y, text="label:N")
    names = [
        mark
        for side, align, dx, dy, size, weight in (
            ("datum.above && datum.series !== 'before'", "right", 6, -16, 13, "bold"),
            ("!datum.above && datum.series !== 'before'", "right", 6, 18, 13, "bold"),
            ("datum.series === 'before'", "left", -6, -9, 11, "normal"),
        )
        for mark in words_on_lines(
            labelled.transform_filter(f"datum.label !== '' && {side}"), colours, ink=tones,
            align=align, dx=dx, dy=dy, fontSize=size, fontWeight=weight,
        )
    ]  # fmt: skip
    return alt.layer(lines, points, hollow, *names).properties(height=148)


def _due_calendar(colours: Palette, _dark: bool) -> alt.LayerChart:
    return _calendar(colours, step=54, spread=10, sizes=(11, 15))


def _due_calendar_small(colours: Palette, _dark: bool) -> alt.LayerChart:
    return _calendar(colours, step=36, spread=8, sizes=(10, 13))


def _calendar(
    colours: Palette, *, step: int, spread: int, sizes: tuple[int, int]
) -> alt.LayerChart:
    chosen = alt.selection_point(name=SELECT_DAY, fields=["day"])
    weekdays = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
    x = alt.X("weekday:N").sort(weekdays).scale(domain=weekdays, paddingInner=0.05).title(None)
    x = x.axis(orient="top", labelAngle=0, domain=False, ticks=False)
    y = alt.Y("week:N").sort(alt.EncodingSortField(field="day", op="min")).title(None)
    y = y.axis(ticks=False, domain=False).scale(paddingInner=0.06)
    load = alt.Color("weight:Q").legend(None)
    load = load.scale(type="threshold", domain=list(_STRENGTHS), range=[*colours.load])
    cells = (
        alt.Chart()
        .mark_rect(cornerRadius=5, cursor="pointer")
        .encode(
            x=x,
            y=y,
            color=alt.when("datum.n === 0").then(alt.value(colours.rest)).otherwise(load),
            opacity=alt.when(chosen).then(alt.value(1)).otherwise(alt.value(0.45)),
            tooltip=[alt.Tooltip("day_word:N", title="反馈期限"), alt.Tooltip("n:Q", title="件数")],
        )
        .add_params(chosen)
    )
    frames = [
        alt.Chart()
        .transform_filter(rule)
        .mark_rect(fillOpacity=0, stroke=colour, strokeWidth=3, cornerRadius=5)
        .encode(x=x, y=y)
        for rule, colour in (
            ("datum.past && datum.n > 0", colours.red),
            ("datum.today", colours.ink),
        )
    ]

    inks = alt.Color("weight:Q").legend(None)
    inks = inks.scale(
        type="threshold", domain=list(_STRENGTHS), range=[ink_on(fill) for fill in colours.load]
    )
    quiet = alt.when("datum.n === 0").then(alt.value(colours.soft_ink))
    base = alt.Chart().encode(x=x, y=y, color=quiet.otherwise(inks))
    small, large = sizes
    dates = base.mark_text(dy=-spread - 2, fontSize=small).encode(text="date:N")
    counts = base.mark_text(dy=spread - 2, fontSize=large, fontWeight="bold")
    counts = counts.encode(text="label:N")
    drawn = alt.layer(cells, *frames, dates, counts).resolve_scale(color="independent")
    return drawn.properties(height=alt.Step(step))


def _ageing(colours: Palette, _dark: bool) -> alt.LayerChart:
    chosen = alt.selection_point(name=SELECT_BAND, fields=["band"])
    x = alt.X("band_word:N").sort(alt.EncodingSortField(field="place", op="min")).title(None)
    x = x.axis(labelAngle=0, ticks=False, labelFontSize=13)
    y = alt.Y("n:Q").axis(None).scale(zero=True)
    base = alt.Chart()
    # One red, told apart by strength: all of it is 超期.
    bars = (
        base.mark_bar(color=colours.red, width=alt.RelativeBandSize(0.62), cursor="pointer")
        .encode(
            x=x,
            y=y,
            fillOpacity=alt.FillOpacity("place:Q")
            .scale(domain=[0, 3], range=[0.42, 1], clamp=True)
            .legend(None),
            opacity=alt.when(chosen).then(alt.value(1)).otherwise(alt.value(0.35)),
            tooltip=[
                alt.Tooltip("band_word:N", title="逾期"),
                alt.Tooltip("n:Q", title="件数"),
                alt.Tooltip("share:N", title="占逾期"),
            ],
        )
        .add_params(chosen)
    )
    counts = base.mark_text(dy=-24, fontSize=16, fontWeight="bold").encode(x=x, y=y, text="label:N")
    shares = base.mark_text(dy=-8, fontSize=12, color=colours.soft_ink)
    room = base.mark_point(opacity=0).encode(x=x, y=alt.Y("room:Q").axis(None))
    layers = alt.layer(room, bars, counts, shares.encode(x=x, y=y, text="share:N"))
    return layers.properties(height=240)


_BUILDERS: dict[str, Callable[[Palette, bool], alt.LayerChart]] = {
    "open_by_department": _open_by_department,
    "month_trend": _month_trend,
    "due_calendar": _due_calendar,
    "due_calendar_small": _due_calendar_small,
    "ageing": _ageing,
    "rate_trend": rate_specs.rate_trend,
    "answers": answer_specs.answers,
    "volumes": trend_specs.volumes,
    "rates": trend_specs.rates,
    "heat": heat_specs.heat,
    "hotline": hotline_specs.hotline,
    "milestones": milestone_specs.milestones,
    "session_plan": plan_specs.session_plan,
}
