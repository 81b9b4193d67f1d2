"""The specification of a session's plan: its milestones on a line of days; see chart_specs."""

from __future__ import annotations

import altair as alt

from dashboard.parts.theme import Palette

STEP = 32


def session_plan(colours: Palette, _dark: bool) -> alt.LayerChart:
    """A diamond on the planned day, a ring on the day it was done, between them how late it is.

    What is late is told by its sign ▲ and its words; red only repeats them.
    """
    y = alt.Y("name:N").sort(alt.EncodingSortField(field="place", op="min")).title(None)
    limit = alt.ExprRef("width < 420 ? 108 : 200")
    y = y.axis(labelFontSize=13, labelLimit=limit, ticks=False, domain=False)
    x = alt.X("begun:T").title(None).scale(padding=12)
    x = x.axis(format="%-m/%-d", orient="top", grid=True, tickCount=6, labelOverlap=True)
    tone = alt.condition("datum.is_late", alt.value(colours.red), alt.value(colours.soft_ink))
    told = alt.Chart()
    tips = [
        alt.Tooltip("name:N", title="节点"),
        alt.Tooltip("state:N", title="状态"),
        alt.Tooltip("planned_word:N", title="计划日期"),
        alt.Tooltip("done_word:N", title="完成日期"),
        alt.Tooltip("who:N", title="责任"),
        alt.Tooltip("note:N", title="备注"),
    ]
    # The labels stand right of the marks: the axis is longer than the days by their room.
    room = told.mark_point(opacity=0).encode(x=alt.X("room:T"), y=y)
    today = told.transform_filter("datum.place === 0")
    today = today.mark_rule(color=colours.soft_ink, strokeDash=[4, 4])
    today = today.encode(x=alt.X("today:T"))
    late = told.transform_filter("datum.until !== null")
    late = late.mark_bar(height=4).encode(x=x, x2="until:T", y=y, color=tone)
    planned = told.transform_filter("datum.kind === 'planned' && datum.begun !== null")
    planned = planned.mark_point(
        shape="diamond", filled=True, fill=colours.paper, size=130, strokeWidth=2, opacity=1
    )
    planned = planned.encode(x=x, y=y, stroke=tone, tooltip=tips)
    done = told.transform_filter("datum.done !== null")
    done = done.mark_point(shape="circle", filled=True, fill=colours.brand, size=110, opacity=1)
    done = done.encode(x=alt.X("done:T"), y=y, tooltip=tips)
    actual = told.transform_filter("datum.kind === 'actual'")
    actual = actual.mark_point(
        shape="square", filled=True, fill=colours.soft_ink, size=70, opacity=1
    ).encode(x=x, y=y, tooltip=tips[:1] + tips[2:3])
    words = told.mark_text(
        align="left", dx=11, fontSize=13,
        text=alt.ExprRef("width < 420 ? datum.short : datum.label"),
    ).encode(
        x=alt.X("last:T"), y=y,
        color=alt.condition("datum.is_late", alt.value(colours.red), alt.value(colours.ink)),
    )  # fmt: skip
    layers = alt.layer(room, today, late, planned, done, actual, words)
    return layers.properties(height=alt.Step(STEP))
