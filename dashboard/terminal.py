"""What every `duban` command shares: how it ends, and how it speaks."""

from __future__ import annotations

import sys

ACCEPTED, WITH_ERRORS, REJECTED = 0, 1, 2
"""Exit statuses: done, faults were told, nothing could be done."""


def say(line: str) -> None:
    """One line for the person at the terminal, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def complain(line: str) -> None:
    """One line for the person at the terminal about what went wrong."""
    sys.stderr.write(line + "\n")
