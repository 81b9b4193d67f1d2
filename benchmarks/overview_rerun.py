"""What a rerun of 总览 costs beside the same page fed with ready frames.

    python -m benchmarks.overview_rerun [--items 100000] [--times 20]

The whole app runs in Streamlit's own script runner, in this process, again and again, for a leader
who is logged in: once as it is, once with the reads replaced by functions that hand out what they
returned before. Prints the processor milliseconds of both, taken in turns, and their ratio.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.page_reads import AS_OF, filled
from benchmarks.stores import machine
from data_access import clock
from supervision.scope import Role
from tests.looking import looks

APP = Path(__file__).parents[1] / "dashboard" / "app.py"
READS = ("change", "choices", "overview", "described_items")


def _rerun(app: Any) -> float:
    began = time.process_time()
    app.run(timeout=120)
    spent = time.process_time() - began
    assert not app.exception, "the page runs without an error"
    return spent * 1000


def _ready(read: Callable[..., Any]) -> Callable[..., Any]:
    """Hands out what `read` returned when it was first asked."""
    kept: dict[tuple[Any, ...], Any] = {}

    def ready(*asked: Any) -> Any:
        if asked not in kept:
            kept[asked] = read(*asked)
        return kept[asked]

    return ready


def measure(times: int) -> tuple[float, float]:
    """Median processor milliseconds of a rerun: as it is, and fed with ready frames."""
    from streamlit.testing.v1 import AppTest

    from dashboard import reads

    own = {name: getattr(reads, name) for name in READS}
    fed = {name: _ready(read) for name, read in own.items()}
    app = AppTest.from_file(str(APP))
    spent: dict[bool, list[float]] = {False: [], True: []}
    for n in range(2 * (times + 2)):
        ready = bool(n % 2)
        for name, read in (fed if ready else own).items():
            setattr(reads, name, read)
        spent[ready].append(_rerun(app))
    return statistics.median(spent[False][2:]), statistics.median(spent[True][2:])


def main() -> None:
    """Print one line."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--items", type=int, default=100_000)
    wanted.add_argument("--times", type=int, default=20)
    told = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/rerun.sqlite3"
        engine = filled(url, told.items)
        os.environ["DUBAN_DATABASE_URL"] = url
        clock.tell(AS_OF)
        with pytest.MonkeyPatch.context() as browser:
            looks(browser, engine, Role.LEADER)
            real, fed = measure(told.times)
        engine.dispose()
    sys.stdout.write(
        f"{machine()}; {told.items:,} items, medians of {told.times}\n\n"
        "| 总览 | rerun, CPU ms | fed with ready frames, CPU ms | ratio |\n|---|---|---|---|\n"
        f"| | {real:.1f} | {fed:.1f} | {real / fed:.2f} |\n"
    )


if __name__ == "__main__":
    main()
