"""The weeks to come as a calendar: rest days by their name, make-up days marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from dashboard.leader_reads import DeadlinesSeen
from dashboard.parts import charts
from dashboard.parts.charts import Chart
from dashboard.parts.data_view import data_view
from dashboard.parts.leading import open_list
from dashboard.parts.panels import chart_panel
from dashboard.parts.small_frames import as_pandas

WEEKS, SHORT_NAME = 6, 2


def draw_calendar(seen: DeadlinesSeen, *, dark: bool, as_of: date) -> None:
    """Six weeks from this Monday; a day opens what is owed on it."""
    chart = named_calendar(
        as_pandas(seen.by_day), rests=seen.rests, works=seen.works, weeks=WEEKS, dark=dark,
        as_of=as_of,
    )  # fmt: skip
    chosen = chart_panel(chart, key="due_calendar")
    if chosen:
        open_list(due=chosen[0]["day"])
    if not chart.is_empty:
        owed = chart.frame[chart.frame["n"] > 0]
        data_view(owed, {"day_word": "反馈期限", "n": "件数"})


def named_calendar(
    due: pd.DataFrame,
    *,
    rests: Mapping[date, str],
    works: Mapping[date, str],
    weeks: int,
    dark: bool,
    as_of: date,
) -> Chart:
    """`due`: due_on, n. A holiday stands with its short name where no feedback falls due."""
    chart = charts.due_calendar(
        due, dark=dark, as_of=as_of, rests=lambda day: day in rests, weeks=weeks
    )
    if chart.is_empty:
        return chart
    frame = chart.frame.copy()
    days = [date.fromisoformat(day) for day in frame["day"]]
    frame["label"] = [
        _label(label, n, day, rests)
        for label, n, day in zip(frame["label"], frame["n"], days, strict=True)
    ]
    frame["date"] = [
        f"{word} 班" if day in works else word
        for word, day in zip(frame["date"], days, strict=True)
    ]
    named = {**rests, **works}
    frame["day_word"] = [
        f"{word}，{named[day]}" if _is_named(day, rests) or day in works else word
        for word, day in zip(frame["day_word"], days, strict=True)
    ]
    return replace(chart, frame=frame, note=f"{chart.note}；“班”为调休上班日；点一天看清单")


def _is_named(day: date, rests: Mapping[date, str]) -> bool:
    return day in rests and not rests[day].startswith("周")


def _label(label: str, n: int, day: date, rests: Mapping[date, str]) -> str:
    return rests[day][:SHORT_NAME] if not n and _is_named(day, rests) else label
