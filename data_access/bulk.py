"""Many rows at once: executemany on SQLite, COPY on PostgreSQL (data.md, Import)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Boolean, Connection, Date, DateTime, Table, func, select, text

from data_access.database import INSTANT

BLOCK = 20_000


def next_id(connection: Connection, table: Table) -> int:
    """The first free id; safe because every writer holds the change counter's lock."""
    return int(connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1


def insert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert tuples in the order of `columns`; ids given explicitly stay ahead of sequences."""
    if connection.dialect.name == "sqlite":
        _executemany(connection, table, columns, rows)
    else:
        _copy(connection, table, columns, rows)


def _executemany(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    cursor = connection.connection.cursor()
    for block in _blocks(rows):
        given = _given(table, columns, block)
        marks = ", ".join("?" * len(given))
        quoted = ", ".join(f'"{name}"' for name in given)
        statement = f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})'
        cursor.executemany(statement, list(zip(*given.values(), strict=True)))
    cursor.close()


def _given(
    table: Table, columns: Sequence[str], block: list[Sequence[Any]]
) -> dict[str, Sequence[Any]]:
    """Column → values that SQLite's driver takes as they are.

    It looks for an adapter for each None, date and truth value, at four times the price of a
    number: columns of nothing are left out, days, instants and truths become text and numbers here.
    """
    given: dict[str, Sequence[Any]] = {}
    for name, values in zip(columns, zip(*block, strict=True), strict=True):
        column = table.c[name]
        if column.server_default is None and values.count(None) == len(values):
            continue
        if isinstance(column.type, Date):
            days = {day: day and day.isoformat() for day in set(values)}
            given[name] = [days[day] for day in values]
        elif isinstance(column.type, DateTime):
            instants = {at: at and at.strftime(INSTANT) for at in set(values)}
            given[name] = [instants[at] for at in values]
        elif isinstance(column.type, Boolean):
            given[name] = [None if value is None else int(value) for value in values]
        else:
            given[name] = values
    return given


def _blocks(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    left = iter(rows)
    while block := list(islice(left, BLOCK)):
        yield block


def _copy(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    quoted = ", ".join(f'"{column}"' for column in columns)
    driver = connection.connection.driver_connection
    assert driver is not None
    with (
        driver.cursor() as cursor,
        cursor.copy(f'COPY "{table.name}" ({quoted}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row)
    if "id" in columns:
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'),"
                f' (SELECT max(id) FROM "{table.name}"))'
            )
        )
