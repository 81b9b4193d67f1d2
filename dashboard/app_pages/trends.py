"""趋势：新增、办结、净增，按期反馈率和满意率逐月逐周怎么变，比上年同期、比上一期。"""

from __future__ import annotations

import streamlit as st

from dashboard import leader_reads, reads
from dashboard.frame import shared
from dashboard.parts.address_choice import segments
from dashboard.parts.panels import headline
from dashboard.parts.style import is_dark
from dashboard.parts.trend_charts import rates, volumes
from dashboard.trends.lines import ON_TIME, SATISFIED, rate_of, running_told, volume_of
from dashboard.trends.table import draw_table, lead_on
from dashboard.viewer import viewer_with
from supervision.figures import FIGURES
from supervision.rights import Right
from supervision.spans import Step

who, as_of, filters = viewer_with(Right.VIEW_ITEMS), reads.today(), shared()
change, dark = reads.change(), is_dark()
if reads.choices(change, who.scope, as_of).data_until is None:
    # The head says already what to do first.
    st.stop()
step = Step(segments("时段长短", {step.value: step.label for step in Step}, key="step"))
seen = leader_reads.trends(change, who.scope, as_of, filters, step)

headline(
    running_told(seen.lines[-1], step),
    "本页按时段排列全部数据，筛选里的统计时段在这里不起作用" if filters.period else "",
    key="trends_told",
)
lead_on(volumes([volume_of(line) for line in seen.lines], step=step, dark=dark), "intake", step)
columns = st.columns(2, gap="large")
for place, slug in zip(columns, (ON_TIME, SATISFIED), strict=True):
    with place:
        chart = rates(
            [rate_of(line, slug) for line in seen.lines], name=FIGURES[slug].name, step=step,
            dark=dark, small_sample=seen.small_sample,
        )  # fmt: skip
        lead_on(chart, slug, step)
draw_table(seen.lines, step)
