"""类案: which stand, how their items do, and one of them whole (`?matter=ID`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import leader_reads, reads
from dashboard.leader_reads import ClassMatter
from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.filter_state import code_of_days
from dashboard.parts.leading import lead_to, open_item, open_list, set_query
from dashboard.parts.list_tools import printed_by
from dashboard.parts.panels import headline
from dashboard.parts.rows import worded
from dashboard.parts.safe import plain
from dashboard.parts.sentences import ITEMS_PAGE
from dashboard.parts.tables import item_table
from dashboard.parts.tiles import Tile, tile_row
from dashboard.problems.matter_forms import matter_forms
from dashboard.reads import Choices, Filters, Gathering
from supervision.class_matters import MatterState
from supervision.figures import FIGURES
from supervision.rights import Right, may
from supervision.scope import Viewer

_COLUMNS = {
    "name": FigureColumn("类案", 240, on_phone=150),
    "state": FigureColumn("状态", 78),
    "lead": FigureColumn("牵头单位", 150),
    "since": FigureColumn("立案日期", 100),
    "n": FigureColumn("事项", 62, is_number=True),
    "open": FigureColumn("在办", 62, is_number=True),
    "overdue": FigureColumn("逾期", 62, is_number=True, told="逾期未反馈"),
    "unsatisfied": FigureColumn("不满意", 74, is_number=True, told="立案以来的评价，件次"),
    "measures": FigureColumn("措施", 320, on_phone=220),
}
MOST_ITEMS = 500
NO_LEAD = "未定"


def draw_matters(names: Choices, filters: Filters, who: Viewer, as_of: date, asked: str) -> None:
    """All of them, or the one that is asked for."""
    matters = leader_reads.class_matters(reads.change(), who.scope, as_of, filters)
    found = next((one for one in matters if str(one.id) == asked), None)
    if found is not None:
        _draw_matter(found, names, filters, who, as_of)
        return
    if asked:
        st.info("没有找到这个类案。它可能不在您的权限范围内，或链接有误。")
    headline(matters_told(matters), _how(who) if not matters else "点数字看清单，点名称看这个类案",
             key="matters")  # fmt: skip
    if not matters:
        return
    table = pd.DataFrame(
        [
            {
                "name": one.name, "state": one.state.label, "since": f"{one.stands_since}",
                "lead": _lead(one, names), "n": one.n, "open": one.open, "overdue": one.overdue,
                "unsatisfied": one.unsatisfied, "measures": one.result or one.measures,
            }
            for one in matters
        ]
    )  # fmt: skip
    cell = figure_table(
        table, [one.id for one in matters], _COLUMNS, key="matters", told="类案表", most_rows=14,
        breaks=True,
    )  # fmt: skip
    if cell is None:
        return
    matter = next(one for one in matters if one.id == cell.key)
    if cell.column in _OPENS or cell.column == "n":
        open_list(**_rows_of(matter, cell.column, as_of))
    set_query(matter=matter.id)
    st.rerun()


_OPENS = {"open": "open", "overdue": "overdue_open", "unsatisfied": "dissatisfied"}


def _rows_of(matter: ClassMatter, column: str, as_of: date) -> dict[str, object]:
    told: dict[str, object] = {Gathering.MATTER: matter.id}
    if column in _OPENS:
        told["figure"] = _OPENS[column]
    if column == "unsatisfied":
        told["days"] = code_of_days(matter.stands_since, as_of)
    return told


def matters_told(matters: Sequence[ClassMatter]) -> str:
    """How many stand, with how much open in them."""
    if not matters:
        return "还没有立类案"
    standing = [one for one in matters if one.state is MatterState.OPEN]
    late = sum(one.overdue for one in standing)
    parts = [
        f"推进中的类案 {len(standing)} 个，含事项 {sum(one.n for one in standing)} 件，"
        f"在办 {sum(one.open for one in standing)} 件"
    ]
    parts.append(f"逾期 {late} 件" if late else "没有逾期")
    if closed := len(matters) - len(standing):
        parts.append(f"已办结 {closed} 个")
    return "；".join(parts)


def _how(who: Viewer) -> str:
    if may(who, Right.KEEP_MATTERS):
        return "在“相似诉求”里点开一组，选好事项，即可立为类案，明确牵头单位和措施"
    return "由督查督办员或督查室负责人把一组相似诉求立为类案"


def _lead(matter: ClassMatter, names: Choices) -> str:
    key = matter.lead_department_id
    return NO_LEAD if key is None else names.short_names.get(key, NO_LEAD)


def _draw_matter(
    matter: ClassMatter, names: Choices, filters: Filters, who: Viewer, as_of: date
) -> None:
    st.button("← 回到全部类案", on_click=set_query, kwargs={"matter": None}, type="tertiary",
              key="all_matters")  # fmt: skip
    stands = f"{matter.stands_since:%Y年%-m月%-d日}立案"
    if matter.closed_on is not None:
        stands += f"，{matter.closed_on:%Y年%-m月%-d日}办结"
    headline(
        f"{matter.name}：{matter.n} 件事项，在办 {matter.open} 件，逾期 {matter.overdue} 件",
        f"{matter.state.label}；牵头单位 {_lead(matter, names)}；{stands}；事项各按自己的期限办理",
        key="matter",
    )
    if matter.measures:
        plain(f"措施：{matter.measures}")
    if matter.result:
        plain(f"办理结果：{matter.result}")
    tile_row(_tiles(matter, as_of))
    inside = replace(filters, among=((Gathering.MATTER, matter.id),))
    page = reads.item_page(reads.change(), who.scope, as_of, inside, "due", None, MOST_ITEMS)
    acts = st.container()
    if page.total:
        clicked = item_table(
            worded(page.rows), key="matter_items", many=may(who, Right.KEEP_MATTERS),
            columns=("light", "title", "lead_short", "unit", "township", "due_on", "result"),
            most_height=560, on_paper=[f"共 {page.total} 件", printed_by(who)],
        )  # fmt: skip
        if clicked.opened is not None:
            open_item(clicked.opened)
        ticked = [int(key) for key in clicked.ticked]
    else:
        st.caption("这个类案里没有筛选范围内的事项。")
        ticked = []
    with acts:
        matter_forms(matter, ticked, who, as_of)


def _about(column: str) -> tuple[str, ...]:
    if column in _OPENS:
        return (FIGURES[_OPENS[column]].definition,)
    return ("属于这个类案的事项；一件事项最多属于一个类案。",)


def _tiles(matter: ClassMatter, as_of: date) -> list[Tile]:
    told = (
        ("n", "事项", matter.n, "件", "按各自的期限办理"),
        ("open", "在办", matter.open, "件", "截至当日"),
        ("overdue", "逾期未反馈", matter.overdue, "件", "期限已过"),
        ("unsatisfied", "不满意", matter.unsatisfied, "件次", "立案以来的评价"),
    )
    return [
        Tile(f"matter_{column}", label, str(n), ITEMS_PAGE, unit=unit, basis=basis,
             late=column == "overdue" and n > 0, about=_about(column),
             query=lead_to(**{str(k): v for k, v in _rows_of(matter, column, as_of).items()}))
        for column, label, n, unit, basis in told
    ]  # fmt: skip
