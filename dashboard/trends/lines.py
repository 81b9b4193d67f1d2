"""The periods of 趋势 in words: what came in, what was closed, how both rates stand."""

from __future__ import annotations

from dashboard.leader_reads import Counted, TrendLine
from dashboard.parts.trend_charts import RateOfSpan, Volume, span_told
from supervision.metrics import (
    COMPARABLE_BASE,
    NOTHING,
    Comparison,
    Rate,
    RateComparison,
    compared_to_last_period,
    compared_to_last_year,
    per_working_day,
    rate_to_last_year,
)
from supervision.spans import Step

ON_TIME, SATISFIED = "on_time_feedback_rate", "satisfaction_rate"


def volume_of(line: TrendLine) -> Volume:
    """Its counts for the chart."""
    return Volume(
        line.now.span,
        line.now.counts["intake:n"],
        line.now.counts["closed:n"],
        line.before.counts["intake:n"],
        line.a_year_before.counts["intake:n"],
    )


def rate_of(line: TrendLine, slug: str) -> RateOfSpan:
    """One of its rates for the chart."""
    return RateOfSpan(
        line.now.span, _rate(line.now, slug), _rate(line.before, slug),
        _rate(line.a_year_before, slug),
    )  # fmt: skip


def _rate(one: Counted, slug: str) -> Rate:
    return Rate(one.counts[f"{slug}:n"], one.counts[f"{slug}:of"])


def running_told(line: TrendLine, step: Step) -> str:
    """The newest period in one sentence; one that still runs against as many days."""
    volume = volume_of(line)
    net = volume.intake - volume.closed
    parts = [
        f"{span_told(volume.span, step)}新增 {volume.intake} 件",
        compared_to_last_year(volume.intake, volume.intake_last_year).text(),
        compared_to_last_period(volume.intake, volume.intake_before).text(),
        f"办结 {volume.closed} 件",
        f"净增 {net} 件" if net >= 0 else f"净减 {-net} 件",
    ]
    on_time = rate_of(line, ON_TIME).now
    return "，".join([*parts, *([f"按期反馈率 {on_time.text()}"] if on_time.of else [])])


def row_of(line: TrendLine, step: Step) -> dict[str, object]:
    """Its line of the table."""
    volume = volume_of(line)
    year = compared_to_last_year(volume.intake, volume.intake_last_year)
    rates = {slug: rate_of(line, slug) for slug in (ON_TIME, SATISFIED)}
    return {
        "span": span_told(volume.span, step),
        "intake": volume.intake,
        "intake_year": _under_its_heading(year),
        "intake_before": _under_its_heading(
            compared_to_last_period(volume.intake, volume.intake_before)
        ),
        "closed": volume.closed,
        "net": volume.intake - volume.closed,
        **{slug: rate.now.text() for slug, rate in rates.items()},
        **{f"{slug}_year": _against_last_year(rate) for slug, rate in rates.items()},
        "working_days": _working_days(line),
        "per_day": _per_working_day(line, year),
    }


def _against_last_year(rate: RateOfSpan) -> str:
    """同比 where both have enough cases; a cell has no room for both rates."""
    least = min(rate.now.of, rate.last_year.of)
    if least and least < COMPARABLE_BASE:
        return f"样本不足（上年 {rate.last_year.n}/{rate.last_year.of}）"
    return _under_its_heading(rate_to_last_year(rate.now, rate.last_year))


def _working_days(line: TrendLine) -> str:
    """Working days of the period and of last year's, with the long holiday that moved them."""
    now, then = line.now.working_days, line.a_year_before.working_days
    days = "/".join(NOTHING if count is None else str(count) for count in (now, then))
    return f"{days} 含{line.now.festival}" if line.now.festival else days


def _per_working_day(line: TrendLine, year: Comparison) -> str:
    """同比 per working day, where a long holiday makes whole periods hard to compare."""
    now, then = line.now.working_days, line.a_year_before.working_days
    if now is None or then is None or not (line.now.festival or line.a_year_before.festival):
        return ""
    told = per_working_day(year, now, then)
    return NOTHING if told is None else _under_its_heading(told)


def _under_its_heading(comparison: Comparison | RateComparison) -> str:
    """The heading of the column says 同比 or 环比."""
    return comparison.text().removeprefix(comparison.kind)
