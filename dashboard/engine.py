"""The process's one engine on the store that the settings name, and its keys, for the doors."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Engine

from dashboard.settings import settings
from data_access.database import is_busy, open_engine
from data_access.privacy.key_place import KeyPlace

__all__ = ["engine", "is_busy", "key_place"]


@cache
def engine() -> Engine:
    """Opened at the first question, kept while the process runs."""
    return open_engine(settings().database_url)


def key_place() -> KeyPlace:
    """Where the settings say that the keys of residents' data lie."""
    wanted = settings()
    return KeyPlace(wanted.key, wanted.key_file, wanted.key_may_be_made)
