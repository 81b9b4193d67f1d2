"""Every field of the one filter state: lists, figures, the overview and the desk agree on it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from data_access.database import reading
from data_access.filters import Filters
from data_access.moment import Period
from data_access.reads.choices import choices
from data_access.reads.desk import desk
from data_access.reads.figures import figure_values
from data_access.reads.items import item_rows
from data_access.reads.overview import overview
from data_access.schema.registers import divisions, face_to_face_sessions, terms
from supervision.scope import Scope
from supervision.vocabulary import Light, PeerGroup
from supervision.worklists import DeskList
from tests.acting import department_id, stored_item
from tests.factories import TODAY

CITY = Scope.whole_city()
LATE, LATER = date(2026, 11, 20), date(2026, 12, 20)
# Number → what its ledger says; each differs from the first in what one filter asks for.
STORED: dict[str, dict[str, Any]] = {
    "A": {"due_on": LATE, "session_theme": "交通出行（十月）", "category": "交通",
          "origin": "面对面", "case_leader": "王市长", "county": "源城区", "township": "埔前镇"},
    "B": {"due_on": LATE, "session_theme": "交通出行（五月）", "origin": "12345热线",
          "lead_departments": ("东源县人民政府",)},
    "C": {"due_on": LATER, "session_theme": "教育", "category": "学位", "origin": "信访"},
}  # fmt: skip


@pytest.fixture
def store(engine: Engine) -> Engine:
    for number, said in STORED.items():
        stored_item(engine, number=number, **said)
    # The city keeps its register: two evenings on one theme.
    with engine.begin() as connection:
        for printed, day in (("十月", date(2026, 10, 8)), ("五月", date(2026, 5, 8))):
            connection.execute(
                update(face_to_face_sessions)
                .where(face_to_face_sessions.c.theme == f"交通出行（{printed}）")
                .values(theme="交通出行", held_on=day)
            )
        connection.execute(
            update(divisions).where(divisions.c.name == "埔前镇").values(linked_leader="李书记")
        )
    return engine


def key_of(engine: Engine, column: Any, name: str) -> int:
    with reading(engine) as connection:
        return int(connection.execute(select(column.table.c.id).where(column == name)).scalar_one())


def numbers(engine: Engine, filters: Filters) -> str:
    """What the list shows; figures, overview and desk must count the same items."""
    asked = {"scope": CITY, "as_of": TODAY, "filters": filters}
    shown = item_rows(engine, **asked)["number"].tolist()
    assert figure_values(engine, **asked)["open"] == (len(shown), None)
    tiles = {row["slug"]: row["n"] for row in overview(engine, **asked).tiles.iter_rows(named=True)}
    assert tiles["open"] == len(shown)
    late = {entry.slug: entry.count for entry in desk(engine, **asked)}[DeskList.OVERDUE_SILENT]
    assert late == tiles["overdue_open"] == len({"A", "B"} & set(shown))
    return "".join(sorted(shown))


def test_each_field_leaves_its_own_items_in_lists_figures_overview_and_desk(store: Engine):
    education = department_id(store, "市教育局")
    hotline = key_of(store, terms.c.name, "12345热线")
    for filters, left in (
        (Filters(), "ABC"),
        (Filters(departments=(education,)), "AC"),
        (Filters(peer_groups=(PeerGroup.COUNTY,)), "B"),
        (Filters(peer_groups=(PeerGroup.COUNTY, PeerGroup.CITY_DEPARTMENT)), "ABC"),
        (Filters(peer_groups=(PeerGroup.COUNTY,), departments=(education,)), ""),
        (Filters(themes=("交通出行",)), "AB"),
        (Filters(themes=("交通出行", "教育")), "ABC"),
        (Filters(themes=("没有这个主题",)), ""),
        (Filters(origins=(hotline,)), "B"),
        (Filters(lights=(Light.RED.value,)), "AB"),
        (Filters(lights=(Light.RED.value, Light.GREEN.value)), "ABC"),
        (Filters(case_leader="王市长"), "A"),
        (Filters(linked_leader="李书记"), "A"),
        (Filters(linked_leader="没有这位领导"), ""),
        (Filters(linked_leader="李书记", townships=(1,)), ""),
        (Filters(themes=("交通出行",), origins=(hotline,), lights=(Light.RED.value,)), "B"),
    ):
        assert numbers(store, filters) == left, filters


def test_a_session_and_its_theme_leave_what_both_name(store: Engine):
    held = choices(store, scope=CITY, as_of=TODAY).sessions
    newer = next(key for key, name in held.items() if name == "交通出行（2026-10-08）")
    assert numbers(store, Filters(sessions=(newer,), themes=("交通出行",))) == "A"
    assert numbers(store, Filters(sessions=(newer,), themes=("教育",))) == ""


def test_session_counts_follow_sessions_themes_and_days_and_nothing_else(store: Engine):
    with store.begin() as connection:
        connection.execute(update(face_to_face_sessions).values(collected=10, valid=5))
    whole = Period(date(2026, 1, 1), TODAY)
    traffic = Filters(themes=("交通出行",), period=whole)
    asked = {"scope": CITY, "as_of": TODAY}
    assert figure_values(store, filters=traffic, **asked)["collected"] == (20, None)
    autumn = Filters(themes=("交通出行",), period=Period(date(2026, 10, 1), TODAY))
    assert figure_values(store, filters=autumn, **asked)["collected"] == (10, None)
    for told_by_no_session in (
        Filters(lights=("red",), period=whole),
        Filters(peer_groups=(PeerGroup.COUNTY,), period=whole),
        Filters(origins=(1,), period=whole),
    ):
        values = figure_values(store, filters=told_by_no_session, **asked)
        assert values["collected"] == (None, None)


def test_a_scope_is_offered_the_themes_and_channels_of_its_own_items(store: Engine):
    every = choices(store, scope=CITY, as_of=TODAY)
    assert set(every.themes) == {"交通出行", "教育"}
    assert every.linked_leaders == ("李书记",)
    assert {"面对面", "12345热线", "信访"} <= set(every.origins.values())
    county = Scope(departments=frozenset({"东源县人民政府"}))
    own = choices(store, scope=county, as_of=TODAY)
    assert own.themes == ("交通出行",)
    assert own.linked_leaders == ()
    assert list(own.origins.values()) == ["12345热线"]
