"""Plugin: what tests write lies in memory where the machine has room for it.

Nothing of it is kept, and every test writes stores of its own: on a disk that is half of the work
of a run, for PostgreSQL nine tenths. Whoever names a TMPDIR decides for himself.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")
ENOUGH = 2 * 1024**3
"""Bytes; stores of tests that are over are taken away (tmp_path_retention_policy)."""


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Before any folder is made; the processes beside this one are told by the environment."""
    if "TMPDIR" not in os.environ and _has_room(MEMORY):
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def _has_room(place: Path) -> bool:
    if not (place.is_dir() and os.access(place, os.W_OK | os.X_OK)):
        return False
    known = os.statvfs(place)
    # A borrowed PostgreSQL starts from here.
    runs_programs = not known.f_flag & os.ST_NOEXEC
    return runs_programs and known.f_bavail * known.f_frsize >= ENOUGH
