"""What a cell's number means by its number format: a date, a time, a share, a number.

Built-in formats by their number as ECMA-376 18.8.30 lists them, with the Chinese ones
(27-36, 50-58), which differ from country to country.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from data_access.ledger_import.model import CellError, CellValue

_BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日",
    32: "h时mm分", 33: "h时mm分ss秒", 34: "上午/下午h时mm分", 35: "上午/下午h时mm分ss秒",
    36: "yyyy年m月", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 50: "yyyy年m月",
    51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "上午/下午h时mm分",
    56: "上午/下午h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.I)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_NO_DATE = re.compile(r"general|g/通用格式|e[+-]|am/pm|a/p", re.I)
_FRACTION = re.compile(r"s\.0+")
_ZEROS = re.compile(r'(?:"([^"]*)")?(0{2,15})(?:"([^"]*)")?')
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_PLAIN_DIGITS = re.compile(r"[+-]?\d+")
_EXACT = 10**15
"""A spreadsheet keeps fifteen digits; longer numbers are numbers of things, kept as text."""
_LAST_DAY = 2_958_465
"""9999-12-31."""


class Means(Enum):
    """What a formatted number stands for."""

    NUMBER = 0
    SHARE = 1
    DATE = 2
    TIME = 3
    ELAPSED = 4
    CODE = 5
    """Zeros in front, perhaps letters around: 0007, 督〔007〕."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """`before`, `digits` and `after` belong to CODE."""

    means: Means
    before: str = ""
    digits: int = 0
    after: str = ""


GENERAL = NumberFormat(Means.NUMBER)


def built_in(number: int) -> NumberFormat:
    """The meaning of a built-in format."""
    return number_format(_BUILT_IN.get(number, "General"))


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """The meaning of a format code; only the section for positive numbers counts."""
    code = code[:256]
    zeros = _ZEROS.fullmatch(code.split(";")[0])
    if zeros:
        return NumberFormat(Means.CODE, zeros[1] or "", len(zeros[2]), zeros[3] or "")
    first = _LITERAL.sub("", code).split(";")[0]
    if _ELAPSED.search(first):
        return NumberFormat(Means.ELAPSED)
    bare = _NO_DATE.sub("", _BRACKETS.sub("", first)).lower()
    if "%" in bare:
        return NumberFormat(Means.SHARE)
    letters = set(bare) & set("ymdhsae年月日时分秒")
    if not letters or set(_FRACTION.sub("", bare)) & set("0#?"):
        return GENERAL
    if letters & set("ydae年月日") or letters == {"m"}:
        return NumberFormat(Means.DATE)
    return NumberFormat(Means.TIME)


def number_value(text: str, told: NumberFormat, *, date_1904: bool) -> CellValue:
    """A number as its file writes it, turned into what its format says it is."""
    value = _number(text.strip())
    if isinstance(value, (str, CellError)):
        return value
    return meant(value, told, date_1904=date_1904)


def meant(value: int | float, told: NumberFormat, *, date_1904: bool) -> CellValue:
    """A number turned into what its format says it is; impossible dates stay numbers."""
    if told.means is Means.CODE and isinstance(value, int) and value >= 0:
        return f"{told.before}{value:0{told.digits}d}{told.after}"
    if told.means is Means.DATE or (told.means is Means.TIME and value >= 1):
        moment = _moment(value, date_1904=date_1904)
        return value if moment is None else moment
    if told.means in (Means.TIME, Means.ELAPSED) and 0 <= value < 10_000:
        return _clock(value)
    return value


def rounded(value: float) -> int | float | str | CellError:
    """A float without what fifteen digits cannot hold: 3 for 3.0, 0.3 for 0.30000000000000004."""
    if not math.isfinite(value):
        return CellError("#NUM!")
    if not value.is_integer():
        return float(f"{value:.15g}")
    if abs(value) < _EXACT:
        return int(value)
    return f"{Decimal(f'{value:.15g}'):f}" if abs(value) < 1e30 else value


def _number(text: str) -> int | float | str | CellError:
    if _PLAIN_DIGITS.fullmatch(text):
        return int(text) if len(text) <= 15 else _long(text)
    if not _NUMBER.fullmatch(text):
        return CellError("#NUM!") if text.lower() in ("nan", "inf", "-inf") else text
    return rounded(float(text))


def _long(digits: str) -> int | str:
    bare = digits.lstrip("+")
    return int(bare) if len(bare.lstrip("-0")) <= 15 else bare


def _moment(serial: int | float, *, date_1904: bool) -> date | datetime | None:
    """The day of a serial; None where the calendar has none (negative, 0, 29 February 1900)."""
    days = math.floor(serial)
    seconds = round((serial - days) * 86_400)
    if seconds == 86_400:
        days, seconds = days + 1, 0
    if not (0 if date_1904 else 1) <= days <= _LAST_DAY or (days == 60 and not date_1904):
        return None
    if date_1904:
        first = date(1904, 1, 1)
    else:
        # The 1900 system counts a 29 February that never was.
        first = date(1899, 12, 30) if days > 60 else date(1899, 12, 31)
    try:
        day = first + timedelta(days=days)
    except OverflowError:
        return None
    if not seconds:
        return day
    return datetime.combine(day, time.min) + timedelta(seconds=seconds)


def _clock(value: int | float) -> str:
    minutes, seconds = divmod(round(value * 86_400), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")
