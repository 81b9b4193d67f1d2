"""The door of the store: engines, reading, and the only place that begins and commits."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    event,
    func,
    make_url,
    select,
    update,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from data_access.schema.base import change_counter

BUSY_MS = 15_000
IMPATIENT_MS = 100
PATIENT_MS = 50_000
"""Longer than a usual ledger takes to store, shorter than the minute at which proxies give up."""
# As SQLAlchemy's own types write them, so that bulk rows and single rows agree.
sqlite3.register_adapter(date, date.isoformat)
INSTANT = "%Y-%m-%d %H:%M:%S.%f"
sqlite3.register_adapter(datetime, lambda instant: instant.strftime(INSTANT))
_WRITING = "duban_writing"
_MIGRATING = 0x6475_6261
"""PostgreSQL's number for the lock that one migration at a time holds."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open writing transaction; `change` stamps every row it touches."""

    connection: Connection
    change: int


def open_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, foreign keys, busy timeout) or PostgreSQL (pings its pool).

    Its errors tell no values: they may be somebody's password hash or telephone.
    Raises sqlalchemy.exc.ArgumentError for a URL that is none.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    return create_engine(
        parsed, hide_parameters=True, pool_pre_ping=True, pool_size=10, max_overflow=20
    )


def _sqlite(url: URL) -> Engine:
    # Who waits for a ledger to be stored keeps a connection, and others still read.
    pool = {}
    if url.database:
        _found(Path(url.database))
        pool = {"pool_size": 10, "max_overflow": 20}
    engine = create_engine(
        url,
        hide_parameters=True,
        # Not autocommit=True: with it the driver's commit() and rollback() do nothing.
        connect_args={"timeout": BUSY_MS / 1000, "isolation_level": None},
        **pool,
    )

    @event.listens_for(engine, "connect")
    def _settle(dbapi: Any, _record: Any) -> None:
        cursor = dbapi.cursor()
        for pragma in (
            # Heard by a new file only: rows of a ledger are long, larger pages write faster.
            "page_size=16384",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_MS}",
            "temp_store=MEMORY",
            "cache_size=-65536",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer that reads first must hold the lock from the start, or updates are lost.
        writing = connection.get_execution_options().get(_WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _found(store: Path) -> None:
    """Make a new store's file for its owner alone; SQLite gives its log the same mode."""
    store.parent.mkdir(parents=True, exist_ok=True)
    # There already, or not to be made: then SQLite says what is wrong with it.
    with suppress(OSError):
        os.close(os.open(store, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def transaction(engine: Engine, *, wait_ms: int | None = None) -> Iterator[Transaction]:
    """One act: raises the change counter under lock, commits at the end or leaves no trace.

    `wait_ms` is how long PostgreSQL waits for others; SQLite always waits BUSY_MS.
    """
    with engine.connect() as connection:
        writing = connection.execution_options(**{_WRITING: True})
        with writing.begin():
            if wait_ms is not None and engine.dialect.name == "postgresql":
                writing.exec_driver_sql(f"SET LOCAL lock_timeout = {wait_ms}")
            raised = writing.execute(
                update(change_counter)
                .values(value=change_counter.c.value + 1)
                .returning(change_counter.c.value)
            )
            yield Transaction(writing, raised.scalar_one())


@contextmanager
def rehearsing(engine: Engine) -> Iterator[Transaction]:
    """An act tried for what it would do: the same writes under the same lock, then undone."""
    with _writing(engine, waits_ms=BUSY_MS) as writing:
        value = writing.execute(select(change_counter.c.value).with_for_update()).scalar_one()
        yield Transaction(writing, value + 1)
        begun = writing.get_transaction()
        assert begun is not None
        begun.rollback()


@contextmanager
def part_of(change: Transaction) -> Iterator[None]:
    """A part of an act that may be refused by itself: wholly done, or as if never begun."""
    with change.connection.begin_nested():
        yield


@contextmanager
def recording(engine: Engine, *, wait_ms: int | None = None) -> Iterator[Transaction]:
    """A transaction that tells of something without changing items: logins, looks, exports.

    Takes the counter's lock, so that audit rows stay in line, and leaves its value, so that
    nobody's remembered figures are computed again. Waits until a ledger is stored.
    """
    with _writing(engine, waits_ms=PATIENT_MS if wait_ms is None else wait_ms) as writing:
        value = writing.execute(select(change_counter.c.value).with_for_update()).scalar_one()
        yield Transaction(writing, value)


@contextmanager
def writing_aside(engine: Engine) -> Iterator[Connection]:
    """A transaction for what is derived and no change of its own: the text index."""
    with engine.connect() as connection:
        writing = connection.execution_options(**{_WRITING: True})
        with writing.begin():
            yield writing


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """A transaction that may rebuild tables, one at a time; references hold at its end.

    SQLite rebuilds a table by dropping it: with foreign keys on, rows that point to it forbid
    that, and in a transaction they can no longer be turned off.
    """
    with engine.connect() as connection, _references_off(connection):
        writing = connection.execution_options(**{_WRITING: True})
        with writing.begin():
            if engine.dialect.name == "postgresql":
                writing.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))
            yield writing
            if engine.dialect.name == "sqlite":
                broken = writing.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    raise sqlite3.IntegrityError(f"a row of {broken[0]} points to nothing")


@contextmanager
def _references_off(connection: Connection) -> Iterator[None]:
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()


@contextmanager
def writing_if_free(engine: Engine) -> Iterator[Connection]:
    """A transaction for what may be left undone: OperationalError at once while others write."""
    with _writing(engine, waits_ms=IMPATIENT_MS) as writing:
        yield writing


@contextmanager
def _writing(engine: Engine, *, waits_ms: int) -> Iterator[Connection]:
    """A transaction that waits so long for those who write before it."""
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        writing = connection.execution_options(**{_WRITING: True})
        driver: Any = writing.connection.driver_connection
        if sqlite:
            driver.execute(f"PRAGMA busy_timeout={waits_ms}")
        try:
            with writing.begin():
                if not sqlite:
                    writing.exec_driver_sql(f"SET LOCAL lock_timeout = {waits_ms}")
                yield writing
        finally:
            if sqlite:
                driver.execute(f"PRAGMA busy_timeout={BUSY_MS}")


def is_busy(problem: BaseException) -> bool:
    """Whether a writer gave up because others were writing all the time."""
    if not isinstance(problem, OperationalError):
        return False
    # SQLite's codes carry their kind in the lowest byte; 55P03 is PostgreSQL's lock_not_available.
    code = getattr(problem.orig, "sqlite_errorcode", 0) & 0xFF
    return code == sqlite3.SQLITE_BUSY or getattr(problem.orig, "sqlstate", None) == "55P03"


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the store."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            # By itself each statement would see a moment of its own.
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


# Built once: it is asked several times a rerun, and building takes longer than asking.
_NEWEST = select(change_counter.c.value)


def change_number(engine: Engine) -> int:
    """The number of the last committed change."""
    with engine.connect() as connection:
        return int(connection.execute(_NEWEST).scalar_one())
