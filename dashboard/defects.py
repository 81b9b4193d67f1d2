"""Defects: what nobody foresaw, logged under a short number that people can read out."""

from __future__ import annotations

import logging
import secrets
import traceback
from pathlib import Path

from dashboard.settings import PROJECT

_LOG = logging.getLogger("duban")
# No 0/O, 1/I/L: the number is read out over the telephone.
_REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def noted_defect(problem: Exception) -> str:
    """Log the kind and place of a defect; returns the number it is logged under."""
    number = "".join(secrets.choice(_REFERENCE_LETTERS) for _ in range(6))
    _LOG.error("编号 %s：%s%s", number, type(problem).__name__, _place_of(problem))
    return number


def _place_of(problem: Exception) -> str:
    """The innermost line of our own code, for instance ` dashboard/reads.py:41`, or nothing."""
    own = [
        f" {path.relative_to(PROJECT)}:{line.lineno}"
        for line in traceback.extract_tb(problem.__traceback__)
        if (path := Path(line.filename)).is_relative_to(PROJECT)
        and "site-packages" not in path.parts
    ]
    return own[-1] if own else ""
