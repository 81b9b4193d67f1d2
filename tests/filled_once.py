"""The sample city is filled by one process of a run; the others copy what it filled."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest


@contextmanager
def filled_once(factory: pytest.TempPathFactory, store: Path) -> Iterator[None]:
    """Within, the store at this place is filled by the first process, and lies there for others.

    They wait for the first; its key goes with the copy.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    shared = factory.getbasetemp().parent / "sample_city"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        first = not shared.exists()
        if first:
            yield
            _copy_of_a_live_store(store, shared)
        else:
            shutil.copytree(shared, store.parent, dirs_exist_ok=True)
    if not first:
        yield


def _copy_of_a_live_store(store: Path, folder: Path) -> None:
    whole = folder.with_suffix(".part")
    whole.mkdir()
    for key in store.parent.glob("*.key"):
        shutil.copy2(key, whole)
    with (
        closing(sqlite3.connect(store)) as filled,
        closing(sqlite3.connect(whole / store.name)) as copy,
    ):
        filled.backup(copy)
    whole.rename(folder)
