"""Small sheets that are taken whole or not at all: rows under a heading, faults by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data_access.ledger_import.cell_text import as_text
from data_access.ledger_import.model import CellValue, Sheet


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in one cell."""

    cell: str
    heading: str
    sentence: str


def filled_rows(
    sheet: Sheet, heading: int, columns: Mapping[str, int]
) -> Iterator[tuple[int, dict[str, CellValue]]]:
    """The rows below the heading in which something stands: number on the sheet, field → value."""
    for place, cells in enumerate(sheet.rows[heading + 1 :], start=heading + 1):
        values = {
            field: cells[column] if column < len(cells) else None
            for field, column in columns.items()
        }
        if any(as_text(value) for value in values.values()):
            yield sheet.first_row + place, values
