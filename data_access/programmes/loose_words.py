"""Answers and numbers as offices write them: 网格调解员, 综合执法, 3口, 约2小时, 2,000.5元.

Whatever is not word for word is told, so that somebody looks at it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

SHORTEST = 2
"""So many letters of an answer have to be there."""
SAME_DAY = frozenset({"当日", "当天", "同日", "当场", "即时", "即日"})
"""What stands in the place of a day: the one on which it began."""
_NUMBER = re.compile(r"(约|近)?(\d{1,12})(\.\d{1,6})?(.{0,4})")
_NOT = re.compile("[不未没无非拒否]")
_UNITS = {"人": ("人", "口", "名", "位"), "小时": ("小时", "时", "h"), "元": ("元", "块")}


class Loose(NamedTuple):
    """What a cell was taken for, and whether it says so word for word."""

    value: str | int
    is_exact: bool


def choice_meant(text: str, answers: Mapping[str, str]) -> Loose | None:
    """`answers` are words → name of the choice; None where none, or more than one, is meant."""
    if text in answers:
        return Loose(answers[text], True)
    within = {
        name for word, name in answers.items()
        if len(word) >= SHORTEST and word in text and not _NOT.search(text.replace(word, ""))
    }  # fmt: skip
    begun = {
        name for word, name in answers.items() if len(text) >= SHORTEST and word.startswith(text)
    }
    found = within or begun
    return Loose(found.pop(), False) if len(found) == 1 else None


def whole_meant(text: str, unit: str) -> Loose | None:
    """A number of things; None for what is none, or is counted in something else."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    told = _NUMBER.fullmatch(plain)
    if told is None or told[4].strip() not in ("", unit, *_UNITS.get(unit, ())):
        return None
    number = Decimal(told[2] + (told[3] or ""))
    if unit == "%" and not told[4] and 0 < number < 1:
        return Loose(int((number * 100).to_integral_value(ROUND_HALF_UP)), False)
    whole = int(number.to_integral_value(ROUND_HALF_UP))
    return Loose(whole, whole == number and told[1] is None)
