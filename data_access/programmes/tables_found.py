"""Where a programme's ledger stands in a workbook: the heading row and what each column means."""

from __future__ import annotations

from dataclasses import dataclass

from data_access.ledger_import.cell_text import as_text, compact, without_brackets
from data_access.ledger_import.grid import Grid
from data_access.ledger_import.model import LedgerRefused, Workbook
from supervision.programmes import FieldKind, Programme

HIGHEST_HEADING, TITLE_ROWS, MOST_HEADING_ROWS = 20, 3, 3
_NEEDED_MARK = "*＊"


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A sheet's table: the last row of its heading (0-based in the grid), column → name of a
    field."""

    grid: Grid
    heading: int
    columns: dict[int, str]

    def has(self, name: str) -> bool:
        """Whether a column tells this field."""
        return name in self.columns.values()


def found_tables(programme: Programme, workbook: Workbook) -> list[FoundTable]:
    """Every sheet that has all needed headings; LedgerRefused tells what is missing.

    The county may stand above the table, in the sheet's name or in that of the file: its column
    is not asked for here. Where no sheet has a column of numbers, those that lack nothing else
    are taken: numbers can be made of their titles.
    """
    wanted = headings_known(programme)
    needed = {
        one.name for one in programme.fields if one.needed and one.kind is not FieldKind.COUNTY
    }
    unnumbered, titles = _without_number(programme, needed)
    tables, others = [], []
    nearest = FoundTable(Grid(workbook.sheets[0]), 0, {})
    for sheet in workbook.sheets:
        best = _best(Grid(sheet), wanted)
        if needed <= set(best.columns.values()) and best.columns:
            tables.append(best)
            continue
        if titles and unnumbered | titles <= set(best.columns.values()):
            others.append(best)
        if len(best.columns) > len(nearest.columns):
            nearest = best
    if not tables and not others:
        raise LedgerRefused(missing_told(programme, nearest))
    return tables or others


def _without_number(programme: Programme, needed: set[str]) -> tuple[set[str], set[str]]:
    """The needed columns but the number's, and those of titles."""
    names = {
        kind: {one.name for one in programme.fields if one.kind is kind}
        for kind in (FieldKind.NUMBER, FieldKind.TITLE)
    }
    return needed - names[FieldKind.NUMBER], names[FieldKind.TITLE]


def headings_known(programme: Programme) -> dict[str, str]:
    """Heading as it is compared → name of the field."""
    return {
        compact(heading): one.name
        for one in programme.fields
        for heading in (one.label, *one.words)
    }


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
        for height in range(1, MOST_HEADING_ROWS + 1):
            levels = grid.header_texts(row, height)
            if len(levels) < height:
                break
            columns: dict[int, str] = {}
            for column, told in enumerate(zip(*levels, strict=True)):
                name = _field_of([text for text in told if text], wanted)
                if name is not None and name not in columns.values():
                    columns[column] = name
            if len(columns) > len(found.columns):
                found = FoundTable(grid, row + height - 1, columns)
    return found


def _field_of(levels: list[str], wanted: dict[str, str]) -> str | None:
    """By the lowest words of a heading, or by all of them: 走访 above 日期 is 走访日期."""
    plain = [compact(text).strip(_NEEDED_MARK) for text in dict.fromkeys(levels)]
    candidates = [*plain[::-1], "".join(plain)]
    # 化解日期(年月日), 救助金额(元)*: how it is to be filled in is no part of its name.
    candidates += [without_brackets(text).strip(_NEEDED_MARK) for text in candidates]
    return next((wanted[text] for text in candidates if text in wanted), None)


def missing_told(programme: Programme, nearest: FoundTable) -> str:
    """The one sentence that refuses a file in which needed headings are missing."""
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
