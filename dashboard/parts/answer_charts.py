"""Residents' answers as a chart: every rate with its n/N and its interval. No Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.parts import answer_specs, chart_specs
from dashboard.parts.charts import Chart
from supervision.metrics import NOTHING, Rate
from supervision.vocabulary import CONTENT, PeerGroup, Satisfaction

MOST = 14


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered about one department, county, category or session; key 0: nobody."""

    key: int
    name: str
    counts: Mapping[Satisfaction, int]
    peers: PeerGroup | None = None
    """Who is compared only with his like."""

    @property
    def rate(self) -> Rate:
        """满意率."""
        return Rate(
            sum(n for answer, n in self.counts.items() if answer in CONTENT),
            sum(self.counts.values()),
        )


def interval_told(rate: Rate) -> str:
    """The 95 % interval in whole percent: 36–92%."""
    interval = rate.wilson_interval()
    if interval is None:
        return NOTHING
    low, high = (round(100 * end) for end in interval)
    return f"{low}–{high}%"


def in_order(lines: Sequence[Answered], small_sample: int) -> list[Answered]:
    """The least content first; who has too few cases follows as he came, for he has no rank."""
    asked = [line for line in lines if line.rate.of]
    firm = [line for line in asked if not line.rate.is_small(small_sample)]
    # Stable: equal rates keep the order of the register.
    firm.sort(key=lambda line: line.rate.n / line.rate.of)
    return firm + [line for line in asked if line.rate.is_small(small_sample)]


def answers(
    lines: Sequence[Answered],
    *,
    what: str,
    whose: str,
    whole: Rate,
    small_sample: int,
    dark: bool,
) -> Chart:
    """`what` is 满意率 or 过程满意率, `whose` the word for a line (单位), `whole` of them all.

    Clicking selects `key` and `answer`.
    """
    told = in_order(lines, small_sample)
    shown = told[:MOST]
    rows = [
        row
        for place, line in enumerate(shown)
        for row in _bars(line, place, small=line.rate.is_small(small_sample))
    ]
    note = (
        f"数字为件次，右侧为{what}（n/N）和95%区间；不足 {small_sample} 件次的不着色、不排序，"
        "列在最后；点色块看清单"
    )
    if len(told) > len(shown):
        note += f"；另有 {len(told) - len(shown)} 个见下表"
    return Chart(
        spec=chart_specs.spec("answers", dark=dark),
        frame=pd.DataFrame(rows),
        headline=_headline(told, what, whose, whole, small_sample),
        note=note,
        selection=answer_specs.SELECT_ANSWER,
    )


def _share(line: Answered, *, content: bool) -> float:
    n = sum(n for answer, n in line.counts.items() if (answer in CONTENT) is content)
    return n / line.rate.of


def _bars(line: Answered, place: int, *, small: bool) -> list[dict[str, object]]:
    """One line from left to right, and its rate at the edge."""
    told = {
        "key": line.key, "name": line.name, "place": place, "small": small,
        "rate": line.rate.text(), "interval": interval_told(line.rate), "zero": 0.0,
    }  # fmt: skip
    rows: list[dict[str, object]] = []
    start = -_share(line, content=False)
    for answer in answer_specs.ORDER:
        n = line.counts.get(answer, 0)
        if n:
            end = start + n / line.rate.of
            rows.append(
                {**told, "kind": "bar", "answer": answer.value, "word": answer.label, "n": n,
                 "start": start, "end": end}
            )  # fmt: skip
            start = end
    return [*rows, {**told, "kind": "told", "answer": "", "word": "", "n": line.rate.of,
                    "start": 0.0, "end": 0.0}]  # fmt: skip


def _headline(
    told: Sequence[Answered], what: str, whose: str, whole: Rate, small_sample: int
) -> str:
    if not told:
        return "这段时间没有群众评价"
    firm = [line for line in told if not line.rate.is_small(small_sample)]
    if not firm:
        return f"{what} {whole.text()}，各{whose}都不足 {small_sample} 件次，不作比较"
    worst = firm[0]
    if worst.rate.n == worst.rate.of:
        return f"{what} {whole.text()}，够 {small_sample} 件次的{whose}都没有不满意"
    if len(firm) == 1:
        return f"{what} {whole.text()}，其中{worst.name} {worst.rate.text()}"
    return f"{what} {whole.text()}，{worst.name}最低：{worst.rate.text()}"
