"""Since when an item counts as closed, on the days before its ledger came in.

A closing day is never made up: it is not counted in any period's 办结 while it is unknown
(lifecycle.md 3.4), and the items without one are told beside. But whoever asks what was open on
an earlier day must be answered, and "closed all along" would be a claim.
"""

from __future__ import annotations

from datetime import date


def closed_from(
    closed_on: date | None, struck_off_on: date | None, feedback_on: date | None
) -> date | None:
    """The first day on which a closed item is no longer counted as open; None: no day tells.

    The closing day, else the day it was struck off, else the day of the written feedback:
    before it the item was certainly open. Without any of them the item counts as open on no day,
    is unsound (`closed-without-date`), and is named beside.
    """
    return closed_on or struck_off_on or feedback_on
