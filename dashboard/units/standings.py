"""Ranking one peer group: what it may be ranked by, and the table that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.leader_reads import DepartmentsSeen
from dashboard.parts.figure_table import FigureColumn
from dashboard.units.lines import UnitLine
from supervision.figures import FIGURES
from supervision.metrics import NOTHING, Rate
from supervision.ranking import COMPONENTS, Ranking, Standing, Weights, ranking

SCORE = "score"
BASES = {SCORE: "综合得分"} | {slug: FIGURES[slug].name for slug in COMPONENTS}
"""What a ranking can go by → what it is called."""
_RATE, NAMED_AT_MOST = 148, 3


@dataclass(frozen=True, slots=True)
class Standings:
    """A peer group in its order; `by` is an entry of BASES."""

    by: str
    ranking: Ranking
    lines: dict[int, UnitLine]
    weights: Weights
    least: int

    @property
    def base(self) -> str:
        """The figure whose cases decide."""
        return base_of(self.by)

    def name(self, standing: Standing) -> str:
        """The department's short name."""
        return self.lines[standing.contender.key].short_name

    def reached(self, standing: Standing) -> str:
        """What it is ranked by, in words: 93.46 分, or the rate with its cases."""
        if self.by == SCORE:
            return f"{standing.points} 分"
        return standing.contender.rates[self.base].text()

    @property
    def base_name(self) -> str:
        """What that figure is called."""
        return short_name(self.base)


def base_of(by: str) -> str:
    """The figure whose cases decide who is ranked."""
    return COMPONENTS[0] if by == SCORE else by


def standings(lines: Sequence[UnitLine], seen: DepartmentsSeen, by: str) -> Standings:
    """The peer group ranked by score, or by one figure alone."""
    weights = seen.weights if by == SCORE else Weights.only(by)
    told = ranking(
        (line.contends(COMPONENTS) for line in lines if line.key),
        weights, base=base_of(by), least=seen.small_sample,
    )  # fmt: skip
    return Standings(by, told, {line.key: line for line in lines}, weights, seen.small_sample)


def columns(*, ranked: bool, by: str, is_example: bool) -> dict[str, FigureColumn]:
    """The table's columns; what a narrow screen shows without scrolling stands first.

    Who is not ranked has the reason instead of rank and score.
    """
    score = f"得分{'（示例）' if is_example else ''}"
    rates = [by_slug for by_slug in COMPONENTS if by_slug != base_of(by)]
    first = {
        **({"rank": FigureColumn("名次", 52)} if ranked else {}),
        "name": FigureColumn("单位", 128, told="点单位名称看这家单位"),
        **({"score": FigureColumn(score, 118)} if ranked and by == SCORE else {}),
        **({} if ranked else {"why": FigureColumn("不排名", 88)}),
        base_of(by): _rate_column(base_of(by)),
        "overdue_open": FigureColumn("逾期", 60, is_number=True),
        "open": FigureColumn("在办", 60, is_number=True),
    }
    return first | {slug: _rate_column(slug) for slug in rates}


def _rate_column(slug: str) -> FigureColumn:
    figure = FIGURES[slug]
    return FigureColumn(short_name(slug), _RATE, told=figure.definition)


def short_name(slug: str) -> str:
    """A figure's name without who tells it: on this page residents always do."""
    return FIGURES[slug].name.removesuffix("（群众认定）")


def table_rows(lines: Sequence[UnitLine], told: dict[int, Standing], base: str) -> pd.DataFrame:
    """One row a department; rates stand with their cases."""
    return pd.DataFrame(
        [
            {
                "rank": str(standing.rank) if standing and standing.rank else NOTHING,
                "name": line.short_name,
                "score": standing.text() if standing else NOTHING,
                "why": "样本不足" if line.rate(base).of else "没有件次",
                "overdue_open": line.count("overdue_open"),
                "open": line.count("open"),
                **{slug: _rate_told(line.rate(slug)) for slug in COMPONENTS},
            }
            for line in lines
            for standing in [told.get(line.key)]
        ]
    )


def _rate_told(rate: Rate) -> str:
    return rate.text() if rate.of else NOTHING


def headline_of(told: Standings, group: str) -> str:
    """The conclusion: who stands first and last."""
    ranked = told.ranking.ranked
    if not ranked:
        return f"{group}：没有够 {told.least} 件次的单位，不排名"
    first, last = ranked[0], ranked[-1]
    if len(ranked) == 1:
        return f"{group}够 {told.least} 件次的只有{told.name(first)}（{told.reached(first)}）"
    if first.rank == last.rank:
        return f"{group} {len(ranked)} 家并列，{told.reached(first)}"
    best, worst = (_named(told, rank) for rank in (first.rank, last.rank))
    ends = f"{best}居首（{told.reached(first)}），{worst}末位（{told.reached(last)}）"
    return f"{group}{BASES[told.by]}：{ends}"


def _named(told: Standings, rank: int | None) -> str:
    names = [told.name(one) for one in told.ranking.ranked if one.rank == rank]
    rest = f"等 {len(names)} 家" if len(names) > NAMED_AT_MOST else ""
    return "、".join(names[:NAMED_AT_MOST]) + rest


def note_of(told: Standings, left_out: int) -> str:
    """How it is counted: weights and style, smallest sample, what is left out."""
    parts = []
    if told.by == SCORE:
        weighed = "、".join(
            f"{short_name(slug)}{weight}" for slug, weight in told.weights.of.items()
        )
        source = "示例权重，本市尚未规定" if told.weights.is_example else "本市规定的权重"
        style = told.weights.style.label.partition("：")[0]
        parts.append(f"{source}：{weighed}；{style}；不足 {told.least} 件次的项不计分")
    parts.append(f"{told.base_name}不足 {told.least} 件次的单位不排名；同分同名次")
    if left_out:
        parts.append(f"另有 {left_out} 件次到期未计入（不计入考核或信息有矛盾）")
    return "；".join(parts)


def apart_told(told: Standings) -> str:
    """How many are listed and not ranked, and why."""
    few, none = len(told.ranking.too_few), len(told.ranking.without_due)
    parts = [f"{few} 家{told.base_name}不足 {told.least} 件次"] if few else []
    parts += [f"{none} 家统计期内没有件次"] if none else []
    return f"不排名 {few + none} 家：{'，'.join(parts)}"
