"""The hotline's counts of the sample city: themes by month and county, two and a half years."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from sample_data.paper import Cell, Ledger, Page
from sample_data.writers import write_ledger

HOTLINE = "10_12345热线统计.xlsx"
MONTHS = 30
HEADINGS = ("月份", "主题", "县区", "件数", "办结数", "满意数")
# Theme → calls of the whole city in an average month, change a year, months of most calls.
THEMES: dict[str, tuple[int, float, tuple[int, ...]]] = {
    "看病难": (620, 0.55, (1, 12)),
    "饮水难": (410, 0.74, (7, 8, 9)),
    "出行难": (780, 0.82, (2, 10)),
    "上学难": (350, 0.95, (8, 9)),
    "住房与物业": (960, 1.12, (6, 7)),
    "城市管理": (720, 1.02, (5, 6)),
    "生态环境": (430, 1.05, (7, 8)),
}
SHARES = {
    "源城区": 0.27, "东源县": 0.12, "和平县": 0.1, "龙川县": 0.16, "紫金县": 0.13, "连平县": 0.09,
    "江东新区": 0.07, "高新区": 0.06,
}  # fmt: skip


def hotline_ledger(*, as_of: date, seed: int) -> Ledger:
    """Every whole month before the day, the oldest first; a line of sums under each month."""
    rng = random.Random(seed + 7)
    rows: list[list[Cell]] = [["12345热线分主题统计表"], list(HEADINGS)]
    for back in range(MONTHS, 0, -1):
        month = _months_before(as_of, back)
        lines: list[list[Cell]] = [
            [f"{month:%Y-%m}", theme, county, *_counts(rng, theme, month, share, back)]
            for theme in THEMES
            for county, share in SHARES.items()
        ]
        rows += lines
        rows.append([f"{month:%Y-%m}", "合计", None, *_sums(lines)])
    return Ledger(HOTLINE, [Page("热线统计", rows, heading_rows={2})])


def write_hotline(folder: Path, *, as_of: date, seed: int) -> Path:
    """Write the ledger into the folder."""
    return write_ledger(folder, hotline_ledger(as_of=as_of, seed=seed))


def _months_before(day: date, number: int) -> date:
    first = day.replace(day=1)
    for _ in range(number):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


def _counts(
    rng: random.Random, theme: str, month: date, share: float, back: int
) -> tuple[int, int, int]:
    usual, change, busy = THEMES[theme]
    season = 1.25 if month.month in busy else 1.0
    received = round(
        usual * share * season * change ** ((MONTHS - back) / 12) * rng.uniform(0.9, 1.1)
    )
    closed = round(received * rng.uniform(0.93, 0.99))
    return received, closed, round(closed * rng.uniform(0.86, 0.96))


def _sums(lines: list[list[Cell]]) -> list[int]:
    return [sum(int(str(line[column])) for line in lines) for column in (3, 4, 5)]
