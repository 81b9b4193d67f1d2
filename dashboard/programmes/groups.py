"""A programme by county or department, and by each of its columns of choices: n/N, what is late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.leading import lead_to
from dashboard.parts.panels import headline
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.cards import place_column
from dashboard.programmes.narrowing import NOBODY, group_code, group_told
from dashboard.programmes.told import ENTRIES_PAGE, Asked, figure_of, is_small
from supervision.metrics import Rate
from supervision.programme_figures import Entry, subject_of
from supervision.programme_words import definition_told
from supervision.programmes import RATES, FieldKind, Measure, ProgrammeFigure
from supervision.vocabulary import Light

MOST_ROWS, MOST_FIGURES = 12, 3
ALL, LATE = "all", "late"
_ABOVE = 3
"""Lines of a headline and of a table's head."""


def draw_groups(seen: ProgrammeSeen, asked: Asked) -> None:
    """Counties or departments at the left, the columns of choices where there is room."""
    place, figures = place_column(seen), _figures(seen)
    if place is None:
        for name in seen.programme.groups:
            _draw(seen, asked, name, figures[:1])
        return
    left, right = st.columns([7, 5], gap="large")
    with left:
        lines = _draw(seen, asked, place, figures[:MOST_FIGURES])
        if seen.programme.field(place).kind is FieldKind.COUNTY:
            department = seen.programme.of_kind(FieldKind.DEPARTMENT)
            if department is not None:
                lines += _draw(seen, asked, department.name, figures[:2])
    sides = {True: lines, False: 0}
    for name in seen.programme.groups:
        at_left = sides[True] < sides[False]
        with left if at_left else right:
            sides[at_left] += _draw(seen, asked, name, figures[:1])


def _figures(seen: ProgrammeSeen) -> list[ProgrammeFigure]:
    """Rates and counts that hold for a part of the entries, head figures first."""
    told = [one for one in seen.programme.figures if one.measure is not Measure.COVERED_RATE]
    return sorted(told, key=lambda one: not one.head)


def _draw(seen: ProgrammeSeen, asked: Asked, by: str, figures: Sequence[ProgrammeFigure]) -> int:
    """Draw one table; how many lines it takes, with those above it."""
    groups = grouped(seen, by)
    codes = _ordered(seen, by, groups)
    if not [code for code in codes if code != NOBODY]:
        return 0
    field, unit = seen.programme.field(by), seen.programme.unit
    headline(_told(seen, asked, by, groups, figures), "全部条目和逾期不分统计期；点数字看清单",
             key=f"by_{by}")  # fmt: skip
    clocks = bool(seen.programme.clocks)
    table = pd.DataFrame([_line(seen, asked, by, code, groups[code], figures) for code in codes])
    columns = {
        "name": FigureColumn(field.label, 132),
        ALL: FigureColumn(f"全部({unit})", 84, is_number=True, told="全部条目，不分统计期"),
        **({LATE: FigureColumn("逾期", 64, is_number=True, told="期限已过、还没有完成的")}
           if clocks else {}),
        **{one.name: FigureColumn(one.label, 150 if one.measure in RATES else 92,
                                  is_number=one.measure not in RATES,
                                  told=definition_told(seen.programme, one))
           for one in figures},
    }  # fmt: skip
    cell = figure_table(
        table,
        codes,
        columns,
        key=f"programme_by_{by}",
        told=f"按{field.label}",
        most_rows=MOST_ROWS,
    )
    if cell is not None:
        _open(seen, by, str(cell.key), cell.column)
    return min(len(codes), MOST_ROWS) + _ABOVE


def grouped(seen: ProgrammeSeen, by: str) -> dict[str, tuple[Entry, ...]]:
    """The entries of each group by its code."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in seen.entries:
        found[group_code(subject_of(seen.programme, by, entry))].append(entry)
    return {code: tuple(entries) for code, entries in found.items()}


def _ordered(seen: ProgrammeSeen, by: str, groups: dict[str, tuple[Entry, ...]]) -> list[str]:
    """Counties in the order of bulletins, choices in that of the definition; else the most late."""
    field = seen.programme.field(by)
    order = [str(unit) for unit in seen.units] if field.kind is FieldKind.COUNTY else []
    order += [choice.name for choice in field.choices]
    known = [code for code in order if code in groups]
    rest = [code for code in groups if code not in known and code != NOBODY]
    rest.sort(key=lambda code: (-_late(seen, groups[code]), -len(groups[code]), code))
    return [*known, *rest, *([NOBODY] if NOBODY in groups else [])]


def _late(seen: ProgrammeSeen, entries: Sequence[Entry]) -> int:
    return sum(seen.lights.get(one.id) is Light.RED for one in entries)


def _line(
    seen: ProgrammeSeen, asked: Asked, by: str, code: str, entries: tuple[Entry, ...],
    figures: Sequence[ProgrammeFigure],
) -> dict[str, object]:  # fmt: skip
    line: dict[str, object] = {
        "name": group_told(seen, by, code), ALL: len(entries), LATE: _late(seen, entries),
    }  # fmt: skip
    for figure in figures:
        found = figure_of(seen, figure, asked, entries)
        line[figure.name] = found.text() if figure.measure in RATES else found.number
    return line


def _told(
    seen: ProgrammeSeen, asked: Asked, by: str, groups: dict[str, tuple[Entry, ...]],
    figures: Sequence[ProgrammeFigure],
) -> str:  # fmt: skip
    """Who is late most; without anybody late the lowest rate of a group with cases enough."""
    label = seen.programme.field(by).label
    named = [code for code in groups if code != NOBODY]
    most_late = max(_late(seen, groups[code]) for code in named)
    if most_late:
        worst = [group_told(seen, by, code) for code in named
                 if _late(seen, groups[code]) == most_late]  # fmt: skip
        if len(worst) > 1:
            several = f"{'、'.join(worst[:3])}{'等' if len(worst) > 3 else ''} {len(worst)} 个"
            return f"{label}：逾期最多的有{several}，各 {most_late} {seen.programme.unit}"
        return f"{label}：逾期最多的是{worst[0]}，{most_late} {seen.programme.unit}"
    rated = next((one for one in figures if one.measure in RATES and one.more_is > 0), None)
    if rated is not None:
        rates = {code: figure_of(seen, rated, asked, groups[code]).rate for code in named}
        fit = {code: rate for code, rate in rates.items() if not is_small(seen, rate)}
        if len(fit) > 1:
            low = min(fit, key=lambda code: _share(fit[code]))
            name = group_told(seen, by, low)
            return f"{label}：{rated.label}最低的是{name}，{fit[low].text()}"
    most = max(named, key=lambda code: len(groups[code]))
    name = group_told(seen, by, most)
    return f"{label}：最多的是{name}，{len(groups[most])} {seen.programme.unit}"


def _share(rate: Rate) -> float:
    return rate.n / rate.of


def _open(seen: ProgrammeSeen, by: str, code: str, column: str) -> None:
    further: dict[str, object] = {"by": by, "is": code}
    if column == LATE:
        further["lamp"] = Light.RED.value
    elif column not in ("name", ALL):
        further["figure"] = column
    st.switch_page(ENTRIES_PAGE, query_params=lead_to(programme=seen.programme.name, **further))
