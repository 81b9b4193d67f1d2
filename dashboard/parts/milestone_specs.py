"""The specification of 挂图作战: what was promised on a line of days; see chart_specs."""

from __future__ import annotations

import altair as alt

from dashboard.parts.theme import LAMPS, Palette

SELECT_ITEM = "item"
STEP = 28


def milestones(colours: Palette, dark: bool) -> alt.LayerChart:
    """A bar from the assignment to closing or today, the deadline across it, feedback on it."""
    chosen = alt.selection_point(name=SELECT_ITEM, fields=["item"])
    y = alt.Y("name:N").sort(alt.EncodingSortField(field="place", op="min")).title(None)
    limit = alt.ExprRef("width < 420 ? 110 : 300")
    y = y.axis(labelFontSize=13, labelLimit=limit, ticks=False, domain=False)
    x = alt.X("begun:T").title(None)
    x = x.axis(format="%-m/%-d", orient="top", grid=True, tickCount=6, labelOverlap=True)
    lights = [light.value for light in LAMPS]
    tone = alt.Color("light:N").legend(None)
    tone = tone.scale(domain=lights, range=[lamp.colour(dark) for lamp in LAMPS.values()])
    tips = [
        alt.Tooltip("title:N", title="事项"),
        alt.Tooltip("lead:N", title="牵头单位"),
        alt.Tooltip("word:N", title="亮灯"),
        alt.Tooltip("begun_word:N", title="交办"),
        alt.Tooltip("due_word:N", title="反馈期限"),
        alt.Tooltip("feedback_word:N", title="书面反馈"),
        alt.Tooltip("closed_word:N", title="办结"),
    ]
    told = alt.Chart()
    bars = (
        told.mark_bar(height=12, cornerRadius=3, cursor="pointer")
        .encode(
            x=x,
            x2="until:T",
            y=y,
            color=tone,
            opacity=alt.when(chosen).then(alt.value(1)).otherwise(alt.value(0.35)),
            tooltip=tips,
        )
        .add_params(chosen)
    )
    due = told.transform_filter("datum.due !== null")
    due = due.mark_tick(color=colours.ink, thickness=3, size=22)
    due = due.encode(x=alt.X("due:T"), y=y)
    feedback = told.transform_filter("datum.feedback !== null")
    feedback = feedback.mark_point(
        shape="circle", filled=True, fill=colours.paper, stroke=colours.ink, size=70, opacity=1,
        strokeWidth=2,
    )  # fmt: skip
    feedback = feedback.encode(x=alt.X("feedback:T"), y=y)
    closed = told.transform_filter("datum.closed !== null")
    closed = closed.mark_text(text="√", dx=9, fontSize=14, fontWeight="bold", align="left")
    closed = closed.encode(x=alt.X("closed:T"), y=y)
    today = told.transform_filter("datum.place === 0 && datum.today !== null")
    today = today.mark_rule(color=colours.soft_ink, strokeDash=[4, 4])
    today = today.encode(x=alt.X("today:T"))
    return alt.layer(today, bars, due, feedback, closed).properties(height=alt.Step(STEP))
