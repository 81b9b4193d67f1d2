"""部门, all of them: who owes what by light, and the ranking inside each peer group."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NoReturn

import pandas as pd
import streamlit as st

from dashboard.leader_reads import DepartmentsSeen
from dashboard.parts import charts, filters
from dashboard.parts.address_choice import box, code_asked, segments
from dashboard.parts.column_room import NARROW
from dashboard.parts.data_view import lights_view
from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.leading import open_list, set_query
from dashboard.parts.panels import chart_panel, headline
from dashboard.reads import Choices, Period
from dashboard.units import standings as shown
from dashboard.units.lines import UnitLine, light_counts, unit_lines
from supervision.figures import FIGURES
from supervision.ranking import COMPONENTS
from supervision.scope import Viewer
from supervision.vocabulary import PeerGroup

ALL = "all"
PART_OF_THE_CITY = "只含您可见范围内的事项"
MOST_BARS = MOST_ROWS = 24
_ORDER = (
    PeerGroup.CITY_DEPARTMENT, PeerGroup.COUNTY, PeerGroup.FUNCTIONAL_ZONE,
    PeerGroup.PUBLIC_SERVICE,
)  # fmt: skip
HELP_COLUMNS = {
    "name": FigureColumn("协办单位", 150),
    "open": FigureColumn("协办在办", 90, is_number=True),
    "overdue_open": FigureColumn("其中逾期", 90, is_number=True),
    "due_soon": FigureColumn("其中临期", 90, is_number=True),
}


def draw_all_units(
    seen: DepartmentsSeen,
    names: Choices,
    who: Viewer,
    *,
    as_of: date,
    dark: bool,
    only: Collection[int] = (),
) -> None:
    """The whole page: what all owe, then one peer group; `only` these, where any are named."""
    lines = [line for line in unit_lines(seen, names) if not only or line.key in only]
    part = "" if who.scope.everything else f"{PART_OF_THE_CITY}；"
    headline(open_told(lines), part + period_told(seen.period, as_of), key="units_told")
    groups = [group for group in _ORDER if any(line.group is group for line in lines)]
    options = {**{group.value: group.label for group in groups}, ALL: "全部"}
    group = segments("单位类别", options, key="peers")
    inside = [line for line in lines if group in (ALL, line.group)]
    # Side by side on a wall screen; on a laptop a ranking takes the whole width (pages.css).
    with st.container(key="units_columns"):
        ranks, bars, apart, helpers = st.columns(4, gap="large")
    told = None
    with ranks:
        if group != ALL and who.scope.everything:
            told = _ranked(seen, inside, options[group], as_of=as_of)
        else:
            whole = who.scope.everything
            why = "选一类单位看排名" if whole else "排名只在全市范围、同类单位之间进行"
            headline("各单位情况", f"{why}；点数字看清单，点单位名称看这家单位", key="units_listed")
            _listed([one for one in inside if _is_busy(one)], shown.SCORE, key="units_listed_table")
    with bars:
        _by_light(seen, inside, dark=dark)
    with apart:
        if told is not None:
            _unranked(told)
    with helpers:
        _helping(seen, names, group, only)


def open_told(lines: Sequence[UnitLine]) -> str:
    """What is open and overdue, and of it how much in each peer group."""
    opened, late = (sum(line.count(slug) for line in lines) for slug in ("open", "overdue_open"))
    if not opened:
        return "没有在办事项"
    if not late:
        return f"在办 {opened} 件，没有逾期未反馈"
    parts = [
        (name, sum(line.count("overdue_open") for line in lines if line.group is group))
        for group, name in (*((group, group.label) for group in _ORDER), (None, "牵头单位不明"))
    ]
    named = "、".join(f"{name} {n}" for name, n in parts if n)
    return f"在办 {opened} 件，逾期未反馈 {late} 件：{named}"


def period_told(period: Period, as_of: date) -> str:
    """The days that rates are counted over."""
    span = f"{period.first:%Y-%m-%d} 至 {period.last:%Y-%m-%d}"
    more = "（本月），可在“筛选”里换统计时段" if is_this_month(period, as_of) else ""
    return f"在办、逾期为当日存量；比率的统计期 {span}{more}"


def is_this_month(period: Period, as_of: date) -> bool:
    """Whether rates are counted over the month that runs, which is their default."""
    return period == Period(as_of.replace(day=1), as_of)


def _by_light(seen: DepartmentsSeen, inside: Sequence[UnitLine], *, dark: bool) -> None:
    counts = light_counts(seen, inside)
    clicked = chart_panel(
        charts.open_by_department(counts, dark=dark, most=MOST_BARS), key="units_open", lamps=True
    )
    if clicked:
        key, light = clicked[0]["department"], clicked[0]["light"]
        whose = {"lead": key} if key else {"nobody": "department_id"}
        open_list(figure="open", lamp=light, **whose)
    lights_view(counts, "牵头单位")


def _ranked(
    seen: DepartmentsSeen, inside: Sequence[UnitLine], group: str, *, as_of: date
) -> shown.Standings:
    """The peer group in its order, by what the address says."""
    told = shown.standings(inside, seen, code_asked(st.query_params.get("by", ""), shown.BASES))
    left_out = sum(line.count("due_left_out") for line in inside)
    headline(shown.headline_of(told, group), shown.note_of(told, left_out), key="units_ranked")
    with st.container(horizontal=True, vertical_alignment="center", key="units_ranked_by"):
        st.caption("排名依据", width="content")
        box("排名依据", shown.BASES, key="by", width=200)
        if told.ranking.too_few and is_this_month(seen.period, as_of):
            asked = {**filters.asked_now(), "period": ("year",)}
            words = "本月件次少，按本年看"
            st.button(words, type="tertiary", on_click=filters.ask_for, args=(asked,))
    standing = {one.contender.key: one for one in told.ranking.ranked}
    ordered = [told.lines[key] for key in standing]
    if ordered:
        columns = shown.columns(ranked=True, by=told.by, is_example=told.weights.is_example)
        rows = shown.table_rows(ordered, standing, told.base)
        _lead_on(rows, ordered, columns, key="units_ranking", told="同类单位排名表")
    return told


def _unranked(told: shown.Standings) -> None:
    unranked = (*told.ranking.too_few, *told.ranking.without_due)
    if unranked:
        headline(shown.apart_told(told), key="units_apart")
        _listed([told.lines[one.contender.key] for one in unranked], told.by, key="units_unranked")


def _is_busy(line: UnitLine) -> bool:
    return bool(line.count("open") or any(line.rate(slug).of for slug in COMPONENTS))


def _listed(inside: Sequence[UnitLine], by: str, *, key: str) -> None:
    """Departments without a rank, in the order of the register."""
    columns = shown.columns(ranked=False, by=by, is_example=False)
    if key != "units_unranked":
        columns.pop("why")
    rows = shown.table_rows(inside, {}, shown.base_of(by))
    _lead_on(rows, inside, columns, key=key, told="各单位情况表")


def _lead_on(
    rows: pd.DataFrame,
    lines: Sequence[UnitLine],
    columns: dict[str, FigureColumn],
    *,
    key: str,
    told: str,
) -> None:
    """Draw a table: a number opens its rows, a name its department."""
    keys = [line.key for line in lines]
    cell = figure_table(
        rows, keys, columns, key=key, told=told, most_rows=MOST_ROWS, naming=1 + ("rank" in columns)
    )
    if cell is None:
        return
    whose = {"lead": cell.key} if cell.key else {"nobody": "department_id"}
    if cell.column in FIGURES:
        open_list(figure=cell.column, **whose)
    if cell.key:
        show_unit(cell.key)


def show_unit(key: int) -> NoReturn:
    """The same page for one department."""
    set_query(unit=key)
    st.rerun()


def _helping(seen: DepartmentsSeen, names: Choices, group: str, only: Collection[int]) -> None:
    """Duties of co-departments, apart: they are in no total."""
    rows = pd.DataFrame(
        [
            {
                "key": row["department_id"],
                "name": names.short_names.get(row["department_id"], ""),
                **{slug: row[f"{slug}:n"] for slug in ("open", "overdue_open", "due_soon")},
            }
            for row in seen.helping.iter_rows(named=True)
            if row["open:n"] and group in (ALL, _group_of(row["department_id"], names))
            if not only or row["department_id"] in only
        ]
    )
    if rows.empty:
        return
    rows = rows.sort_values(["overdue_open", "open"], ascending=False)
    headline(
        f"协办单列：{len(rows)} 家单位协办在办 {rows['open'].sum()} 件次，"
        f"其中逾期 {rows['overdue_open'].sum()} 件次",
        "不计入牵头单位和全市合计；点数字看清单",
        key="units_helping",
    )
    cell = figure_table(
        rows, rows["key"].tolist(), HELP_COLUMNS, key="units_helping_table", told="协办情况表",
        most_rows=MOST_ROWS, room=NARROW,
    )  # fmt: skip
    if cell is not None and cell.column != "name":
        open_list(figure=cell.column, help=cell.key)
    if cell is not None:
        show_unit(cell.key)


def _group_of(key: int, names: Choices) -> str:
    return names.peer_groups.get(key, "")
