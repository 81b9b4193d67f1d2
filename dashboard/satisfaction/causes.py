"""Resident against unit, what the discontent say besides, and the callbacks of the months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NoReturn

import pandas as pd

from dashboard import reads
from dashboard.leader_reads import SatisfactionSeen
from dashboard.parts.column_room import NARROW
from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.filter_state import code_of_days
from dashboard.parts.fresh_keys import clicked_away, fresh_key
from dashboard.parts.leading import open_item, open_list
from dashboard.parts.link_rows import NOT_TOLD
from dashboard.parts.panels import chart_panel, headline
from dashboard.parts.rate_charts import rate_trend
from dashboard.parts.tables import item_table
from supervision.figures import FIGURES
from supervision.metrics import Rate
from supervision.rounds import CANDIDATE_ANSWERS
from supervision.scope import Viewer
from supervision.vocabulary import Resolution

UNHAPPY = tuple(sorted(str(answer) for answer in CANDIDATE_ANSWERS))
ALL = "all"
_WORDS = {**{word.value: word.label for word in Resolution}, NOT_TOLD: "未填"}


def draw_crossed(seen: SatisfactionSeen) -> None:
    """What residents say of a solution against what units say of it."""
    cells = {
        (row["resolved_by_unit"] or NOT_TOLD, row["resolved_by_resident"]): int(row["n"])
        for row in seen.crossed.iter_rows(named=True)
    }
    claimed = Rate(
        cells.get((Resolution.RESOLVED.value, Resolution.RESOLVED.value), 0),
        sum(n for (unit, _), n in cells.items() if unit == Resolution.RESOLVED.value),
    )
    if not cells:
        headline("这段时间没有群众对是否解决作答", key="crossed")
        return
    headline(
        f"单位认定已解决的，群众认可 {claimed.text()}"
        if claimed.of
        else "单位没有认定过是否解决，只有群众认定",
        "行为单位认定，列为群众认定（件次），合计等于解决率（群众认定）的分母；点数字看清单",
        key="crossed",
    )
    answers = [word.value for word in Resolution]
    lines = [unit for unit in _WORDS if any(cells.get((unit, answer)) for answer in answers)]
    table = pd.DataFrame(
        [
            {
                "name": f"单位：{_WORDS[unit]}",
                **{answer: cells.get((unit, answer), 0) for answer in answers},
                ALL: sum(cells.get((unit, answer), 0) for answer in answers),
            }
            for unit in lines
        ]
    )
    columns = {
        "name": FigureColumn("认定", 110),
        **{answer: _number(f"群众{_WORDS[answer]}", 100) for answer in answers},
        ALL: _number("合计", 60),
    }
    cell = figure_table(table, lines, columns, key="crossed", told="单位认定与群众认定对照表")
    if cell is not None:
        further = {} if cell.column in ("name", ALL) else {"by_resident": cell.column}
        open_list(figure="resolution_rate", by_unit=cell.key, **further)


def draw_unhappy(seen: SatisfactionSeen, who: Viewer, as_of: date) -> None:
    """What else the discontent said, as far as callbacks tell; the newest in their words."""
    rows = list(seen.unhappy.iter_rows(named=True))
    total = sum(row["n"] for row in rows)
    if not total:
        headline("这段时间没有不满意的评价", key="unhappy")
        return
    of = {word: _said(rows, word) for word in _WORDS}
    bad = sum(of[word] for word in (Resolution.UNRESOLVED.value, Resolution.PARTLY_RESOLVED.value))
    told = f"其中群众说没有解决或只解决一部分的 {bad} 件次"
    if of[NOT_TOLD] == total:
        told = "回访都没有记下是否解决"
    headline(
        f"不满意 {total} 件次，{told}",
        "原因只按回访记录归类：是否解决、过程是否满意；点数字看清单",
        key="unhappy",
    )
    lines = [word for word, n in of.items() if n]
    table = pd.DataFrame(
        [
            {
                "name": f"群众认定：{_WORDS[word]}",
                ALL: of[word],
                "process": _said([row for row in rows if row["process"] in UNHAPPY], word),
            }
            for word in lines
        ]
    )
    columns = {
        "name": FigureColumn("情形", 170),
        ALL: _number("不满意", 90),
        "process": _number("其中过程也不满意", 150),
    }
    cell = figure_table(table, lines, columns, key="unhappy", told="不满意的情形")
    if cell is not None:
        unhappy = ",".join(UNHAPPY)
        further = {"process": unhappy} if cell.column == "process" else {}
        open_list(figure="satisfaction_rate", result=unhappy, by_resident=cell.key, **further)
    _newest(seen, who, as_of)


def _newest(seen: SatisfactionSeen, who: Viewer, as_of: date) -> None:
    words = dict(seen.newest.iter_rows())
    described = reads.described_items(reads.change(), who.scope, as_of, tuple(words))
    if described.empty:
        return
    told = described.assign(words=[words[key] for key in described["item_id"]])
    headline("最近不满意的事项", "“说明”为回访记录；点一行看详情", key="unhappy_newest")
    table = item_table(
        told, key="unhappy_newest", columns=("lead_short", "title", "words"), most_height=440,
        room=NARROW,
    )  # fmt: skip
    if table.opened is not None:
        open_item(table.opened)


def draw_months(seen: SatisfactionSeen, as_of: date, *, dark: bool) -> None:
    """Callbacks over the last twelve months."""
    months = list(seen.by_month.iter_rows(named=True))
    rates = [(row["month"], _rate(row, "satisfaction_rate")) for row in months]
    chosen = chart_panel(
        rate_trend(
            rates, name=FIGURES["satisfaction_rate"].name, note="按回访所在月份，不受统计时段影响",
            dark=dark, as_of=as_of, small_sample=seen.small_sample,
        ),
        key=fresh_key("answers_months"),
    )  # fmt: skip
    if chosen:
        clicked_away("answers_months")
        _open_month("satisfaction_rate", date.fromisoformat(f"{chosen[0]['month']}-01"), as_of)
    table = pd.DataFrame(
        [
            {
                "month": f"{row['month']:%Y-%m}",
                "satisfaction_rate": _rate(row, "satisfaction_rate").text(),
                "process_satisfaction_rate": _rate(row, "process_satisfaction_rate").text(),
                "unreached": row["unreached:n"],
                "no_opinion": row["no_opinion:n"],
            }
            for row in reversed(months)
        ]
    )
    columns = {
        "month": FigureColumn("月份", 80),
        "satisfaction_rate": FigureColumn("满意率", 140),
        "process_satisfaction_rate": FigureColumn("过程满意率", 140),
        "unreached": _number("未接通", 78),
        "no_opinion": _number("接通未评价", 100),
    }
    firsts = [row["month"] for row in reversed(months)]
    cell = figure_table(
        table, firsts, columns, key="answers_months_table", told="各月回访情况", most_rows=6
    )
    if cell is not None:
        slug = "satisfaction_rate" if cell.column == "month" else cell.column
        _open_month(slug, cell.key, as_of)


def _open_month(slug: str, first: date, as_of: date) -> NoReturn:
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    open_list(figure=slug, days=code_of_days(first, min(last, as_of)))


def _number(heading: str, width: int) -> FigureColumn:
    return FigureColumn(heading, width, is_number=True)


def _rate(row: dict[str, Any], slug: str) -> Rate:
    return Rate(row[f"{slug}:n"], row[f"{slug}:of"])


def _said(rows: Sequence[dict[str, Any]], word: str) -> int:
    """How many said so of a solution."""
    return sum(int(row["n"]) for row in rows if (row["resolved_by_resident"] or NOT_TOLD) == word)
