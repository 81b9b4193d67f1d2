"""面对面: sessions as objects; every number is the number of rows behind its link."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.filters import Filters
from data_access.ledger_import.apply import store_import
from data_access.measures import MEASURES
from data_access.moment import Period
from data_access.reads.items import item_page
from data_access.reads.sessions import (
    EARLIEST,
    FIGURES_OF_SESSION,
    SessionSeen,
    session_items,
    sessions,
)
from data_access.writes.face_to_face import SessionWanted, enter_session
from supervision.scope import Scope
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope
ALL_DAYS = Period(EARLIEST, TODAY)
ZIJIN = {"county": "紫金县", "township": "蓝塘镇"}


def _of(row, theme, **said):
    return ledger_row(row=row, session_theme=theme, **said)


@pytest.fixture
def filled(town: Engine) -> Engine:
    """教育 in September, 住房 in October and again in November; one to come; a county's own."""
    told = [
        (date(2026, 9, 10), "教育", "市级", 40, 30),
        (date(2026, 10, 15), "住房", "市级", 50, 20),
        (date(2026, 11, 12), "供水", "市级", None, None),
        (date(2026, 11, 3), "路灯", "县级", 10, 8),
        (date(2026, 12, 10), "交通", "市级", None, None),
    ]
    for held_on, theme, level, collected, valid in told:
        wanted = SessionWanted(held_on, theme, "分管领导", level, collected, valid, 30)
        enter_session(town, wanted, viewer=SUPERVISOR)
    closed = {"status": "已办结", "feedback_on": date(2026, 10, 9)}
    rows = [
        _of(3, "教育", assigned_on=date(2026, 9, 14), received_on=date(2026, 9, 10),
            closed_on=date(2026, 10, 10), satisfaction="满意", **closed),
        _of(4, "教育", assigned_on=date(2026, 9, 14), received_on=date(2026, 9, 10),
            closed_on=date(2026, 10, 20), satisfaction="不满意", **closed),
        _of(5, "教育", assigned_on=date(2026, 9, 14), received_on=date(2026, 9, 10)),
        _of(6, "住房", assigned_on=date(2026, 10, 19), received_on=date(2026, 10, 15)),
        _of(7, "路灯", **ZIJIN),
        ledger_row(row=8),
    ]  # fmt: skip
    store_import(town, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return town


def _seen(engine: Engine, scope: Scope = CITY, **filters: object) -> dict[str, SessionSeen]:
    told = sessions(engine, scope=scope, as_of=TODAY, filters=Filters(**filters))
    return {one.theme: one for one in told.sessions}


def test_every_number_of_a_session_is_the_number_of_rows_behind_it(filled):
    for one in _seen(filled).values():
        for slug in FIGURES_OF_SESSION:
            base = one.counts.get(f"{slug}:of", one.counts[f"{slug}:n"])
            asked = Filters(figure=slug, sessions=(one.id,), period=ALL_DAYS)
            page = item_page(filled, scope=CITY, as_of=TODAY, filters=asked)
            assert base == page.total, (one.theme, slug)


def test_sessions_and_what_is_of_none_add_up_to_the_whole(filled):
    for slug in FIGURES_OF_SESSION:
        part = "n" if MEASURES[slug].of is None else "of"
        inside = sum(one.counts[f"{slug}:{part}"] for one in _seen(filled).values())
        wanted = (Filters(figure=slug, period=ALL_DAYS),
                  Filters(figure=slug, period=ALL_DAYS, without=("session_id",)))  # fmt: skip
        whole, beside = (
            item_page(filled, scope=CITY, as_of=TODAY, filters=asked).total for asked in wanted
        )
        assert inside + beside == whole, slug


def test_the_newest_comes_first_and_coming_ones_are_told(filled):
    assert list(_seen(filled)) == ["交通", "供水", "路灯", "住房", "教育"]


def test_progress_is_measured_on_the_day_of_the_next_session_of_the_level(filled):
    seen = _seen(filled)
    assert (seen["教育"].next_on, seen["教育"].by_then) == (date(2026, 10, 15), (1, 3))
    assert seen["教育"].counts["closure_rate:n"] == 2
    # 供水 is the newest held: 交通 is still to come, 路灯 is of another level.
    assert (seen["供水"].next_on, seen["路灯"].next_on) == (None, None)
    assert seen["住房"].next_on == date(2026, 11, 12)


def test_a_county_sees_the_sessions_of_its_items_and_not_what_was_collected(filled):
    zijin = _seen(filled, Scope(everything=False, reporting_units=frozenset({"紫金县"})))
    assert list(zijin) == ["路灯"]
    assert (zijin["路灯"].collected, zijin["路灯"].counts["valid:n"]) == (None, 1)
    assert _seen(filled)["路灯"].collected == 10


def test_a_period_means_sessions_held_in_it_and_a_county_those_of_its_items(filled):
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    assert list(_seen(filled, period=october)) == ["住房"]
    assert list(_seen(filled, themes=("教育",))) == ["教育"]
    units = {_seen(filled)["路灯"].unit_id}
    assert list(_seen(filled, units=tuple(units))) == ["路灯"]


def test_one_session_tells_its_items_by_light_and_the_open_ones_by_department(filled):
    key = _seen(filled)["教育"].id
    items = session_items(filled, scope=CITY, as_of=TODAY, session_id=key)
    assert items.by_light["n"].sum() == items.total == 3
    assert items.by_department["n"].sum() == 1
    assert len(items.milestones) == 3
    nobody = session_items(filled, scope=Scope(everything=False), as_of=TODAY, session_id=key)
    assert (nobody.total, nobody.milestones) == (0, ())
