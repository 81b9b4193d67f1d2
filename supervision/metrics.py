"""Rates that never lose their n/N, and how figures are compared (metrics.md 2.0, 2.8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

NOTHING = "—"
SMALL_SAMPLE = 10
"""Below this n there is no colour and no rank (metrics.md 2.5)."""
COMPARABLE_BASE = 10
_Z95 = 1.959964


def _hundredths(n: int, of: int, scale: int = 10_000) -> int:
    """n/of in 1/scale, rounded half away from zero, in whole numbers."""
    sign = -1 if n < 0 else 1
    return sign * ((2 * abs(n) * scale + of) // (2 * of))


@dataclass(frozen=True, slots=True)
class Rate:
    """A share that never loses its n/N; nothing of nothing is —."""

    n: int
    of: int

    @property
    def percent(self) -> str:
        """Two decimals, half up: 99.99% for 254567/254592; — when the denominator is 0."""
        if not self.of:
            return NOTHING
        whole, part = divmod(_hundredths(self.n, self.of), 100)
        return f"{whole}.{part:02d}%"

    def text(self) -> str:
        """The share with its counts: 50.62%（41/81）."""
        return f"{self.percent}（{self.n}/{self.of}）"

    @classmethod
    def pooled(cls, rates: Iterable[Rate]) -> Rate:
        """The rate of the whole: counts are added, rates are never averaged."""
        whole = list(rates)
        return cls(sum(rate.n for rate in whole), sum(rate.of for rate in whole))

    def percentage_points(self, before: Rate) -> float | None:
        """The difference in 百分点, two decimals; None when either has no base."""
        if not self.of or not before.of:
            return None
        return _hundredths(self.n * before.of - before.n * self.of, self.of * before.of) / 100

    def is_small(self, least: int = SMALL_SAMPLE) -> bool:
        """Too few cases for a colour or a rank; the city says how many are enough."""
        return self.of < least

    def wilson_interval(self) -> tuple[float, float] | None:
        """The 95 % Wilson interval as shares; None when the denominator is 0."""
        if not self.of:
            return None
        share, spread = self.n / self.of, _Z95**2 / self.of
        middle = share + spread / 2
        reach = _Z95 * sqrt(share * (1 - share) / self.of + spread / (4 * self.of))
        return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))


@dataclass(frozen=True, slots=True)
class Score:
    """Points of 100 over answers; it never loses how many answered."""

    points: int
    answers: int

    def text(self) -> str:
        """The mean with its base: 85.33分（12件次）; — where nobody answered."""
        if not self.answers:
            return f"{NOTHING}（0件次）"
        whole, part = divmod(_hundredths(self.points, self.answers, scale=100), 100)
        return f"{whole}.{part:02d}分（{self.answers}件次）"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A count against another period; `kind` is 同比 or 环比 and follows the computation."""

    now: int
    before: int
    kind: str

    def text(self) -> str:
        """同比下降59.36% …; a base of 0 or under 10 gives counts instead of percentages."""
        if not self.before:
            period = "上年同期" if self.kind == "同比" else "上期"
            return f"{self.kind}{NOTHING}（{period}为0）"
        if self.now == self.before:
            return f"{self.kind}持平"
        if self.before < COMPARABLE_BASE:
            return f"{self.kind}由{self.before}变为{self.now}"
        whole, part = divmod(_hundredths(abs(self.now - self.before), self.before), 100)
        word = "上升" if self.now > self.before else "下降"
        return f"{self.kind}{word}{whole}.{part:02d}%"


@dataclass(frozen=True, slots=True)
class RateComparison:
    """A rate against another period, in 百分点: never % of %."""

    now: Rate
    before: Rate
    kind: str

    def text(self) -> str:
        """同比上升1.20个百分点; a base under 10 on either side gives both rates instead."""
        points = self.now.percentage_points(self.before)
        if points is None:
            return NOTHING
        if not points:
            return f"{self.kind}持平"
        if min(self.now.of, self.before.of) < COMPARABLE_BASE:
            return f"{self.kind}由{self.before.text()}变为{self.now.text()}"
        return f"{self.kind}{'上升' if points > 0 else '下降'}{abs(points):.2f}个百分点"


def rate_to_last_year(now: Rate, before: Rate) -> RateComparison:
    """同比 of a rate."""
    return RateComparison(now, before, "同比")


def rate_to_last_period(now: Rate, before: Rate) -> RateComparison:
    """环比 of a rate."""
    return RateComparison(now, before, "环比")


def per_working_day(count: Comparison, days_now: int, days_before: int) -> Comparison | None:
    """The same comparison of what came per working day; None where the base says too little."""
    if count.before < COMPARABLE_BASE or not days_now or not days_before:
        return None
    return Comparison(count.now * days_before, count.before * days_now, count.kind)


def compared_to_last_year(now: int, before: int) -> Comparison:
    """同比: against the same period of last year."""
    return Comparison(now, before, "同比")


def compared_to_last_period(now: int, before: int) -> Comparison:
    """环比: against the period of the same length just before."""
    return Comparison(now, before, "环比")
