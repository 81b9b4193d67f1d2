"""What changes from period to period as charts, the year before beside it. No Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard.parts import chart_specs
from dashboard.parts.charts import Chart
from dashboard.parts.trend_specs import CLOSED, LAST_YEAR, SELECT_PERIOD, THIS
from supervision.metrics import (
    Rate,
    compared_to_last_period,
    compared_to_last_year,
    rate_to_last_period,
    rate_to_last_year,
)
from supervision.spans import Span, Step


@dataclass(frozen=True, slots=True)
class Volume:
    """Intake and closing of one period, and the intake of those it is compared with."""

    span: Span
    intake: int
    closed: int
    intake_before: int
    intake_last_year: int


@dataclass(frozen=True, slots=True)
class RateOfSpan:
    """A rate of one period and of those it is compared with."""

    span: Span
    now: Rate
    before: Rate
    last_year: Rate


def span_told(span: Span, step: Step) -> str:
    """2026年11月（至25日）, or 11月23日起一周; a week that runs into another month says so."""
    if step is Step.WEEK:
        word = f"{span.first.month}月{span.first.day}日起一周"
    else:
        word = f"{span.first.year}年{span.first.month}月"
    return word if span.whole else word + cut_told(span.first, span.last)


def cut_told(first: date, last: date) -> str:
    """The day at which a running period is cut, with its month where that is another one."""
    month = f"{last.month}月" if last.month != first.month else ""
    return f"（至{month}{last.day}日）"


def volumes(lines: Sequence[Volume], *, step: Step, dark: bool) -> Chart:
    """Intake and closing through the periods, oldest first."""
    rows = []
    for line in lines:
        counts = {THIS: line.intake, CLOSED: line.closed, LAST_YEAR: line.intake_last_year}
        rows += [
            {
                **_place(line.span, step), "series": series, "value": n,
                "quiet": not line.span.whole,
                **{f"{one}_told": f"{count:,}" for one, count in counts.items()},
            }
            for series, n in counts.items()
        ]  # fmt: skip
    _name_last({(row["period"], row["series"]): row for row in rows}, (THIS, CLOSED))
    whole = [line for line in lines if line.span.whole]
    return Chart(
        spec=chart_specs.spec("volumes", dark=dark),
        frame=pd.DataFrame(rows if any(row["value"] for row in rows) else []),
        headline=_volume_told(whole[-1], step) if whole else "还没有满一期的数据",
        selection=SELECT_PERIOD,
        note="每期件数，点一期看新增的清单；空心点为未满期，只与上年、上期的相同天数比",
    )


def rates(
    lines: Sequence[RateOfSpan], *, name: str, step: Step, dark: bool, small_sample: int
) -> Chart:
    """One rate through the periods, oldest first."""
    rows = []
    for line in lines:
        both = {THIS: line.now, LAST_YEAR: line.last_year}
        for series, rate in both.items():
            rows.append(
                {
                    **_place(line.span, step), "series": series,
                    "value": rate.n / rate.of if rate.of else None,
                    **{f"{one}_told": rate.text() for one, rate in both.items()},
                    "quiet": not line.span.whole or rate.is_small(small_sample),
                }
            )  # fmt: skip
    _name_last({(row["period"], row["series"]): row for row in rows}, (THIS, LAST_YEAR))
    answered = [line for line in lines if line.span.whole and line.now.of]
    return Chart(
        spec=chart_specs.spec("rates", dark=dark),
        frame=pd.DataFrame(rows if any(row["value"] is not None for row in rows) else []),
        headline=_rate_told(answered[-1], name, step) if answered else f"还没有满一期的{name}",
        selection=SELECT_PERIOD,
        note=f"点一期看清单；空心点为未满期或不足 {small_sample} 件次",
    )


def _name_last(rows: Mapping[tuple[str, str], dict[str, Any]], pair: tuple[str, str]) -> None:
    """Put its value beside the last firm point of both lines, on the side away from the other."""
    for one, other in (pair, pair[::-1]):
        firm = [row for (_, series), row in rows.items() if series == one and not row["quiet"]]
        if not firm or firm[-1]["value"] is None:
            continue
        last = firm[-1]
        against = rows[last["period"], other]["value"] or 0
        last["label"] = last[f"{one}_told"].partition("（")[0]
        last["above"] = last["value"] > against or (last["value"] == against and one == pair[0])


def _place(span: Span, step: Step) -> dict[str, Any]:
    return {
        "period": f"{span.first:%Y-%m}" if step is Step.MONTH else span.first.isoformat(),
        "period_word": span_told(span, step),
        "days": f"{span.first.isoformat()}_{span.last.isoformat()}",
        "unfinished": not span.whole,
        "label": "",
        "above": True,
    }


def _volume_told(line: Volume, step: Step) -> str:
    year = compared_to_last_year(line.intake, line.intake_last_year).text()
    before = compared_to_last_period(line.intake, line.intake_before).text()
    return f"{span_told(line.span, step)}新增 {line.intake} 件，{year}，{before}"


def _rate_told(line: RateOfSpan, name: str, step: Step) -> str:
    parts = [f"{span_told(line.span, step)}{name} {line.now.text()}"]
    if line.last_year.of:
        parts.append(rate_to_last_year(line.now, line.last_year).text())
    if line.before.of:
        parts.append(rate_to_last_period(line.now, line.before).text())
    return "，".join(parts)
