"""Stored values of a list's rows as the words people read."""

from __future__ import annotations

import pandas as pd

from supervision.loop_words import ProposedUnit
from supervision.vocabulary import ItemState, ReassignReason, Satisfaction, Worded

_WORDS: dict[str, type[Worded]] = {
    "state": ItemState,
    "result": Satisfaction,
    "proposed": ProposedUnit,
}

_ACTORS = {"local": "本机督查员", "sample": "演示数据"}


def actor_told(actor: str) -> str:
    """Who did it, in words; until there are accounts only these two do anything."""
    return _ACTORS.get(actor, actor)


def worded(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with states, answers, reasons and actors in Chinese; the rest as it is."""
    told = rows.copy()
    for column, words in _WORDS.items():
        if column in told:
            labels = {member.value: member.label for member in words}
            told[column] = told[column].map(labels)
    if "flag_id" in told:
        # Only a flag's reason is a word of the vocabulary; of a return or extension it is prose.
        told["reason"] = [ReassignReason(value).label for value in told["reason"]]
    for column in ("asked_by", "stored_by"):
        if column in told:
            told[column] = [actor_told(actor) for actor in told[column]]
    return told
