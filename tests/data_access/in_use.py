"""The small programme put in force, as a city puts its own."""

from __future__ import annotations

from sqlalchemy import Engine

from data_access.programmes.versions import KeptVersion, import_programme
from tests.factories import SUPERVISOR
from tests.programmes import SMALL


def small_in_use(engine: Engine, definition: str = SMALL) -> KeptVersion:
    """Import its definition."""
    return import_programme(engine, definition.encode(), "small.toml", viewer=SUPERVISOR)
