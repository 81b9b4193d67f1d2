"""The process's one engine on the store that the settings name, for the doors to share."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Engine

from dashboard.settings import settings
from data_access.database import open_engine


@cache
def engine() -> Engine:
    """Opened at the first question, kept while the process runs."""
    return open_engine(settings().database_url)
