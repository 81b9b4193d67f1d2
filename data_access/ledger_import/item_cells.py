"""The cells of one item: merges filled down, several rows of measures joined."""

from __future__ import annotations

from collections.abc import Mapping

from data_access.ledger_import.cell_text import as_text, column_letter
from data_access.ledger_import.found_sections import Item
from data_access.ledger_import.grid import Grid
from data_access.ledger_import.model import CellValue

_IN_ITS_ROW: Mapping[int, int] = {}


def item_values(grid: Grid, item: Item, columns: dict[int, str | None]) -> list[CellValue]:
    """One value per column: merged cells filled down, several rows of one item joined."""
    first = item.rows[0]
    cells = grid.rows[first]
    down = grid.down.get(first)
    if down is None and len(item.rows) == 1:
        return cells
    values = list(cells)
    for column, anchor in (down or {}).items():
        values += [None] * (column + 1 - len(values))
        if values[column] is None:
            values[column] = grid.value(anchor, column)
    for column, name in columns.items():
        if name is not None and len(item.rows) > 1:
            values += [None] * (column + 1 - len(values))
            values[column] = _over_rows(grid, item, column, values[column])
    return values


def written_rows(grid: Grid, item: Item) -> Mapping[int, int]:
    """Column → row number of each value that is written elsewhere than in the item's first row:
    at the top of a merged cell, or further down in an item of several rows.
    """
    first = item.rows[0]
    down = grid.down.get(first)
    if down is None and len(item.rows) == 1:
        return _IN_ITS_ROW
    rows = {
        column: grid.row_number(anchor)
        for column, anchor in (down or {}).items()
        if grid.value(first, column) is None
    }
    for row in item.rows[1:]:
        for column, value in enumerate(grid.rows[row]):
            if column not in rows and value is not None and grid.value(first, column) is None:
                rows[column] = grid.row_number(row)
    return rows


def written_places(written: Mapping[int, int], cells: Mapping[str, str]) -> Mapping[str, str]:
    """The same references, to the cells in which the values are written."""
    if not written:
        return cells
    rows = {column_letter(column): row for column, row in written.items()}
    places = {}
    for name, cell in cells.items():
        letter = cell.rstrip("0123456789")
        places[name] = f"{letter}{rows[letter]}" if letter in rows else cell
    return places


def _over_rows(grid: Grid, item: Item, column: int, value: CellValue) -> CellValue:
    more = [grid.value(row, column) for row in item.rows[1:]]
    found = [v for v in (value, *more) if v is not None and v != ""]
    if len(found) < 2:
        return found[0] if found else None
    texts = list(dict.fromkeys(as_text(v) for v in found))
    return found[0] if len(texts) == 1 else "\n".join(texts)
