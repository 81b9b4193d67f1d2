"""Stored values of a list's rows as the words people read."""

from __future__ import annotations

import pandas as pd

from supervision.vocabulary import ItemState, ReassignReason, Satisfaction, Worded

_WORDS: dict[str, type[Worded]] = {
    "state": ItemState,
    "result": Satisfaction,
    "reason": ReassignReason,
}


def worded(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with states, answers and reasons in Chinese; other columns as they are."""
    told = rows.copy()
    for column, words in _WORDS.items():
        if column in told:
            labels = {member.value: member.label for member in words}
            told[column] = told[column].map(labels)
    return told
