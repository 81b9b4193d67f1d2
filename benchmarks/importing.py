"""What it costs to import a ledger: reading, judging, storing, each beside the bare thing.

    python -m benchmarks.importing [--rows 10000 100000] [--engines SQLite PostgreSQL] [--times 3]
                                   [--no-residents]

As in a real office the ledger has a key to be sealed with and columns of residents: name, phone
and address. `--no-residents` leaves these three of 23 columns out.
Bare reading is python-calamine over the same file. Bare writing puts the very rows that the
import stored into a second empty store, in bulk and in one transaction, from ready tuples.
Every time is the median of `--times` runs, each in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, delete, insert, select

from benchmarks.stores import ENGINES, apart, fresh_store, machine, places

AS_OF = date(2026, 11, 20)
Answer = TypeVar("Answer")
HEAD = (
    "| engine | rows | reading s | judging s | storing s | whole s | rows/s | bare reading s"
    " | bare writing s | whole ÷ bare reading | storing ÷ bare writing | peak MB, self + child |"
)


def _timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    began = time.perf_counter()
    answer = work()
    return time.perf_counter() - began, answer


def import_once(path: Path, url: str) -> dict[str, float]:
    """Seconds of each part and the peaks of memory, in this process."""
    from data_access.database import open_engine
    from data_access.ledger_import.apply import store_import
    from data_access.ledger_import.limits import Limits
    from data_access.ledger_import.model import Workbook
    from data_access.ledger_import.receive import judged_workbook
    from data_access.ledger_import.workbook import open_ledger
    from data_access.privacy.key_place import KeyPlace
    from data_access.privacy.keys import new_key
    from data_access.sample import IMPORTER
    from data_access.store import prepare

    engine, keys = open_engine(url), KeyPlace(told=new_key())
    prepare(engine)
    opened: list[Workbook] = []
    reading, _ = _timed(
        lambda: opened.append(open_ledger(path.read_bytes(), path.name, limits=Limits()))
    )
    judging, judged = _timed(lambda: judged_workbook(opened.pop(), as_of=AS_OF, engine=engine))
    storing, _ = _timed(
        lambda: store_import(engine, judged, viewer=IMPORTER, as_of=AS_OF, keys=keys)
    )
    return {"reading": reading, "judging": judging, "storing": storing, **_peaks()}


def _peaks() -> dict[str, float]:
    return {
        "self": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "child": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def read_bare(path: Path) -> dict[str, float]:
    """Every cell of the file through python-calamine."""
    from python_calamine import CalamineWorkbook

    def read() -> int:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        return sum(len(row) for row in sheet.iter_rows())

    return {"bare reading": _timed(read)[0]}


def write_bare(filled: str, empty: str) -> dict[str, float]:
    """The rows of a filled store into an empty one: bulk inserts, one transaction."""
    from data_access.bulk import insert_rows
    from data_access.database import open_engine, transaction
    from data_access.store import prepare

    source, engine = open_engine(filled), open_engine(empty)
    prepare(engine)
    tables = _imported_rows(source)

    def write() -> None:
        with transaction(engine) as change:
            for table, rows in tables:
                columns = [column.name for column in table.columns]
                insert_rows(change.connection, table, columns, rows)

    _copy_words(source, engine)
    return {"bare writing": _timed(write)[0]}


def _copy_words(source: Engine, engine: Engine) -> None:
    """Sessions and dictionary words that the ledger named for the first time: not rows of it."""
    from data_access.database import transaction
    from data_access.schema.registers import face_to_face_sessions, terms

    with source.connect() as read, transaction(engine) as change:
        for table in (face_to_face_sessions, terms):
            change.connection.execute(delete(table))
            words = [dict(row) for row in read.execute(select(table)).mappings()]
            if words:
                change.connection.execute(insert(table), words)


def _imported_rows(source: Engine) -> list[tuple[Any, list[tuple[Any, ...]]]]:
    from data_access.schema import accounts, imports, items
    from data_access.schema.base import audit

    order = (
        imports.import_batches, items.items, items.item_texts, items.rounds,
        items.round_co_departments, items.feedback, items.callbacks, items.look_backs,
        items.leader_instructions, items.extensions, imports.import_sections, imports.raw_rows,
        imports.provenance, audit, imports.import_flags, accounts.personal_data,
    )  # fmt: skip
    with source.connect() as connection:
        return [
            (table, [tuple(row) for row in connection.execute(select(table))]) for table in order
        ]


def _line(engine: str, rows: int, seconds: dict[str, float]) -> str:
    parts = [seconds[name] for name in ("reading", "judging", "storing")]
    whole = sum(parts)
    told = [
        engine, f"{rows:,}", *(f"{part:.1f}" for part in (*parts, whole)), f"{rows / whole:,.0f}",
        f"{seconds['bare reading']:.1f}", f"{seconds['bare writing']:.1f}",
        f"{whole / seconds['bare reading']:.1f}", f"{parts[2] / seconds['bare writing']:.1f}",
        f"{seconds['self']:.0f} + {seconds['child']:.0f}",
    ]  # fmt: skip
    return "| " + " | ".join(told) + " |\n"


def _measured(engine: str, place: str, path: Path, times: int) -> dict[str, float]:
    runs = []
    for _ in range(times):
        run: dict[str, float] = {}
        with fresh_store(engine, place) as filled, fresh_store(engine, place) as empty:
            for step in (["--once", filled], ["--read-bare"], ["--write-bare", filled, empty]):
                run |= json.loads(apart("benchmarks.importing", *step, "--file", str(path)))
        runs.append(run)
    return {part: statistics.median(run[part] for run in runs) for part in runs[0]}


def main() -> None:
    """Print the table, or one measurement as JSON."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    wanted.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    wanted.add_argument("--times", type=int, default=3)
    wanted.add_argument("--residents", action=argparse.BooleanOptionalAction, default=True)
    wanted.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    wanted.add_argument("--once", help=argparse.SUPPRESS)
    wanted.add_argument("--read-bare", action="store_true", help=argparse.SUPPRESS)
    wanted.add_argument("--write-bare", nargs=2, help=argparse.SUPPRESS)
    told = wanted.parse_args()
    if told.once:
        sys.stdout.write(json.dumps(import_once(told.file, told.once)))
    elif told.read_bare:
        sys.stdout.write(json.dumps(read_bare(told.file)))
    elif told.write_bare:
        sys.stdout.write(json.dumps(write_bare(*told.write_bare)))
    else:
        _table(told.rows, told.engines, told.times, residents=told.residents)


def _table(sizes: list[int], engines: list[str], times: int, *, residents: bool) -> None:
    from sample_data.large import write_large

    sys.stdout.write(f"{machine()}; medians of {times}\n\n{HEAD}\n{'|---' * 12}|\n")
    with tempfile.TemporaryDirectory() as folder, places(engines) as found:
        for rows in sizes:
            path = write_large(
                Path(folder) / f"{rows}.xlsx", rows=rows, seed=1, residents=residents
            )
            for name, place in found.items():
                sys.stdout.write(_line(name, rows, _measured(name, place, path, times)))
                sys.stdout.flush()


if __name__ == "__main__":
    main()
