"""The sentence and the tiles of 满意度: result and process apart, who is in no rate beside."""

from __future__ import annotations

from datetime import date

from dashboard.leader_reads import SatisfactionSeen
from dashboard.parts.about import about_figure
from dashboard.parts.answer_charts import interval_told
from dashboard.parts.sentences import ITEMS_PAGE, Query
from dashboard.parts.tiles import Tile
from supervision.figures import FIGURES
from supervision.metrics import Rate

_OF_RATES = (
    "satisfaction_rate", "process_satisfaction_rate", "resolution_rate",
    "resolution_rate_by_unit",
)  # fmt: skip
_SHORT = {"resolution_rate": "群众认定解决率", "resolution_rate_by_unit": "单位认定解决率"}
"""Names that leave room for 口径 in a seventh of the page."""
_BESIDE = {
    "unreached": "打了没有接通",
    "no_opinion": "接通而没有评价",
    "not_called": "办结后没有回访",
}


def rate_of(seen: SatisfactionSeen, slug: str) -> Rate:
    """A rate of the whole."""
    return Rate(seen.figures[f"{slug}:n"], seen.figures[f"{slug}:of"])


def answers_told(seen: SatisfactionSeen) -> str:
    """How content residents are, and how many of them nobody has heard, in one sentence."""
    result, process = (rate_of(seen, slug) for slug in _OF_RATES[:2])
    if not result.of:
        parts = ["这段时间没有群众评价"]
    else:
        few = "，样本偏少" if result.is_small(seen.small_sample) else ""
        parts = [f"满意率 {result.text()}，95%区间 {interval_told(result)}{few}"]
    if process.of:
        parts.append(f"过程满意率 {process.text()}")
    if waiting := seen.figures["not_called:n"]:
        parts.append(f"尚未回访 {waiting} 件")
    return "；".join(parts)


def left_out_told(seen: SatisfactionSeen) -> str:
    """The days, the share of those reached who answered, and what is in no rate."""
    share, covered = rate_of(seen, "response_share"), rate_of(seen, "callback_coverage")
    parts = [
        f"统计期 {seen.period.first:%Y-%m-%d} 至 {seen.period.last:%Y-%m-%d}",
        f"参评率 {share.text()}",
        f"回访覆盖率 {covered.text()}",
        f"评价未计入 {seen.figures['answers_left_out:n']} 件次",
    ]
    return "；".join(parts)


def answer_tiles(seen: SatisfactionSeen, query: Query, *, as_of: date) -> list[Tile]:
    """Each leads to exactly its rows; a rate to all it is out of."""
    rates = [(slug, rate_of(seen, slug)) for slug in _OF_RATES]
    counts = {name.removesuffix(":n"): n for name, n in seen.figures.items() if name.endswith(":n")}

    def about(slug: str, of: int | None = None) -> tuple[str, ...]:
        return about_figure(
            FIGURES[slug], n=counts[slug], of=of, beside=counts, as_of=as_of, period=seen.period
        )

    return [
        *(
            Tile(slug, _SHORT.get(slug, FIGURES[slug].name), rate.percent, ITEMS_PAGE,
                 basis=f"{rate.n}/{rate.of} {FIGURES[slug].unit}",
                 query={**query, "figure": slug}, about=about(slug, rate.of))
            for slug, rate in rates
        ),
        *(
            Tile(slug, FIGURES[slug].name, str(seen.figures[f"{slug}:n"]), ITEMS_PAGE,
                 unit=FIGURES[slug].unit, basis=words, query={**query, "figure": slug},
                 about=about(slug))
            for slug, words in _BESIDE.items()
        ),
    ]  # fmt: skip
