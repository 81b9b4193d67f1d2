"""The overview's frames in the shape that charts take: keys become names, nothing is counted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from dashboard.parts import charts
from dashboard.parts.about import about_figure
from dashboard.parts.charts import Chart
from dashboard.parts.sentences import since_session_sentence
from dashboard.parts.small_frames import as_pandas
from dashboard.reads import Choices, Overview
from supervision.figures import FIGURES
from supervision.vocabulary import Light

WITHOUT_PERIOD = frozenset({"open", "overdue_open", "due_soon", "reassign_pending"})
NO_LEAD = "牵头单位不明"


def figures(seen: Overview) -> dict[str, dict[str, Any]]:
    """slug → n, of, n_before, of_before."""
    return {row["slug"]: row for row in seen.tiles.iter_rows(named=True)}


def by_department(seen: Overview, names: Choices) -> pd.DataFrame:
    """department (id; 0: nobody knows), name, short_name, light, n."""
    frame = as_pandas(seen.by_department)
    keys = frame["department_id"].fillna(0).astype(int)
    return pd.DataFrame(
        {
            "department": keys,
            "name": keys.map(lambda key: names.departments.get(key, NO_LEAD)),
            "short_name": keys.map(lambda key: names.short_names.get(key, NO_LEAD)),
            "light": frame["light"].astype(str),
            "n": frame["n"],
        }
    )


def worst_departments(counts: pd.DataFrame) -> list[tuple[str, int]]:
    """(short name, overdue items) of those who owe any, most first; of as many, nobody's last."""
    red = counts[counts["light"] == Light.RED.value]
    red = red.assign(nobody=red["department"] == 0).sort_values(
        ["n", "nobody", "department"], ascending=[False, True, True]
    )
    return list(zip(red["short_name"].astype(str), red["n"].tolist(), strict=True))


def overdue_by_township(seen: Overview) -> pd.DataFrame:
    """code, n: overdue items of each township; code 0 for those located nowhere."""
    frame = as_pandas(seen.by_township)
    return pd.DataFrame(
        {
            "code": frame["township_code"].fillna(0).astype("int64").astype(str),
            "n": frame["overdue"],
        }
    )


def about(seen: Overview) -> dict[str, tuple[str, ...]]:
    """slug of a tile → its 口径 with the numbers of this page."""
    return {
        slug: about_figure(
            FIGURES[slug].told(seen.due_soon_working_days),
            n=row["n"],
            of=row["of"],
            beside=seen.beside,
            as_of=seen.as_of,
            period=None if slug in WITHOUT_PERIOD else seen.period,
        )
        for slug, row in figures(seen).items()
    }


def compared_with(seen: Overview) -> str:
    """What the rates are compared with, by the days and not by what the period was called."""
    now, before = seen.period, seen.before
    if (before.first.month, before.first.day) == (now.first.month, now.first.day):
        return "较上年同期"
    in_one_month = (now.first.year, now.first.month) == (now.last.year, now.last.month)
    return "较上月" if in_one_month and now.first.day == 1 else "较上期"


def since_session(seen: Overview) -> str:
    """What has changed since the last 面对面; nothing where there was none."""
    told = seen.since_session
    if told is None:
        return ""
    return since_session_sentence(
        figures(seen), held_on=told.held_on, theme=told.theme, stock=told.stock,
        came_in=told.came_in, closed=told.closed, as_of=seen.as_of,
    )  # fmt: skip


def due_calendar(seen: Overview, *, dark: bool) -> Chart:
    """The feedbacks that fall due in these four weeks; nobody works on the days that are absent."""
    working = set(seen.due["due_on"].to_list())
    first, last = min(working, default=seen.as_of), max(working, default=seen.as_of)

    def rests(day: date) -> bool:
        return day not in working if first <= day <= last else day.weekday() > 4

    return charts.due_calendar(
        as_pandas(seen.due), dark=dark, as_of=seen.as_of, rests=rests, small=True
    )
