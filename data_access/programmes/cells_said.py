"""What each row of a programme's table says, field by field: merged cells, 同上, percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data_access.ledger_import.cell_text import as_text, compact, is_ditto
from data_access.ledger_import.model import CellValue
from data_access.ledger_import.row_kinds import left_out_reason
from data_access.programmes.line_cells import is_blank
from data_access.programmes.tables_found import FoundTable, headings_known
from supervision.programmes import FieldKind, Programme

Said = dict[str, CellValue]
_SECTION = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:部分)?[、.．]|[(（][一二三四五六七八九十]{1,3}[)）])"
)
_SUBTOTAL = re.compile(r".{0,12}(?:合计|小计|总计|共计)(?:[(（].{0,12}[)）])?[:：]?")


def rows_said(programme: Programme, table: FoundTable) -> Iterator[tuple[int, Said]]:
    """Row (0-based in the grid) → what it says of each field; rows that are no entry left out."""
    titles = {one.name for one in programme.fields if one.kind is FieldKind.TITLE}
    wanted, above = headings_known(programme), Said()
    for place in range(table.heading + 1, len(table.grid.rows)):
        said = _said(table, place)
        texts = table.grid.texts(place)
        if not said or not texts or _is_no_entry(texts, said, titles):
            continue
        if _repeats_headings(table, place, wanted):
            continue
        for name, value in said.items():
            if is_ditto(as_text(value)) and name in above:
                said[name] = above[name]
        above = said
        yield place, said


def _said(table: FoundTable, place: int) -> Said:
    found = Said()
    for column, name in table.columns.items():
        # A cell merged downwards speaks for every row it covers.
        row = table.grid.down.get(place, {}).get(column, place)
        value = table.grid.value(row, column)
        if not is_blank(value):
            found[name] = _as_printed(table, row, column, value)
    return found


def _as_printed(table: FoundTable, row: int, column: int, value: CellValue) -> CellValue:
    """0.8 in a cell of per cent is printed 80%."""
    cell = table.grid.row_number(row), column + 1
    if isinstance(value, int | float) and cell in table.grid.sheet.percent_cells:
        return f"{value * 100:.10g}%"
    return value


def _is_no_entry(texts: list[str], said: Said, titles: set[str]) -> bool:
    first = compact(texts[0])
    if _SUBTOTAL.fullmatch(first) and not titles & said.keys():
        return True
    if len(texts) == 1 and (_SECTION.match(first) or (len(said) == 1 and not titles & said.keys())):
        return True
    return left_out_reason(texts, has_content=len(said) > 1) is not None


def _repeats_headings(table: FoundTable, place: int, wanted: dict[str, str]) -> bool:
    """A printed ledger says its headings again on every page."""
    same = sum(
        wanted.get(compact(as_text(table.grid.value(place, column)))) == name
        for column, name in table.columns.items()
    )
    return same > 1
