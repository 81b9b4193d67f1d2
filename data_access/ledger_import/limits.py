"""How much of a file is taken on; every limit is a setting with a stated default."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one file and of the child process that opens it."""

    file_bytes: int = 50 * MB
    unpacked_bytes: int = 300 * MB
    rows: int = 200_000
    """Filled rows of all visible sheets together, and the last row that may be filled."""
    columns: int = 500
    """The last column that may be filled."""
    cells: int = 6_000_000
    """Cells up to the last filled one of each row, all visible sheets together."""
    cell_text: int = 32_767
    """Characters of one cell: what a spreadsheet itself allows."""
    merges: int = 200_000
    """Merged ranges of all visible sheets together."""
    entries: int = 2_000
    """Parts inside a workbook."""
    ratio: int = 100
    """Unpacked to packed, looked at above `ratio_from_bytes`."""
    ratio_from_bytes: int = 10 * MB
    child_bytes: int = 600 * MB
    child_cpu_seconds: int = 60
    child_wall_seconds: int = 90
    judging_cpu_seconds: int = 120
    """An honest ledger of 200,000 rows takes an eighth of it."""
    memory_bytes: int = 600 * MB
    """Of the server, for one ledger opened and judged; an honest one of 200,000 rows takes four
    fifths of it."""
    faults: int = 1_000_000
    """Told at their cells; an honest ledger of 200,000 rows with several in each has fewer."""
    answer_bytes: int = 300 * MB
    """What the child may hand back."""
