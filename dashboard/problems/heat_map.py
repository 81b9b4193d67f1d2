"""分类与县区: the heat map, what rises against the period before, and both as tables."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.leader_reads import ProblemsSeen
from dashboard.parts.address_choice import segments
from dashboard.parts.column_room import NARROW
from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.fresh_keys import clicked_away, fresh_key
from dashboard.parts.heat_charts import NOBODY_KEY, SUM, Heat, heat
from dashboard.parts.leading import open_list
from dashboard.parts.map_scales import INTAKE, OPEN, OVERDUE, UNHAPPY, Scale
from dashboard.parts.panels import chart_panel, class_key, headline
from dashboard.problems.told import (
    Kinds,
    Rise,
    counties,
    days_before,
    of_cell,
    of_county,
    tiles_of,
    word_before,
)
from dashboard.reads import Choices
from supervision.figures import FIGURES

SCALES = {scale.code: scale for scale in (INTAKE, OPEN, OVERDUE, UNHAPPY)}
MOST_RISES = 8


def choose_scale() -> Scale:
    """Which figure the picture shows; it stays in the address."""
    names = {code: scale.name for code, scale in SCALES.items()}
    return SCALES[segments("看什么", names, key="heat_of")]


def draw_heat(
    seen: ProblemsSeen, found: Sequence[Rise], kinds: Kinds, names: Choices, scale: Scale, *,
    dark: bool,
) -> None:  # fmt: skip
    """The picture to the left, what rises to the right, the numbers below."""
    tiles = tiles_of(seen, f"{scale.slug}:n", kinds, names)
    left, right = st.columns([7, 5], gap="large")
    with left:
        key = f"heat_{scale.code}"
        chart = heat(tiles, scale=scale, counties=counties(names), dark=dark)
        chosen = chart_panel(chart, key=fresh_key(key))
        if not chart.is_empty:
            class_key(scale)
        if chosen:
            clicked_away(key)
            cell = chosen[0]
            open_list(figure=scale.slug, **_where(int(cell["category"]), int(cell["unit"]), kinds))
    with right:
        _draw_rises(seen, found, kinds)
    _draw_table(tiles, scale, kinds, names)


def _where(kind: int, unit: int, kinds: Kinds) -> dict[str, object]:
    if kind == SUM:
        return {} if unit == SUM else of_county(unit)
    return kinds.asked(kind) if unit == SUM else of_cell(kind, unit, kinds)


def _draw_rises(seen: ProblemsSeen, found: Sequence[Rise], kinds: Kinds) -> None:
    grown = [one for one in found if one.more > 0 and one.kind != NOBODY_KEY]
    if not grown:
        headline(f"没有一类比{word_before(seen)}多", _before_told(seen), key="rises")
        return
    headline(
        f"{len(grown)} 类比{word_before(seen)}多，共多 {sum(one.more for one in grown)} 件，"
        f"{grown[0].name}居首",
        _before_told(seen) + "；点数字看清单",
        key="rises",
    )
    table = pd.DataFrame(
        [
            {
                "name": one.name,
                "now": one.now,
                "before": one.before,
                "more": _more(one),
                "where": "、".join(f"{unit} {n}" for unit, n in one.where[:2]),
            }
            for one in grown[:MOST_RISES]
        ]
    )
    columns = {
        "name": FigureColumn("问题分类", 104, on_phone=92, least=92),
        "now": FigureColumn("本期", 52, least=48, is_number=True),
        "before": FigureColumn(word_before(seen), 52 if not seen.on_year else 72, is_number=True),
        "more": FigureColumn(
            "增加", 118, on_phone=72, least=108, told="括号里为环比或同比，基数不足10件的只写件数"
        ),
        "where": FigureColumn("本期最多在", 150, on_phone=84, least=132),
    }
    cell = figure_table(
        table,
        [one.kind for one in grown[:MOST_RISES]],
        columns,
        key="rises",
        told="增加的问题分类",
        room=NARROW,
    )
    if cell is not None:
        days = days_before(seen) if cell.column == "before" else {"figure": "intake"}
        open_list(**days, **kinds.asked(cell.key))


def _more(one: Rise) -> str:
    told = one.comparison.text()
    rise = told.removeprefix(f"{one.comparison.kind}上升")
    return f"+{one.more}（{rise}）" if rise != told else f"+{one.more}"


def _before_told(seen: ProblemsSeen) -> str:
    first, last = seen.before.first, seen.before.last
    return f"新增与{word_before(seen)}（{first:%-m月%-d日} 至 {last:%-m月%-d日}）比"


def _draw_table(tiles: Sequence[Heat], scale: Scale, kinds: Kinds, names: Choices) -> None:
    if not tiles:
        return
    headline("查看数据", f"{scale.name}（{scale.unit}）；点数字看清单", key="heat_table")
    st.caption(f"口径　{FIGURES[scale.slug].definition}")
    number: dict[tuple[int, int], int] = {(one.category, one.unit): one.n for one in tiles}
    called = {one.category: one.category_name for one in tiles}
    total = {key: sum(one.n for one in tiles if one.category == key) for key in called}
    lines = sorted(called, key=lambda key: (key == NOBODY_KEY, -total[key], called[key]))
    shown = {one.unit for one in tiles}
    columns = [(unit, name) for unit, name in counties(names)
               if unit != NOBODY_KEY or unit in shown]  # fmt: skip
    table = pd.DataFrame(
        [
            {"name": called[key], "all": total[key],
             **{f"u{unit}": number.get((key, unit), 0) for unit, _ in columns}}
            for key in lines
        ]
    )  # fmt: skip
    headings = {
        "name": FigureColumn("问题分类", 140),
        "all": FigureColumn("合计", 70, is_number=True),
        **{f"u{unit}": FigureColumn(name, 84, is_number=True) for unit, name in columns},
    }
    cell = figure_table(
        table, lines, headings, key=f"heat_table_{scale.code}",
        told=f"各类各县（区）{scale.name}表", most_rows=12,
    )  # fmt: skip
    if cell is not None:
        inside = cell.column.startswith("u")
        unit = int(cell.column[1:]) if inside else SUM
        open_list(figure=scale.slug, **_where(cell.key, unit, kinds))
