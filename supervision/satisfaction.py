"""满意度得分: how many points an answer gives, by which dated set (metrics.md 2.5).

No source gives weights. The shipped set follows the one hotline page that shows any
(1 / 0.7 / 0.6 / 0) and says of itself that it is an example.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from supervision.vocabulary import Satisfaction

FULL = 100
_LINE = re.compile(r"(\d{4}-\d{2}-\d{2}) +(\d{1,3}(?:/\d{1,3}){4})(?: +(\S.{0,99}))?")


@dataclass(frozen=True, slots=True)
class Points:
    """Points of 100 per answer, best answer first, from a day on; `source` says who decided."""

    valid_from: date
    of_answers: tuple[int, ...]
    source: str = ""

    def of(self, answer: Satisfaction) -> int:
        """The points of one answer."""
        return self.of_answers[list(Satisfaction).index(answer)]

    def line(self) -> str:
        """The set as it is written and read: 2027-01-01 100/80/60/20/0 依据."""
        points = "/".join(str(points) for points in self.of_answers)
        return f"{self.valid_from.isoformat()} {points} {self.source}".strip()

    def words(self) -> str:
        """非常满意100、满意70、… for a 口径."""
        return "、".join(f"{answer.label}{self.of(answer)}" for answer in Satisfaction)


EXAMPLE = Points(date.min, (100, 70, 60, 0, 0), "示例")
HOW_TO_WRITE = "生效日期 五档分值 依据，例如：2027-01-01 100/80/60/20/0 某文件"


def points_of(line: str) -> Points | None:
    """A set read from its line; None where it is none or a worse answer gives more."""
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return None
    try:
        valid_from = date.fromisoformat(found[1])
    except ValueError:
        return None
    points = tuple(int(number) for number in found[2].split("/"))
    falling = all(better >= worse for better, worse in pairwise(points))
    if not falling or points[0] > FULL:
        return None
    return Points(valid_from, points, found[3] or "")


def in_force(sets: Iterable[Points], day: date) -> Points:
    """The newest set that is valid on the day; the example before any."""
    valid = [points for points in sets if points.valid_from <= day]
    return max(valid, key=lambda points: points.valid_from, default=EXAMPLE)
