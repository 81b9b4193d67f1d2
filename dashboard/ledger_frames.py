"""A judged ledger as the page shows it: sheets, columns, faults, and names to be decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from dashboard.acts import (
    FIELD_WORDS,
    CellValue,
    Flag,
    Hints,
    JudgedLedger,
    Section,
    Sheet,
    Workbook,
    column_letter,
    masked_text,
)
from dashboard.parts.ledger_tables import cell_place, row_place, without_place
from dashboard.parts.ledger_views import NOT_TAKEN, ColumnView, Problems, Question, SheetView
from dashboard.reads import Choices
from supervision.vocabulary import LedgerStatus, Satisfaction, Severity

MOST_SHOWN = 1_000
"""Rows of a table on the page; the marked workbook has them all."""
PREVIEW_ROWS, PREVIEW_COLUMNS = 12, 40
MOST_QUESTIONS = 12
MOST_COLUMNS = 100
_SAMPLES, _LONGEST_SAMPLE = 3, 40
_UNKNOWN_DEPARTMENT = frozenset({"department-unknown", "department-collective"})
_UNKNOWN_TOWNSHIP = frozenset({"township-doubtful", "county-township-contradiction"})
# The reader of departments repeats a name it does not know between these quotes.
_NAME = re.compile("）“([^“”]{1,60})”(?:不在|没有)")

FIELD_OF = {
    **{word: name for name, word in FIELD_WORDS.items()},
    **{f"打勾：{level.label}": f"status:{level.value}" for level in LedgerStatus},
    **{f"打勾：{level.label}": f"satisfaction:{level.value}" for level in Satisfaction},
}
"""What a person can choose for a column → the field it means."""
_WORD_OF = {name: word for word, name in FIELD_OF.items()}

FLAG_COLUMNS = ("place", "message", "candidates", "field", "number")


def sheet_views(workbook: Workbook, judged: JudgedLedger | None, hints: Hints) -> list[SheetView]:
    """Every visible sheet; without a verdict its first rows, and the header a person named."""
    if judged is None:
        return [_unjudged(sheet, hints) for sheet in workbook.sheets]
    raw = {(row.sheet, row.row): row.cells for row in judged.raw_rows}
    items = Counter(row.source.sheet for row in judged.rows)
    sections: dict[str, Section] = {}
    for part in judged.sections:
        sections.setdefault(part.sheet, part)
    return [
        SheetView(
            name=sheet.name,
            rows=len(sheet.rows),
            items=items[sheet.name],
            taken=_is_taken(sheet, hints),
            header_rows=sections[sheet.name].header_rows if sheet.name in sections else (),
            first_row=sheet.first_row,
            columns=_columns(sections[sheet.name], raw) if sheet.name in sections else (),
            preview=_preview(sheet),
        )
        for sheet in workbook.sheets
    ]


def _is_taken(sheet: Sheet, hints: Hints) -> bool:
    return hints.sheets is None or sheet.name in hints.sheets


def _unjudged(sheet: Sheet, hints: Hints) -> SheetView:
    """A sheet of a refused ledger: its columns are offered where its header was named."""
    header = hints.header_rows.get(sheet.name, ())
    return SheetView(
        name=sheet.name,
        rows=len(sheet.rows),
        items=0,
        taken=_is_taken(sheet, hints),
        header_rows=header,
        first_row=sheet.first_row,
        columns=_named_columns(sheet, header, hints.mapping.get(sheet.name, {})),
        preview=_preview(sheet),
    )


def _named_columns(
    sheet: Sheet, header: tuple[int, ...], chosen: Mapping[int, str | None]
) -> tuple[ColumnView, ...]:
    places = [row - sheet.first_row for row in header]
    heads = [sheet.rows[place] for place in places if 0 <= place < len(sheet.rows)]
    if not heads:
        return ()
    below = sheet.rows[places[-1] + 1 :][:PREVIEW_ROWS]
    width = min(max(map(len, heads)), MOST_COLUMNS)
    return tuple(
        ColumnView(
            column=column,
            letter=column_letter(column),
            heading="/".join(
                dict.fromkeys(filter(None, (masked_text(_at(row, column)) for row in heads)))
            ),
            samples=_samples(masked_text(_at(row, column)) for row in below),
            meaning=_WORD_OF.get(chosen.get(column) or "", NOT_TAKEN),
            to_check=False,
        )
        for column in range(width)
    )


def _at(row: list[CellValue], column: int) -> CellValue:
    return row[column] if column < len(row) else None


def _columns(
    section: Section, raw: dict[tuple[str, int], dict[str, str]]
) -> tuple[ColumnView, ...]:
    rows = range(section.first_row, min(section.last_row, section.first_row + 200) + 1)
    cells = [raw.get((section.sheet, row), {}) for row in rows]
    return tuple(
        ColumnView(
            column=column,
            letter=column_letter(column),
            heading=section.headings.get(column, ""),
            samples=_samples(row.get(column_letter(column), "") for row in cells),
            meaning=_WORD_OF.get(field or "", NOT_TAKEN),
            to_check=column in section.asked,
        )
        for column, field in sorted(section.mapping.items())
    )


def _samples(texts: Iterable[str]) -> tuple[str, str, str]:
    found = list(dict.fromkeys(text[:_LONGEST_SAMPLE] for text in texts if text))[:_SAMPLES]
    first, second, third = [*found, "", "", ""][:_SAMPLES]
    return first, second, third


def _preview(sheet: Sheet) -> pd.DataFrame:
    width = min(max((len(row) for row in sheet.rows[:PREVIEW_ROWS]), default=0), PREVIEW_COLUMNS)
    letters = [column_letter(column) for column in range(width)]
    rows = [
        [sheet.first_row + place, *(masked_text(_at(row, column)) for column in range(width))]
        for place, row in enumerate(sheet.rows[:PREVIEW_ROWS])
    ]
    return pd.DataFrame(rows, columns=["行", *letters])


def problems(judged: JudgedLedger, flags: Sequence[Flag], names: Choices) -> Problems:
    """Faults (`flags`) by severity, the worst first, and the names a person can settle here."""
    return Problems(
        by_severity={
            severity.label: flag_frame(
                [flag for flag in flags if flag.severity == severity][:MOST_SHOWN]
            )
            for severity in Severity
        },
        counts={
            severity.label: sum(flag.severity == severity for flag in flags)
            for severity in Severity
        },
        left_out=pd.DataFrame(
            [(row_place(left.sheet, left.row), left.reason) for left in judged.left_out],
            columns=["place", "reason"],
        ),
        questions=tuple(_questions(judged, names)),
    )


def flag_frame(flags: Iterable[Flag]) -> pd.DataFrame:
    """Faults as FLAG_COLUMNS."""
    return pd.DataFrame(
        [
            (
                _flag_place(flag),
                without_place(flag.message, flag.sheet, flag.cell),
                "、".join(flag.candidates),
                FIELD_WORDS.get(flag.field or "", ""),
                flag.number,
            )
            for flag in flags
        ],
        columns=list(FLAG_COLUMNS),
    )


def _flag_place(flag: Flag) -> str:
    if flag.cell:
        return cell_place(flag.sheet, flag.cell)
    return row_place(flag.sheet, flag.row) if flag.row else flag.sheet


def _questions(judged: JudgedLedger, names: Choices) -> list[Question]:
    asked: dict[tuple[str, str], list[Flag]] = {}
    raw = {(row.sheet, row.row): row.cells for row in judged.raw_rows}
    for flag in judged.flags:
        kind = _kind_of(flag)
        printed = _printed(flag, raw) if kind else ""
        if kind == "townships":
            printed = _without_county(printed, names)
        if printed:
            asked.setdefault((kind, printed), []).append(flag)
    most_first = sorted(asked.items(), key=lambda entry: -len(entry[1]))
    return [
        _question(kind, printed, flags, names)
        for (kind, printed), flags in most_first[:MOST_QUESTIONS]
    ]


def _kind_of(flag: Flag) -> str:
    if flag.code in _UNKNOWN_DEPARTMENT:
        return "departments"
    if flag.code in _UNKNOWN_TOWNSHIP and flag.field == "township":
        return "townships"
    return ""


def _printed(flag: Flag, raw: dict[tuple[str, int], dict[str, str]]) -> str:
    """The name as the ledger prints it: what the message repeats, else the whole cell."""
    quoted = _NAME.search(flag.message) if flag.code in _UNKNOWN_DEPARTMENT else None
    if quoted:
        return quoted[1]
    if flag.row is None or flag.cell is None:
        return ""
    text = raw.get((flag.sheet, flag.row), {}).get(flag.cell.rstrip("0123456789"), "")
    # A masked text is not what the ledger prints: an answer to it would find no cell.
    return text if len(text) <= _LONGEST_SAMPLE and "*" not in text else ""


def _without_county(printed: str, names: Choices) -> str:
    """船塘 of 东源县船塘: a place is recognised by what stands after its county."""
    plain = "".join(printed.split())
    county = next((name for name in names.units.values() if plain.startswith(name)), "")
    return plain.removeprefix(county)


def _question(kind: str, printed: str, flags: list[Flag], names: Choices) -> Question:
    if kind == "departments":
        register = {name: name for name in names.departments.values()}
    else:
        register = {
            f"{code:09d}": f"{names.units[unit]}{name}"
            for code, (name, unit) in names.townships.items()
        }
    value_of = {words: value for value, words in register.items()}
    likely = dict.fromkeys(words for flag in flags for words in flag.candidates)
    offered = {value_of[words]: words for words in likely if words in value_of}
    return Question(kind, printed, len(flags), {**offered, **register}, len(offered))
