"""What the readers of cells take for cells of a thousand signs that were made to be slow.

    python -m benchmarks.long_cells

Milliseconds of processor per cell, in the middle and at worst. A ledger may have a hundred
thousand rows of such cells.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date

from benchmarks.stores import machine

AS_OF = date(2026, 11, 25)
HARD = [
    "(", "（a", "[a]", " ", "a ", "、", "市教育局和", "和", "a和", "牵头", "牵头单位:", " 牵头:",
    "会同", "按职责", "市教育局", "一", "一二三", "十", "十十月", "年", "1年", "1月", "2026-1-1 ",
    "1-", "1.", "123 ", "镇", "街", "船塘镇", "源城区", "×", "ﷺ", "138", "0762-", "a@b.", "证",
    "联系人", "李四,",
]  # fmt: skip
"""What a cell is made of: each alone, beside another one, and in turns with it."""


def hard_cells() -> Iterator[str]:
    """Cells of a thousand signs."""
    for n, sign in enumerate(HARD):
        other = HARD[(n * 7 + 3) % len(HARD)]
        yield (sign * 1000)[:1000]
        yield (sign * 500)[:500] + (other * 500)[:500]
        yield ((sign + other) * 500)[:1000]


def readers() -> dict[str, Callable[[str], object]]:
    """Everything that reads a cell of text."""
    from data_access.ledger_import import headings, personal
    from data_access.ledger_import.dates import DateReader
    from data_access.ledger_import.department_names import NameBook
    from data_access.ledger_import.departments import DepartmentReader
    from data_access.ledger_import.gazetteer import Gazetteer
    from data_access.ledger_import.places import PlaceReader
    from data_access.ledger_import.readers import reporter_names
    from data_access.registers import shipped_registers

    registers = shipped_registers()
    units = DepartmentReader(NameBook(registers, on=AS_OF))
    places = PlaceReader(Gazetteer(registers))
    dates = DateReader(year=2026, as_of=AS_OF)
    return {
        "units": lambda text: units.read(text, "lead"),
        "dates": dates.read,
        "townships": lambda text: places.read("", text, "", "", None),
        "addresses": lambda text: places.read("", "", "", text, None),
        "personal": personal.masked,
        "headings": headings.alone,
        "names": reporter_names,
    }


def _milliseconds(read: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    read(text)
    return (time.process_time() - begun) * 1000


def main() -> None:
    """Print the table."""
    sys.stdout.write(f"{machine()}\n\n| reader | median ms | worst ms |\n|---|---|---|\n")
    for name, read in readers().items():
        spent = [_milliseconds(read, text) for text in hard_cells()]
        sys.stdout.write(f"| {name} | {statistics.median(spent):.2f} | {max(spent):.1f} |\n")


if __name__ == "__main__":
    main()
