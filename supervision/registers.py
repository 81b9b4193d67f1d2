"""Rules of the registers: what a name may be, and that no two bear one name on the same day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_SEPARATES = re.compile(r"[、,，;；/|｜\n\t。:：]")
"""What a ledger writes between two names: inside a name it could never be found again."""


class RegisterRefused(Exception):
    """The register was not changed; the text is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Validity:
    """First and last day, both inclusive; None is unbounded."""

    first: date | None = None
    last: date | None = None

    def overlaps(self, other: Validity) -> bool:
        """Whether both hold on some day."""
        return not (
            (self.last is not None and other.first is not None and self.last < other.first)
            or (other.last is not None and self.first is not None and other.last < self.first)
        )


def tidy_name(name: str) -> str:
    """A name without spaces: ledgers write 市 教 育 局 too, the register does not."""
    return "".join(name.split())


def refuse_name(name: str, *, longest: int, word: str = "名称") -> None:
    """RegisterRefused unless ledgers can be read by this name."""
    if len(name) < 2 or len(name) > longest or not name.isprintable():
        raise RegisterRefused(f"{word}为 2 到 {longest} 个字。")
    if _SEPARATES.search(name):
        raise RegisterRefused(f"{word}里不能有顿号、逗号、冒号等分隔符号。")
    if name.isdigit():
        raise RegisterRefused(f"{word}不能只有数字。")


def refuse_validity(valid: Validity) -> None:
    """RegisterRefused where a name would end before it begins."""
    if valid.first is not None and valid.last is not None and valid.last < valid.first:
        raise RegisterRefused("失效日期早于生效日期。")


def last_day_before(on: date, *, begun: date | None, as_of: date, word: str) -> date:
    """The last day of what ends when something new begins `on`; RegisterRefused for odd days.

    A change is entered when it has happened: what lies ahead would be in force too early.
    """
    if on > as_of:
        raise RegisterRefused(f"{word}不能晚于今天：到那一天再登记。")
    if begun is not None and on <= begun:
        raise RegisterRefused(f"{word}应晚于原来的生效日期 {begun:%Y-%m-%d}。")
    return on - timedelta(days=1)
