"""The list behind a rate of coverage: everybody who has to report, the silent first."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.parts.entry_table import entry_table
from dashboard.parts.panels import headline
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.cycles import open_reporter, reporter_headings, reporter_rows
from dashboard.programmes.narrowing import HITS, REST, group_code
from dashboard.programmes.told import Asked, cycle_of
from supervision.programme_cycles import CycleSeen, span_told
from supervision.programme_words import definition_told
from supervision.programmes import ProgrammeFigure

Rows = list[dict[str, object]]


def cycle_asked(
    seen: ProgrammeSeen, figure: ProgrammeFigure, asked: Asked, *, back: int, part: str | None
) -> tuple[CycleSeen, CycleSeen]:
    """The cycle in question with the reporters of a part of it, and the cycle before."""
    name = figure.cycle or ""
    running = cycle_of(seen, name, asked.as_of, back=back)
    before = cycle_of(seen, name, asked.as_of, back=back + 1)
    kept = running.reporters
    if part in (HITS, REST):
        kept = tuple(one for one in kept if one.has_reported == (part == HITS))
    return replace(running, reporters=kept), before


def draw_reporters(
    seen: ProgrammeSeen, figure: ProgrammeFigure, asked: Asked, *, back: int, part: str | None
) -> None:
    """As many rows as the rate is out of, or as its part has."""
    whole = cycle_of(seen, figure.cycle or "", asked.as_of, back=back)
    running, before = cycle_asked(seen, figure, asked, back=back, part=part)
    span = span_told(running.cycle.every, running.span)
    headline(
        f"{seen.programme.label}：{span}，{figure.label} {whole.rate.text()}，"
        f"这里列 {len(running.reporters)} {running.cycle.unit}",
        f"{definition_told(seen.programme, figure)}未报的先列，点一行看报了什么。",
        key="reporters_told",
    )  # fmt: skip
    rows = reporter_rows(seen, running, before)
    ids = [{**row, "entry_id": n} for n, row in enumerate(rows)]
    if not ids:
        st.info("没有这样的单位。")
        return
    opened = entry_table(ids, reporter_headings(seen, running.cycle), key="reporters")
    if opened is not None:
        code = group_code(running.reporters[opened].key)
        open_reporter(seen, running.cycle, code, back=back)
