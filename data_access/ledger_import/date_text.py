"""Dates written as words and figures, cut into tokens (ledgers.md 4.1 no. 9).

A token knows which parts were printed; what is missing (the year, the month of a range's end)
is filled by `dates`, never here.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

LONGEST = 300
"""Characters of a cell in which a date is looked for: a paragraph is none, and costs time."""
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "O": 0}
_RANGE = re.compile(r"^[-|]?[日号]?(?:-+|至|到)$")
_HAN_NUMBER = re.compile(
    # No number has more signs, and a long row of them is not looked at from each of its places.
    r"(?<![〇○O零一二两三四五六七八九十])[〇○O零一二两三四五六七八九十]{1,9}(?=[年月日号]|季度|个工作日|工作日|个月|天|周|小时)"
)
_HALF_DAY = "(?:上午|下午|晚上?|中午|早上?)?"
_TIME = re.compile(
    rf"(?<=\d)[T ]+{_HALF_DAY}\d{{1,2}}:\d{{1,2}}(?::\d{{1,2}}(?:\.\d+)?)?"
    r"(?: ?[AaPp][Mm]|Z|\+\d\d:?\d\d)?"
    rf"|(?<=[日号])\s*{_HALF_DAY}\d{{1,2}}"
    r"(?::\d{2}(?::\d{2})?|[时点](?:\d{1,2}分?)?(?:整|半)?)"
)
_WEEKDAY = re.compile(r"[(（\[]?(?:星期|周|礼拜)[一二三四五六日天][)）\]]?")

_TOKEN = re.compile(
    r"(?P<work>(?P<work_n>\d{1,3})个?工作日)"
    r"|(?P<span>(?P<span_n>\d{1,3})(?P<unit>个月|[日天]|周|小时)(?:之?内|以内))"
    r"|(?P<same>当[日天])|(?P<next>次日)"
    r"|(?P<range>(?:(?P<y19>\d{4}|\d{2})年)?(?P<m19>\d{1,2})(?=(?:-+|至|到|、)\d{1,2}月))"
    r"|(?P<ymd>(?P<y1>\d{4}|\d{2})年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})(?!\d|[月年个])[日号]?)"
    r"|(?P<ym>(?P<y2>\d{4}|\d{2})年(?P<m2>\d{1,2})月份?(?P<part2>底|末|初|上旬|中旬|下旬|中)?)"
    r"|(?P<yq>(?P<y3>\d{4}|\d{2})年?(?:第?(?P<q3>[1-4])季度|[Qq](?P<q4>[1-4])))"
    r"|(?P<yh>(?P<y5>\d{4}|\d{2})年?(?P<half5>上|下)半年)"
    r"|(?P<ye>(?P<y6>\d{4}|\d{2})年(?:年?[底末内]))"
    r"|(?P<md>(?P<m7>\d{1,2})月(?P<d7>\d{1,2})(?!\d|[月年个])[日号]?)"
    r"|(?P<mm>(?P<m8>\d{1,2})月份?(?P<part8>底|末|初|上旬|中旬|下旬|中)?)"
    r"|(?P<q>第?(?P<q9>[1-4])季度|[Qq](?P<q10>[1-4])(?!\d))"
    r"|(?P<h>(?P<half11>上|下)半年)"
    r"|(?P<e>年[底末内])"
    r"|(?P<nnn>(?<!\d)(?P<a12>\d{1,4})(?P<sep>[-/.])(?P<b12>\d{1,2})(?P=sep)(?P<c12>\d{1,4})(?!\d))"
    r"|(?P<n8>(?<!\d)(?P<y13>(?:19|20)\d{2})(?P<m13>\d{2})(?P<d13>\d{2})(?!\d))"
    r"|(?P<n6>(?<!\d)(?P<y14>20\d{2})(?P<m14>0[1-9]|1[0-2])(?!\d))"
    r"|(?P<ynn>(?<!\d)(?P<y15>\d{4})[-/.](?P<m15>\d{1,2})(?![\d]))"
    r"|(?P<nn>(?<!\d)(?P<m16>\d{1,2})[-/.](?P<d16>\d{1,2})(?![\d月年]))"
    r"|(?P<d>(?<!\d)(?P<d17>\d{1,2})[日号])"
    r"|(?P<serial>(?<!\d)(?P<n18>\d{5})(?:\.\d+)?(?!\d))"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One printed date or limit. `precision` is day, month, part, quarter, half or year."""

    start: int
    end: int
    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    precision: str = "day"
    count: int | None = None
    """How many working days, days, weeks, months or hours."""
    triple: tuple[int, int, int] | None = None
    """Three figures whose order is still to be judged (30/9/2026)."""
    separator: str = ""
    serial: int | None = None

    @property
    def is_limit(self) -> bool:
        """A number of days to count, not a day."""
        return bool(self.count) or self.kind == "days"


def last_day(year: int, month: int) -> int:
    """The number of days of a month."""
    return calendar.monthrange(year, month)[1]


def _han_value(match: re.Match[str]) -> str:
    word = match[0]
    if "十" not in word:
        return "".join(str(_DIGITS[c]) for c in word)
    tens, _, ones = word.partition("十")
    if len(tens) > 1 or len(ones) > 1 or ones == "十":
        return word
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))


def simplified(text: str) -> str:
    """NFKC, Chinese numerals as figures, no times of day, weekdays or spaces.

    A space or line break between two figures becomes `|`, so that two dates in one cell stay
    two.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    text = re.sub(r"[‐‑‒–—―−~～]", "-", text).replace("．", ".").replace("。", ".")
    text = _TIME.sub("", text)
    text = _WEEKDAY.sub("", text)
    text = re.sub(r"(?<=\d)\s*\n\s*(?=\d)|(?<=\d)\s+(?=\d)", "|", text)
    text = re.sub(r"\s*\n\s*", "|", text)
    text = _HAN_NUMBER.sub(_han_value, re.sub(r"\s+", "", text))
    text = re.sub(r"(?<!\d)(\d{4})[-/.](\d{1,2})月", r"\1年\2月", text)
    return re.sub(r"(\d{4}年\d{1,2})[-/.](\d{1,2})(?![\d月])", r"\1月\2", text)


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


_PARTS = {"上旬": 10, "中旬": 20}


def _month_token(at: tuple[int, int], year: str | None, month: str, part: str | None) -> Token:
    if part in _PARTS:
        return Token(*at, "date", _year(year), int(month), _PARTS[part], "part")
    if part in ("初", "中"):
        return Token(*at, "vague", _year(year), int(month))
    precision = "part" if part == "下旬" else "month"
    return Token(*at, "date", _year(year), int(month), None, precision)


def _limit(match: re.Match[str], at: tuple[int, int]) -> Token | None:
    if match["work"]:
        return Token(*at, "working_days", count=int(match["work_n"]))
    if match["span"]:
        kind = {"个月": "months", "日": "days", "天": "days", "周": "weeks", "小时": "hours"}
        return Token(*at, kind[match["unit"]], count=int(match["span_n"]))
    if match["same"]:
        return Token(*at, "days", count=0)
    if match["next"]:
        return Token(*at, "days", count=1)
    return None


def _long_period(match: re.Match[str], at: tuple[int, int]) -> Token | None:
    """Quarters, halves and ends of years, with or without the year."""
    if match["yq"] or match["q"]:
        quarter = int(match["q3"] or match["q4"] or match["q9"] or match["q10"])
        return Token(*at, "date", _year(match["y3"]), quarter * 3, None, "quarter")
    if match["yh"] or match["h"]:
        month = 6 if (match["half5"] or match["half11"]) == "上" else 12
        return Token(*at, "date", _year(match["y5"]), month, None, "half")
    if match["ye"] or match["e"]:
        return Token(*at, "date", _year(match["y6"]), 12, 31, "year")
    return None


def _in_words(match: re.Match[str], at: tuple[int, int]) -> Token | None:
    if match["range"]:
        return _month_token(at, match["y19"], match["m19"], None)
    if match["ymd"]:
        return Token(*at, "date", _year(match["y1"]), int(match["m1"]), int(match["d1"]))
    if match["ym"]:
        return _month_token(at, match["y2"], match["m2"], match["part2"])
    if match["md"]:
        return Token(*at, "date", None, int(match["m7"]), int(match["d7"]))
    if match["mm"]:
        return _month_token(at, None, match["m8"], match["part8"])
    return None


def _in_figures(match: re.Match[str], at: tuple[int, int]) -> Token:
    if match["nnn"]:
        a, b, c = match["a12"], match["b12"], match["c12"]
        if len(a) == 4:
            return Token(*at, "date", int(a), int(b), int(c))
        triple = (int(a), int(b), int(c))
        return Token(*at, "triple", triple=triple, separator=match["sep"])
    if match["n8"]:
        return Token(*at, "date", int(match["y13"]), int(match["m13"]), int(match["d13"]))
    if match["n6"]:
        return Token(*at, "date", int(match["y14"]), int(match["m14"]), None, "month")
    if match["ynn"]:
        return Token(*at, "date", int(match["y15"]), int(match["m15"]), None, "month")
    if match["nn"]:
        return Token(*at, "date", None, int(match["m16"]), int(match["d16"]))
    if match["d"]:
        return Token(*at, "date", None, None, int(match["d17"]))
    return Token(*at, "serial", serial=int(match["n18"]))


def tokens(text: str) -> list[Token]:
    """Every date or limit in a simplified text, left to right."""
    found = []
    for match in _TOKEN.finditer(text):
        at = match.span()
        found.append(
            _limit(match, at)
            or _in_words(match, at)
            or _long_period(match, at)
            or _in_figures(match, at)
        )
    return found


def day_of(token: Token, year: int) -> date | None:
    """The day a token means in `year`; None for a day that does not exist (30 February)."""
    if token.month is None or not 1 <= token.month <= 12:
        return None
    day = token.day if token.day is not None else last_day(year, token.month)
    try:
        return date(year, token.month, day)
    except ValueError:
        return None


def is_range(between: str, days: list[date]) -> bool:
    """Whether two days with this between them are the ends of a stretch of time."""
    return len(days) == 2 and _RANGE.match(between) is not None and days[0] <= days[1]
