"""The lifecycle table: every state × act pair, and the states that ledgers tell."""

from __future__ import annotations

import re
from datetime import date
from itertools import product

import pytest

from supervision.guards import Circumstances
from supervision.ledger_states import state_from_ledger
from supervision.lifecycle import RULES, Act, ActNotAllowed, allowed_acts, state_after
from supervision.scope import Role
from supervision.vocabulary import ItemState, LedgerStatus, RoundState

CHINESE = re.compile("[一-鿿]")
STATES = list(product(ItemState, [None, *RoundState]))


@pytest.mark.parametrize("act", list(Act))
def test_every_pair_is_in_the_table_or_refused_with_what_is_allowed_now(act):
    for item, round_state in STATES:
        rule = RULES[act]
        if item in rule.items and round_state in rule.rounds:
            assert act in allowed_acts(item, round_state)
            continue
        with pytest.raises(ActNotAllowed) as refusal:
            state_after(act, item, round_state)
        assert "现在可以" in str(refusal.value)
        assert CHINESE.search(str(refusal.value))


@pytest.mark.parametrize("act", list(Act))
def test_a_role_that_may_not_is_told_who_may(act):
    item = next(iter(RULES[act].items))
    round_state = next(iter(RULES[act].rounds))
    with pytest.raises(ActNotAllowed, match="须由"):
        state_after(act, item, round_state, roles=frozenset({Role.LEADER}))


def test_an_archived_item_is_read_only():
    assert all(allowed_acts(ItemState.ARCHIVED, state) == () for state in [None, *RoundState])


def test_an_unsatisfied_closed_item_is_flagged_and_reassigned_into_the_next_round():
    flagged = state_after(
        Act.FLAG_FOR_REASSIGNMENT, ItemState.CLOSED, RoundState.CALLED_BACK,
        circumstances=Circumstances(reason="dissatisfied"),
    )  # fmt: skip
    assert flagged.item is ItemState.REASSIGN_PENDING
    again = state_after(
        Act.REASSIGN, flagged.item, flagged.round, circumstances=Circumstances(lead_departments=1)
    )
    assert (again.item, again.round) == (ItemState.IN_ROUND, RoundState.ASSIGNED)


def test_an_item_is_struck_off_only_when_residents_are_satisfied():
    with pytest.raises(ActNotAllowed, match="满意才销号"):
        state_after(Act.STRIKE_OFF, ItemState.CLOSED, RoundState.CALLED_BACK)


@pytest.mark.parametrize(
    ("said", "item", "round_state"),
    [
        ({"validity": ItemState.MERGED}, ItemState.MERGED, None),
        ({"struck_off": True}, ItemState.STRUCK_OFF, RoundState.ACCEPTED),
        ({"closed_on": date(2026, 11, 1)}, ItemState.CLOSED, RoundState.ACCEPTED),
        ({"status": LedgerStatus.EXPLAINED}, ItemState.CLOSED, RoundState.ACCEPTED),
        ({"feedback_on": date(2026, 11, 1)}, ItemState.IN_ROUND, RoundState.SUBMITTED),
        ({"assigned_on": date(2026, 11, 1)}, ItemState.IN_ROUND, RoundState.ASSIGNED),
        ({"status": LedgerStatus.LONG_TERM}, ItemState.HANGING, RoundState.RECEIVED),
        ({"status": LedgerStatus.REASSIGNED}, ItemState.IN_ROUND, RoundState.ASSIGNED),
        ({}, ItemState.REGISTERED, None),
    ],
)
def test_a_ledger_row_alone_tells_the_state(said, item, round_state):
    derived = state_from_ledger(**said)
    assert (derived.item_state, derived.round_state) == (item, round_state)


def test_what_cannot_both_be_so_is_a_conflict():
    derived = state_from_ledger(
        assigned_on=date(2026, 11, 5), feedback_on=date(2026, 11, 1), due_on=date(2026, 11, 4)
    )
    assert {c.code for c in derived.conflicts} == {
        "feedback-before-assignment",
        "due-before-assignment",
    }
