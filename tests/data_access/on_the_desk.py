"""What waits on 督办工作台, for tests of its lists."""

from __future__ import annotations

from typing import Any

from data_access.reads.desk import desk
from supervision.scope import Scope
from supervision.worklists import DeskList
from tests.acting import Walk

CITY = Scope.whole_city()


def waiting(walk: Walk, scope: Scope = CITY, **asked: Any) -> dict[str, int]:
    """The lists that are not empty."""
    told = desk(walk.engine, scope=scope, as_of=walk.day, **asked)
    assert [entry.slug for entry in told] == list(DeskList)
    return {entry.slug.value: entry.count for entry in told if entry.count}
