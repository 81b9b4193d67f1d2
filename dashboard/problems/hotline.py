"""12345热线: calls by theme and month, against the year before and the month before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd

from dashboard.leader_reads import HotlineSeen
from dashboard.parts.address_choice import box
from dashboard.parts.data_view import data_view
from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.hotline_charts import hotline, month_before, year_before
from dashboard.parts.panels import chart_panel, headline
from dashboard.parts.safe import clean, option
from dashboard.problems.hotline_import import draw_import
from supervision.metrics import Rate, compared_to_last_period, compared_to_last_year
from supervision.rights import Right, may
from supervision.scope import Viewer

ALL_THEMES, EVERY_THEME = "全部主题", "all"
_COLUMNS = {
    "theme": FigureColumn("主题", 140),
    "n": FigureColumn("本月", 76, is_number=True),
    "year": FigureColumn("上年同月", 92, is_number=True),
    "on_year": FigureColumn("同比", 118),
    "last": FigureColumn("上月", 82, is_number=True),
    "on_month": FigureColumn("环比", 118),
    "running": FigureColumn("今年累计", 96, is_number=True, told="自1月1日所在的月份起"),
    "on_running": FigureColumn("累计同比", 118, told="两年都有数据的月份才比"),
    "closed": FigureColumn("本月办结率", 148, told="办结数÷件数，只算填了办结数的"),
    "satisfied": FigureColumn("本月满意率", 150, told="满意数÷办结数，只算两项都填了的"),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme, month by month."""

    name: str
    counts: dict[date, int]
    closed: dict[date, Rate]
    satisfied: dict[date, Rate]

    def of_year(self, newest: date) -> tuple[int, int | None]:
        """The months of this year up to `newest`, and the same of last year where all are told."""
        months = [newest.replace(month=number) for number in range(1, newest.month + 1)]
        now = sum(self.counts.get(month, 0) for month in months)
        told = [month for month in months if month in self.counts]
        before = [self.counts.get(year_before(month)) for month in told]
        known = [n for n in before if n is not None]
        return now, sum(known) if known and len(known) == len(before) else None


def draw_hotline(seen: HotlineSeen, who: Viewer, as_of: date, *, dark: bool) -> None:
    """The newest month in a sentence, the themes as a table, one of them as a picture."""
    themes = themes_of(seen)
    if not themes:
        headline("还没有热线统计", _how(who), key="hotline")
    else:
        newest = max(month for theme in themes for month in theme.counts)
        headline(hotline_told(themes, newest), _basis(seen), key="hotline")
        _draw_table(themes, newest)
        _draw_months(themes, newest, dark=dark)
    if may(who, Right.COUNT_HOTLINE):
        draw_import(seen, as_of)


def themes_of(seen: HotlineSeen) -> list[Theme]:
    """Every theme; the one with most calls in the newest month first."""
    rows = list(seen.counts.iter_rows(named=True))
    found = [_theme(name, list(group)) for name, group in groupby(rows, key=lambda r: r["theme"])]
    if not found:
        return []
    newest = max(month for theme in found for month in theme.counts)
    return sorted(found, key=lambda one: (-one.counts.get(newest, 0), one.name))


def _theme(name: str, rows: list[dict[str, Any]]) -> Theme:
    def rates(part: str) -> Iterator[tuple[date, Rate]]:
        for row in rows:
            if row[f"{part}_of"]:
                yield row["month"], Rate(row[part], row[f"{part}_of"])

    counts = {row["month"]: row["received"] for row in rows}
    return Theme(clean(name), counts, dict(rates("closed")), dict(rates("satisfied")))


def hotline_told(themes: list[Theme], newest: date) -> str:
    """The newest month against the year before, and what rose and fell most."""
    whole = _whole(themes)
    parts = [f"{newest:%Y年%-m月}热线 {whole.counts[newest]:,} 件"]
    if year_before(newest) in whole.counts:
        before = whole.counts[year_before(newest)]
        parts[0] += f"，{compared_to_last_year(whole.counts[newest], before).text()}"
    moved = [
        (theme.counts[newest] - theme.counts[year_before(newest)], theme)
        for theme in themes
        if newest in theme.counts and year_before(newest) in theme.counts
    ]
    rising = max(moved, key=lambda one: one[0], default=None)
    falling = min(moved, key=lambda one: one[0], default=None)
    if rising is not None and rising[0] > 0:
        parts.append(f"上升最多的是{_moved(rising[1], newest)}")
    if falling is not None and falling[0] < 0:
        parts.append(f"下降最多的是{_moved(falling[1], newest)}")
    return "；".join(parts)


def _moved(theme: Theme, newest: date) -> str:
    n = theme.counts[newest]
    change = compared_to_last_year(n, theme.counts[year_before(newest)])
    return f"{theme.name} {n:,} 件，{change.text()}"


def _whole(themes: list[Theme]) -> Theme:
    counts: dict[date, int] = {}
    for theme in themes:
        for month, n in theme.counts.items():
            counts[month] = counts.get(month, 0) + n
    return Theme(ALL_THEMES, counts, {}, {})


def _basis(seen: HotlineSeen) -> str:
    told = (
        "热线统计按导入的月份和主题，不是事项；同比与上年同月比，环比与上月比，基数不足10件只写件数"
    )
    return told + "；只算分了县（区）的数" if seen.by_county else told


def _how(who: Viewer) -> str:
    if may(who, Right.COUNT_HOTLINE):
        return "下载模板，每行填一个月份的一个主题，导入后这里按主题逐月比较"
    if not who.scope.everything and not who.scope.reporting_units:
        return "热线统计按县（区），不分单位"
    return "由督查督办员导入热线统计后，这里按主题逐月比较"


def _draw_table(themes: list[Theme], newest: date) -> None:
    lines = [*themes, _whole(themes)] if len(themes) > 1 else themes
    headline("查看数据", f"{newest:%Y年%-m月}各主题（件）", key="hotline_table")
    table = pd.DataFrame([_line(theme, newest) for theme in lines])
    figure_table(
        table, [theme.name for theme in lines], _COLUMNS, key="hotline", told="热线各主题数据表",
        most_rows=14,
    )  # fmt: skip


def _line(theme: Theme, newest: date) -> dict[str, object]:
    counts = theme.counts
    n, year, last = (
        counts.get(month) for month in (newest, year_before(newest), month_before(newest))
    )
    running, before = theme.of_year(newest)
    return {
        "theme": theme.name,
        "n": n,
        "year": year,
        "on_year": "" if n is None or year is None
        else compared_to_last_year(n, year).text().removeprefix("同比"),
        "last": last,
        "on_month": "" if n is None or last is None
        else compared_to_last_period(n, last).text().removeprefix("环比"),
        "running": running,
        "on_running": "" if before is None
        else compared_to_last_year(running, before).text().removeprefix("同比"),
        "closed": _rate(theme.closed.get(newest)),
        "satisfied": _rate(theme.satisfied.get(newest)),
    }  # fmt: skip


def _rate(rate: Rate | None) -> str:
    return "" if rate is None else rate.text()


def _draw_months(themes: list[Theme], newest: date, *, dark: bool) -> None:
    # A theme has no id: the address says it as the ledger does.
    found = {EVERY_THEME: _whole(themes), **{theme.name: theme for theme in themes}}
    names = {code: option(theme.name) for code, theme in found.items()}
    theme = found[box("主题", names, key="hotline_theme", width=260)]
    chart = hotline(theme.counts, theme=theme.name, newest=newest, dark=dark)
    chart_panel(chart, key="hotline_months")
    data_view(
        chart.frame, {"month_word": "月份", "n": "件数", "year_word": "上年同月", "change": "同比"}
    )
