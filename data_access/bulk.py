"""Many rows at once: executemany on SQLite, COPY on PostgreSQL (data.md, Import)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

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
    marks = ", ".join("?" * len(columns))
    quoted = ", ".join(f'"{column}"' for column in columns)
    statement = f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})'
    cursor = connection.connection.cursor()
    for block in _blocks(rows):
        cursor.executemany(statement, block)
    cursor.close()


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
