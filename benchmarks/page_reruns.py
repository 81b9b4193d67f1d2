"""What a click on each leaders' page costs beside the same page fed with ready frames.

    python -m benchmarks.page_reruns [--items 100000] [--times 10]

The whole app runs in Streamlit's own script runner, in this process, again and again, for a leader
who is logged in, three ways in turns: with every read done anew (the first click after the day or
the filters changed), with reads that are remembered, and with functions that hand out what they
returned before. Prints the median processor milliseconds and how many times the last the first
two are.
"""

from __future__ import annotations

import argparse
import inspect
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks.page_reads import AS_OF, filled
from benchmarks.stores import machine
from data_access import clock
from supervision.scope import Role
from tests.looking import looks

APP = Path(__file__).parents[1] / "dashboard" / "app.py"
PAGES = {
    "总览": "overview", "部门": "units", "时限": "deadlines", "满意度": "satisfaction",
    "镇街地图": "townships", "面对面": "sessions", "趋势": "trends", "共性问题": "common_problems",
    "事项清单": "items",
}  # fmt: skip
WAYS = ("read anew", "remembered", "ready frames")


def _doors() -> tuple[ModuleType, ...]:
    from dashboard import form_reads, leader_reads, programme_reads, reads, township_reads

    return form_reads, leader_reads, programme_reads, reads, township_reads


def _own_reads(door: ModuleType) -> dict[str, Callable[..., Any]]:
    """Every read of this door, under its name."""
    return {
        name: read
        for name, read in vars(door).items()
        if callable(read) and not inspect.isclass(read) and not name.startswith("_")
        and getattr(read, "__module__", None) == door.__name__
    }  # fmt: skip


def _ready(read: Callable[..., Any]) -> Callable[..., Any]:
    """Hands out what `read` returned when it was first asked."""
    kept: dict[str, Any] = {}

    def ready(*asked: Any, **named: Any) -> Any:
        question = repr((asked, named))
        if question not in kept:
            kept[question] = read(*asked, **named)
        return kept[question]

    return ready


def ready_frames() -> Callable[[], AbstractContextManager[None]]:
    """A way to feed every page: within the block each read is answered as it first was."""
    ready = [
        (door, name, _ready(read)) for door in _doors() for name, read in _own_reads(door).items()
    ]

    @contextmanager
    def fed() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patched:
            for told in ready:
                patched.setattr(*told)
            yield

    return fed


def _rerun(app: Any) -> float:
    began = time.process_time()
    app.run(timeout=120)
    spent = time.process_time() - began
    assert not app.exception, "the page runs without an error"
    return spent * 1000


def measure(page: str, times: int) -> list[float]:
    """Median processor milliseconds of a rerun of this page, in the order of `WAYS`."""
    import streamlit as st
    from streamlit.testing.v1 import AppTest

    fed = ready_frames()
    app = AppTest.from_file(str(APP), default_timeout=120).run()
    app.switch_page(f"app_pages/{page}.py")
    spent: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(times + 2):
        st.cache_data.clear()
        spent["read anew"].append(_rerun(app))
        spent["remembered"].append(_rerun(app))
        with fed():
            spent["ready frames"].append(_rerun(app))
    return [statistics.median(spent[way][2:]) for way in WAYS]


def main() -> None:
    """Print the table."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--items", type=int, default=100_000)
    wanted.add_argument("--times", type=int, default=10)
    told = wanted.parse_args()
    sys.stdout.write(
        f"{machine()}; {told.items:,} items, medians of {told.times}\n\n"
        "| page | read anew, CPU ms | remembered, CPU ms | ready frames, CPU ms "
        "| anew ÷ ready | remembered ÷ ready |\n|---|---|---|---|---|---|\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/rerun.sqlite3"
        engine = filled(url, told.items)
        os.environ["DUBAN_DATABASE_URL"] = url
        clock.tell(AS_OF)
        with pytest.MonkeyPatch.context() as browser:
            looks(browser, engine, Role.LEADER)
            for name, page in PAGES.items():
                anew, kept, ready = measure(page, told.times)
                sys.stdout.write(
                    f"| {name} | {anew:.1f} | {kept:.1f} | {ready:.1f} "
                    f"| {anew / ready:.2f} | {kept / ready:.2f} |\n"
                )
                sys.stdout.flush()
        engine.dispose()


if __name__ == "__main__":
    main()
