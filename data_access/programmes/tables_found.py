"""Where a programme's ledger stands in a workbook: the heading row and what each column means."""

from __future__ import annotations

from dataclasses import dataclass

from data_access.ledger_import.cell_text import as_text, compact
from data_access.ledger_import.grid import Grid
from data_access.ledger_import.model import LedgerRefused, Workbook
from supervision.programmes import Programme

HIGHEST_HEADING, TITLE_ROWS = 20, 3
_NEEDED_MARK = "*＊"


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A sheet's table: its heading row (0-based in the grid), column → name of a field."""

    grid: Grid
    heading: int
    columns: dict[int, str]


def found_tables(programme: Programme, workbook: Workbook) -> list[FoundTable]:
    """Every sheet that has all needed headings; LedgerRefused tells what is missing."""
    wanted = {
        compact(heading): one.name
        for one in programme.fields
        for heading in (one.label, *one.words)
    }
    needed = {one.name for one in programme.fields if one.needed}
    tables, nearest = [], FoundTable(Grid(workbook.sheets[0]), 0, {})
    for sheet in workbook.sheets:
        best = _best(Grid(sheet), wanted)
        if needed <= set(best.columns.values()) and best.columns:
            tables.append(best)
        elif len(best.columns) > len(nearest.columns):
            nearest = best
    if not tables:
        raise LedgerRefused(_missing(programme, nearest))
    return tables


def is_titled_so(programme: Programme, workbook: Workbook) -> bool:
    """Whether a workbook calls itself this programme's ledger and has its needed headings."""
    title = compact(programme.ledger_title)
    titled = any(
        title in compact(as_text(value))
        for sheet in workbook.sheets for row in sheet.rows[:TITLE_ROWS] for value in row[:2]
    )  # fmt: skip
    if not titled:
        return False
    try:
        return bool(found_tables(programme, workbook))
    except LedgerRefused:
        return False


def _best(grid: Grid, wanted: dict[str, str]) -> FoundTable:
    found = FoundTable(grid, 0, {})
    for row in range(min(len(grid.rows), HIGHEST_HEADING)):
        columns: dict[int, str] = {}
        for column, value in enumerate(grid.rows[row]):
            name = wanted.get(compact(as_text(value)).strip(_NEEDED_MARK))
            if name is not None and name not in columns.values():
                columns[column] = name
        if len(columns) > len(found.columns):
            found = FoundTable(grid, row, columns)
    return found


def _missing(programme: Programme, nearest: FoundTable) -> str:
    there = set(nearest.columns.values())
    missing = [one.label for one in programme.fields if one.needed and one.name not in there]
    if not there:
        return (
            f"没有找到{programme.ledger_title}的表头：要有“{'”“'.join(missing)}”这几栏，"
            "请下载模板填写后重新上传。"
        )
    at = nearest.grid
    return (
        f"工作表“{at.sheet.name}”第{at.row_number(nearest.heading)}行的表头缺少"
        f"“{'”“'.join(missing)}”，请补上后重新上传，或下载模板填写。"
    )
