"""What it costs to read a workbook: ours, and the bare readers beside it.

    python -m benchmarks.reading [--rows 10000]

Every reader runs in a process of its own; seconds of processor include children, memory is the
peak of each process. Prints the table of decision record 0005.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

COLUMNS = 20
_WORDS = ("东源县", "和平县", "市教育局", "市住房和城乡建设局", "已办结", "办理中", "满意")


def write_workbook(path: Path, rows: int, *, shared: bool) -> None:
    """A ledger of 20 columns: a number, five dates, four sentences, ten words."""
    import xlsxwriter

    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": not shared, "default_date_format": "yyyy-mm-dd"}
    )
    sheet = book.add_worksheet("台账")
    chance = random.Random(rows)
    sheet.write_row(0, 0, [f"列{n}" for n in range(COLUMNS)])
    for row in range(1, rows + 1):
        sheet.write_number(row, 0, row)
        for column in range(1, 6):
            sheet.write_datetime(row, column, date(2025, 1, 1) + timedelta(chance.randrange(600)))
        for column in range(6, 10):
            sheet.write_string(row, column, f"第{row}号诉求：道路积水，影响出行{chance.random()}")
        for column in range(10, COLUMNS):
            sheet.write_string(row, column, chance.choice(_WORDS))
    book.close()


def _ours(path: Path) -> int:
    from data_access.ledger_import.workbook import open_ledger

    return len(open_ledger(path.read_bytes(), path.name).sheets[0].rows)


def _calamine(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return sum(1 for _ in sheet.iter_rows())


def _openpyxl_streaming(path: Path) -> int:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))


def _openpyxl_whole(path: Path) -> int:
    import openpyxl

    return sum(1 for _ in openpyxl.load_workbook(path).worksheets[0].iter_rows())


READERS: dict[str, Callable[[Path], int]] = {
    "open_ledger": _ours,
    "calamine": _calamine,
    "openpyxl read-only": _openpyxl_streaming,
    "openpyxl": _openpyxl_whole,
}


def _apart(*arguments: str) -> str:
    """What this program prints in a process of its own: a peak of memory is inherited."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading", *arguments],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return told.stdout


def _measure(reader: str, path: Path) -> str:
    began = time.monotonic()
    rows = READERS[reader](path)
    wall = time.monotonic() - began
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(one.ru_utime + one.ru_stime for one in spent)
    peaks = " + ".join(f"{one.ru_maxrss // 1024}" for one in spent if one.ru_maxrss)
    return f"| {reader} | {rows} | {wall:.1f} | {seconds:.1f} | {peaks} |\n"


def main() -> None:
    """Print the table, or one of its lines."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--rows", type=int, default=10_000)
    wanted.add_argument("--reader", choices=READERS, help=argparse.SUPPRESS)
    wanted.add_argument("--write", choices=("inline", "shared"), help=argparse.SUPPRESS)
    wanted.add_argument("path", nargs="?", type=Path, help=argparse.SUPPRESS)
    told = wanted.parse_args()
    if told.reader:
        sys.stdout.write(_measure(told.reader, told.path))
        return
    if told.write:
        write_workbook(told.path, told.rows, shared=told.write == "shared")
        return
    with tempfile.TemporaryDirectory() as folder:
        for form in ("inline", "shared"):
            path = Path(folder) / f"{form}.xlsx"
            _apart("--write", form, "--rows", str(told.rows), str(path))
            sys.stdout.write(f"\n{form} strings, {told.rows} x {COLUMNS}\n\n")
            sys.stdout.write("| reader | rows | wall s | CPU s | peak MB, self + child |\n")
            sys.stdout.write("|---|---|---|---|---|\n")
            for reader in READERS:
                sys.stdout.write(_apart("--reader", reader, str(path)))
                sys.stdout.flush()


if __name__ == "__main__":
    main()
