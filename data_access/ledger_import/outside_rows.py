"""Rows that are no item and are kept all the same: lists of contacts, totals, notes.

Nobody maps their columns, so residents are found by what stands above them (姓名, 住址) or
beside them (a phone, an ID number).
"""

from __future__ import annotations

import re

from data_access.ledger_import.field_names import PERSONAL
from data_access.ledger_import.headings import alone
from data_access.ledger_import.personal import looks_like_person, masked_cell, masked_name

LONGEST_HEAD = 8
LONGEST_NAMES = 12
LONGEST_ADDRESS = 40
_HIDDEN_NUMBER = re.compile(r"\d\*{2,}\d|\*@\*")
_NO_PERSON = re.compile(r"计|[:：]|^\d{1,4}\D?$")
_NO_NAME = re.compile("[县区镇乡村街道局委办科股室队组站所院校处中心]$")
_DWELLING = re.compile(r"\d\s*(?:号|栋|幢|座|单元|室|房|组|巷)")


class OutsideRows:
    """Walks a sheet's rows that are no items, from top to bottom."""

    def __init__(self) -> None:
        self._columns: dict[str, str] = {}

    def enter_table(self, columns: dict[str, str]) -> None:
        """A table of items begins; `columns`: letter → the personal field that it holds."""
        self._columns = columns

    def hide(self, kept: dict[str, str]) -> None:
        """Mask in place what a row tells of a person; numbers in it are masked already."""
        heads = _personal_heads(kept)
        beside_number = any(map(_HIDDEN_NUMBER.search, kept.values()))
        if heads and not beside_number:
            self._columns = heads
            return
        for letter, field in self._columns.items():
            if letter in kept and letter not in heads:
                kept[letter] = _hidden(field, kept[letter])
        if beside_number:
            for letter in kept.keys() - heads.keys():
                kept[letter] = _without_person(kept[letter])


def _personal_heads(kept: dict[str, str]) -> dict[str, str]:
    heads = {}
    for letter, text in kept.items():
        if len(text) <= LONGEST_HEAD:
            found = alone(text)
            if found.exact and found.field in PERSONAL:
                heads[letter] = found.field or ""
    return heads


def _hidden(field: str, text: str) -> str:
    if _NO_PERSON.search(text):
        return text
    longest = LONGEST_NAMES if field == "reporter_name" else LONGEST_ADDRESS
    return masked_cell(field, text) if len(text) <= longest else text


def _without_person(text: str) -> str:
    if looks_like_person(text) and not _NO_NAME.search(text) and alone(text).field is None:
        return masked_name(text)
    return "***" if len(text) <= LONGEST_ADDRESS and _DWELLING.search(text) else text
