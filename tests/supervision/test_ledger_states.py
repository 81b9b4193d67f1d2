"""The states that a ledger row alone tells (lifecycle.md 3.4): priority and conflicts."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from supervision.ledger_states import state_from_ledger
from supervision.vocabulary import ItemState, LedgerStatus, RoundState

I, R, S = ItemState, RoundState, LedgerStatus  # noqa: E741
ON = date(2026, 11, 1)

# What the row says, most telling first: each line beats all that stand below it.
PRIORITY = [
    ({"validity": I.MERGED}, I.MERGED, None),
    ({"struck_off": True}, I.STRUCK_OFF, R.ACCEPTED),
    ({"closed_on": ON}, I.CLOSED, R.ACCEPTED),
    ({"feedback_on": ON}, I.IN_ROUND, R.SUBMITTED),
    ({"assigned_on": ON}, I.IN_ROUND, R.ASSIGNED),
    ({}, I.REGISTERED, None),
]


@pytest.mark.parametrize("place", range(len(PRIORITY)))
def test_the_first_that_the_row_says_decides(place):
    _, item, round_state = PRIORITY[place]
    said: dict = {}
    for below, *_ in reversed(PRIORITY[place:]):
        said |= below
    derived = state_from_ledger(**said)
    assert (derived.item_state, derived.round_state) == (item, round_state)


@pytest.mark.parametrize("status", [None, *LedgerStatus])
@pytest.mark.parametrize("validity", [I.INVALID, I.MERGED])
def test_an_invalid_or_merged_row_stays_so_whatever_else_it_says(status, validity):
    derived = state_from_ledger(
        validity=validity, status=status, struck_off=True, closed_on=ON, feedback_on=ON,
        assigned_on=ON,
    )  # fmt: skip
    assert (derived.item_state, derived.round_state) == (validity, None)


# status: without any date, assigned, fed back
BY_STATUS = {
    None: ((I.REGISTERED, None), (I.IN_ROUND, R.ASSIGNED), (I.IN_ROUND, R.SUBMITTED)),
    S.CLOSED: ((I.CLOSED, R.ACCEPTED),) * 3,
    S.EXPLAINED: ((I.CLOSED, R.ACCEPTED),) * 3,
    S.IN_PROGRESS: ((I.IN_ROUND, R.RECEIVED), (I.IN_ROUND, R.RECEIVED), (I.IN_ROUND, R.SUBMITTED)),
    S.NOT_STARTED: ((I.REGISTERED, None), (I.IN_ROUND, R.ASSIGNED), (I.IN_ROUND, R.SUBMITTED)),
    S.LONG_TERM: ((I.HANGING, R.RECEIVED), (I.HANGING, R.RECEIVED), (I.HANGING, R.SUBMITTED)),
    S.REASSIGNED: ((I.IN_ROUND, R.ASSIGNED), (I.IN_ROUND, R.ASSIGNED), (I.IN_ROUND, R.SUBMITTED)),
}


def test_the_table_of_statuses_knows_every_status():
    assert set(BY_STATUS) == {None, *LedgerStatus}


@pytest.mark.parametrize("status", [None, *LedgerStatus])
def test_a_status_tells_the_state_with_and_without_dates(status):
    dates = ({}, {"assigned_on": ON}, {"assigned_on": ON, "feedback_on": ON})
    found = [state_from_ledger(status=status, **said) for said in dates]
    assert tuple((d.item_state, d.round_state) for d in found) == BY_STATUS[status]


@pytest.mark.parametrize("status", [None, *LedgerStatus])
def test_a_closing_date_closes_whatever_the_status_says(status):
    assert state_from_ledger(status=status, closed_on=ON).item_state is I.CLOSED


EARLY, LATER = date(2026, 11, 2), date(2026, 11, 9)


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({"status": S.CLOSED}, ["closed-without-date"]),
        ({"status": S.EXPLAINED}, ["closed-without-date"]),
        ({"status": S.EXPLAINED, "feedback_on": LATER}, []),
        ({"status": S.EXPLAINED, "closed_on": LATER}, []),
        ({"status": S.CLOSED, "closed_on": LATER}, []),
        ({"status": S.CLOSED, "feedback_on": LATER}, []),
        ({"assigned_on": LATER, "feedback_on": EARLY}, ["feedback-before-assignment"]),
        ({"assigned_on": LATER, "feedback_on": LATER}, []),
        ({"assigned_on": LATER, "due_on": EARLY}, ["due-before-assignment"]),
        ({"assigned_on": LATER, "due_on": LATER}, []),
        ({"assigned_on": LATER, "closed_on": EARLY}, ["closed-before-assignment"]),
        ({"assigned_on": LATER, "closed_on": LATER}, []),
        ({"assigned_on": LATER, "lead_known": False}, ["lead-unknown"]),
        ({"lead_known": False}, []),
        (
            {"assigned_on": LATER, "feedback_on": EARLY, "due_on": EARLY, "closed_on": EARLY,
             "lead_known": False},
            ["feedback-before-assignment", "due-before-assignment", "closed-before-assignment",
             "lead-unknown"],
        ),
    ],
)  # fmt: skip
def test_what_cannot_both_be_so_is_told_and_nothing_else(said, codes):
    conflicts = state_from_ledger(**said).conflicts
    assert [conflict.code for conflict in conflicts] == codes
    assert all("\u4e00" <= conflict.sentence[0] <= "\u9fff" for conflict in conflicts)


def test_a_conflict_never_changes_the_state():
    for status, fed_back in product([None, *LedgerStatus], [None, EARLY]):
        sound = state_from_ledger(status=status, assigned_on=EARLY, feedback_on=fed_back)
        doubtful = state_from_ledger(
            status=status, assigned_on=EARLY, feedback_on=fed_back, due_on=ON, lead_known=False
        )
        assert doubtful.item_state is sound.item_state
        assert doubtful.round_state is sound.round_state
        assert len(doubtful.conflicts) > len(sound.conflicts)
