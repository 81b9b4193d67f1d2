"""Duties beside an item and the register of 问责, as the store tells them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.filters import Filters
from data_access.moment import Period
from data_access.reads.duties import NO_DUTIES, accountability_register, item_duties
from supervision.beside_acts import BesideAct
from supervision.loop_words import AccountabilityKind, FollowerKind
from supervision.scope import Scope
from tests.acting import CLERK, EDUCATION, OFFICER, WATER, Walk, department_id, stored_item
from tests.factories import TODAY

CITY = Scope.whole_city()


@pytest.fixture
def walk(town: Engine) -> Walk:
    """An item with one duty of every kind."""
    made = Walk(town, stored_item(town))
    made.does(BesideAct.RECORD_FIRST_RECEIVER, OFFICER, department_id=department_id(town, WATER))
    made.does(BesideAct.RECORD_ACCOUNTABILITY, OFFICER, accountability=AccountabilityKind.INTERVIEW,
              text="约谈分管负责人", outcome="已限期整改")  # fmt: skip
    made.does(
        BesideAct.RECORD_MEDIA_REPORT, OFFICER, outlet="河源日报", text="追踪报道张*反映的路灯"
    )
    made.does(BesideAct.FORM_TASK_FORCE, OFFICER, head="李明", members="教育、水务、镇政府")
    made.does(BesideAct.ADD_FOLLOWER, OFFICER, follower=FollowerKind.REPRESENTATIVE,
              name="陈大文", text="代表建议第12号")  # fmt: skip
    return made


def test_every_duty_is_told_with_its_department_and_who_wrote_it_down(walk: Walk):
    told = item_duties(walk.engine, scope=CITY, as_of=TODAY, item_id=walk.item_id)
    assert told.first_receiver is not None
    assert told.first_receiver["department"] == WATER
    assert [(row["kind"], row["department"], row["outcome"]) for row in told.accountability] == [
        ("interview", EDUCATION, "已限期整改")
    ]
    assert [row["outlet"] for row in told.media] == ["河源日报"]
    assert [(row["head"], row["ended_on"]) for row in told.task_forces] == [("李明", None)]
    assert [row["masked_name"] for row in told.followers] == ["陈**"]


def test_a_department_is_not_told_who_follows_and_who_was_called_to_account(walk: Walk):
    told = item_duties(walk.engine, scope=CLERK.scope, as_of=TODAY, item_id=walk.item_id)
    assert (told.followers, told.accountability) == ((), ())
    assert "张*" not in told.media[0]["words"]
    assert told.task_forces
    assert accountability_register(walk.engine, scope=CLERK.scope, as_of=TODAY).empty


def test_who_does_not_see_the_item_is_told_nothing(walk: Walk):
    elsewhere = Scope(reporting_units=frozenset({"紫金县"}))
    told = item_duties(walk.engine, scope=elsewhere, as_of=TODAY, item_id=walk.item_id)
    assert told == NO_DUTIES
    assert accountability_register(walk.engine, scope=elsewhere, as_of=TODAY).empty


def test_the_register_counts_by_department_and_period(walk: Walk):
    town = walk.engine
    walk.does(
        BesideAct.RECORD_ACCOUNTABILITY, OFFICER, accountability=AccountabilityKind.BULLETIN,
        text="通报", department_id=department_id(town, WATER), on=date(2026, 10, 8),
    )  # fmt: skip

    def register(**asked: object) -> list[tuple[str, str]]:
        found = accountability_register(town, scope=CITY, as_of=TODAY, filters=Filters(**asked))
        return list(zip(found["kind"], found["department"], strict=True))

    assert register() == [("约谈", EDUCATION), ("通报", WATER)]
    assert register(departments=(department_id(town, WATER),)) == [("通报", WATER)]
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    assert register(period=november) == [("约谈", EDUCATION)]
