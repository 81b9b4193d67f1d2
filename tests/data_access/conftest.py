"""A store with its registers and calendar, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from data_access import clock
from data_access.store import prepare
from tests.factories import TODAY


@pytest.fixture
def city(engine: Engine):
    """A prepared, empty store whose clock stands still."""
    clock.tell(TODAY)
    prepare(engine)
    yield engine
    clock.tell(None)
