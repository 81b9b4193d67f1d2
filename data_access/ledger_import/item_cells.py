"""The cells of one item: merges filled down, several rows of measures joined."""

from __future__ import annotations

from collections.abc import Mapping

from data_access.ledger_import.cell_text import as_text, column_letter
from data_access.ledger_import.found_sections import Item
from data_access.ledger_import.grid import Grid
from data_access.ledger_import.model import CellValue


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


def merged_places(grid: Grid, item: Item, cells: Mapping[str, str]) -> Mapping[str, str]:
    """The same references, of a value filled down from a merged cell to where it is written."""
    first = item.rows[0]
    anchors = {
        column_letter(column): grid.row_number(anchor)
        for column, anchor in grid.down.get(first, {}).items()
        if grid.value(first, column) is None
    }
    if not anchors:
        return cells
    places = {}
    for name, cell in cells.items():
        letter = cell.rstrip("0123456789")
        places[name] = f"{letter}{anchors[letter]}" if letter in anchors else cell
    return places


def _over_rows(grid: Grid, item: Item, column: int, value: CellValue) -> CellValue:
    more = [grid.value(row, column) for row in item.rows[1:]]
    found = [v for v in (value, *more) if v is not None and v != ""]
    if len(found) < 2:
        return found[0] if found else None
    texts = list(dict.fromkeys(as_text(v) for v in found))
    return found[0] if len(texts) == 1 else "\n".join(texts)
