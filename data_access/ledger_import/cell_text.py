"""Cells as text: what a person sees printed, without what no eye can see."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from data_access.ledger_import.model import CellError, CellValue

# Controls, zero-width, bidi overrides, lone surrogates, noncharacters: they break pages,
# exports and databases (hardening.md 1, 7 no. 20) and no ledger means them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_ESCAPED_CONTROL = re.compile(r"_x00(?:0[0-9A-Fa-f]|1[0-9A-Fa-f]|7[Ff])_")
_SPACES = re.compile(r"\s+")
_CLOSING = ")）\\]】〕>》}"
_BRACKETS = re.compile(rf"[(（\[【〔<《{{][^{_CLOSING}]*[{_CLOSING}]")
_UP_TO_LAST_CLOSING = re.compile(rf".*[{_CLOSING}]", re.S)

DITTO = frozenset({"同上", "同前", "〃", "″", '"', "“", "”", "''", "〞", "〝", "ditto"})
DITTO_STARTS = frozenset(word[0] for word in DITTO) | {" ", "\u3000", "\xa0", "\n", "\t", "(", "（"}
BLANK_MARKS = frozenset({"/", "\\", "-", "--", "—", "——", "－", "–", "／", "、", ".", "…", "……"})
UNKNOWN_WORDS = frozenset(
    {"保密", "不详", "空", "未知", "不明", "null", "NULL", "None", "N/A", "#N/A"}
)
_MASKED = re.compile(r"^(?:[×*＊✕╳〇○]{2,}|[xX]{3,})$")


def clean(text: str) -> str:
    """The text as printed, trimmed; line breaks as \\n; nothing invisible left."""
    if "_x00" in text:
        text = _ESCAPED_CONTROL.sub("", text)
    if text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\v", "\n")
    return _INVISIBLE.sub("", text).strip()


def as_text(value: CellValue) -> str:
    """One cell as text; blank is "". 1.0 prints as 1, a date as ISO."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        whole_day = value.hour == value.minute == value.second == 0
        return value.date().isoformat() if whole_day else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, CellError):
        return value.text
    return str(value)


def compact(text: str) -> str:
    """NFKC without any space: the form in which names and words are compared."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


def without_brackets(text: str) -> str:
    """市教育局(基教科) → 市教育局; a bracket that nothing closes stays."""
    closed = _UP_TO_LAST_CLOSING.match(text)
    if closed is None:
        return text
    # Behind the last closing bracket each opening one would be looked after to the end.
    return _BRACKETS.sub("", closed[0]) + text[closed.end() :]


def is_ditto(text: str) -> bool:
    """同上 and 〃 mean the cell above."""
    return len(text) <= 6 and _SPACES.sub("", text).strip("()（）。.；;") in DITTO


def is_unknown_word(text: str) -> bool:
    """保密, 不详, 空, ××××: the ledger says that it does not say (ledgers.md 4.1 no. 7)."""
    return len(text) <= 12 and (text in UNKNOWN_WORDS or _MASKED.match(text) is not None)


def column_letter(index: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Row from 1, column from 0, as the spreadsheet prints it: F5."""
    return f"{column_letter(column)}{row}"
