"""Fixtures: a store of its own for each test, on SQLite and on PostgreSQL.

A prepared store (newest schema, registers, work calendar) is made once per engine; each test gets
a copy of it, so that no test sees what another one stored.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.engine import URL

from data_access.database import open_engine
from data_access.store import prepare
from tests.postgres_server import NoPostgres, postgres_server

BOTH_ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """URL of a real PostgreSQL on which tests make and drop databases of their own."""
    try:
        with postgres_server(os.environ) as url:
            yield url
    except NoPostgres as reason:
        pytest.skip(f"no PostgreSQL: {reason}")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared SQLite store; copied, never opened again."""
    path = tmp_path_factory.mktemp("template") / "store.sqlite3"
    _prepare(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> Iterator[str]:
    """Name of a prepared PostgreSQL database that others are copied from."""
    with own_database(postgres_url) as made:
        _prepare(told_url(made))
        assert made.database is not None
        yield made.database


@pytest.fixture(params=BOTH_ENGINES)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a prepared store that is this test's own, once per engine."""
    with copied(request, prepared(request, request.param), tmp_path) as url:
        yield url


def prepared(request: pytest.FixtureRequest, kind: str) -> Path | str:
    """The prepared store of an engine: a file, or the name of a database."""
    named = "sqlite_template" if kind == "sqlite" else "postgres_template"
    template: Path | str = request.getfixturevalue(named)
    return template


@contextmanager
def copied(request: pytest.FixtureRequest, template: Path | str, folder: Path) -> Iterator[str]:
    """URL of a store that begins as a copy of this one, to which nobody is connected."""
    if isinstance(template, Path):
        path = folder / "store.sqlite3"
        shutil.copyfile(template, path)
        yield f"sqlite:///{path}"
        return
    with own_database(request.getfixturevalue("postgres_url"), template=template) as made:
        yield told_url(made)


@pytest.fixture
def engine(store_url: str) -> Iterator[Engine]:
    """An engine on a prepared store that is this test's own, once per engine."""
    opened = open_engine(store_url)
    yield opened
    opened.dispose()


@pytest.fixture(params=BOTH_ENGINES)
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a database without any table, once per engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.sqlite3'}"
        return
    with own_database(request.getfixturevalue("postgres_url")) as made:
        yield told_url(made)


def _prepare(url: str) -> None:
    opened = open_engine(url)
    prepare(opened)
    # SQLite folds its log into the file when the last connection closes; a template that is
    # still connected to can be copied by neither engine.
    opened.dispose()


@contextmanager
def own_database(server: str, *, template: str | None = None) -> Iterator[URL]:
    """A new database on the server, dropped at the end whoever is still connected."""
    name = f"duban_test_{uuid.uuid4().hex[:12]}"
    outside = create_engine(server, isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        like = f' TEMPLATE "{template}"{_quickly(connection)}' if template else ""
        connection.execute(text(f'CREATE DATABASE "{name}"{like}'))
    try:
        yield make_url(server).set(database=name)
    finally:
        with outside.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        outside.dispose()


def _quickly(connection: Connection) -> str:
    """How a template is copied for half the work: as files, not block by block into the log."""
    told = connection.dialect.server_version_info or (0,)
    return " STRATEGY file_copy" if told >= (15,) else ""


def told_url(url: URL) -> str:
    return url.render_as_string(hide_password=False)
