"""A test that is left out is told, and in CI it is a failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SOME_LEFT_OUT = """
import pytest

def test_that_runs():
    assert True

def test_that_cannot_run():
    pytest.skip("no such machine")
"""


def _run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_some.py").write_text(SOME_LEFT_OUT)
    outside = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.left_out", "-c", os.devnull, folder],
        cwd=PROJECT,
        env=outside | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_last_lines_name_each_test_left_out_and_why(tmp_path: Path):
    run = _run(tmp_path)
    assert run.returncode == 0
    [told, test, _closing] = run.stdout.splitlines()[-3:]
    assert told == "LEFT OUT (1): no such machine"
    assert test.endswith("test_some.py::test_that_cannot_run")


@pytest.mark.parametrize("ci", ["true", "1"])
def test_in_ci_nothing_may_be_left_out(tmp_path: Path, ci: str):
    run = _run(tmp_path, CI=ci)
    assert run.returncode == pytest.ExitCode.TESTS_FAILED
    assert "nothing may be left out" in run.stdout
