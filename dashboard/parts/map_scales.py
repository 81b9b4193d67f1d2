"""What a township's tile can show: a figure's value in words, and the fixed class it falls into.

The limits are fixed, so that the pictures of two meetings can be laid side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

LEVELS = ("0", "1", "2", "3", "4")
"""The classes of every scale, from nothing (or all well) to most (or worst)."""


class Value(Enum):
    """How a tile's number is made."""

    COUNT = "count"
    RATE = "rate"
    PER_10K = "per_10k"
    """A count on 10,000 residents: `of` is the number of residents."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One measure of the map. `code` stands in the address, `slug` is the registered figure."""

    code: str
    slug: str
    name: str
    unit: str
    value: Value
    limits: tuple[float, float, float, float]
    """Where the classes 1 to 4 begin: from here up, of a rate from here down."""
    words: tuple[str, str, str, str, str]
    """The classes as the key of the map says them."""
    few: int = 10
    """Below so many cases a rate is neither coloured nor ranked."""

    @property
    def least_first(self) -> bool:
        """Of a rate the lowest asks for attention, of all else the highest."""
        return self.value is Value.RATE

    def amount(self, n: int, of: int | None) -> float | None:
        """The value by which places are ranked; None where there is too little to rank."""
        if self.value is Value.COUNT:
            return float(n) if n else None
        if self.value is Value.RATE:
            return n / of if of and of >= self.few else None
        return n * 10_000 / of if of and n else None

    def level(self, n: int, of: int | None) -> str:
        """The class, one of LEVELS."""
        amount = self.amount(n, of)
        if amount is None:
            return LEVELS[0]
        if self.value is Value.RATE:
            return LEVELS[sum(amount < limit for limit in self.limits)]
        return LEVELS[sum(amount >= limit for limit in self.limits)]

    def label(self, n: int, of: int | None) -> str:
        """The number as it stands in a tile; empty where there is nothing to say."""
        if self.value is Value.COUNT:
            return str(n) if n else ""
        if not of:
            return ""
        if self.value is Value.PER_10K:
            return f"{n * 10_000 / of:.1f}" if n else ""
        return short_percent(n, of) if of >= self.few else f"{n}/{of}"

    def told(self, n: int, of: int | None) -> str:
        """The number as a sentence says it: 3 件, 7/12（58%）, 4.2 件/万人（12 件）."""
        if self.value is Value.RATE:
            return f"{n}/{of}（{short_percent(n, of)}）" if of else "没有到期"
        if self.value is Value.PER_10K:
            return f"{n * 10_000 / of:.1f} 件/万人（{n} 件）" if of else f"{n} 件"
        return f"{n} {self.unit}"


def short_percent(n: int, of: int) -> str:
    """A whole percentage that says 100% and 0% of nothing less and nothing more."""
    rounded = (n * 200 + of) // (of * 2)
    return f"{min(max(rounded, 1), 99) if 0 < n < of else rounded}%"


OVERDUE = Scale(
    code="overdue", slug="overdue_open", name="逾期未反馈", unit="件", value=Value.COUNT,
    limits=(1, 3, 6, 10), words=("0", "1–2", "3–5", "6–9", "≥10"),
)  # fmt: skip
OPEN = Scale(
    code="open", slug="open", name="在办", unit="件", value=Value.COUNT,
    limits=(1, 5, 15, 30), words=("0", "1–4", "5–14", "15–29", "≥30"),
)  # fmt: skip
INTAKE = Scale(
    code="intake", slug="intake", name="新增", unit="件", value=Value.COUNT,
    limits=(1, 3, 8, 20), words=("0", "1–2", "3–7", "8–19", "≥20"),
)  # fmt: skip
ON_TIME = Scale(
    code="ontime", slug="on_time_feedback_rate", name="按期反馈率", unit="件次", value=Value.RATE,
    limits=(0.95, 0.9, 0.8, 0.7),
    words=("≥95%或不着色", "90–95%", "80–90%", "70–80%", "＜70%"),
)  # fmt: skip
UNHAPPY = Scale(
    code="unhappy", slug="dissatisfied", name="不满意", unit="件次", value=Value.COUNT,
    limits=(1, 2, 3, 5), words=("0", "1", "2", "3–4", "≥5"),
)  # fmt: skip
PER_10K = Scale(
    code="per10k", slug="open", name="每万人在办", unit="件", value=Value.PER_10K,
    limits=(0, 1, 3, 6), words=("0", "＜1", "1–3", "3–6", "≥6"),
)  # fmt: skip
SCALES = (OVERDUE, OPEN, ON_TIME, UNHAPPY)
"""What every city can choose from; PER_10K is added where residents are counted."""
