"""周通报 of a programme as a Word document: what came in, what is late, who is silent, the order.

Every number is told with what it is out of; titles of ledgers are text, whatever they hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.briefing.official_paper import OfficialPaper
from dashboard.briefing.sheet_look import chinese_date
from dashboard.briefing.watermark import Watermark

_DIGITS: tuple[str, ...] = ("", *"一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences below it, and a table where there is one."""

    heading: str
    sentences: Sequence[str]
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    widths: Sequence[float] = ()
    """Of the columns, in parts of the sheet's width."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A week of one programme, all of it in words."""

    heading: str
    first: date
    last: date
    as_of: date
    narrowed: Sequence[str]
    """What it was narrowed to, beside the week."""
    sections: Sequence[Section]
    definitions: Sequence[tuple[str, str]]
    """Figure → 口径, for the annex."""


def numeral(number: int) -> str:
    """1 to 99 as sections are counted: 一, 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones]}"


def programme_bulletin(told: Bulletin, *, watermark: Watermark) -> bytes:
    """A .docx: the bulletin, behind it on a sheet of its own how its figures are counted."""
    made = OfficialPaper(told.heading, watermark)
    made.title(told.heading)
    made.centred(f"（{chinese_date(told.first)}至{chinese_date(told.last)}）")
    if told.narrowed:
        made.centred(f"（{'；'.join(told.narrowed)}）")
    made.gap()
    for number, section in enumerate(told.sections, start=1):
        made.heading(f"{numeral(number)}、{section.heading}")
        for sentence in section.sentences:
            made.body(sentence)
        if section.rows:
            made.table(section.headings, section.rows, widths=section.widths)
    made.gap()
    made.body(f"数据截至{chinese_date(told.as_of)}。附件：指标口径")
    made.annex("附件", "指标口径")
    for name, definition in told.definitions:
        made.body(f"{name}：{definition}")
    return made.saved()
