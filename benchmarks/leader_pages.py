"""What it costs to read the leaders' pages and the desk at any size.

    python -m benchmarks.leader_pages [--items 100000 1000000] [--engines SQLite PostgreSQL]

Stores are filled as for `benchmarks.page_reads`. A page is everything it asks of the store in one
rerun without filters; milliseconds are medians of `--times` runs after three to warm up.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

from benchmarks.page_reads import AS_OF, filled, milliseconds
from benchmarks.stores import ENGINES, apart, fresh_store, machine, places

PAGES = (
    "总览", "部门", "一个单位", "时限", "满意度", "镇街地图", "面对面", "趋势", "共性问题",
    "相似诉求", "督办工作台",
)  # fmt: skip


def reads_of(url: str) -> dict[str, Callable[[], object]]:
    """Page → all it asks."""
    from data_access.database import open_engine
    from data_access.facts import facts
    from data_access.reads import deadlines, departments, satisfaction, sessions, townships, trends
    from data_access.reads.alike import alike
    from data_access.reads.commitments import commitments
    from data_access.reads.common_problems import common_problems
    from data_access.reads.desk import desk
    from data_access.reads.overview import overview
    from supervision.scope import Scope
    from supervision.spans import Step

    engine = open_engine(url)
    one = next(iter(facts(engine).department_ids.values()))
    asked: dict[str, Any] = {"scope": Scope.whole_city(), "as_of": AS_OF}
    reads: tuple[Callable[[], object], ...] = (
        lambda: overview(engine, **asked),
        lambda: departments.departments(engine, **asked),
        lambda: departments.department(engine, department_id=one, **asked),
        lambda: deadlines.deadlines(engine, **asked),
        lambda: satisfaction.satisfaction(engine, **asked),
        lambda: townships.townships(engine, **asked),
        lambda: (sessions.sessions(engine, **asked), commitments(engine, **asked)),
        lambda: trends.trends(engine, step=Step.MONTH, **asked),
        lambda: common_problems(engine, **asked),
        lambda: alike(engine, **asked),
        lambda: desk(engine, **asked),
    )
    return dict(zip(PAGES, reads, strict=True))


def line(engine_name: str, url: str, items: int, times: int) -> str:
    """One line of the table, of a store that is filled."""
    spent = [f"{milliseconds(read, times):.1f}" for read in reads_of(url).values()]
    return "| " + " | ".join([engine_name, f"{items:,}", *spent]) + " |\n"


def main() -> None:
    """Print the table, or one of its lines."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--items", type=int, nargs="+", default=[100_000, 1_000_000])
    wanted.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    wanted.add_argument("--times", type=int, default=20)
    wanted.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    told = wanted.parse_args()
    if told.one:
        name, url, items = told.one
        filled(url, int(items)).dispose()
        sys.stdout.write(line(name, url, int(items), told.times))
        return
    head = " | ".join(f"{page} ms" for page in PAGES)
    sys.stdout.write(f"{machine()}; medians of {told.times}\n\n| engine | items | {head} |\n")
    sys.stdout.write("|---" * (len(PAGES) + 2) + "|\n")
    with places(told.engines) as found:
        for items in told.items:
            for name, place in found.items():
                with fresh_store(name, place) as url:
                    one = ("--one", name, url, str(items), "--times", str(told.times))
                    sys.stdout.write(apart("benchmarks.leader_pages", *one))
                sys.stdout.flush()


if __name__ == "__main__":
    main()
