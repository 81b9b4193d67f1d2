"""Ageing of what is overdue: the classes that lists know, as the chart and back."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.parts import charts
from dashboard.parts.data_view import data_view
from dashboard.parts.leading import open_list
from dashboard.parts.panels import chart_panel
from supervision.worklists import AGES, DueList

_BANDS = dict(zip((key for key, _, _ in charts.AGE_BANDS), AGES, strict=True))
"""Band of the chart → list of its rows."""


def draw_ages(counts: Mapping[str, int], *, dark: bool, key: str, **whose: object) -> None:
    """The chart of `counts` (slug of AGES and of what is uncounted → n); a click opens the rows,
    narrowed by `whose`."""
    rows = [{"days_overdue": first, "n": counts[age]} for age, (first, _) in AGES.items()]
    uncounted = counts[DueList.OVERDUE_UNCOUNTED]
    chart = charts.ageing(pd.DataFrame(rows), dark=dark, uncounted=uncounted)
    chosen = chart_panel(chart, key=key)
    if chosen:
        open_list(figure=_BANDS[chosen[0]["band"]].value, **whose)
    data_view(chart.frame, {"band_word": "逾期（工作日）", "n": "件数", "share": "占逾期"})
