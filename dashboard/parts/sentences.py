"""Sentences and tiles that are computed from figures; every number stands with its base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dashboard.parts.tiles import Direction, Tile
from supervision.metrics import SMALL_SAMPLE, Rate

ITEMS_PAGE = "app_pages/items.py"
Query = Mapping[str, str | list[str]]
Figures = Mapping[str, Mapping[str, Any]]
"""slug → n, of, n_before, of_before."""

# slug: (label, direction, red when not zero, what the base is called)
_STOCK = {
    "open": ("在办", Direction.NEITHER, False),
    "overdue_open": ("逾期未反馈", Direction.MORE_IS_WORSE, True),
    "due_soon": ("临期", Direction.MORE_IS_WORSE, False),
    "reassign_pending": ("待重新交办", Direction.MORE_IS_WORSE, False),
}
_RATES = {
    "on_time_feedback_rate": ("按期反馈率", "件次到期"),
    "closure_rate": ("办结率", "件受理"),
    "satisfaction_rate": ("满意率", "件次评价"),
}
ORDER = (
    "open", "overdue_open", "due_soon", "on_time_feedback_rate", "closure_rate",
    "satisfaction_rate", "reassign_pending",
)  # fmt: skip


def overview_tiles(
    figures: Figures,
    *,
    words: tuple[str, str],
    query: Query,
    small_sample: int = SMALL_SAMPLE,
    about: Mapping[str, Sequence[str]] | None = None,
) -> list[Tile]:
    """The seven tiles of the first page, each leading to exactly its rows; `about`: their 口径.

    `words` call the days of the rates and what these are compared with.
    """
    told = about or {}
    tiles = [
        _stock_tile(slug, figures, query)
        if slug in _STOCK
        else _rate_tile(slug, figures, words, query, small_sample)
        for slug in ORDER
    ]
    return [replace(tile, about=told.get(tile.slug, ())) for tile in tiles]


def _stock_tile(slug: str, figures: Figures, query: Query) -> Tile:
    name, direction, late = _STOCK[slug]
    n, of = figures[slug]["n"], figures["open"]["n"]
    share = f"占在办 {n}/{of}" if of else "没有在办"
    basis = "含挂账、待交办" if slug == "open" else share
    return Tile(
        slug=slug,
        label=name,
        value=str(n),
        unit="件",
        basis=basis,
        change=n - figures[slug]["n_before"],
        change_unit="件",
        direction=direction,
        late=late,
        page=ITEMS_PAGE,
        query={**query, "figure": slug},
    )


def _rate_tile(
    slug: str, figures: Figures, words: tuple[str, str], query: Query, small_sample: int
) -> Tile:
    name, base = _RATES[slug]
    period_word, since = words
    now = Rate(figures[slug]["n"], figures[slug]["of"])
    before = Rate(figures[slug]["n_before"], figures[slug]["of_before"])
    # Too few cases say nothing about better or worse (metrics.md 2.5).
    told = not (now.is_small(small_sample) or before.is_small(small_sample))
    return Tile(
        slug=slug,
        label=name,
        value=now.percent,
        basis=f"{period_word} {now.n}/{now.of} {base}",
        change=now.percentage_points(before),
        change_unit="个百分点",
        since=since,
        direction=Direction.MORE_IS_BETTER if told else Direction.NEITHER,
        page=ITEMS_PAGE,
        query={**query, "figure": slug},
    )


def overview_sentence(
    figures: Figures, worst: list[tuple[str, int]], *, as_of: date, due_soon_working_days: int
) -> str:
    """What matters, in one sentence: open, overdue and by whom, due soon, on time.

    `worst`: (department's short name, overdue items), most first.
    """
    opened, late = figures["open"]["n"], figures["overdue_open"]["n"]
    if not opened:
        return f"截至{as_of:%-m月%-d日}，没有在办事项。"
    on_time = Rate(figures["on_time_feedback_rate"]["n"], figures["on_time_feedback_rate"]["of"])
    parts = [f"截至{as_of:%-m月%-d日}，在办 {opened} 件"]
    if late:
        parts.append(f"逾期未反馈 {late} 件{_owed_by(worst)}")
    else:
        parts.append("没有逾期未反馈")
    if figures["due_soon"]["n"]:
        parts.append(f"{due_soon_working_days}个工作日内到期 {figures['due_soon']['n']} 件")
    if on_time.of:
        parts.append(f"按期反馈率 {on_time.text()}")
    return "，".join(parts) + "。"


def _owed_by(worst: list[tuple[str, int]]) -> str:
    """Who owes what, in brackets; who owes all of it needs no number."""
    if len(worst) == 1:
        return f"（均为{worst[0][0]}）"
    named = "、".join(f"{name} {n} 件" for name, n in worst[:2])
    first = "居前" if len(worst) > 2 else ""
    return f"（{named}{first}）" if named else ""


def since_session_sentence(
    figures: Figures, *, held_on: date, theme: str, stock: Mapping[str, int], came_in: int,
    closed: int, as_of: date,
) -> str:  # fmt: skip
    """What has changed since the last 面对面; `stock` is how many there were on its day."""
    changes = "，".join(
        f"{_STOCK[slug][0]}{_changed(figures[slug]['n'] - n)}" for slug, n in stock.items()
    )
    year = "" if held_on.year == as_of.year else f"{held_on.year}年"
    since = f"自{year}{held_on:%-m月%-d日}“{theme}”面对面以来"
    return f"{since}：新增 {came_in} 件，办结 {closed} 件，{changes}。"


def _changed(by: int) -> str:
    if not by:
        return "持平"
    return f"{'增加' if by > 0 else '减少'} {abs(by)} 件"
