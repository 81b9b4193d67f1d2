"""综合得分 and ranking inside a peer group (metrics.md 2.7).

No source gives weights: the shipped set is an example and says so. Scores are compared as they
are printed, to two decimals, so that equal print is an equal rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from supervision.metrics import NOTHING, SMALL_SAMPLE, Rate
from supervision.vocabulary import Worded

FULL = 100
COMPONENTS = (
    "on_time_feedback_rate",
    "on_time_closure_rate",
    "resolution_rate",
    "satisfaction_rate",
)
"""Figures that a score is made of, in the order in which weights are written."""

EXAMPLE_WEIGHTS = "30/20/25/25"


class ScoreStyle(Worded):
    """How a score counts."""

    WEIGHTED = "weighted", "加权计分：各项比率按权重加总，缺项的权重分摊到其余各项"
    DEDUCTION = "deduction", "扣分制：从满分起，各项按未达到的比例扣分，缺项不扣"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each component weighs, of 100 together; `is_example` until the city decides."""

    of: Mapping[str, int]
    style: ScoreStyle = ScoreStyle.WEIGHTED
    is_example: bool = False

    @classmethod
    def only(cls, slug: str) -> Weights:
        """A ranking by one figure alone."""
        return cls({slug: FULL})


def weights_of(text: str) -> Mapping[str, int] | None:
    """Weights as they are written, `30/20/25/25`; None where the text is none or not 100."""
    parts = text.split("/")
    if len(parts) != len(COMPONENTS) or not all(p.isascii() and p.isdigit() for p in parts):
        return None
    told = dict(zip(COMPONENTS, (int(part) for part in parts), strict=True))
    return told if sum(told.values()) == FULL else None


@dataclass(frozen=True, slots=True)
class Contender:
    """A department with its rates; `place` is its fixed place in the register."""

    key: int
    place: int
    rates: Mapping[str, Rate]


@dataclass(frozen=True, slots=True)
class Standing:
    """A department's score in hundredths of a point, and its rank where it has one."""

    contender: Contender
    hundredths: int | None
    missing: tuple[str, ...] = ()
    """Weighed components without enough cases, which the score does without."""
    rank: int | None = None

    @property
    def points(self) -> str:
        """93.46; — without a score."""
        if self.hundredths is None:
            return NOTHING
        whole, part = divmod(self.hundredths, 100)
        return f"{whole}.{part:02d}"

    def text(self) -> str:
        """The score with what it does without: 93.46（缺2项）."""
        lacking = f"（缺{len(self.missing)}项）" if self.missing else ""
        return self.points if self.hundredths is None else f"{self.points}{lacking}"


@dataclass(frozen=True, slots=True)
class Ranking:
    """One peer group in its order. Who has too few cases or none is listed, never ranked."""

    ranked: tuple[Standing, ...]
    too_few: tuple[Standing, ...]
    without_due: tuple[Standing, ...]


def standing(contender: Contender, weights: Weights, least: int = SMALL_SAMPLE) -> Standing:
    """The score over the components that have enough cases (none from small samples)."""
    weighed = [slug for slug, weight in weights.of.items() if weight]
    told = {slug: contender.rates[slug] for slug in weighed if slug in contender.rates}
    enough = {slug: rate for slug, rate in told.items() if rate.of and not rate.is_small(least)}
    missing = tuple(slug for slug in weighed if slug not in enough)
    if not enough:
        return Standing(contender, None, missing)
    earned = sum(
        (Fraction(weights.of[slug] * rate.n, rate.of) for slug, rate in enough.items()),
        Fraction(0),
    )
    present = sum(weights.of[slug] for slug in enough)
    if weights.style is ScoreStyle.DEDUCTION:
        points = FULL - (present - earned)
    else:
        points = earned * FULL / present
    return Standing(contender, _half_up(points * 100), missing)


def _half_up(number: Fraction) -> int:
    return int(number + Fraction(1, 2))


def ranking(
    contenders: Iterable[Contender],
    weights: Weights,
    *,
    base: str = COMPONENTS[0],
    least: int = SMALL_SAMPLE,
) -> Ranking:
    """Rank one peer group; `base` is the figure whose cases decide who is ranked at all."""
    ranked, too_few, without = [], [], []
    for one in sorted(contenders, key=lambda each: each.place):
        judged = standing(one, weights, least)
        cases = one.rates.get(base, Rate(0, 0))
        if not cases.of:
            without.append(judged)
        elif cases.is_small(least) or judged.hundredths is None:
            too_few.append(judged)
        else:
            ranked.append(judged)
    return Ranking(_placed(ranked), tuple(too_few), tuple(without))


def _placed(judged: Sequence[Standing]) -> tuple[Standing, ...]:
    """Ranks 1, 2, 2, 4; inside a tie the fixed order of the register holds."""
    ordered = sorted(judged, key=lambda one: -(one.hundredths or 0))
    placed: list[Standing] = []
    for number, one in enumerate(ordered, 1):
        tied = placed and placed[-1].hundredths == one.hundredths
        rank = placed[-1].rank if tied else number
        placed.append(Standing(one.contender, one.hundredths, one.missing, rank))
    return tuple(placed)
