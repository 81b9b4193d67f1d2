"""A store with its registers and calendar, on both engines or on SQLite alone."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access import clock
from data_access.database import open_engine
from data_access.store import prepare
from tests.acting import Walk, stored_item
from tests.factories import TODAY


@pytest.fixture
def city(engine: Engine):
    """A prepared, empty store whose clock stands still."""
    clock.tell(TODAY)
    prepare(engine)
    yield engine
    clock.tell(None)


@pytest.fixture
def town(sqlite_template: Path, tmp_path: Path):
    """The same on SQLite alone: for rules that know nothing of the engine."""
    path = tmp_path / "town.sqlite3"
    shutil.copyfile(sqlite_template, path)
    opened = open_engine(f"sqlite:///{path}")
    clock.tell(TODAY)
    yield opened
    clock.tell(None)
    opened.dispose()


@pytest.fixture
def walk(town: Engine) -> Walk:
    """An item assigned on 11-02, due on 11-23, looked at on 11-09."""
    return Walk(town, stored_item(town, assigned_on=date(2026, 11, 2))).on(date(2026, 11, 9))
