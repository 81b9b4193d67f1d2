"""The sample city on disk: `python -m sample_data.generate FOLDER` writes its ledgers.

The same arguments give the same files, byte for byte. Nobody and nothing in them exists.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from data_access import clock
from sample_data.city import CITY_LEVEL, Session
from sample_data.city_ledgers import newest_ledger, two_level_ledger, yearly_ledger
from sample_data.follow_ups import progress_ledger, reassigned_ledger
from sample_data.hotline import write_hotline
from sample_data.other_ledgers import (
    county_ledger,
    estate_ledger,
    hotline_export,
    traffic_ledger,
)
from sample_data.paper import Ledger
from sample_data.population import CHAPTERS, population
from sample_data.story import Item
from sample_data.writers import write_ledger

USUAL_ITEMS, USUAL_SEED = 1500, 20261125
MOST_ROWS = 50_000
"""Rows of one file at most: .xls ends at 65,536, and a ledger beyond is split as clerks do."""
SESSIONS = "sessions.csv"
SESSION_COLUMNS = ("held_on", "theme", "host", "level", "collected", "valid", "represented")

Style = Callable[[str, list[Item], date, random.Random], Ledger]
STYLES: dict[str, tuple[str, Style]] = {
    "first": ("01_面对面交办事项台账.xlsx", yearly_ledger),
    "second": ("02_面对面办理情况一览表.xls", two_level_ledger),
    "counties": ("03_县区面对面台账.xlsx", county_ledger),
    "hotline": ("04_热线转办工单.csv", hotline_export),
    "traffic": ("05_道路交通专项台账.xlsx", traffic_ledger),
    "estates": ("06_物业小区走访清单.xlsx", estate_ledger),
    "latest": ("07_面对面重点督办推进表.xlsx", newest_ledger),
}
PROGRESS, REASSIGNED = "08_续办情况通报附表.xlsx", "09_重新交办台账.xlsx"
RETOLD = ("first", "second", "counties")
REASSIGNABLE = ("first", "second", "counties", "hotline", "latest")


def sample_ledgers(*, items: int, as_of: date, seed: int) -> Iterator[Ledger]:
    """The ledgers in the order in which they came in, each with the truth about its rows."""
    return _ledgers(population(items=items, as_of=as_of, seed=seed), as_of, seed)


def _ledgers(chapters: dict[str, list[Item]], as_of: date, seed: int) -> Iterator[Ledger]:
    rng = random.Random(seed + 1)
    told = {chapter.key: as_of - timedelta(days=chapter.told) for chapter in CHAPTERS}
    for key, (name, style) in STYLES.items():
        for file_name, part in _parts(name, chapters[key]):
            yield style(file_name, part, told[key], rng)
    earlier = [(item, told[key]) for key in RETOLD for item in chapters[key]]
    yield progress_ledger(PROGRESS, earlier, as_of, rng)
    again = [item for key in REASSIGNABLE for item in chapters[key]]
    yield reassigned_ledger(REASSIGNED, again, as_of, rng)


def write_sample(
    folder: Path, *, items: int = USUAL_ITEMS, as_of: date, seed: int = USUAL_SEED
) -> list[Path]:
    """Write the sessions, then the ledgers in the order to import them; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    chapters = population(items=items, as_of=as_of, seed=seed)
    sessions = folder / SESSIONS
    sessions.write_bytes(_sessions(chapters, seed).encode("utf-8-sig"))
    ledgers = _ledgers(chapters, as_of, seed)
    return [sessions, *(write_ledger(folder, ledger) for ledger in ledgers)]


def _parts(name: str, items: list[Item]) -> Iterator[tuple[str, list[Item]]]:
    stem, _, ending = name.rpartition(".")
    for at in range(0, len(items), MOST_ROWS):
        number = at // MOST_ROWS + 1
        part_name = name if number == 1 else f"{stem}_{number}.{ending}"
        yield part_name, items[at : at + MOST_ROWS]


def _sessions(chapters: dict[str, list[Item]], seed: int) -> str:
    assigned: dict[Session, int] = {}
    for item in (item for chapter in chapters.values() for item in chapter):
        if item.session:
            assigned[item.session] = assigned.get(item.session, 0) + 1
    rng = random.Random(seed + 2)
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(SESSION_COLUMNS)
    for session in sorted(assigned, key=lambda session: (session.held_on, session.theme)):
        valid = assigned[session] + rng.randint(0, 6)
        collected = valid + rng.randint(valid // 2, valid * 2)
        people = rng.randint(20, 60) if session.level == CITY_LEVEL else rng.randint(10, 30)
        rows.writerow(
            (session.held_on, session.theme, session.host, session.level, collected, valid, people)
        )
    return text.getvalue()


def main(arguments: list[str] | None = None) -> None:
    """Write the sample city into a folder and name the files."""
    parser = argparse.ArgumentParser(prog="python -m sample_data.generate")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--items", type=int, default=USUAL_ITEMS)
    parser.add_argument("--as-of", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD")
    parser.add_argument("--seed", type=int, default=USUAL_SEED)
    told = parser.parse_args(arguments)
    paths = write_sample(
        told.folder, items=told.items, as_of=told.as_of or clock.today(), seed=told.seed
    )
    paths.append(write_hotline(told.folder, as_of=told.as_of or clock.today(), seed=told.seed))
    sys.stdout.writelines(f"{path}\n" for path in paths)


if __name__ == "__main__":
    main()
