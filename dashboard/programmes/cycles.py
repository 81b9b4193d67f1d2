"""Reporting by week, month or quarter: who is silent in the running cycle, and earlier ones."""

from __future__ import annotations

from typing import NoReturn

import pandas as pd
import streamlit as st

from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.leading import lead_to
from dashboard.parts.panels import headline
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.narrowing import group_code, group_told
from dashboard.programmes.told import ENTRIES_PAGE, Asked, cycle_of
from supervision.programme_cycles import CycleSeen, span_told
from supervision.programmes import Cycle, Measure

BEFORE = 6
"""Cycles that are shown beside the running one."""
MOST_ROWS = 12
_RUNNING, _BEFORE, _LAST = "n", "before", "last_on"


def draw_cycles(seen: ProgrammeSeen, asked: Asked) -> None:
    """One panel for each cycle of the programme."""
    cycles = seen.programme.cycles
    if not cycles or not seen.entries:
        return
    for place, cycle in zip(st.columns(len(cycles), gap="large"), cycles, strict=True):
        with place:
            _draw(seen, cycle, asked)


def _draw(seen: ProgrammeSeen, cycle: Cycle, asked: Asked) -> None:
    running = cycle_of(seen, cycle.name, asked.as_of)
    before = cycle_of(seen, cycle.name, asked.as_of, back=1)
    until = "" if running.span.whole else f"（至{asked.as_of.month}月{asked.as_of.day}日）"
    headline(
        f"{cycle.label}：{span_told(cycle.every, running.span)}{until}已报 {running.rate.text()}",
        f"{_silent_told(seen, cycle, running)}；上一期 {before.rate.text()}",
        key=f"cycle_{cycle.name}",
    )
    _reporters(seen, cycle, running, before)
    _earlier(seen, cycle, asked)


def _silent_told(seen: ProgrammeSeen, cycle: Cycle, running: CycleSeen) -> str:
    silent = [group_told(seen, cycle.by, group_code(one.key)) for one in running.silent]
    if not silent:
        return "本期都报了"
    named = "、".join(silent[:4]) + ("等" if len(silent) > 4 else "")
    return f"本期未报 {len(silent)} {cycle.unit}：{named}"


def _reporters(seen: ProgrammeSeen, cycle: Cycle, running: CycleSeen, before: CycleSeen) -> None:
    """Everybody who has to report, the silent first; a click opens what they told."""
    rows = reporter_rows(seen, running, before)
    columns = {
        name: FigureColumn(heading, 170 if kind == "title" else 96, is_number=kind == "count")
        for name, (heading, kind) in reporter_headings(seen, cycle).items()
    }
    keys = [group_code(one.key) for one in running.reporters]
    cell = figure_table(
        pd.DataFrame(rows, columns=list(columns)), keys, columns, key=f"cycle_{cycle.name}",
        told=f"{cycle.label}报送情况", most_rows=MOST_ROWS,
    )  # fmt: skip
    if cell is not None:
        open_reporter(seen, cycle, str(cell.key), back=int(cell.column == _BEFORE))


def open_reporter(seen: ProgrammeSeen, cycle: Cycle, code: str, *, back: int) -> NoReturn:
    """What one of them told in a cycle."""
    further = {**_asking_for(seen, cycle, back), "by": cycle.by, "is": code}
    st.switch_page(ENTRIES_PAGE, query_params=lead_to(programme=seen.programme.name, **further))


def reporter_headings(seen: ProgrammeSeen, cycle: Cycle) -> dict[str, tuple[str, str]]:
    """Column → heading and kind of a list of those who report."""
    every, unit = cycle.every.label, seen.programme.unit
    return {
        "name": (seen.programme.field(cycle.by).label, "title"),
        "told": (f"本{every}", "text"),
        _RUNNING: (f"本{every}({unit})", "count"),
        _BEFORE: (f"上{every}({unit})", "count"),
        _LAST: ("最近一次", "text"),
    }


def reporter_rows(
    seen: ProgrammeSeen, running: CycleSeen, before: CycleSeen
) -> list[dict[str, object]]:
    """One line for each who has to report."""
    earlier = {one.key: len(one.entries) for one in before.reporters}
    return [
        {
            "name": group_told(seen, running.cycle.by, group_code(one.key)),
            "told": "已报" if one.has_reported else "未报",
            _RUNNING: len(one.entries),
            _BEFORE: earlier.get(one.key, 0),
            _LAST: one.last_on.isoformat() if one.last_on else "从未报过",
        }
        for one in running.reporters
    ]


def _asking_for(seen: ProgrammeSeen, cycle: Cycle, back: int) -> dict[str, object]:
    """What an address says of a cycle: its rate, or itself where it has no such rate."""
    figure = next(
        (one.name for one in seen.programme.figures
         if one.measure is Measure.COVERED_RATE and one.cycle == cycle.name),
        None,
    )  # fmt: skip
    return {"figure": figure, "back": back} if figure else {"cycle": cycle.name, "back": back}


def _earlier(seen: ProgrammeSeen, cycle: Cycle, asked: Asked) -> None:
    """The cycles before, newest first: how many reported, how many lines."""
    past = [cycle_of(seen, cycle.name, asked.as_of, back=n) for n in range(1, BEFORE + 1)]
    past = [one for one in past if any(reporter.entries for reporter in one.reporters)]
    if not past:
        return
    rows = pd.DataFrame(
        [
            {
                "span": span_told(cycle.every, one.span),
                "rate": one.rate.text(),
                "lines": sum(len(reporter.entries) for reporter in one.reporters),
            }
            for one in past
        ]
    )
    columns = {
        "span": FigureColumn(f"以前各{cycle.every.label}", 180),
        "rate": FigureColumn("已报", 140),
        "lines": FigureColumn(f"条目({seen.programme.unit})", 100, is_number=True),
    }
    cell = figure_table(
        rows, list(range(1, len(past) + 1)), columns, key=f"cycle_before_{cycle.name}",
        told=f"{cycle.label}以前各期",
    )  # fmt: skip
    if cell is not None:
        asking = _asking_for(seen, cycle, int(cell.key))
        st.switch_page(ENTRIES_PAGE, query_params=lead_to(programme=seen.programme.name, **asking))
