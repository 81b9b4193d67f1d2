"""The sample city is whole or gone on with, and says when it has grown old."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, func, insert, select

from data_access import clock
from data_access.database import open_engine, reading, transaction
from data_access.ledger_import.apply import store_import
from data_access.sample import SamplePlan, fill_with_sample, stale_sample, unfinished_sample
from data_access.schema.base import settings
from data_access.schema.imports import import_batches
from data_access.schema.items import items, reassignment_flags, rounds
from data_access.schema.registers import face_to_face_sessions, terms
from data_access.store import prepare
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

LATER = TODAY + timedelta(days=20)
ITEMS = 60
FILLING = """
import sys
from datetime import date
from data_access import clock
from data_access.database import open_engine
from data_access.sample import fill_with_sample

clock.tell(date.fromisoformat(sys.argv[2]))
told = lambda line: print(line, flush=True)
fill_with_sample(
    open_engine(sys.argv[1]), as_of=clock.today(), items=int(sys.argv[3]), told=told
)
"""


def test_an_untouched_sample_names_its_day_after_a_week(city):
    assert stale_sample(city, as_of=LATER) is None
    fill_with_sample(city, as_of=TODAY, items=60)
    assert stale_sample(city, as_of=TODAY) is None
    assert stale_sample(city, as_of=LATER) == TODAY
    store_import(city, judged_ledger(ledger_row()), viewer=SUPERVISOR, as_of=TODAY)
    assert stale_sample(city, as_of=LATER) is None


def test_a_filling_killed_in_the_middle_is_gone_on_with_and_peoples_rows_stay(
    store_url: str, tmp_path: Path
):
    clock.tell(TODAY)
    broken, whole = open_engine(store_url), open_engine(f"sqlite:///{tmp_path / 'whole.sqlite3'}")
    try:
        prepare(whole)
        fill_with_sample(whole, as_of=TODAY, items=ITEMS)
        assert unfinished_sample(whole) is None
        _killed_after_two_ledgers(store_url)
        assert unfinished_sample(broken) == SamplePlan(TODAY, ITEMS)
        assert 0 < _counted(broken)["import_batches"] < _counted(whole)["import_batches"]
        store_import(broken, judged_ledger(ledger_row()), viewer=SUPERVISOR, as_of=LATER)
        fill_with_sample(broken, as_of=LATER)
        assert unfinished_sample(broken) is None
        theirs = {"items": 1, "rounds": 1, "import_batches": 1}
        expected = {name: n + theirs.get(name, 0) for name, n in _counted(whole).items()}
        assert _counted(broken) == expected
    finally:
        clock.tell(None)
        broken.dispose()
        whole.dispose()


def test_a_filling_cut_off_before_its_last_note_flags_nothing_twice(city):
    fill_with_sample(city, as_of=TODAY, items=ITEMS)
    before = _counted(city)
    with transaction(city) as change:
        note = {"name": "sample_unfinished", "value": f"{TODAY} {ITEMS}"}
        change.connection.execute(insert(settings).values(note))
    fill_with_sample(city, as_of=LATER)
    assert unfinished_sample(city) is None
    assert _counted(city) == before


def _killed_after_two_ledgers(url: str) -> None:
    """Fill in a process of its own and kill it while it is at the third ledger."""
    filling = subprocess.Popen(
        [sys.executable, "-c", FILLING, url, TODAY.isoformat(), str(ITEMS)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert filling.stdout is not None
    told = [filling.stdout.readline() for _ in range(2)]
    filling.kill()
    filling.wait()
    filling.stdout.close()
    assert all("新增" in line for line in told)


def _counted(engine: Engine) -> dict[str, int]:
    tables = (items, rounds, import_batches, reassignment_flags, face_to_face_sessions, terms)
    with reading(engine) as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables
        }
