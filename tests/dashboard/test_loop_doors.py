"""The doors of the supervision loop open the app's own store, for those who may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard import item_acts, loop_reads, notice_reads
from data_access.filters import Filters
from data_access.reads.waiting import ABOUT, EXTENSIONS, FLAGS, NOTICES, RETURNS
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.loop_words import AccountabilityKind
from supervision.rights import NotPermitted
from supervision.scope import Scope
from supervision.vocabulary import ReassignReason
from supervision.worklists import DeskList
from tests.acting import CALLER, CLERK, OFFICER, WATER_CLERK, department_id, stored_item
from tests.app_store import store_of_the_app
from tests.factories import TODAY

CITY = Scope.whole_city()


@pytest.fixture
def city(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        stored_item(opened)
        yield opened


@pytest.mark.usefixtures("city")
def test_an_act_goes_through_its_door_and_is_seen_through_the_other():
    token = item_acts.new_token()
    assert token != item_acts.new_token()
    said = item_acts.Said(reassign_reason=ReassignReason.DUE_BUT_UNDONE)
    asked = {"viewer": OFFICER, "as_of": TODAY}
    assert Act.RECEIVE in item_acts.acts_open_to(1, viewer=CLERK)
    assert BesideAct.DRAFT_NOTICE in item_acts.acts_open_to(1, viewer=OFFICER)
    assert item_acts.acts_open_to(1, viewer=WATER_CLERK) == ()
    assert item_acts.acts_open_to(99, viewer=OFFICER) == ()
    done = item_acts.perform(Act.FLAG_FOR_REASSIGNMENT, {1: 1}, said, **asked, token=token)
    assert done.sentence == "已拟重新交办 1 件。"
    flags = loop_reads.waiting_flags(CITY, TODAY)
    assert list(flags.columns) == ["item_id", "round_no", *ABOUT, *FLAGS]
    assert [entry.slug for entry in loop_reads.desk(CITY, TODAY) if entry.count] == [
        DeskList.FLAGS_WAITING
    ]
    rows = loop_reads.desk_items(CITY, TODAY, DeskList.FLAGS_WAITING).rows
    assert list(rows["row_version"]) == [2]
    (line,) = loop_reads.item_acts_of(CITY, TODAY, 1)
    assert line.last
    undone = item_acts.counter_acts([(line.id, 2)], "点错了", **asked, token=item_acts.new_token())
    assert undone.sentence == "已撤销误操作 1 件。"
    assert loop_reads.waiting_flags(CITY, TODAY).empty


@pytest.mark.usefixtures("city")
def test_a_list_that_was_just_looked_at_tells_the_next_act_at_once():
    late = TODAY + timedelta(days=60)

    def lists() -> list[list[int]]:
        return [
            list(found["item_id"])
            for found in (
                loop_reads.waiting_flags(CITY, late),
                loop_reads.desk_items(CITY, late, DeskList.OVERDUE_SILENT).rows,
                loop_reads.reassign_candidates(CITY, late).rows,
                notice_reads.proposed_notices(CITY, late).rows,
            )
        ]

    def waiting() -> list[DeskList]:
        return [entry.slug for entry in loop_reads.desk(CITY, late) if entry.count]

    assert (lists(), waiting()) == ([[], [1], [1], [1]], [DeskList.OVERDUE_SILENT])
    said = item_acts.Said(reassign_reason=ReassignReason.DUE_BUT_UNDONE)
    item_acts.perform(
        Act.FLAG_FOR_REASSIGNMENT, {1: 1}, said, viewer=OFFICER, as_of=TODAY,
        token=item_acts.new_token(),
    )  # fmt: skip
    assert (lists(), waiting()) == ([[1], [], [], []], [DeskList.FLAGS_WAITING])


@pytest.mark.usefixtures("city")
def test_lists_that_are_empty_have_their_columns_all_the_same():
    for told, columns in (
        (loop_reads.waiting_extensions(CITY, TODAY), EXTENSIONS),
        (loop_reads.waiting_returns(CITY, TODAY), RETURNS),
        (loop_reads.notices(CITY, TODAY), NOTICES),
    ):
        assert told.empty
        assert list(told.columns) == ["item_id", "round_no", *ABOUT, *columns]
    held = loop_reads.rounds_held(CITY, TODAY, 1)
    assert held is not None
    assert [spell.department for spell in held.spells] == ["市教育局"]
    beside = loop_reads.beside_item(CITY, TODAY, 1)
    assert beside is not None
    assert beside.accountability == ()
    assert loop_reads.first_receivers_open(CITY, TODAY).empty


def test_a_department_is_held_to_account_by_the_office_alone(city: Engine):
    asked = {"outcome": None, "on": TODAY}
    key = department_id(city, "市教育局")
    item_acts.hold_department_to_account(
        key, AccountabilityKind.BULLETIN, "全市通报", **asked, viewer=OFFICER
    )
    assert list(notice_reads.accountability_register(CITY, TODAY, Filters())["department"]) == [
        "市教育局"
    ]
    with pytest.raises(NotPermitted, match="不能登记问责"):
        item_acts.hold_department_to_account(
            key, AccountabilityKind.BULLETIN, "通报", **asked, viewer=CLERK
        )
    with pytest.raises(NotPermitted, match="不能拟制督办单"):
        item_acts.perform(
            BesideAct.DRAFT_NOTICE, {1: 1}, item_acts.Said(text="x"), viewer=CALLER,
            as_of=TODAY, token=item_acts.new_token(),
        )  # fmt: skip
