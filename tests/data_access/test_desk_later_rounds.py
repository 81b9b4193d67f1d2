"""What an earlier round left, what ended and what was taken back ask nobody for anything."""

from __future__ import annotations

from datetime import date

from data_access.writes.counter_act import counter_act
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.scope import Role, Scope
from supervision.vocabulary import ReassignReason, Resolution, Satisfaction
from tests.acting import (
    CALLER,
    CLERK,
    EDUCATION,
    HEAD,
    LEADER,
    OFFICER,
    WATER,
    Walk,
    a_token,
    department_id,
    person,
)
from tests.data_access.on_the_desk import waiting


def closed_here(walk: Walk) -> Walk:
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text="已修")
    walk.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    return walk


def next_round(walk: Walk) -> Walk:
    """What came of the look-back is handled anew, by the same department."""
    lead = {"lead_department_id": department_id(walk.engine, EDUCATION)}
    if walk.item["state"] == "closed":
        walk.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.DISSATISFIED)
    walk.does(
        Act.REASSIGN if walk.item["state"] == "reassign_pending" else Act.REOPEN, HEAD, **lead
    )
    walk.does(BesideAct.TELL_RESIDENT, OFFICER, text="已告知")
    return closed_here(walk)


def test_what_a_look_back_found_speaks_of_its_round_and_not_of_the_next(walk: Walk):
    closed_here(walk).does(BesideAct.CONFIRM_LOOK_BACK, CALLER, text="完好")
    assert waiting(walk) == {"callbacks_due": 1, "to_strike_off": 1}
    # A confirmation of the first round lets nobody strike the second one off.
    assert waiting(next_round(walk)) == {"callbacks_due": 1}
    (refused,) = walk.tries(Act.STRIKE_OFF, OFFICER).refused
    assert "满意才销号" in refused.sentence
    walk.does(Act.LOOK_BACK_REBOUND, CALLER, reason="又坏")
    # The third round handles what came back: closing it is no reason for a fourth.
    assert waiting(next_round(walk)) == {"callbacks_due": 1}
    walk.does(Act.CALL_BACK, CALLER, reached=True, result=Satisfaction.SATISFIED,
              resolved_by_resident=Resolution.RESOLVED)  # fmt: skip
    walk.does(Act.STRIKE_OFF, OFFICER)
    # And it is looked back at in its turn.
    assert waiting(walk.on(date(2026, 12, 9))) == {"look_backs_due": 1}


def test_nothing_waits_for_an_act_that_nobody_may_do_any_more(walk: Walk):
    walk.does(BesideAct.INSTRUCT, LEADER, text="请研究")
    walk.does(BesideAct.DRAFT_NOTICE, OFFICER, text="请办理")
    walk.does(Act.TERMINATE, HEAD, reason="书面申请", explained=True)
    assert waiting(walk) == {}


def test_a_word_that_was_taken_back_was_never_said(walk: Walk):
    water = department_id(walk.engine, WATER)
    walk.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.DUE_BUT_UNDONE)
    walk.does(Act.REASSIGN, HEAD, co_department_ids=(water,),
              lead_department_id=department_id(walk.engine, EDUCATION))  # fmt: skip
    walk.does(Act.RECEIVE, CLERK)
    both = Scope(departments=frozenset({WATER}), co_departments=frozenset({WATER}))
    said = walk.does(Act.REPORT_PROGRESS, person(Role.CO_UNIT, both), text="已配合").done[0]
    assert "co_silent" not in waiting(walk.on(date(2026, 11, 13)))
    counter_act(
        walk.engine, said.act_id, said.version, "写错了", viewer=HEAD, as_of=walk.day,
        token=a_token(),
    )  # fmt: skip
    assert waiting(walk)["co_silent"] == 1
