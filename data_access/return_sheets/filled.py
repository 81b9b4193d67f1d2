"""A 回访表 or 反馈表 that came back, as its cells: recognised by itself, nothing judged yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from data_access.ledger_import.cell_text import as_text, cell_name, compact
from data_access.ledger_import.model import CellValue, LedgerRefused, Sheet, Workbook
from supervision.return_sheets import (
    CHECK,
    CHECK_HEADING,
    FILLED,
    FIXED,
    CheckCode,
    ReturnSheet,
    check_code,
)

_HIGHEST_HEADING = 12
_MAY_LACK = frozenset({"feedback_on"})
"""A department's own list has no such column: its feedback is of the day it is sent."""
_NO_CODE = (
    "这份{kind}缺少“校验码”一列，无法认出每一行是哪件事项。请用从本系统导出的{kind}填写，"
    "填写时不要删除隐藏的列。"
)


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row below the heading: its code (None: missing or changed) and the cells filled in."""

    sheet: str
    row: int
    code: CheckCode | None
    number: str
    values: dict[str, CellValue]
    """Name of a filled column → its cell; blank cells are absent."""
    cells: dict[str, str]
    """Name of a column → its cell, as Q5."""


@dataclass(slots=True)
class FilledSheet:
    """The rows of every sheet of the workbook that has the headings."""

    kind: ReturnSheet
    file_name: str
    sha256: str
    date_1904: bool
    rows: list[FilledRow] = field(default_factory=list)
    headings: dict[str, tuple[int, dict[int, str]]] = field(default_factory=dict)
    """Sheet → row of its headings, and column (0-based) → name."""


def recognised(workbook: Workbook) -> ReturnSheet | None:
    """Which of our lists this is; None for a ledger."""
    for sheet in workbook.sheets:
        for kind in ReturnSheet:
            if _headed(sheet, kind) is not None:
                return kind
    return None


def filled_sheet(workbook: Workbook, kind: ReturnSheet) -> FilledSheet:
    """Every row of the list; LedgerRefused where its codes are gone."""
    filled = FilledSheet(kind, workbook.file_name, workbook.sha256, workbook.date_1904)
    for sheet in workbook.sheets:
        headed = _headed(sheet, kind)
        if headed is None:
            continue
        place, columns = headed
        if CHECK not in columns.values():
            raise LedgerRefused(_NO_CODE.format(kind=kind.label))
        filled.headings[sheet.name] = (sheet.first_row + place, columns)
        for below, cells in enumerate(sheet.rows[place + 1 :], sheet.first_row + place + 1):
            row = _row(sheet.name, below, cells, columns, kind)
            if row is not None:
                filled.rows.append(row)
    if not filled.rows:
        raise LedgerRefused(f"这份{kind.label}的表头下面没有事项。")
    return filled


def _headed(sheet: Sheet, kind: ReturnSheet) -> tuple[int, dict[int, str]] | None:
    """Place of the heading among the sheet's rows, column → name; by its code column, or by all
    the columns to fill in where that was deleted and the title says what it was."""
    wanted = {compact(column.heading): column.name for column in (*FIXED[kind], *FILLED[kind])}
    wanted[compact(CHECK_HEADING)] = CHECK
    titled = False
    for place, cells in enumerate(sheet.rows[:_HIGHEST_HEADING]):
        texts = [compact(as_text(value)) for value in cells]
        titled = titled or any(text.endswith(kind.label) for text in texts[:1])
        columns = {n: wanted[text] for n, text in enumerate(texts) if text in wanted}
        names = set(columns.values())
        if {column.name for column in FILLED[kind]} - _MAY_LACK <= names and (
            CHECK in names or titled
        ):
            return place, columns
    return None


def _row(
    sheet: str, number: int, cells: list[CellValue], columns: dict[int, str], kind: ReturnSheet
) -> FilledRow | None:
    said = {
        name: cells[column]
        for column, name in columns.items()
        if column < len(cells) and as_text(cells[column])
    }
    to_fill = {column.name for column in FILLED[kind]}
    values = {name: value for name, value in said.items() if name in to_fill}
    code = as_text(said.get(CHECK))
    if not code and not values:
        return None
    return FilledRow(
        sheet, number, check_code(code), as_text(said.get("number")), values,
        {name: cell_name(number, column) for column, name in columns.items()},
    )  # fmt: skip
