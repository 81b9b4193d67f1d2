"""Fresh stores to measure on: SQLite in a scratch folder, a real PostgreSQL beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url

from tests.postgres_server import postgres_server

ENGINES = ("SQLite", "PostgreSQL")


@contextmanager
def stores(wanted: list[str]) -> Iterator[dict[str, str]]:
    """Engine → URL pattern whose `{name}` is a fresh store's name."""
    with tempfile.TemporaryDirectory() as folder:
        named = {"SQLite": f"sqlite:///{folder}/{{name}}.sqlite3"}
        if "PostgreSQL" not in wanted:
            yield {name: named[name] for name in wanted}
            return
        with postgres_server(os.environ) as server:
            named["PostgreSQL"] = (
                make_url(server).set(database="{name}").render_as_string(hide_password=False)
            ).replace("%7Bname%7D", "{name}")
            yield {name: named[name] for name in wanted}


def fresh(pattern: str, name: str) -> str:
    """The URL of an empty store of that name."""
    url = pattern.format(name=name)
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        for path in Path(str(parsed.database)).parent.glob(f"{name}.sqlite3*"):
            path.unlink()
        return url
    server = create_engine(parsed.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    server.dispose()
    return url


def apart(module: str, *arguments: str) -> str:
    """What a module prints in a process of its own: a peak of memory is inherited."""
    told = subprocess.run(
        [sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, text=True, check=True
    )
    return told.stdout


def machine() -> str:
    """One line on what was measured on."""
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, Python {sys.version.split()[0]}"
