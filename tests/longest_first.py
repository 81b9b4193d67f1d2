"""Plugin: of files that go to several processes, those that drive a browser go first.

They take longest; begun last, one process would still be at them when the others are done.
"""

from __future__ import annotations

from collections import Counter

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The files in this order (with --no-loadscope-reorder), each file's tests as they were."""
    if not hasattr(config, "workerinput"):
        return
    tests_in = Counter(item.path for item in items)
    in_a_browser = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    items.sort(
        key=lambda item: (item.path not in in_a_browser, -tests_in[item.path], str(item.path))
    )
