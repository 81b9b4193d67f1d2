"""反复反映: one matter that several items raise, in other sessions and by other ways."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard import reads
from dashboard.leader_reads import AlikeSeen, RaisedAgain
from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.leading import open_item, open_list
from dashboard.parts.panels import headline
from dashboard.problems.told import NOWHERE
from dashboard.reads import Choices, Gathering
from supervision.scope import Viewer

_COLUMNS = {
    "title": FigureColumn("事项", 330, on_phone=166, told="最早的一件；点开看详情"),
    "unit": FigureColumn("县（区）", 92, on_phone=80),
    "n": FigureColumn("反映次数", 88, is_number=True),
    "open": FigureColumn("在办", 62, is_number=True),
    "merged": FigureColumn("已并单", 74, is_number=True),
    "sessions": FigureColumn("面对面场次", 100, is_number=True),
    "origins": FigureColumn("来源渠道", 88, is_number=True),
    "rounds": FigureColumn("办到第几轮", 100, is_number=True),
    "first": FigureColumn("最早", 100),
    "last": FigureColumn("最近", 100),
}


def draw_repeats(seen: AlikeSeen, names: Choices, who: Viewer, as_of: date) -> None:
    """The matters raised most often first; each number opens its rows."""
    headline(repeats_told(seen), _how(seen), key="repeats")
    if not seen.again:
        return
    keys = tuple(one.key for one in seen.again)
    described = reads.described_items(reads.change(), who.scope, as_of, keys)
    titles = dict(zip(described["item_id"], described["title"], strict=True))
    table = pd.DataFrame([_line(one, titles, names) for one in seen.again])
    cell = figure_table(
        table, list(keys), _COLUMNS, key="repeats", told="反复反映的事项", most_rows=14
    )
    if cell is None:
        return
    if cell.column == "title":
        open_item(cell.key)
    figure = {"figure": "open"} if cell.column == "open" else {}
    open_list(**{Gathering.AGAIN: cell.key}, **figure)


def repeats_told(seen: AlikeSeen) -> str:
    """How many matters are raised again and again, and how many of them still stand open."""
    if not seen.again:
        return "没有发现反复反映的同一件事"
    return (
        f"{seen.matters_in_all} 件事被反映了两次以上，共 {seen.items_again} 件，"
        f"{seen.matters_open} 件事还有在办；最多的反映了 {seen.most_raised} 次"
    )


def _how(seen: AlikeSeen) -> str:
    told = (
        "同一镇（街）、同一村、标题相同的，或已并单的，算同一件事；只提示，由人判断；点数字看清单"
    )
    if seen.matters_in_all > len(seen.again):
        told += f"；另有 {seen.matters_in_all - len(seen.again)} 件事未列出"
    return told


def _line(one: RaisedAgain, titles: dict[int, str], names: Choices) -> dict[str, object]:
    return {
        "title": titles.get(one.key) or "（无标题）",
        "unit": names.units.get(one.unit_id, NOWHERE) if one.unit_id is not None else NOWHERE,
        "n": one.n,
        "open": one.open,
        # Nothing is told of what the ledgers do not tell.
        "merged": one.merged or None,
        "sessions": one.sessions or None,
        "origins": one.origins or None,
        "rounds": one.rounds,
        "first": f"{one.first_on}" if one.first_on else "",
        "last": f"{one.last_on}" if one.last_on else "",
    }
