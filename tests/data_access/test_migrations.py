"""Migrations keep what a store holds, forth and back, and end in the schema of the program."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, MetaData, inspect, select, text
from sqlalchemy.exc import DBAPIError

from data_access.database import migrating, open_engine, reading, transaction, writing_aside
from data_access.migrate import MIGRATIONS, is_current, upgrade
from data_access.schema.base import work_calendar_versions
from data_access.schema.tables import metadata

DAY, INSTANT = date(2026, 11, 2), datetime.fromisoformat("2026-11-02T09:30:00.125")
START = """
import sys
from data_access.database import open_engine
from data_access.store import prepare

print("ready", flush=True)
sys.stdin.readline()
prepare(open_engine(sys.argv[1]))
"""
# Each table as the first schema knew it, parents first.
ROWS: dict[str, dict[str, Any]] = {
    "settings": {"name": "feedback_start", "value": "next_working_day", "row_version": 3},
    "work_calendar_versions": {
        "id": 1, "stored_at": INSTANT, "source": "年度放假安排", "first_year": 2025,
        "last_year": 2026,
    },
    "work_calendar_days": {
        "version_id": 1, "day": date(2026, 10, 1), "is_working": False, "name": "国庆节",
        "source": "通知",
    },
    "reporting_units": {"id": 1, "name": "源城区", "peer_group": "county", "position": 1},
    "divisions": {
        "code": "441602", "name": "源城区", "level": "county", "parent_code": None,
        "reporting_unit_id": 1,
    },
    "division_aliases": {"id": 1, "division_code": "441602", "alias": "源城", "valid_from": DAY},
    "departments": {
        "id": 1, "name": "市教育局", "short_name": "教育局", "peer_group": "city", "position": 1,
        "row_version": 2,
    },
    "department_aliases": {"id": 1, "department_id": 1, "alias": "教育局", "valid_to": DAY},
    "face_to_face_sessions": {
        "id": 1, "theme": "教育", "held_on": DAY, "collected": 9, "valid": 8, "row_version": 1,
    },
    "terms": {"id": 1, "kind": "category", "name": "教育"},
    "items": {
        "id": 7, "number": "A-1", "number_is_row_number": False, "fingerprint": "f" * 32,
        "state": "in_round", "session_id": 1, "category_id": 1, "reporting_unit_id": 1,
        "township_code": None, "received_on": DAY, "excluded": False, "sound": True,
        "current_round": 1, "created_batch_id": 1, "row_version": 4, "change_number": 12,
    },
    "item_texts": {
        "item_id": 7, "title": "路灯不亮", "content": "“路灯”不亮\n第二行", "people_count": 3,
    },
    "rounds": {
        "id": 5, "item_id": 7, "round_no": 1, "state": "handling", "lead_department_id": 1,
        "assigned_on": DAY, "due_on": date(2026, 11, 23), "due_basis": "computed",
        "calendar_version_id": 1, "returned": False, "reached": True,
    },
    "round_co_departments": {
        "round_id": 5, "department_id": 1, "co_role": "co", "position": 0,
    },
    "feedback": {"id": 1, "round_id": 5, "kind": "written", "given_on": DAY, "text": "已修"},
    "extensions": {"id": 1, "round_id": 5, "new_due_on": DAY},
    "callbacks": {"id": 1, "round_id": 5, "reached": False, "text": "无法接通"},
    "look_backs": {"id": 1, "item_id": 7, "outcome": "held"},
    "leader_instructions": {"id": 1, "item_id": 7, "text": "请抓紧"},
    "reassignment_flags": {
        "id": 1, "item_id": 7, "round_no": 1, "reason": "dissatisfied", "flagged_by": "tester",
        "flagged_at": INSTANT,
    },
    "import_batches": {
        "id": 1, "file_name": "台账.xlsx", "sha256": "0" * 64, "kind": "xlsx", "sender": "",
        "stored_by": "tester", "stored_at": INSTANT, "as_of": DAY, "new": 1, "updated": 0,
        "unchanged": 0, "refused": 0, "left_out": 0, "vanished": 0, "change_number": 12,
    },
    "import_sections": {
        "id": 1, "batch_id": 1, "sheet": "Sheet1", "first_row": 2, "last_row": 3, "mapping": "{}",
    },
    "raw_rows": {
        "id": 1, "batch_id": 1, "sheet": "Sheet1", "row_no": 3, "cells": '{"A":"A-1"}',
        "outcome": "new", "item_id": 7,
    },
    "import_flags": {
        "id": 1, "batch_id": 1, "sheet": "Sheet1", "row_no": 3, "severity": "notice",
        "code": "x", "message": "提示", "candidates": "[]", "item_id": 7,
    },
    "provenance": {"id": 1, "item_id": 7, "round_no": None, "raw_row_id": 1, "fields": "number=A3"},
    "audit": {
        "id": 1, "at": INSTANT, "actor": "tester", "act": "register", "entity": "item",
        "entity_id": 7, "batch_id": 1, "change_number": 12,
    },
}  # fmt: skip


@pytest.fixture
def blank(blank_url: str) -> Iterator[Engine]:
    opened = open_engine(blank_url)
    yield opened
    opened.dispose()


def _move(engine: Engine, step: Callable[[Config, str], None], to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with migrating(engine) as connection:
        config.attributes["connection"] = connection
        step(config, to)


def _tables(engine: Engine) -> MetaData:
    found = MetaData()
    found.reflect(engine)
    return found


def _fill(engine: Engine) -> None:
    known = _tables(engine)
    with writing_aside(engine) as connection:
        for name, row in ROWS.items():
            connection.execute(known.tables[name].insert().values(row))


def _held(engine: Engine) -> dict[str, dict[str, Any]]:
    """The one row of each table, as far as the first schema told of it."""
    known = _tables(engine)
    held = {}
    with reading(engine) as connection:
        for name, row in ROWS.items():
            columns = [known.tables[name].c[column] for column in row]
            held[name] = dict(connection.execute(select(*columns)).mappings().one())
    return held


def _shape(engine: Engine) -> dict[str, Any]:
    """Columns, keys and indexes of every table, in no order."""
    seen = inspect(engine)
    return {
        table: (
            sorted((c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(table)),
            sorted((i["name"], i["column_names"]) for i in seen.get_indexes(table)),
            sorted((u["name"], u["column_names"]) for u in seen.get_unique_constraints(table)),
            sorted((c["name"], c["sqltext"]) for c in seen.get_check_constraints(table)),
            sorted((f["name"], f["constrained_columns"]) for f in seen.get_foreign_keys(table)),
            seen.get_pk_constraint(table)["constrained_columns"],
        )
        for table in seen.get_table_names()
        if not table.startswith("item_grams")
    }


def test_rows_of_the_first_schema_outlive_every_step_forth_and_back(blank):
    _move(blank, command.upgrade, "0001")
    first = _shape(blank)
    assert set(ROWS) | {"change_counter", "text_index_progress", "alembic_version"} == set(first)
    _fill(blank)
    upgrade(blank)
    assert is_current(blank)
    assert _held(blank) == ROWS
    _move(blank, command.downgrade, "0001")
    assert _shape(blank) == first
    assert _held(blank) == ROWS
    upgrade(blank)
    assert _held(blank) == ROWS


def test_a_migrated_store_has_the_schema_of_the_program(blank):
    _move(blank, command.upgrade, "0001")
    _fill(blank)
    upgrade(blank)
    made = open_engine("sqlite://") if blank.dialect.name == "sqlite" else None
    with blank.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, kind, _: kind != "table" or "item_grams" not in name,
            },
        )
        assert compare_metadata(context, metadata) == []
    if made is not None:
        metadata.create_all(made)
        shape = _shape(blank)
        del shape["alembic_version"]
        assert shape == _shape(made)
        made.dispose()


def test_all_migrations_taken_back_leave_nothing(blank):
    upgrade(blank)
    _move(blank, command.downgrade, "base")
    assert inspect(blank).get_table_names() == ["alembic_version"]
    upgrade(blank)
    assert is_current(blank)


def test_foreign_keys_and_checks_still_hold_after_an_upgrade(blank):
    _move(blank, command.upgrade, "0001")
    _fill(blank)
    upgrade(blank)
    with pytest.raises(Exception, match=r"(?i)foreign key"), transaction(blank) as change:
        change.connection.execute(text("UPDATE rounds SET lead_department_id = 99"))
    with pytest.raises(Exception, match=r"(?i)check constraint"), transaction(blank) as change:
        change.connection.execute(text("UPDATE rounds SET round_no = 0"))


def test_an_upgrade_that_fails_leaves_the_old_schema_and_its_rows(blank):
    _move(blank, command.upgrade, "0001")
    first = _shape(blank)
    _fill(blank)
    with pytest.raises(DBAPIError), migrating(blank) as connection:  # noqa: PT012
        connection.execute(text("ALTER TABLE rounds ADD COLUMN half VARCHAR(3)"))
        connection.execute(text("ALTER TABLE nothing ADD COLUMN half VARCHAR(3)"))
    assert _shape(blank) == first
    assert _held(blank) == ROWS


def test_two_starts_at_once_make_one_store(blank_url: str):
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", START, blank_url],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    ready = [start.stdout.readline() for start in starts if start.stdout]
    for start in starts:
        assert start.stdin is not None
        start.stdin.close()
        start.stdin = None
    ended = [start.communicate(timeout=60) and start.returncode for start in starts]
    assert (ready, ended) == (["ready\n"] * 3, [0, 0, 0])
    opened = open_engine(blank_url)
    with reading(opened) as connection:
        calendars = connection.execute(select(work_calendar_versions.c.id)).all()
    opened.dispose()
    assert len(calendars) == 1


def test_a_rebuilt_table_that_lost_a_row_others_point_to_is_not_kept(tmp_path):
    opened = open_engine(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    _move(opened, command.upgrade, "0001")
    _fill(opened)
    upgrade(opened)
    with pytest.raises(Exception, match="points to nothing"), migrating(opened) as connection:
        connection.execute(text("DELETE FROM rounds"))
    with reading(opened) as connection:
        assert connection.execute(text("SELECT count(*) FROM rounds")).scalar_one() == 1
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    opened.dispose()
