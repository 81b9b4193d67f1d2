"""An import that cannot be finished leaves nothing; two at once leave what one would have."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from data_access.database import change_number, open_engine, reading
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import LedgerRow
from data_access.reads.history import item_history
from data_access.schema.registers import terms
from data_access.schema.tables import metadata
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

MANY = 11_000
"""Rows of three blocks, the last one not full."""


def _rows(n: int, **said: Any) -> list[LedgerRow]:
    return [
        ledger_row(row=row, category=(f"类别{row % 7}",), session_theme=f"专场{row % 5}", **said)
        for row in range(3, 3 + n)
    ]


def _store(engine: Engine, rows: list[LedgerRow], **other: Any):
    return store_import(engine, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY, **other)


def _counts(engine: Engine) -> dict[str, int]:
    with reading(engine) as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def _at(share: float, act):
    """A progress that acts once the import has come so far."""
    done = []

    def progress(at: float, _words: str) -> None:
        if at >= share and not done:
            done.append(at)
            act()

    return progress


@pytest.mark.parametrize("free", [80, 1_200])
def test_a_full_disk_stores_nothing_and_the_store_goes_on(tmp_path, sqlite_template, free):
    """`free`: kilobytes that the disk still takes."""
    path = tmp_path / "store.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    engine = open_engine(f"sqlite:///{path}")
    before = _counts(engine), change_number(engine)
    with engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        page = connection.execute(text("PRAGMA page_size")).scalar_one() // 1024
    limited = open_engine(f"sqlite:///{path}")
    with limited.connect() as connection:
        # The limit belongs to the connection, which the pool hands out again.
        connection.execute(text(f"PRAGMA max_page_count = {pages + free // page}"))
    with pytest.raises(Exception, match="disk is full"):
        _store(limited, _rows(3_000))
    limited.dispose()
    assert (_counts(engine), change_number(engine)) == before
    assert _store(engine, _rows(30)).new == 30
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize("share", [0.3, 0.97])
@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_a_backend_that_dies_in_the_middle_stores_nothing(engine, share):
    _store(engine, _rows(20))
    before = _counts(engine), change_number(engine)

    def die() -> None:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
        with engine.connect() as connection:
            connection.execute(text(others))

    with pytest.raises(DBAPIError):
        _store(engine, _rows(6_000), progress=_at(share, die))
    assert (_counts(engine), change_number(engine)) == before
    assert _store(engine, _rows(30)).new == 10


@pytest.mark.postgres
@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_a_value_that_the_database_refuses_in_the_last_block_stores_nothing(engine):
    before = _counts(engine), change_number(engine)
    rows = [*_rows(6_000), ledger_row(row=9_000, title="路灯\0不亮")]
    with pytest.raises(psycopg.DataError):
        _store(engine, rows)
    assert (_counts(engine), change_number(engine)) == before


def test_many_blocks_are_stored_once_and_told_again_unchanged(engine):
    assert _store(engine, _rows(MANY)).new == MANY
    counts = _counts(engine)
    assert (counts["items"], counts["rounds"], counts["raw_rows"]) == (MANY, MANY, MANY)
    assert (counts["terms"], counts["face_to_face_sessions"]) == (7, 5)
    again = _store(engine, _rows(MANY))
    assert (again.new, again.updated, again.unchanged) == (0, 0, MANY)
    changed = _rows(MANY)
    for row in changed[::2]:
        row.feedback_on = TODAY
        row.cells = {**row.cells, "feedback_on": f"F{row.source.row}"}
    assert _store(engine, changed).updated == MANY // 2
    after = _counts(engine)
    assert (after["items"], after["rounds"], after["terms"]) == (MANY, MANY, 7)


def test_a_changed_value_names_its_newest_cell_and_the_others_their_first(engine):
    first = ledger_row(row=3)
    second = ledger_row(row=3, feedback_on=TODAY)
    second.source = second.source.__class__("Sheet1", 9)
    second.cells = {name: cell.replace("3", "9") for name, cell in second.cells.items()}
    _store(engine, [first])
    _store(engine, [second])
    history = item_history(engine, scope=SUPERVISOR.scope, as_of=TODAY, item_id=1)
    assert history is not None
    cells = {cell.field: cell.cell for cell in history.cells}
    assert (cells["feedback_on"], cells["title"], cells["assigned_on"]) == ("F9", "B3", "D3")


def test_words_of_refused_rows_only_are_not_stored(engine):
    _store(engine, [ledger_row(row=3, category=("旧类",), session_theme="旧场")])
    refused = ledger_row(row=4, storable=False, category=("新类",), session_theme="新场")
    alike = {"number": "MDM-0003", "title": "第3号路口路灯不亮"}
    content = "第3号路口路灯长期不亮，夜间出行不便"
    repeated = ledger_row(row=5, content=content, category=("另类",), session_theme="另场", **alike)
    twice = [ledger_row(row=3, category=("旧类",), session_theme="旧场"), refused, repeated]
    batch = _store(engine, twice)
    assert (batch.unchanged, batch.refused) == (1, 2)
    assert _counts(engine)["terms"] == 1
    assert _counts(engine)["face_to_face_sessions"] == 1


def test_a_word_met_in_an_update_only_is_stored(engine):
    _store(engine, [ledger_row(row=3)])
    assert _store(engine, [ledger_row(row=3, category=("新类",))]).updated == 1
    with reading(engine) as connection:
        assert connection.execute(select(terms.c.name)).scalars().all() == ["新类"]


IMPORTING = """
import sys
from data_access import clock
from data_access.database import open_engine
from data_access.ledger_import.apply import store_import
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

clock.tell(TODAY)
judged = judged_ledger(*[ledger_row(row=row, category=("教育",)) for row in range(3, 1003)])
print("ready", flush=True)
sys.stdin.readline()
batch = store_import(open_engine(sys.argv[1]), judged, viewer=SUPERVISOR, as_of=TODAY)
print(batch.new, batch.updated, batch.unchanged)
"""


def test_the_same_file_imported_twice_at_once_is_stored_once(store_url, engine):
    imports = [
        subprocess.Popen(
            [sys.executable, "-c", IMPORTING, store_url],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [one.stdout.readline() for one in imports if one.stdout] == ["ready\n"] * 2
    for one in imports:
        assert one.stdin is not None
        one.stdin.close()
        one.stdin = None
    told = sorted(one.communicate(timeout=120)[0].strip() for one in imports)
    assert told == ["0 0 1000", "1000 0 0"]
    counts = _counts(engine)
    assert (counts["items"], counts["terms"], counts["import_batches"]) == (1000, 1, 2)
