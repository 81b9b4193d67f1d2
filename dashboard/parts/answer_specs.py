"""The specification of residents' answers as bars that part at the middle; see chart_specs."""

from __future__ import annotations

import altair as alt

from dashboard.parts.theme import Palette, ink_on
from supervision.vocabulary import Satisfaction

SELECT_ANSWER = "answer"
STEP = 34
# Red is kept for 超期: who is not content is told in amber.
_ON_LIGHT = {
    Satisfaction.VERY_DISSATISFIED: "#B26A00",
    Satisfaction.DISSATISFIED: "#F2B95C",
    Satisfaction.FAIRLY_SATISFIED: "#D9E2E4",
    Satisfaction.SATISFIED: "#86C2B6",
    Satisfaction.VERY_SATISFIED: "#23907C",
}
_ON_DARK = {
    Satisfaction.VERY_DISSATISFIED: "#F0A92E",
    Satisfaction.DISSATISFIED: "#8F6A2A",
    Satisfaction.FAIRLY_SATISFIED: "#3C4C5F",
    Satisfaction.SATISFIED: "#3E7F75",
    Satisfaction.VERY_SATISFIED: "#2FA98F",
}
ORDER = tuple(_ON_LIGHT)
"""The worst answer first, as it stands from left to right."""
_NARROW = 620


def answers(colours: Palette, dark: bool) -> alt.LayerChart:
    """Not content to the left of the middle, content to the right; rate and n at the edge."""
    chosen = alt.selection_point(name=SELECT_ANSWER, fields=["key", "answer"])
    fills = _ON_DARK if dark else _ON_LIGHT
    words = [answer.label for answer in ORDER]
    y = alt.Y("name:N").sort(alt.EncodingSortField(field="place", op="min")).title(None)
    y = y.axis(labelFontSize=14, labelLimit=150, ticks=False, domain=False)
    # The right edge belongs to the words, however wide the place is.
    room = alt.ExprRef(f"width - (width < {_NARROW} ? 136 : 258)")
    x = alt.X("start:Q").axis(None).scale(nice=False, zero=True, range=[0, room])
    wide = "abs(scale('x', datum.end) - scale('x', datum.start))"
    tone = alt.Color("word:N").title(None)
    legend = {"orient": "top", "symbolType": "square", "symbolSize": 140, "labelFontSize": 13,
              "columns": alt.ExprRef(f"width < {_NARROW - 200} ? 3 : 5")}  # fmt: skip
    bars = (
        _only("bar")
        .mark_bar(height=22, stroke=colours.paper, strokeWidth=1.5, cursor="pointer")
        .encode(
            x=x,
            x2="end:Q",
            y=y,
            # Too few cases have no colour: grey, and only the number speaks.
            color=alt.when("datum.small")
            .then(alt.value(colours.rest))
            .otherwise(
                tone.scale(domain=words, range=list(fills.values())).legend(alt.Legend(**legend))
            ),
            opacity=alt.when(chosen).then(alt.value(1)).otherwise(alt.value(0.3)),
            tooltip=[
                alt.Tooltip("name:N", title="名称"),
                alt.Tooltip("word:N", title="评价"),
                alt.Tooltip("n:Q", title="件次"),
                alt.Tooltip("rate:N", title="满意率"),
                alt.Tooltip("interval:N", title="95%区间"),
            ],
        )
        .add_params(chosen)
    )
    inks = [ink_on(fill) for fill in fills.values()]
    counts = (
        _only("bar")
        .transform_calculate(middle="(datum.start + datum.end) / 2")
        .mark_text(fontSize=13, text=alt.ExprRef(f"{wide} > 15 ? datum.n : ''"))
        .encode(
            x=alt.X("middle:Q").axis(None),
            y=y,
            color=alt.when("datum.small")
            .then(alt.value(colours.ink))
            .otherwise(alt.Color("word:N").scale(domain=words, range=inks).legend(None)),
        )
    )
    middle = _only("told").mark_rule(color=colours.soft_ink, strokeWidth=1.2)
    middle = middle.encode(x=alt.X("zero:Q").axis(None))
    told = f"width < {_NARROW} ? datum.rate : datum.rate + '　' + datum.interval"
    edge = (
        _only("told")
        .mark_text(align="right", fontSize=13, text=alt.ExprRef(told))
        .encode(
            x=alt.value("width"),
            y=y,
            color=alt.when("datum.small")
            .then(alt.value(colours.soft_ink))
            .otherwise(alt.value(colours.ink)),
        )
    )
    chart = alt.layer(bars, counts, middle, edge).resolve_scale(color="independent")
    return chart.properties(height=alt.Step(STEP))


def _only(kind: str) -> alt.Chart:
    return alt.Chart().transform_filter(f"datum.kind === '{kind}'")
