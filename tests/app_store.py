"""A store of its own for a test that goes through the doors of the dashboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine

from dashboard import engine
from dashboard.parts.map_shelf import put_in_force
from dashboard.settings import settings
from data_access import clock
from data_access.database import open_engine
from tests.factories import TODAY


@contextmanager
def store_of_the_app(
    template: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """The copy of a prepared store that the app opens; its day is TODAY, nothing remembered."""
    path = folder / "store.sqlite3"
    shutil.copyfile(template, path)
    monkeypatch.setenv("DUBAN_DATABASE_URL", f"sqlite:///{path}")
    _forget()
    clock.tell(TODAY)
    opened = open_engine(f"sqlite:///{path}")
    yield opened
    opened.dispose()
    clock.tell(None)
    _forget()


def _forget() -> None:
    settings.cache_clear()
    st.cache_data.clear()
    st.cache_resource.clear()
    engine.engine.cache_clear()
    put_in_force(None, None, None)
