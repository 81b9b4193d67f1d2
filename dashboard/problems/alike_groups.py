"""相似诉求: groups of texts that say alike; one of them can be made a 类案."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from dashboard import reads
from dashboard.leader_reads import AlikeGroup, AlikeSeen
from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.leading import open_item, open_list, set_query
from dashboard.parts.panels import headline
from dashboard.parts.rows import worded
from dashboard.parts.tables import item_table
from dashboard.problems.matter_forms import offer_matter
from dashboard.problems.parts_of import parts_told
from dashboard.reads import Choices, Filters, Gathering
from supervision.scope import Viewer

_FIGURES = {"open": "open", "overdue": "overdue_open", "came_in": "intake",
            "unsatisfied": "dissatisfied"}  # fmt: skip
_COLUMNS = {
    "name": FigureColumn(
        "共同的用语", 250, on_phone=166, told="这一组里多数都写着、别处少见的字词"
    ),
    "n": FigureColumn("件数", 62, is_number=True),
    "open": FigureColumn("在办", 62, is_number=True),
    "overdue": FigureColumn("逾期", 62, is_number=True, told="逾期未反馈"),
    "came_in": FigureColumn("本期新增", 88, is_number=True),
    "unsatisfied": FigureColumn("不满意", 74, is_number=True, told="统计期内的评价，件次"),
    "units": FigureColumn("县（区）", 200),
    "departments": FigureColumn("牵头单位", 230),
}
MOST_LINES = 16
MOST_ITEMS = 300


def draw_alike(
    seen: AlikeSeen, names: Choices, filters: Filters, who: Viewer, as_of: date, asked: str
) -> None:
    """The groups, and below them the one that was opened."""
    headline(alike_told(seen), compared_told(seen), key="alike")
    if not seen.groups:
        return
    table = pd.DataFrame([_line(group, names) for group in seen.groups])
    keys = [group.key for group in seen.groups]
    cell = figure_table(
        table, keys, _COLUMNS, key="alike", told="用语相近的诉求分组", most_rows=MOST_LINES
    )
    if cell is not None:
        if cell.column in ("n", *_FIGURES):
            figure = {"figure": _FIGURES[cell.column]} if cell.column in _FIGURES else {}
            open_list(**{Gathering.ALIKE: cell.key}, **figure)
        asked = str(cell.key)
        set_query(saying=asked)
    opened = next((one for one in seen.groups if str(one.key) == asked), None)
    if opened is not None:
        _draw_group(opened, filters, who, as_of)


def alike_told(seen: AlikeSeen) -> str:
    """How many groups there are, and what the most pressing of them is about."""
    if not seen.groups:
        return "没有三件以上用语相近的诉求"
    first = seen.groups[0]
    told = f"{seen.items_in_groups:,} 件诉求归成 {seen.groups_in_all} 组"
    late = f"，其中逾期 {first.overdue} 件" if first.overdue else ""
    return f"{told}；在办最多的一组是“{first.name}”，在办 {first.open} 件{late}"


def compared_told(seen: AlikeSeen) -> str:
    """What was compared and how, what was not."""
    told = (
        f"按标题和内容里共同的字词归组，不含地名，只作参考；共比对 {seen.compared:,} 件，"
        "在办多的在前；点数字看清单，点用语看这一组"
    )
    if seen.left_out:
        told += f"；较早办结的 {seen.left_out:,} 件没有比对"
    if seen.groups_in_all > len(seen.groups):
        told += f"；另有 {seen.groups_in_all - len(seen.groups)} 组未列出"
    return told


def _line(group: AlikeGroup, names: Choices) -> dict[str, object]:
    return {
        "name": group.name,
        "n": group.n,
        "open": group.open,
        "overdue": group.overdue,
        "came_in": group.came_in,
        "unsatisfied": group.unsatisfied,
        "units": parts_told(group.units, names.units),
        "departments": parts_told(group.departments, names.short_names),
    }


def _draw_group(group: AlikeGroup, filters: Filters, who: Viewer, as_of: date) -> None:
    inside = replace(filters, among=((Gathering.ALIKE, group.key),))
    page = reads.item_page(reads.change(), who.scope, as_of, inside, "due", None, MOST_ITEMS)
    shown = worded(page.rows)
    more = f"，列出前 {MOST_ITEMS} 件" if page.total > MOST_ITEMS else ""
    headline(
        f"“{group.name}”一组 {page.total} 件，在办 {group.open} 件",
        f"点一行看详情；勾选几件，或不勾选即为全部{more}",
        key="alike_group",
    )
    clicked = item_table(
        shown, key="alike_group", columns=("light", "title", "lead_short", "unit", "township",
                                           "received_on"),
        many=True, most_height=420,
    )  # fmt: skip
    if clicked.opened is not None:
        open_item(clicked.opened)
    chosen = [int(key) for key in clicked.ticked or shown["item_id"]]
    offer_matter(chosen, group.name, who, as_of)
