"""Category by county as a heat map: fixed classes, a number in every tile. No Streamlit here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.parts import chart_specs, heat_specs
from dashboard.parts.charts import Chart
from dashboard.parts.map_scales import LEVELS, Scale, short_percent

MOST_LINES = 14
SUM, SUM_NAME = 0, "合计"
NOBODY_KEY = -1
"""The key of items that name no category, or no county."""


@dataclass(frozen=True, slots=True)
class Heat:
    """One tile: how many of a category in a county."""

    category: int
    category_name: str
    unit: int
    unit_name: str
    n: int


def heat(
    tiles: Sequence[Heat],
    *,
    scale: Scale,
    counties: Sequence[tuple[int, str]],
    dark: bool,
    most: int = MOST_LINES,
) -> Chart:
    """Categories with most first, counties in the order of the register.

    Clicking selects `category` and `unit`; SUM stands for all of them, `sum` says so.
    """
    by_category = _sums((tile.category, tile.category_name, tile.n) for tile in tiles)
    order = sorted(by_category, key=_most_first)
    shown = order[:most]
    kept = {category for category, _, _ in shown}
    inside = [tile for tile in tiles if tile.category in kept]
    present = {tile.unit for tile in tiles}
    columns = [one for one in counties if one[0] in present or one[0] != NOBODY_KEY]
    number = {(tile.category, tile.unit): tile.n for tile in inside}
    rows = [
        _tile(scale, (line, category, name), (column, unit, unit_name),
              number.get((category, unit), 0))
        for line, (category, name, _) in enumerate(shown)
        for column, (unit, unit_name) in enumerate(columns)
    ]  # fmt: skip
    rows += [
        _sum(scale, (line, category, name), (len(columns), SUM, SUM_NAME), n)
        for line, (category, name, n) in enumerate(shown)
    ]
    if len(shown) == len(order):
        foot = (len(shown), SUM, SUM_NAME)
        rows += [
            _sum(scale, foot, (column, unit, unit_name),
                 sum(tile.n for tile in tiles if tile.unit == unit))
            for column, (unit, unit_name) in enumerate(columns)
        ]  # fmt: skip
        rows.append(_sum(scale, foot, (len(columns), SUM, SUM_NAME), sum(n for *_, n in order)))
    note = f"各类问题{scale.name}（{scale.unit}），按县（区）；点数字看清单"
    if len(order) > len(shown):
        note += f"；另有 {len(order) - len(shown)} 类见下表"
    if unnamed := sum(tile.n for tile in tiles if tile.category == NOBODY_KEY):
        note += f"；没有问题分类的 {unnamed} {scale.unit}列在最后"
    return Chart(
        spec=chart_specs.spec("heat", dark=dark),
        frame=pd.DataFrame(rows if order else []),
        headline=headline(tiles, scale),
        note=note,
        selection=heat_specs.SELECT_CELL,
    )


def headline(tiles: Sequence[Heat], scale: Scale) -> str:
    """Which kinds of problem make up most of it, and where one of them is densest."""
    total = sum(tile.n for tile in tiles)
    if not total:
        return f"这个范围内没有{scale.name}的事项"
    order = sorted(
        _sums((tile.category, tile.category_name, tile.n) for tile in tiles), key=_most_first
    )
    told = [one for one in order if one[0] != NOBODY_KEY and one[2]][:3]
    named = "、".join(f"{name} {n} {scale.unit}" for _, name, n in told)
    share = sum(n for *_, n in told)
    dense = max(
        (tile for tile in tiles if NOBODY_KEY not in (tile.category, tile.unit)),
        key=lambda tile: tile.n,
        default=None,
    )
    parts = [f"{scale.name} {total} {scale.unit}"]
    if told and len(order) > len(told):
        together = {2: "两类", 3: "三类"}.get(len(told), "")
        parts.append(f"{named}{together}占 {short_percent(share, total)}（{share}/{total}）")
    elif told:
        parts.append(named)
    if dense is not None and dense.n > 1:
        parts.append(
            f"最集中的是{dense.unit_name}的{dense.category_name}（{dense.n} {scale.unit}）"
        )
    return "，".join(parts)


def _sums(told: Iterable[tuple[int, str, int]]) -> list[tuple[int, str, int]]:
    sums: dict[tuple[int, str], int] = {}
    for key, name, n in told:
        sums[key, name] = sums.get((key, name), 0) + n
    return [(key, name, n) for (key, name), n in sums.items()]


def _most_first(told: tuple[int, str, int]) -> tuple[bool, int, str]:
    # What names no kind is no kind of problem, however much of it there is.
    key, name, n = told
    return key == NOBODY_KEY, -n, name


Place = tuple[int, int, str]


def _tile(scale: Scale, line: Place, column: Place, n: int) -> dict[str, object]:
    return {**_at(line, column), "n": n, "sum": False, "level": scale.level(n, None),
            "label": str(n) if n else "", "told": f"{n} {scale.unit}"}  # fmt: skip


def _sum(scale: Scale, line: Place, column: Place, n: int) -> dict[str, object]:
    return {**_at(line, column), "n": n, "sum": True, "level": LEVELS[0], "label": str(n),
            "told": f"{n} {scale.unit}"}  # fmt: skip


def _at(line: Place, column: Place) -> dict[str, object]:
    return {
        "line": line[0], "category": line[1], "category_name": line[2],
        "column": column[0], "unit": column[1], "unit_name": column[2],
    }  # fmt: skip
