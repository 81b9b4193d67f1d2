"""口径 of a programme's figure: definition, formula and numbers, what is left out, the days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.told import Asked, asked_of, found_of
from dashboard.reads import Filters
from supervision.programme_cycles import CycleSeen, span_told
from supervision.programme_figures import Counted, left_out
from supervision.programme_words import definition_told, formula_told
from supervision.programmes import RATES, Measure, ProgrammeFigure


def about_of(seen: ProgrammeSeen, figure: ProgrammeFigure, asked: Asked) -> tuple[str, ...]:
    """Lines about one figure, as the page, 口径说明 and the weekly bulletin say them alike."""
    return about_found(seen, figure, asked, found_of(seen, figure, asked))


def about_found(
    seen: ProgrammeSeen, figure: ProgrammeFigure, asked: Asked, found: Counted | CycleSeen
) -> tuple[str, ...]:
    """The same of what was counted before."""
    told = definition_told(seen.programme, figure)
    formula = f"算式：{formula_told(seen.programme, figure)}"
    if isinstance(found, CycleSeen):
        days = span_told(found.cycle.every, found.span)
        return told, f"{formula}＝{found.rate.text()}", f"{days}，截至 {asked.as_of:%Y-%m-%d}"
    rows = len(found.whole)
    of_period = "" if figure.measure is Measure.STOCK else f"{asked.told}，"
    return (
        told,
        f"{formula}＝{found.text()}{'' if figure.measure in RATES else figure.unit}",
        _left_out_told(seen, rows),
        f"{of_period}截至 {asked.as_of:%Y-%m-%d}",
    )


def figures_told(
    all_seen: Sequence[ProgrammeSeen], filters: Filters, as_of: date, wanted: str = ""
) -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    """Every programme with its figures and their 口径; with `wanted` those whose words say it."""
    asked, found = asked_of(filters, as_of), []
    for seen in all_seen:
        name = seen.programme.label
        lines = [
            (figure.label, about_of(seen, figure, asked))
            for figure in seen.programme.figures
            if wanted in name + figure.label + definition_told(seen.programme, figure)
        ]
        if lines:
            found.append((name, lines))
    return found


def _left_out_told(seen: ProgrammeSeen, counted: int) -> str:
    """Every entry within reach is either in the figure's base or told here."""
    programme, unit = seen.programme, seen.programme.unit
    void = left_out(programme)
    names = {
        choice.name: choice.label
        for choice in (programme.field(programme.status).choices if programme.status else ())
    }
    dropped = [
        (names[str(status)], sum(one.values.get(programme.status or "") == status
                                 for one in seen.entries))
        for status in sorted(void, key=str)
    ]  # fmt: skip
    rest = len(seen.entries) - counted - sum(n for _, n in dropped)
    parts = [f"台账 {len(seen.entries):,} {unit}，计入 {counted:,}"]
    parts += [f"“{name}”不计 {n:,}" for name, n in dropped if n]
    if rest:
        parts.append(f"不在统计期或统计范围的 {rest:,}")
    return "，".join(parts)
