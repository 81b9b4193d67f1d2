"""What it costs to read pages at any size, on SQLite and PostgreSQL.

    python -m benchmarks.page_reads [--items 10000 100000 1000000] [--engines SQLite PostgreSQL]

The store is filled with the sample city by the importer; beyond 100,000 items its items are
copied under new ids, because only how many there are matters to a read. Milliseconds are medians
of `--times` runs after three to warm up; each engine and size in a process of its own.

总览 is all reads of the first page together: unfiltered, one county, and a category in a period.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Engine, insert, literal, select, update

from benchmarks.stores import ENGINES, apart, fresh_store, machine, places

AS_OF = date(2026, 11, 20)
IMPORTED = 100_000
HEAD = (
    "| engine | items | 总览 ms | one county ms | category, period ms | list ms | two letters ms"
    " | one item ms | facts loaded s | after a change ms | peak MB |"
)


def filled(url: str, items: int) -> Engine:
    """A store with so many items."""
    from data_access.database import open_engine
    from data_access.sample import fill_with_sample
    from data_access.store import prepare
    from data_access.text_index import catch_up

    engine = open_engine(url)
    prepare(engine)
    fill_with_sample(engine, as_of=AS_OF, items=min(items, IMPORTED))
    for copy in range(1, items // IMPORTED):
        _copy(engine, copy)
    catch_up(engine)
    return engine


def _copy(engine: Engine, copy: int) -> None:
    from data_access.database import transaction
    from data_access.schema.items import item_texts, items, rounds

    with transaction(engine) as change:
        for table, keys in (
            (items, ("id",)), (item_texts, ("item_id",)), (rounds, ("id", "item_id")),
        ):  # fmt: skip
            key = table.c[keys[0]]
            most = 2 * IMPORTED
            columns: list[Any] = [
                (column + literal(copy * most)).label(column.name)
                if column.name in keys
                else literal(change.change).label(column.name)
                if column.name == "change_number"
                else column
                for column in table.columns
            ]
            change.connection.execute(
                insert(table).from_select(
                    [column.name for column in table.columns], select(*columns).where(key < most)
                )
            )


def milliseconds(work: Callable[[], object], times: int) -> float:
    """The median of so many runs after three to warm up."""
    for _ in range(3):
        work()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent) * 1000


def measure(engine_name: str, url: str, items: int, times: int) -> str:
    """One line of the table, of a store that is filled."""
    from data_access.database import open_engine
    from data_access.facts import facts
    from data_access.filters import Filters
    from data_access.moment import Period
    from data_access.reads.history import item_history
    from data_access.reads.items import item_page
    from data_access.reads.overview import overview
    from supervision.scope import Scope

    engine, city = open_engine(url), Scope.whole_city()
    asked: dict[str, Any] = {"scope": city, "as_of": AS_OF}
    began = time.perf_counter()
    known = facts(engine)
    loaded = time.perf_counter() - began
    held = item_page(engine, filters=Filters(), **asked).total
    assert held == items, f"{held} items in the store"
    one_county = Filters(units=(known.unit_ids["东源县"],))
    both = Filters(categories=(2, 3), period=Period(date(2026, 1, 1), date(2026, 6, 30)))
    reads: list[Callable[[], object]] = [
        lambda: overview(engine, **asked),
        lambda: overview(engine, filters=one_county, **asked),
        lambda: overview(engine, filters=both, **asked),
        lambda: item_page(engine, filters=Filters(figure="overdue_open"), **asked),
        lambda: item_page(engine, filters=Filters(text="积水"), **asked),
        lambda: item_history(engine, item_id=1, **asked),
    ]
    spent = [milliseconds(read, times) for read in reads]
    spent.append(_after_a_change(engine, asked))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    *pages, change = (f"{ms:.1f}" for ms in spent)
    told = [engine_name, f"{items:,}", *pages, f"{loaded:.2f}", change, f"{peak:.0f}"]
    return "| " + " | ".join(told) + " |\n"


def _after_a_change(engine: Engine, asked: dict[str, Any]) -> float:
    """总览 right after somebody changed one item: the facts fetch that item again."""
    from data_access.database import transaction
    from data_access.reads.overview import overview
    from data_access.schema.items import items

    def change_and_read() -> float:
        with transaction(engine) as change:
            change.connection.execute(
                update(items).where(items.c.id == 1).values(change_number=change.change)
            )
        began = time.perf_counter()
        overview(engine, **asked)
        return time.perf_counter() - began

    return statistics.median(change_and_read() for _ in range(5)) * 1000


def main() -> None:
    """Print the table, or one of its lines."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--items", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    wanted.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    wanted.add_argument("--times", type=int, default=20)
    wanted.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    told = wanted.parse_args()
    if told.one:
        name, url, items = told.one
        filled(url, int(items)).dispose()
        sys.stdout.write(measure(name, url, int(items), told.times))
        return
    sys.stdout.write(f"{machine()}; medians of {told.times}\n\n{HEAD}\n{'|---' * 11}|\n")
    with places(told.engines) as found:
        for items in told.items:
            for name, place in found.items():
                with fresh_store(name, place) as url:
                    line = ("--one", name, url, str(items), "--times", str(told.times))
                    sys.stdout.write(apart("benchmarks.page_reads", *line))
                sys.stdout.flush()


if __name__ == "__main__":
    main()
