"""A ledger that is sent again completes what was done in the program and never rewrites it."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.ledger_import.apply import StoredBatch, store_import
from supervision.ledger_states import goes_on
from supervision.lifecycle import Act
from supervision.vocabulary import ItemState, ReassignReason, Resolution, RoundState, Satisfaction
from tests.acting import (
    CALLER,
    CLERK,
    HEAD,
    OFFICER,
    WATER,
    WATER_CLERK,
    Walk,
    department_id,
    stored_item,
)
from tests.factories import SUPERVISOR, judged_ledger, ledger_row


@pytest.fixture
def walk(town: Engine) -> Walk:
    """An item assigned by a ledger on 11-02, received here."""
    found = Walk(town, stored_item(town, assigned_on=date(2026, 11, 2)))
    found.does(Act.RECEIVE, CLERK)
    return found


def sent_again(walk: Walk, **said: Any) -> StoredBatch:
    """The same ledger row, with what it says by now."""
    row = ledger_row(**{"row": 3, "assigned_on": date(2026, 11, 2), **said})
    judged = judged_ledger(row, title="第二次报送")
    return store_import(walk.engine, judged, viewer=SUPERVISOR, as_of=walk.day)


def stands(walk: Walk) -> tuple[str, str]:
    return walk.item["state"], walk.round["state"]


def test_a_ledger_that_has_not_heard_of_the_next_round_leaves_it_alone(walk: Walk):
    walk.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.DUE_BUT_UNDONE)
    walk.does(Act.REASSIGN, HEAD, lead_department_id=department_id(walk.engine, WATER))
    before = walk.round
    told = sent_again(walk, feedback_on=date(2026, 11, 20), closed_on=date(2026, 11, 21),
                      title="第3号路口路灯不亮", remarks="已复核")  # fmt: skip
    assert told.updated == 1
    assert walk.round == before
    assert stands(walk) == (ItemState.IN_ROUND, RoundState.ASSIGNED)
    assert walk.item["closed_on"] is None


def test_a_returned_item_keeps_its_new_department_and_clock(walk: Walk):
    walk.on(date(2026, 11, 5)).does(Act.ASK_RETURN, CLERK, reason="不属", legal_basis="三定方案")
    walk.does(Act.GRANT_RETURN, HEAD, lead_department_id=department_id(walk.engine, WATER))
    before = walk.round
    sent_again(walk, due_on=date(2026, 11, 23), remarks="再报")
    assert walk.round == before
    sent_again(walk, feedback_on=date(2026, 11, 24), remarks="三报")
    assert {
        **before,
        "feedback_on": date(2026, 11, 24),
        "state": RoundState.SUBMITTED,
    } == walk.round


def test_a_feedback_sent_back_is_not_handed_in_again_by_its_old_day(walk: Walk):
    walk.on(date(2026, 11, 18)).does(Act.SUBMIT_FEEDBACK, CLERK, text="在办")
    walk.does(Act.RETURN_FOR_FIX, OFFICER, reason="没有措施")
    sent_again(walk, feedback_on=date(2026, 11, 18), remarks="再报")
    assert (walk.round["state"], walk.round["feedback_on"]) == (RoundState.RETURNED_FOR_FIX, None)
    assert walk.round["returned"]
    sent_again(walk, feedback_on=date(2026, 11, 20), feedback_text="已修复")
    assert walk.round["state"] == RoundState.SUBMITTED


def test_a_hang_and_a_callback_stay_as_people_left_them(walk: Walk):
    walk.does(Act.HANG, HEAD, plan="分期", case_leader="王副市长", review_on=date(2026, 12, 30))
    sent_again(walk, remarks="再报")
    assert walk.item["state"] == ItemState.HANGING
    walk.does(Act.TAKE_OFF_HANGING, HEAD, new_due_on=date(2026, 12, 31))
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text="已修")
    walk.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    walk.does(Act.CALL_BACK, CALLER, reached=True, result=Satisfaction.SATISFIED,
              resolved_by_resident=Resolution.RESOLVED)  # fmt: skip
    sent_again(walk, satisfaction="不满意", remarks="三报")
    assert stands(walk) == (ItemState.CLOSED, RoundState.CALLED_BACK)
    assert walk.round["result"] == Satisfaction.SATISFIED


def test_a_ledger_still_brings_a_feedback_and_an_end(walk: Walk):
    sent_again(walk, feedback_on=date(2026, 11, 20), feedback_text="已修")
    assert stands(walk) == (ItemState.IN_ROUND, RoundState.SUBMITTED)
    sent_again(walk, feedback_on=date(2026, 11, 20), closed_on=date(2026, 11, 24))
    assert stands(walk) == (ItemState.CLOSED, RoundState.ACCEPTED)
    assert walk.tries(Act.RECEIVE, WATER_CLERK).refused


@pytest.mark.parametrize("item", ItemState)
def test_no_ledger_takes_a_round_back(item: ItemState):
    way = list(RoundState)
    told_by_ledgers = (None, RoundState.ASSIGNED, RoundState.RECEIVED, RoundState.SUBMITTED,
                       RoundState.ACCEPTED)  # fmt: skip
    for at, told, told_round in product(way, ItemState, told_by_ledgers):
        after, after_round = goes_on(item, at, told, told_round)
        assert after_round in (at, told_round)
        if at is RoundState.CALLED_BACK:
            assert after_round is at
        if item in (ItemState.CLOSED, ItemState.STRUCK_OFF, ItemState.ARCHIVED):
            assert after is item
        if item is ItemState.HANGING and told is ItemState.IN_ROUND:
            assert after is item
