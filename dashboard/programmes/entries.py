"""Entries as rows: what a table or a workbook shows of them, and one entry whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import programme_reads, reads
from dashboard.parts.entry_table import fit
from dashboard.parts.leading import set_query
from dashboard.parts.ledger_tables import cell_place
from dashboard.parts.panels import headline
from dashboard.parts.paper import seen_and_printed
from dashboard.parts.safe import clean
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.narrowing import group_told
from supervision.programme_figures import Entry
from supervision.programme_lights import running_clock
from supervision.programmes import PERSONAL, Field, FieldKind
from supervision.scope import Viewer

_KINDS = {
    FieldKind.DAY: "day", FieldKind.COUNT: "count", FieldKind.TITLE: "title",
    FieldKind.NUMBER: "number",
}  # fmt: skip
_COUNTED = "counted"
_FIRST = (FieldKind.TITLE, FieldKind.COUNTY, FieldKind.DEPARTMENT)
"""What stands first."""
_LEAVE = (FieldKind.TEXT, FieldKind.COUNT, FieldKind.DAY)
_STAY = (FieldKind.TITLE, FieldKind.COUNTY, FieldKind.DEPARTMENT, FieldKind.NUMBER)


def headings_of(seen: ProgrammeSeen, *, counted: bool = False) -> dict[str, tuple[str, str]]:
    """Column → heading and kind: light and lateness, what matters most, then as defined.

    Residents stay out: their masks say nothing in a list; so do columns that nobody filled in.
    """
    filled = {name for entry in seen.entries for name in entry.values}
    shown = [
        one for one in seen.programme.fields if one.kind not in PERSONAL and one.name in filled
    ]
    shown.sort(key=lambda one: _FIRST.index(one.kind) if one.kind in _FIRST else len(_FIRST))
    columns = {one.name: (one.label, _KINDS.get(one.kind, "text")) for one in shown}
    title = [one.name for one in shown if one.kind is FieldKind.TITLE]
    has_clocks = bool(seen.programme.clocks)
    return {
        **({"light": ("亮灯", "light")} if has_clocks else {}),
        **{name: columns[name] for name in title},
        **({_COUNTED: ("计入分子", "text")} if counted else {}),
        **({"late": ("逾期(工作日)", "count"), "due": ("期限", "day")} if has_clocks else {}),
        **columns,
    }


def in_sight(
    seen: ProgrammeSeen, headings: dict[str, tuple[str, str]]
) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """The columns that fit on a laptop, and the headings of those that do not.

    What names an entry stays; loose words leave first, then counts and days, the last of each.
    """
    programme, kept = seen.programme, dict(headings)
    leaving = sorted(
        (one for one in reversed(programme.fields)
         if one.name in headings and one.kind not in _STAY and one.name not in programme.identity),
        key=lambda one: _LEAVE.index(one.kind) if one.kind in _LEAVE else len(_LEAVE),
    )  # fmt: skip
    for one in leaving:
        if fit(kept):
            break
        del kept[one.name]
    return kept, [told for name, (told, _) in headings.items() if name not in kept]


def who_has(seen: ProgrammeSeen, columns: Collection[str]) -> str | None:
    """Which of the columns tells who has an entry: its department, else its county."""
    kinds = (FieldKind.DEPARTMENT, FieldKind.COUNTY)
    found = (seen.programme.of_kind(kind) for kind in kinds)
    return next((one.name for one in found if one is not None and one.name in columns), None)


def rows_of(
    seen: ProgrammeSeen, entries: Sequence[Entry], hits: frozenset[int] | None = None
) -> list[dict[str, Any]]:
    """One dict for each entry; `hits` are those that a rate counts."""
    return [_row(seen, entry, hits) for entry in entries]


def _row(seen: ProgrammeSeen, entry: Entry, hits: frozenset[int] | None) -> dict[str, Any]:
    clocks = seen.programme.clocks
    clock = running_clock(seen.programme, entry) or (clocks[-1] if clocks else None)
    row: dict[str, Any] = {
        "entry_id": entry.id,
        "light": seen.lights.get(entry.id),
        "late": seen.late.get(entry.id),
        "due": entry.dues.get(clock.name) if clock else None,
    }
    if hits is not None:
        row[_COUNTED] = "是" if entry.id in hits else "否"
    for field in seen.programme.fields:
        row[field.name] = _value(seen, entry, field)
    return row


def _value(seen: ProgrammeSeen, entry: Entry, field: Field) -> object:
    keys: Mapping[FieldKind, int | None] = {
        FieldKind.COUNTY: entry.unit,
        FieldKind.TOWNSHIP: entry.township,
        FieldKind.DEPARTMENT: entry.department,
    }
    if field.kind in keys:
        key = keys[field.kind]
        return None if key is None else group_told(seen, field.name, str(key))
    value = entry.values.get(field.name)
    choice = field.choice(value)
    return choice.label if choice is not None else value


def draw_entry(seen: ProgrammeSeen, entry: Entry, who: Viewer, as_of: date) -> None:
    """Every column of one entry with the cell that told it."""
    origins = {
        one.field: one
        for one in programme_reads.entry_origins(reads.change(), who.scope, as_of, entry.id)
    }
    title = seen.programme.of_kind(FieldKind.TITLE)
    words = str(entry.values.get(title.name, "")) if title else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        headline(clean(words)[:60] or "这一条的全部内容", "每一栏的内容和它来自台账的哪一格",
                 key="entry")  # fmt: skip
        st.button("收起这一条", on_click=set_query, kwargs={"entry": None}, type="tertiary")
    rows = []
    for field in seen.programme.fields:
        value = _value(seen, entry, field)
        if value is None:
            continue
        origin = origins.get(field.name)
        told = f"{value}{field.unit}" if isinstance(value, int) else str(value)
        place = cell_place(origin.sheet, origin.cell) if origin else ""
        rows.append((field.label, clean(told), clean(place),
                     clean(origin.file_name) if origin else ""))  # fmt: skip
    for clock in seen.programme.clocks:
        if (due := entry.dues.get(clock.name)) is not None:
            rows.append((f"{clock.label}期限", due.isoformat(), "", "按台账或时限推算"))
    frame = pd.DataFrame(rows, columns=["栏目", "内容", "台账单元格", "文件"])
    seen_and_printed(frame, key=f"entry_{entry.id}",
                     column_config={"栏目": st.column_config.TextColumn(width=120),
                                    "内容": st.column_config.TextColumn(width=420)})  # fmt: skip
