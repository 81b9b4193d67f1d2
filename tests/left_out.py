"""Plugin: the last lines say which tests were left out and why; in CI that fails the run."""

from __future__ import annotations

import os
from collections import defaultdict

import pytest

_left_out: dict[str, list[str]] = defaultdict(list)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember a test that was left out."""
    if report.skipped and not hasattr(report, "wasxfail"):
        _remember(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Remember a whole file that was left out."""
    if report.skipped:
        _remember(report)


def _remember(report: pytest.TestReport | pytest.CollectReport) -> None:
    # pytest keeps a skip as (file, line, "Skipped: reason").
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    _left_out[reason.removeprefix("Skipped: ")].append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell them, below everything else."""
    for reason, tests in _left_out.items():
        terminalreporter.write_line(f"LEFT OUT ({len(tests)}): {reason}", yellow=True)
        for test in tests:
            terminalreporter.write_line(f"  {test}")
    if _left_out and _is_ci():
        terminalreporter.write_line("CI: nothing may be left out, so this run failed.", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Leaving tests out is a failure where nobody reads the last lines."""
    if _left_out and _is_ci() and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _is_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}
