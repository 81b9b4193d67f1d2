"""Plugin: of files that go to several processes, those that take longest go first.

Begun last, a long one would keep one process while the others have nothing left to do. What each
file took is noted by `--note-seconds` in a run of all tests; files that are not noted go first.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

NOTED = Path(__file__).parent / "file_seconds.json"
NOT_NOTED = float("inf")
_spent: defaultdict[str, float] = defaultdict(float)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that notes."""
    parser.addoption(
        "--note-seconds", action="store_true", help="note in tests/file_seconds.json what each took"
    )


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Each phase of each test counts for its file."""
    _spent[report.nodeid.partition("::")[0]] += report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where the run is led from, what was spent is noted."""
    config = session.config
    if config.getoption("--note-seconds") and not hasattr(config, "workerinput"):
        seconds = {file: round(spent) for file, spent in sorted(_spent.items())}
        NOTED.write_text(json.dumps(seconds, indent=0) + "\n", encoding="utf-8")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The files in this order (with --no-loadscope-reorder), each file's tests as they were."""
    if not hasattr(config, "workerinput"):
        return
    seconds = json.loads(NOTED.read_text(encoding="utf-8")) if NOTED.exists() else {}
    items.sort(key=lambda item: _place(item.nodeid.partition("::")[0], seconds))


def _place(file: str, seconds: dict[str, float]) -> tuple[float, str]:
    return -seconds.get(file, NOT_NOTED), file
