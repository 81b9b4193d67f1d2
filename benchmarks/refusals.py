"""How long it takes to refuse a hostile file: every file that the tests of the gate know.

    python -m benchmarks.refusals [--slowest 8]

Some are refused by their container before anything is unpacked, the others by the reading child.
Seconds are one run each, from the bytes to the sentence; the start of the child is in them.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time

from benchmarks.stores import machine
from data_access.ledger_import.gate import container_of
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import LedgerRefused
from data_access.ledger_import.workbook import open_ledger
from tests.data_access.ledger_import.hostile_files import FILES


def _refused_by_container(data: bytes, name: str) -> bool:
    try:
        container_of(data, name, Limits())
    except LedgerRefused:
        return True
    return False


def main() -> None:
    """Print the table."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--slowest", type=int, default=8)
    told = wanted.parse_args()
    spent: dict[str, list[tuple[float, str]]] = {"the container check": [], "the reading child": []}
    for file in FILES:
        data = file.data()
        began = time.monotonic()
        try:
            open_ledger(data, file.file_name)
        except LedgerRefused:
            seconds = time.monotonic() - began
            by = _refused_by_container(data, file.file_name)
            spent["the container check" if by else "the reading child"].append((seconds, file.name))
    sys.stdout.write(
        f"{machine()}\n\n| refused by | files | median s | worst s |\n|---|---|---|---|\n"
    )
    for by, runs in spent.items():
        times = [seconds for seconds, _ in runs]
        sys.stdout.write(
            f"| {by} | {len(times)} | {statistics.median(times):.2f} | {max(times):.2f} |\n"
        )
    slowest = sorted((run for runs in spent.values() for run in runs), reverse=True)
    named = ", ".join(f"{name} {seconds:.1f} s" for seconds, name in slowest[: told.slowest])
    sys.stdout.write(f"\nThe slowest: {named}\n")


if __name__ == "__main__":
    main()
