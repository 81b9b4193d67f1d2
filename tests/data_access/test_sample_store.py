"""The sample city is whole or gone on with, and says when it has grown old."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, make_url, select

from data_access import clock
from data_access.database import open_engine, reading, transaction
from data_access.ledger_import.apply import store_import
from data_access.sample import SamplePlan, fill_with_sample, stale_sample, unfinished_sample
from data_access.schema.base import settings
from data_access.schema.imports import import_batches
from data_access.schema.items import items, reassignment_flags, rounds
from data_access.schema.registers import face_to_face_sessions, terms
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.stores import BOTH_ENGINES, copied, prepared

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


@pytest.fixture(scope="module", params=BOTH_ENGINES)
def kind(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    return kind


@pytest.fixture(scope="module")
def filled_template(
    kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path | str]:
    """The sample city as it is filled on TODAY, once per engine; copied, never changed."""
    with copied(request, prepared(request, kind), tmp_path_factory.mktemp("filled")) as url:
        engine = open_engine(url)
        fill_with_sample(engine, as_of=TODAY, items=ITEMS)
        engine.dispose()
        place = make_url(url).database
        assert place is not None
        yield Path(place) if kind == "sqlite" else place


@pytest.fixture
def filled(
    filled_template: Path | str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Engine]:
    """A filled store that is this test's own; its clock stands still."""
    clock.tell(TODAY)
    with copied(request, filled_template, tmp_path) as url:
        opened = open_engine(url)
        yield opened
        opened.dispose()
    clock.tell(None)


def test_a_store_without_a_sample_has_none_that_grows_old(town: Engine):
    assert stale_sample(town, as_of=LATER) is None


def test_an_untouched_sample_names_its_day_after_a_week(filled: Engine):
    assert stale_sample(filled, as_of=TODAY) is None
    assert stale_sample(filled, as_of=LATER) == TODAY
    store_import(filled, judged_ledger(ledger_row()), viewer=SUPERVISOR, as_of=TODAY)
    assert stale_sample(filled, as_of=LATER) is None


def test_a_filling_killed_in_the_middle_is_gone_on_with_and_peoples_rows_stay(
    kind: str, filled: Engine, request: pytest.FixtureRequest, tmp_path: Path
):
    assert unfinished_sample(filled) is None
    (tmp_path / "broken").mkdir()
    with copied(request, prepared(request, kind), tmp_path / "broken") as url:
        broken = open_engine(url)
        _killed_after_two_ledgers(url)
        assert unfinished_sample(broken) == SamplePlan(TODAY, ITEMS)
        assert 0 < _counted(broken)["import_batches"] < _counted(filled)["import_batches"]
        store_import(broken, judged_ledger(ledger_row()), viewer=SUPERVISOR, as_of=LATER)
        fill_with_sample(broken, as_of=LATER)
        assert unfinished_sample(broken) is None
        theirs = {"items": 1, "rounds": 1, "import_batches": 1}
        expected = {name: n + theirs.get(name, 0) for name, n in _counted(filled).items()}
        assert _counted(broken) == expected
        broken.dispose()


def test_a_filling_cut_off_before_its_last_note_flags_nothing_twice(filled: Engine):
    before = _counted(filled)
    with transaction(filled) as change:
        note = {"name": "sample_unfinished", "value": f"{TODAY} {ITEMS}"}
        change.connection.execute(insert(settings).values(note))
    fill_with_sample(filled, as_of=LATER)
    assert unfinished_sample(filled) is None
    assert _counted(filled) == before


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
