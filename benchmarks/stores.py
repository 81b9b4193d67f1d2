"""Fresh stores to measure on: SQLite in a scratch folder, a real PostgreSQL beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.postgres_server import postgres_server
from tests.stores import own_database, told_url

ENGINES = ("SQLite", "PostgreSQL")


@contextmanager
def places(engines: list[str]) -> Iterator[dict[str, str]]:
    """Engine → where its stores are made: a scratch folder, the URL of a server."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        found = {"SQLite": folder}
        if "PostgreSQL" in engines:
            found["PostgreSQL"] = running.enter_context(postgres_server(os.environ))
        yield {name: found[name] for name in engines}


@contextmanager
def fresh_store(engine: str, place: str) -> Iterator[str]:
    """URL of an empty store that is gone afterwards."""
    if engine == "SQLite":
        with tempfile.TemporaryDirectory(dir=place) as folder:
            yield f"sqlite:///{folder}/store.sqlite3"
        return
    with own_database(place) as made:
        yield told_url(made)


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
