"""Writes docs/metrics.md from the registry of figures: `python -m tests.metrics_page`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby

from supervision.figures import FIGURES, Figure, Kind

SECTIONS = {
    "2.1": "数量",
    "2.2": "按期反馈",
    "2.3": "逾期与临期",
    "2.4": "办结",
    "2.5": "回访与满意",
    "2.6": "重办、退单、延期、时长",
}
TOTALS = {
    Kind.COUNT: "各部分相加",
    Kind.RATE: "分子、分母各自相加后再除，不对比率求平均",
    Kind.SCORE: "分值、作答数各自相加后再除，不对平均分求平均",
    Kind.MIDDLE: "对全体重新计算，不由各部分合成",
}
BETTER = {1: "越高越好", -1: "越低越好", 0: "不分好坏"}
HEAD = """# 指标口径

本页由 `make metrics` 按 `supervision/figures.py` 写成，请勿手改。
每个比率都写作 n/N，分母为 0 时写“—”，百分数保留两位小数、四舍五入；两个比率之差为百分点。
统计期写作 [起, 止]，“当日”是数据截至日；还没过完的统计期截到当日。
信息有矛盾的事项不进任何比率；不计入考核的事项也不进比率，只有办结率、化解率和按期化解率例外
（分母是全部有效受理）。不进比率的另列件数，不隐藏。
每个指标的明细行由 `data_access/measures.py` 给出，与数字出自同一条件。
"""


def metrics_page() -> str:
    """The whole page, with a heading for every registered figure."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield HEAD
    for section, figures in groupby(FIGURES.values(), key=lambda figure: figure.section):
        yield f"## {SECTIONS[section]}\n"
        for figure in figures:
            yield from _figure(figure)


def _figure(figure: Figure) -> Iterator[str]:
    yield f"### {figure.name} `{figure.slug}`\n"
    yield f"{figure.definition}\n"
    yield f"- 算式：{figure.formula}"
    yield f"- 单位：{figure.unit}；{BETTER[figure.more_is]}"
    yield f"- 合计：{TOTALS[figure.kind]}"
    if not figure.fed_by_ledgers:
        yield "- 台账没有所需字段，显示“无数据”，不推断"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(metrics_page())
