"""面对面, all sessions: what of them is open, the table, what is due, which themes come again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.leader_reads import SessionSeen, SessionsSeen
from dashboard.meeting_reads import Commitment
from dashboard.meetings import told
from dashboard.meetings.export import Sessions, export_button
from dashboard.meetings.promises import PROMISES_FIRST, draw_promises, kept_told
from dashboard.parts import charts
from dashboard.parts.about import definition
from dashboard.parts.address_choice import segments
from dashboard.parts.charts import Chart
from dashboard.parts.column_room import NARROW
from dashboard.parts.data_view import lights_view
from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.fresh_keys import clicked_away, fresh_key
from dashboard.parts.leading import open_list, set_query
from dashboard.parts.panels import chart_panel, headline
from dashboard.parts.safe import option
from dashboard.reads import Choices, Filters
from supervision.face_to_face import FOLLOW_UP_WORKING_DAYS, MEMO_WORKING_DAYS
from supervision.metrics import NOTHING
from supervision.scope import Viewer
from supervision.vocabulary import Light

EVERY = "all"
MOST_BARS, MOST_ROWS, MOST_PROMISES = 12, 14, 7
FIGURES = ("valid", "open", "overdue_open", "closure_rate", "satisfaction_rate")
"""Columns whose numbers open their rows."""


def draw_all_sessions(
    seen: SessionsSeen, promised: Sequence[Commitment], names: Choices, who: Viewer,
    filters: Filters, *, as_of: date, dark: bool,
) -> None:  # fmt: skip
    """The whole page."""
    level, sessions = _of_level(seen.sessions)
    file = partial(
        export_button, Sessions(level=level), f"层级：{level}" if level else "", filters, names, who
    )
    headline(
        told.sessions_told(sessions, as_of),
        "事项数为该场全部事项，不限时段；筛选里的时段指召开日期",
        key="sessions_told",
    )
    first = st.query_params.get("part") == PROMISES_FIRST
    if first:
        _promises(sessions, promised, names, file)
    left, right = st.columns([7, 5], gap="large")
    with left:
        _by_light(seen, sessions, dark=dark)
    with right:
        _due(sessions)
        _themes(seen, sessions)
    if not first:
        _promises(sessions, promised, names, file)
    of_session: dict[int, list[Commitment]] = {one.id: [] for one in sessions}
    for one in promised:
        if one.session_id in of_session:
            of_session[one.session_id].append(one)
    _table(seen, sessions, of_session, names)


def _promises(
    sessions: Sequence[SessionSeen], promised: Sequence[Commitment], names: Choices,
    export: Callable[[], None],
) -> None:  # fmt: skip
    themes = {one.id: f"{one.theme} {told.day_told(one)[5:]}" for one in sessions}
    found = [one for one in promised if one.session_id in themes]
    clicked = draw_promises(
        found,
        names,
        key="all",
        themes=themes,
        most_rows=MOST_PROMISES,
        empty="点开一场，由督查督办员登记座谈会上作出的承诺",
        export=export,
    )
    if clicked is not None:
        show_session(clicked.session_id, promise=clicked.id)


def _of_level(sessions: Sequence[SessionSeen]) -> tuple[str | None, list[SessionSeen]]:
    """The level that was chosen and its sessions; None for every level."""
    levels = {one.level: option(one.level) for one in sessions if one.level}
    if len(levels) < 2:
        return None, list(sessions)
    # A level has no id: the address says it as the register does.
    chosen = segments("层级", {EVERY: "全部层级", **levels}, key="level")
    if chosen == EVERY:
        return None, list(sessions)
    return chosen, [one for one in sessions if one.level == chosen]


def _by_light(seen: SessionsSeen, sessions: Sequence[SessionSeen], *, dark: bool) -> None:
    of_key = {one.id: one for one in sessions}
    rows = [
        {
            "department": key,
            "name": told.name_told(of_key[key]),
            "short_name": told.bar_told(of_key[key]),
            "light": str(light),
            "n": n,
        }
        for key, light, n in seen.by_light.select("session_id", "light", "n").iter_rows()
        if key in of_key
    ]
    counts = pd.DataFrame(rows, columns=["department", "name", "short_name", "light", "n"])
    chart = _open_by_session(counts, dark=dark)
    if chosen := chart_panel(chart, key=fresh_key("sessions_open"), lamps=True):
        clicked_away("sessions_open")
        open_list(figure="open", meeting=chosen[0]["department"], lamp=chosen[0]["light"])
    lights_view(counts, "场次")


def _open_by_session(counts: pd.DataFrame, *, dark: bool) -> Chart:
    chart = charts.open_by_department(counts, dark=dark, most=MOST_BARS)
    late = counts[counts["light"] == Light.RED.value].sort_values("n", ascending=False)
    owed = int(late["n"].sum())
    if counts.empty:
        words = "各场没有在办事项"
    elif not owed:
        words = f"在办 {int(counts['n'].sum())} 件，没有逾期"
    else:
        most = late[late["n"] == late["n"].max()]
        named = "、".join(most["name"].head(2)) + ("等" if len(most) > 2 else "")
        each = "各 " if len(most) > 1 else ""
        words = f"逾期 {owed} 件，{named}最多：{each}{int(most['n'].iloc[0])} 件"
    more = counts["department"].nunique() - MOST_BARS
    note = "各场在办事项（件），逾期多的在前；点色块看清单"
    return replace(chart, headline=words, note=note + (f"；另有 {more} 场见下表" * (more > 0)))


def _due(sessions: Sequence[SessionSeen]) -> None:
    things = told.due_things(sessions)
    headline(
        "会前会后要办的" if things else "近期没有会前会后要办的",
        f"会前 {MEMO_WORKING_DAYS} 个、会后 {FOLLOW_UP_WORKING_DAYS} 个工作日；登记完成的不再列出；"
        "点一行看这一场",
        key="sessions_due",
    )
    if not things:
        return
    table = pd.DataFrame(
        {
            "due": [told.due_told(thing.due) for thing in things],
            "what": [thing.what for thing in things],
            "theme": [thing.session.theme for thing in things],
        }
    )
    columns = {
        "due": FigureColumn("到期", 212, on_phone=150, least=204),
        "what": FigureColumn("要办的", 180, on_phone=92, least=150),
        "theme": FigureColumn("场次", 120, on_phone=110),
    }
    keys = [thing.session.id for thing in things]
    cell = figure_table(
        table, keys, columns, key="sessions_due_table", told="会前会后要办的",
        most_rows=5, room=NARROW,
    )  # fmt: skip
    if cell is not None:
        show_session(cell.key)


def _themes(seen: SessionsSeen, sessions: Sequence[SessionSeen]) -> None:
    """Themes that came up more than once, the most often first."""
    of_theme: dict[str, list[SessionSeen]] = {}
    for one in sessions:
        of_theme.setdefault(one.theme, []).append(one)
    again = sorted(
        ((theme, held) for theme, held in of_theme.items() if len(held) > 1),
        key=lambda pair: (-len(pair[1]), -told.total(pair[1], "open")),
    )
    if not again:
        headline("没有重复出现的主题", key="sessions_themes")
        return
    first, most = again[0]
    headline(
        f"{len(again)} 个主题不止一场，{first}最多：{len(most)} 场",
        "同一主题各场合计；点数字看清单",
        key="sessions_themes",
    )
    table = pd.DataFrame(
        [
            {
                "theme": f"{theme}（{len(held)} 场）",
                "valid": told.total(held, "valid"),
                "open": told.total(held, "open"),
                "overdue_open": told.total(held, "overdue_open"),
                "closure_rate": told.pooled(held, "closure_rate").text(),
                "satisfaction_rate": told.pooled(held, "satisfaction_rate").text(),
            }
            for theme, held in again
        ]
    )
    columns = {
        "theme": FigureColumn("主题", 136, least=124),
        **_columns(),
    }
    cell = figure_table(
        table, [held for _, held in again], columns, key="sessions_themes_table",
        told="重复出现的主题", most_rows=6, room=NARROW,
    )  # fmt: skip
    if cell is not None:
        keys = ",".join(str(one.id) for one in cell.key)
        slug = cell.column if cell.column in FIGURES else "valid"
        open_list(figure=slug, meeting=keys, days=told.all_days(seen))


def _columns() -> dict[str, FigureColumn]:
    return {
        "valid": FigureColumn("事项", 48, is_number=True, told=definition("valid")),
        "open": FigureColumn("在办", 48, is_number=True, told=definition("open")),
        "overdue_open": FigureColumn("逾期", 48, is_number=True, told=definition("overdue_open")),
        "closure_rate": FigureColumn("办结率", 114, on_phone=132, told=definition("closure_rate")),
        "satisfaction_rate": FigureColumn(
            "满意率", 114, on_phone=132, told=definition("satisfaction_rate")
        ),
    }


def _table(
    seen: SessionsSeen, sessions: Sequence[SessionSeen],
    of_session: Mapping[int, Sequence[Commitment]], names: Choices,
) -> None:  # fmt: skip
    if not sessions:
        return
    headline("各场次", "新的在前；点日期、主题看这一场，点数字看清单", key="sessions_listed")
    table = pd.DataFrame(
        [{**_line(one, names), "kept": kept_told(of_session[one.id])} for one in sessions]
    )
    columns = {
        "day": FigureColumn("日期", 92, least=88),
        "theme": FigureColumn("主题", 124, on_phone=116, least=100),
        **_columns(),
        "kept": FigureColumn(
            "承诺兑现", 120, least=112, told="已兑现的承诺/全部承诺，逾期未兑现的另列"
        ),
        "where": FigureColumn("层级", 88, least=74, told="县（区）的场次为县（区）名"),
        "host": FigureColumn("主持", 234),
        "register": FigureColumn("收集/有效/代表", 116, least=106),
        "progress": FigureColumn(
            "到下一场时的办结率", 196, least=188, told="下一场：同一层级的下一次"
        ),
    }
    keys = [one.id for one in sessions]
    cell = figure_table(
        table, keys, columns, key="sessions_table", told="面对面场次表", most_rows=MOST_ROWS,
        naming=2,
    )  # fmt: skip
    if cell is None:
        return
    if cell.column in FIGURES:
        open_list(figure=cell.column, meeting=cell.key, days=told.all_days(seen))
    show_session(cell.key)


def _line(one: SessionSeen, names: Choices) -> dict[str, object]:
    return {
        "day": told.day_told(one),
        "theme": one.theme,
        "where": names.units.get(one.unit_id or 0) or one.level or "",
        "host": one.host or "",
        "register": "/".join(
            NOTHING if n is None else str(n) for n in (one.collected, one.valid, one.represented)
        ),
        "valid": one.counts["valid:n"],
        "open": one.counts["open:n"],
        "overdue_open": one.counts["overdue_open:n"],
        "closure_rate": told.rate_of(one, "closure_rate").text(),
        "satisfaction_rate": told.rate_of(one, "satisfaction_rate").text(),
        "progress": told.progress_told(one),
    }


def show_session(key: int, *, promise: int | None = None) -> None:
    """The same page for one session, with one of its commitments opened."""
    set_query(one=key, promise=promise)
    st.rerun()
