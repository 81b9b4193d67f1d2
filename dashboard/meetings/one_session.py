"""面对面, one session (`?one=ID`): its items by light, who has them, their line of days."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import leader_reads, meeting_reads, reads
from dashboard.leader_reads import SessionItems, SessionSeen, SessionsSeen
from dashboard.meeting_reads import SessionPlan
from dashboard.meetings import told
from dashboard.meetings.export import Sessions, export_button
from dashboard.meetings.session_plan import draw_item_days, draw_plan, item_names
from dashboard.meetings.session_promises import draw_session_promises
from dashboard.parts import charts
from dashboard.parts.about import about_figure
from dashboard.parts.data_view import lights_view
from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.fresh_keys import clicked_away, fresh_key
from dashboard.parts.leading import lead_to, open_list, set_query
from dashboard.parts.overview_frames import NO_LEAD
from dashboard.parts.panels import chart_panel, headline
from dashboard.parts.safe import plain
from dashboard.parts.sentences import ITEMS_PAGE
from dashboard.parts.theme import LAMPS
from dashboard.parts.tiles import Tile, tile_row
from dashboard.reads import Choices, Filters, Period
from supervision.figures import FIGURES
from supervision.milestones import MilestoneKind
from supervision.scope import Viewer

_COUNTS = ("valid", "open", "overdue_open", "due_soon")
_RATES = ("on_time_feedback_rate", "closure_rate", "satisfaction_rate")


def draw_session(
    session: SessionSeen, seen: SessionsSeen, names: Choices, who: Viewer, filters: Filters,
    *, as_of: date, dark: bool,
) -> None:  # fmt: skip
    """The whole page of one session."""
    st.button(
        "← 回到全部场次", type="tertiary", on_click=set_query, kwargs={"one": None, "promise": None}
    )
    headline(_told(session), _gathered(session), key="session_told")
    tile_row(_tiles(session, told.all_days(seen), seen.period, as_of), key="session_tiles")
    change = reads.change()
    items = leader_reads.session_items(change, who.scope, as_of, filters, session.id)
    plan = meeting_reads.session_plan(change, who.scope, as_of, filters, session.id)
    rows = reads.described_items(change, who.scope, as_of, items.milestones)
    # What a commitment is about may have been closed long ago: it is named all the same.
    about = {key for one in plan.commitments for key in one.items} - set(items.milestones)
    others = reads.described_items(change, who.scope, as_of, tuple(sorted(about)))
    named = item_names(rows) | item_names(others)
    left, right = st.columns([7, 5], gap="large")
    with left:
        draw_session_promises(
            session.id, session.host or "", plan, named, names, who, as_of,
            partial(export_button, Sessions(one=session.id), f"场次：{told.name_told(session)}",
                    filters, names, who),
        )  # fmt: skip
    with right:
        _departments(session, items, names, dark=dark)
    left, right = st.columns([7, 5], gap="large")
    with left:
        draw_plan(session.id, plan, names, who, as_of, dark=dark)
    with right:
        _around(session, plan, seen, as_of)
        _by_light(session, items)
    draw_item_days(items, rows, as_of, dark=dark)


def _told(session: SessionSeen) -> str:
    host = session.host and f"主持：{session.host}"
    return told.name_told(session, session.level, host)


def _gathered(session: SessionSeen) -> str:
    counts = {"收集": session.collected, "有效": session.valid}
    parts = [f"{word} {n} 条" for word, n in counts.items() if n is not None]
    if session.represented is not None:
        parts.append(f"代表 {session.represented} 人")
    parts.append(f"到下一场时的办结率 {told.progress_told(session)}")
    return "；".join(parts)


def _tiles(session: SessionSeen, days: str, period: Period, as_of: date) -> list[Tile]:
    query = lead_to(meeting=session.id, days=days)

    def about(slug: str, of: int | None) -> tuple[str, ...]:
        n = session.counts[f"{slug}:n"]
        told_of = None if slug in _COUNTS and slug != "valid" else period
        return about_figure(FIGURES[slug], n=n, of=of, beside={}, as_of=as_of, period=told_of)

    counts = [
        Tile(slug, "事项" if slug == "valid" else FIGURES[slug].name,
             str(session.counts[f"{slug}:n"]), ITEMS_PAGE, unit="件",
             late=slug == "overdue_open" and session.counts["overdue_open:n"] > 0,
             query={**query, "figure": slug}, about=about(slug, None))
        for slug in _COUNTS
    ]  # fmt: skip
    rates = [(slug, told.rate_of(session, slug)) for slug in _RATES]
    return counts + [
        Tile(slug, FIGURES[slug].name, rate.percent, ITEMS_PAGE,
             basis=f"{rate.n}/{rate.of} {FIGURES[slug].unit}", query={**query, "figure": slug},
             about=about(slug, rate.of))
        for slug, rate in rates
    ]  # fmt: skip


def _departments(session: SessionSeen, items: SessionItems, names: Choices, *, dark: bool) -> None:
    keys = [(int(key or 0), str(light), n) for key, light, n in items.by_department.iter_rows()]
    counts = pd.DataFrame(
        [
            {
                "department": key,
                "name": names.departments.get(key, names.short_names.get(key, NO_LEAD)),
                "short_name": names.short_names.get(key, NO_LEAD),
                "light": light,
                "n": n,
            }
            for key, light, n in keys
        ],
        columns=["department", "name", "short_name", "light", "n"],
    )
    chart = charts.open_by_department(counts, dark=dark)
    if chosen := chart_panel(chart, key=fresh_key("session_departments"), lamps=True):
        clicked_away("session_departments")
        key, light = chosen[0]["department"], chosen[0]["light"]
        whose = {"lead": key} if key else {"nobody": "department_id"}
        open_list(figure="open", meeting=session.id, lamp=light, **whose)
    lights_view(counts, "牵头单位")


def _around(session: SessionSeen, plan: SessionPlan, seen: SessionsSeen, as_of: date) -> None:
    """Memo before, follow-up after, and the session of its level before this one."""
    headline(
        "会前会后", "按工作日提示；登记了作战节点的，以节点的日期和完成为准", key="session_around"
    )
    for word, due in (
        (MilestoneKind.MEMO.label, plan.memo),
        (MilestoneKind.FOLLOW_UP.label, plan.follow_up),
    ):
        if due is not None:
            plain(f"{word}：{told.due_told(due)}")
    before = next(
        (
            one
            for one in told.held(seen.sessions, as_of)
            if one.level == session.level
            and one.held_on is not None
            and session.held_on is not None
            and one.held_on < session.held_on
        ),
        None,
    )
    if before is not None and before.counts["open:n"]:
        st.page_link(
            ITEMS_PAGE,
            label=f"上一场（{told.day_told(before)}）还有在办 {before.counts['open:n']} 件",
            query_params=lead_to(figure="open", meeting=before.id),
        )


def _by_light(session: SessionSeen, items: SessionItems) -> None:
    counts = {str(light): int(n) for light, n in items.by_light.iter_rows()}
    lights = [light.value for light in LAMPS if counts.get(light.value)]
    if not lights:
        return
    headline(f"全部 {items.total} 件事项的亮灯", "点一行看清单", key="session_lights")
    words = {light.value: lamp.word for light, lamp in LAMPS.items()}
    table = pd.DataFrame(
        {"light": [words[one] for one in lights], "n": [counts[one] for one in lights]}
    )
    columns = {"light": FigureColumn("亮灯", 160), "n": FigureColumn("件数", 90, is_number=True)}
    cell = figure_table(table, lights, columns, key="session_lights", told="亮灯件数")
    if cell is not None:
        open_list(meeting=session.id, lamp=cell.key)
