"""A title with who has the item and how late it is below it, for where columns do not fit.

`市应急局 · 逾期 19 日 · 限 11-02`: on a phone a thumb finds this without moving the table.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.parts.overview_frames import NO_LEAD
from dashboard.parts.safe import clean
from dashboard.parts.theme import LAMPS
from supervision.vocabulary import Light

NO_TITLE = "（无标题）"
BETWEEN, _GLUE, _BROAD = " · ", "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}"
_IN_CELL, _WIDE, _SLIM, _SPACE = 18, 13.4, 7.2, 3.6
"""Pixels around the words of a cell, of a Chinese and a Latin letter in it, of a space."""
_FILLED, _LEAST_BELOW = 0.86, 0.3
_OVER = (Light.GREY.label, Light.OUT.label)
"""Who is done has no day any more."""
_WORDS = {lamp.word: light.label for light, lamp in LAMPS.items()}


def titles_with_more(
    rows: pd.DataFrame, below: Sequence[str], *, width: int, lines: int
) -> list[str]:
    """The titles of `rows` (parts/tables.py:table_frame), each with the columns `below` it.

    A cell has room for so many `lines` of `width` pixels: a long title is cut, nothing below it.
    """
    room = width - _IN_CELL
    return [_whole(row, below, room, lines) for row in rows.to_dict("records")]


def told_below(row: Mapping[Any, Any], below: Sequence[str]) -> str:
    """What stands below the title of one row; an overdue item's lamp is told by its days."""
    told = {name: _SAID[name](row[name]) for name in below}
    if told.get("light") in _OVER:
        told.pop("due_on", None)
    if told.get("days_overdue"):
        told.pop("light", None)
    return BETWEEN.join(words for words in told.values() if words)


def _whole(row: Mapping[Any, Any], below: Sequence[str], room: int, lines: int) -> str:
    title, more = " ".join(_text(row["title"]).split()) or NO_TITLE, told_below(row, below)
    if not more:
        return title
    taken = -int(-text_width(more) // room)
    title = _cut(title, room * max(lines - taken, 1) - _WIDE)
    # A cell's line break comes out as a space, and lines are broken at spaces. So the only one is
    # here, and what cannot be broken fills the title's last line: with broad signs, as the browser
    # looks no further than half as many letters again as usually stand in a line.
    rest = max(room * _FILLED - text_width(title) % room, 0)
    filled = title.replace(" ", _GLUE) + _blank(rest)
    # As long as what the title leaves of its line, or a short name would stand beside the title.
    short = max(room * _LEAST_BELOW - text_width(more), 0)
    glued = more.replace(" ", _GLUE) + _blank(short)
    return f"{filled} {glued.replace('·' + _GLUE, '· ') if taken > 1 else glued}"


def _blank(width: float) -> str:
    """Nothing, so wide, that no line is broken in."""
    return _BROAD * int(width // _WIDE) + _GLUE * int(width % _WIDE / _SPACE)


def _cut(text: str, room: float) -> str:
    if text_width(text) <= room:
        return text
    kept = text
    while kept and text_width(kept) + _WIDE > room:
        kept = kept[:-1]
    return f"{kept}…"


def text_width(text: str) -> float:
    """Pixels that `text` takes in a cell."""
    return sum(map(_letter, text))


def _letter(sign: str) -> float:
    if sign == " ":
        return _SPACE
    return _WIDE if unicodedata.east_asian_width(sign) in "WFA" else _SLIM


def _text(value: Any) -> str:
    return "" if not isinstance(value, str) else clean(value)


def _lead(value: Any) -> str:
    return " ".join(_text(value).split()) or NO_LEAD


def _light(value: Any) -> str:
    return _WORDS.get(value[0], str(value[0])) if value else ""


def _days(value: Any) -> str:
    return "" if pd.isna(value) or not value else f"逾期 {value:g} 日"


def _due(value: Any) -> str:
    return "" if pd.isna(value) else f"限 {value:%m-%d}"


_SAID: Mapping[str, Callable[[Any], str]] = {
    "lead_short": _lead, "lead": _lead, "department": _lead, "light": _light,
    "days_overdue": _days, "due_on": _due,
}  # fmt: skip
