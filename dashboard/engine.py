"""For the doors: the process's one engine on the store, its keys, how questions are told apart."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sqlalchemy import Engine

from dashboard.settings import settings
from data_access.database import is_busy, open_engine
from data_access.privacy.key_place import KeyPlace

__all__ = ["AS_SAID", "engine", "is_busy", "key_place"]

AS_SAID: dict[str | type, Callable[[object], object]] = {
    "data_access.filters.Filters": repr,
    "supervision.scope.Scope": repr,
}
"""The `hash_funcs` of remembered answers: what is written out says every field of a question.
Streamlit's own way takes both apart at every rerun and costs three times as much. By name, since
commands that ask nothing must start without polars."""


@cache
def engine() -> Engine:
    """Opened at the first question, kept while the process runs."""
    return open_engine(settings().database_url)


def key_place() -> KeyPlace:
    """Where the settings say that the keys of residents' data lie."""
    wanted = settings()
    return KeyPlace(wanted.key, wanted.key_file, wanted.key_may_be_made)
