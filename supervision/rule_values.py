"""The kinds of value a city rule may have: what may be written, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from supervision.deadlines import Limit, LimitUnit
from supervision.figures import FIGURES
from supervision.ranking import COMPONENTS, weights_of
from supervision.satisfaction import FULL, Points
from supervision.vocabulary import Satisfaction

LONGEST_LIMIT = {LimitUnit.WORKDAY: 250, LimitUnit.DAY: 366, LimitUnit.HOUR: 240}
"""Units a limit of the city may have, with the most that is believable."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number; `words` is the sentence for it."""

    words: str
    least: int
    most: int

    @property
    def allowed(self) -> str:
        """What may be written, in Chinese."""
        return f"{self.least} 到 {self.most} 的整数"

    def is_one(self, text: str) -> bool:
        """Whether the text is such a value."""
        return text.isascii() and text.isdigit() and self.least <= int(text) <= self.most

    def told(self, text: str) -> str:
        """The value as a sentence."""
        if text == "0" and "0为不限" in self.words:
            return "不限"
        return self.words.removesuffix("，0为不限").format(text)


@dataclass(frozen=True)
class Choice:
    """One of several values, each with its label."""

    labels: dict[str, str]

    @property
    def allowed(self) -> str:
        """What may be written, in Chinese."""
        return "、".join(f"{value}（{label}）" for value, label in self.labels.items())

    def is_one(self, text: str) -> bool:
        """Whether the text is such a value."""
        return text in self.labels

    def told(self, text: str) -> str:
        """The value as a sentence."""
        return self.labels.get(text, text)


@dataclass(frozen=True)
class Several:
    """Some of several values, comma between; `always` is among them whatever is chosen."""

    labels: dict[str, str]
    always: str

    @property
    def allowed(self) -> str:
        """What may be written, in Chinese."""
        known = "、".join(f"{value}（{label}）" for value, label in self.labels.items())
        return f"其中几个，用英文逗号分开，必须包括 {self.always}：{known}"

    def is_one(self, text: str) -> bool:
        """Whether the text is such a value."""
        chosen = text.split(",")
        known = all(value in self.labels for value in chosen)
        return known and self.always in chosen and len(set(chosen)) == len(chosen)

    def told(self, text: str) -> str:
        """The value as a sentence."""
        return "、".join(self.labels[value] for value in text.split(",") if value in self.labels)


class FeedbackLimit:
    """A limit: number and unit, as `15 workday`."""

    allowed = (
        "数字和单位：15 workday（工作日，1 到 250）、30 day（日，1 到 366）、"
        "24 hour（小时，1 到 240）"
    )

    @staticmethod
    def read(text: str) -> Limit | None:
        """The limit; None where the text is none."""
        number, _, word = text.partition(" ")
        if not (number.isascii() and number.isdigit() and word in list(LimitUnit)):
            return None
        unit = LimitUnit(word)
        if not 1 <= int(number) <= LONGEST_LIMIT.get(unit, 0):
            return None
        return Limit(int(number), unit)

    def is_one(self, text: str) -> bool:
        """Whether the text is such a value."""
        return self.read(text) is not None

    def told(self, text: str) -> str:
        """The value as a sentence."""
        limit = self.read(text)
        return f"交办后{limit.words()}内反馈" if limit else text


class AnswerPoints:
    """Points of the five answers, best first, as `100/70/60/0/0`; a worse one has no more."""

    allowed = f"五档分值，从非常满意到非常不满意，不超过 {FULL} 且不升高，例如 100/80/60/20/0"

    @staticmethod
    def is_one(text: str) -> bool:
        """Whether the text is such a value."""
        parts = text.split("/")
        if len(parts) != len(Satisfaction) or not all(p.isascii() and p.isdigit() for p in parts):
            return False
        points = [int(part) for part in parts]
        return points[0] <= FULL and all(better >= worse for better, worse in pairwise(points))

    @staticmethod
    def told(text: str) -> str:
        """The value as a sentence."""
        return Points(date.min, tuple(int(part) for part in text.split("/"))).words()


class ScoreWeights:
    """Weights of the components of a score, of 100 together, as `30/20/25/25`."""

    labels = tuple(FIGURES[slug].name for slug in COMPONENTS)
    allowed = f"{'、'.join(labels)}的权重，合计 {FULL}，例如 30/20/25/25"

    @staticmethod
    def is_one(text: str) -> bool:
        """Whether the text is such a value."""
        return weights_of(text) is not None

    @staticmethod
    def told(text: str) -> str:
        """The value as a sentence."""
        weights = (weights_of(text) or {}).values()
        named = zip(ScoreWeights.labels, weights, strict=False)
        return "、".join(f"{label}{weight}" for label, weight in named)


Value = Number | Choice | Several | FeedbackLimit | AnswerPoints | ScoreWeights
