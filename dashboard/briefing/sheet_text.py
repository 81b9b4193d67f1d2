"""Ledger text in a spreadsheet cell: always text, never longer than a cell holds."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

MOST_UNITS = 32_767
"""UTF-16 code units in one cell; a spreadsheet calls a file with more damaged."""
_FORMULAS = ("=", "+", "-", "@")
CUT = "……（内容过长，已截断）"
# What XML cannot carry, lone surrogates among it, and what hides or turns text around.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\uffff]"
)


def cell_text(text: object) -> str:
    """The text as a cell shows it; None and missing values are the empty text.

    Line breaks become plain newlines; what does not fit is cut, and the cut is told.
    """
    if text is None or text != text:
        return ""
    if isinstance(text, str) and text.isprintable() and len(text) <= MOST_UNITS // 2:
        return text
    lines = str(text).replace("\r\n", "\n").replace("\r", "\n")
    seen = _UNSEEN.sub("", lines)
    units = len(seen) + sum(letter > "\uffff" for letter in seen)
    if units <= MOST_UNITS:
        return seen
    kept = seen.encode("utf-16-le")[: 2 * (MOST_UNITS - len(CUT))]
    return kept.decode("utf-16-le", "ignore") + CUT


def lines_of(text: str, width: float) -> int:
    """Lines that a wrapped cell of so many half-width letters needs, a Chinese letter being two."""
    if 2 * len(text) <= width and "\n" not in text:
        return 1
    return sum(
        max(1, math.ceil((len(line) + sum(letter > "\u2e80" for letter in line)) / width))
        for line in text.split("\n")
    )


def text_format(workbook: Any, properties: Mapping[str, Any]) -> Any:
    """A format for `write_text`: it has a twin for what a spreadsheet would take for a formula."""
    made = workbook.add_format(dict(properties))
    made.quoted = workbook.add_format({**properties, "quote_prefix": True})
    return made


def write_text(sheet: Any, row: int, column: int, text: object, look: Any) -> None:
    """Text that stays text: no formula, no link, no rich text of its own.

    Also when somebody goes into the cell and out again, which makes a formula of =1+1.
    """
    kept = cell_text(text)
    # XlsxWriter takes <r>…</r> for finished XML; a space in front keeps it text.
    if kept.startswith("<r>"):
        kept = cell_text(f" {kept}")
    sheet.write_string(row, column, kept, look.quoted if kept.startswith(_FORMULAS) else look)
