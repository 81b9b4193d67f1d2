"""Frames to charts. No Streamlit here: pages draw them (panels), documents render them.

Each function takes a small frame with declared columns and gives a `Chart`: a shared
specification, the small frame it needs, and the sentence that says what it shows. An empty
frame gives a chart with no rows and a sentence; it never fails and never draws blank axes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

import pandas as pd

from dashboard.parts import chart_specs
from dashboard.parts.chart_specs import Spec
from dashboard.parts.theme import LAMPS, lamp_word
from supervision.vocabulary import Light

build_all = chart_specs.build_all
spec = chart_specs.spec

AGE_BANDS = (
    ("1-5", "1–5日", 5),
    ("6-15", "6–15日", 15),
    ("16-30", "16–30日", 30),
    ("31-", "30日以上", None),
)
"""Bands of 逾期天数: key, words, last day (None: open)."""

_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to draw. `headline` is the conclusion, computed; `note` the 口径."""

    spec: Spec
    frame: pd.DataFrame
    headline: str
    note: str
    selection: str | None = None
    """Name of the click selection; what it yields is a list of dicts of `fields`."""

    picture: bool = False
    """Keeps its shape instead of its height when the place is narrow (the honeycomb)."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw; the headline still says so."""
        return self.frame.empty


def open_by_department(counts: pd.DataFrame, *, dark: bool, most: int = 12) -> Chart:
    """Open items of each lead department, stacked by light; the most overdue first.

    `counts`: department (any key), light, n; optionally name and short_name (else the key).
    Only the first `most` departments are drawn; the note says how many are left out.
    Clicking selects `department`.
    """
    lines = _by_department(counts)
    shown = lines[:most]
    rows = [row for place, line in enumerate(shown) for row in _stack(place, line)]
    if rows:
        # The same reach for all: room for 共 n right of the longest bar.
        reach = max(line["of"] for line in shown) * 1.16
        rows = [{**row, "end": reach} if row["kind"] == "total" else row for row in rows]
    left_out = len(lines) - len(shown)
    note = "各牵头单位在办事项（件），逾期多的在前；点击色块看该单位的清单"
    if left_out:
        note += f"；另有 {left_out} 家单位未列出"
    return Chart(
        spec=chart_specs.spec("open_by_department", dark=dark),
        frame=pd.DataFrame(rows),
        headline=_open_headline(lines),
        note=note,
        selection=chart_specs.SELECT_DEPARTMENT,
    )


def _open_headline(lines: Sequence[Mapping[str, Any]]) -> str:
    if not lines:
        return "没有在办事项"
    reds = [line[Light.RED.value] for line in lines]
    of, red = sum(line["of"] for line in lines), sum(reds)
    if not red:
        return f"在办 {of} 件，没有逾期"
    # Nobody's items (key 0) are owed by no department.
    late = [line for line in lines if line[Light.RED.value] and line["department"]]
    top = late[:3]
    owed, known = (sum(line[Light.RED.value] for line in some) for some in (top, late))
    names = "、".join(line["short_name"] for line in top)
    if not late:
        return f"逾期 {red} 件，牵头单位都不明"
    several = len(late) > 1
    if len(late) <= len(top) and red > known:
        counted = f"{names}{'共' if several else ''} {known} 件"
        return f"逾期 {red} 件，{counted}，牵头单位不明 {red - known} 件"
    if len(late) <= len(top):
        return f"逾期 {red} 件，{'均' if several else '全'}在{names}"
    return f"{names}三家占全部逾期事项的 {owed / red:.0%}（{owed}/{red}）"


def due_calendar(
    due: pd.DataFrame,
    *,
    dark: bool,
    as_of: date,
    rests: Callable[[date], bool] | None = None,
    weeks: int = 4,
    small: bool = False,
) -> Chart:
    """How many feedbacks fall due each day of the coming weeks, this week first.

    `due`: due_on (a date), n, of items whose feedback is still owed. `rests` tells the days
    on which nobody works (default: Saturday and Sunday). Clicking selects `day` (ISO).
    `small` draws low cells, for a page where the calendar is one picture of several.
    """
    counted = {pd.Timestamp(line["due_on"]).date(): int(line["n"]) for line in _records(due)}
    monday = as_of - timedelta(days=as_of.weekday())
    days = [monday + timedelta(days=i) for i in range(weeks * 7)]
    resting = rests or (lambda day: day.weekday() > 4)
    coming = {day: counted.get(day, 0) for day in days if day >= as_of}
    heaviest = max([counted.get(day, 0) for day in days], default=0)
    rows = [_calendar_cell(day, counted.get(day, 0), as_of, resting(day), heaviest) for day in days]
    return Chart(
        spec=chart_specs.spec("due_calendar_small" if small else "due_calendar", dark=dark),
        frame=pd.DataFrame(rows if heaviest else []),
        headline=_due_headline(coming, as_of, weeks),
        note="书面反馈期限（件/日）；粗框为今日，红框为已过期限仍未反馈",
        selection=chart_specs.SELECT_DAY,
    )


def ageing(overdue: pd.DataFrame, *, dark: bool, uncounted: int = 0) -> Chart:
    """How long the overdue ones are overdue, in bands. Clicking selects `band`.

    `overdue`: days_overdue (1 or more), n; `uncounted` are overdue by a number of working days
    that the calendar does not tell.
    """
    total = int(overdue["n"].sum()) if len(overdue) else 0
    rows: list[dict[str, Any]] = []
    before = 0
    for place, (key, words, last) in enumerate(AGE_BANDS):
        days = overdue["days_overdue"]
        inside = overdue[(days > before) & (days <= last if last else True)]
        before = last or before
        n = int(inside["n"].sum())
        rows.append(
            {
                "band": key, "band_word": words, "place": place, "n": n, "label": f"{n} 件",
                "share": f"{n / total:.0%}" if total else "—",
            }
        )  # fmt: skip
    most = max(row["n"] for row in rows)
    rows = [{**row, "room": most * 1.3} for row in rows]
    return Chart(
        spec=chart_specs.spec("ageing", dark=dark),
        frame=pd.DataFrame(rows if total else []),
        headline=_ageing_told(rows[2]["n"] + rows[3]["n"], total, uncounted),
        note="逾期事项按逾期天数分档（件）",
        selection=chart_specs.SELECT_BAND,
    )


def _ageing_told(long: int, counted: int, uncounted: int) -> str:
    if not counted:
        return f"逾期 {uncounted} 件，逾期天数待核" if uncounted else "没有逾期事项"
    told = f"逾期 {counted + uncounted} 件中，{long} 件已超过 15 日（{long}/{counted}）"
    return f"{told}，另有 {uncounted} 件逾期天数待核" if uncounted else told


def _by_department(counts: pd.DataFrame) -> list[dict[str, Any]]:
    """A line each: department, name, short_name, a number per light, of; the worst first."""
    lines: dict[Any, dict[str, Any]] = {}
    for row in _records(counts):
        key, light = row["department"], row["light"]
        name, short = (str(row.get(field, key)) for field in ("name", "short_name"))
        line = lines.setdefault(key, {"department": key, "name": name, "short_name": short,
                                      "of": 0, **{lamp.value: 0 for lamp in LAMPS}})  # fmt: skip
        if light in line:
            line[light] += int(row["n"])
            line["of"] += int(row["n"])
    return sorted(
        lines.values(),
        key=lambda of: (-of[Light.RED.value], -of[Light.YELLOW.value], -of["of"], of["name"]),
    )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The lines of a frame, its named index among their fields."""
    named = frame.reset_index() if frame.index.name else frame
    return cast("list[dict[str, Any]]", named.to_dict("records"))


def _stack(place: int, line: dict[str, Any]) -> list[dict[str, Any]]:
    """The bars of one department from left to right, and its total."""
    kept = {name: line[name] for name in ("department", "name", "short_name")}
    common = {**kept, "place": place, "of": int(line["of"])}
    rows: list[dict[str, Any]] = []
    start = 0
    for light, lamp in LAMPS.items():
        n = int(line[light.value])
        if n:
            told = {"light": light.value, "word": lamp_word(light), "sign": lamp.sign}
            span = {"n": n, "start": float(start), "end": float(start + n), "label": ""}
            rows.append({**common, "kind": "bar", **told, **span})
            start += n
    total = {"kind": "total", "light": "", "word": "", "sign": "", "n": start}
    return [*rows, {**common, **total, "start": float(start), "end": 0.0, "label": f"共 {start}"}]


def _calendar_cell(day: date, n: int, as_of: date, rests: bool, heaviest: int) -> dict[str, Any]:
    monday = as_of - timedelta(days=as_of.weekday())
    week = (day - monday).days // 7
    start = monday + timedelta(weeks=week)
    first = day in (monday, start.replace(day=1)) or day.day == 1
    past = day < as_of
    return {
        "day": day.isoformat(),
        "day_word": f"{day.year}年{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）",
        "week": ("本周", "下周")[week] if week < 2 else f"{start.month}/{start.day}起",
        "weekday": _WEEKDAYS[day.weekday()],
        "date": f"{day.month}/{day.day}" if first else str(day.day),
        "n": n,
        "weight": n / heaviest if heaviest else 0.0,
        "label": (f"▲{n}" if past else str(n)) if n else ("休" if rests else "—"),
        "rests": rests,
        "past": past,
        "today": day == as_of,
    }


def _due_headline(coming: dict[date, int], as_of: date, weeks: int) -> str:
    total = sum(coming.values())
    if not total:
        return f"今后 {weeks} 周没有到期的反馈"
    next_sunday = as_of + timedelta(days=13 - as_of.weekday())
    soon = sum(n for day, n in coming.items() if day <= next_sunday)
    peak = max(coming, key=lambda day: (coming[day], -day.toordinal()))
    return f"今起至下周日 {soon} 件到期；{peak.month}月{peak.day}日最集中（{coming[peak]} 件）"
