"""Writes docs/metrics.md from the registry of figures: `python -m tests.metrics_page`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby

from supervision.figure_words import BETTER, GENERAL, NOT_FED, SECTIONS, TOTALS
from supervision.figures import FIGURES, Figure

HEAD = "\n".join(
    (
        "# 指标口径\n",
        "本页由 `make metrics` 按 `supervision/figures.py` 写成，请勿手改。",
        *GENERAL,
        "每个指标的明细行由 `data_access/measures.py` 给出，与数字出自同一条件。\n",
    )
)


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
        yield f"- {NOT_FED}"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(metrics_page())
