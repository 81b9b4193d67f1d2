"""Days written with their weekday, so that a reader of a table sees what a test is about."""

from __future__ import annotations

from datetime import date

from supervision.working_days import WEEKDAYS


def day(told: str) -> date:
    """The date of `2026-01-30 周五`; AssertionError when the weekday is not true."""
    iso, weekday = told.split()
    found = date.fromisoformat(iso)
    assert weekday == f"周{WEEKDAYS[found.weekday()]}", f"{told} is not a {weekday}"
    return found
