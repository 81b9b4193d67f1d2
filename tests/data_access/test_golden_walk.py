"""One item from the ledger to 销号 in its second round, the figures right at each step."""

from __future__ import annotations

from datetime import date

from data_access.audit_trail import verified_chain
from data_access.reads.figures import figure_values
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.scope import Scope
from supervision.vocabulary import (
    ItemState,
    ReassignReason,
    Resolution,
    RoundState,
    Satisfaction,
)
from tests.acting import (
    CALLER,
    CLERK,
    HEAD,
    OFFICER,
    WATER,
    WATER_CLERK,
    Walk,
    department_id,
    round_rows,
    stored_item,
)

UNHAPPY, HAPPY = Satisfaction.DISSATISFIED, Satisfaction.SATISFIED
SLUGS = ("open", "closed", "on_time_feedback_rate", "reassign_pending", "reassign_rate",
         "satisfaction_rate", "assigned_rounds")  # fmt: skip


def counted(walk: Walk) -> dict[str, object]:
    """Figures of the month, as a number or (n, of)."""
    told = figure_values(walk.engine, scope=Scope.whole_city(), as_of=walk.day)
    return {slug: told[slug] if told[slug][1] is not None else told[slug][0] for slug in SLUGS}


def stands(walk: Walk) -> tuple[str, str]:
    return walk.item["state"], walk.round["state"]


def test_an_item_walks_from_the_ledger_to_its_end_in_the_second_round(city):
    walk = Walk(city, stored_item(city, assigned_on=date(2026, 11, 2)))
    assert walk.round["due_on"] == date(2026, 11, 23)

    walk.on(date(2026, 11, 4)).does(Act.RECEIVE, CLERK)
    walk.on(date(2026, 11, 12)).does(Act.REPORT_PROGRESS, CLERK, text="已到现场查看")
    walk.on(date(2026, 11, 18)).does(
        Act.SUBMIT_FEEDBACK, CLERK, text="已更换路灯", measures="每月巡查", evidence=("照片1",),
        resolved=Resolution.RESOLVED,
    )  # fmt: skip
    assert stands(walk) == (ItemState.IN_ROUND, RoundState.SUBMITTED)
    walk.on(date(2026, 11, 19)).does(Act.ACCEPT_AND_CLOSE, OFFICER, resolved=Resolution.RESOLVED)
    assert stands(walk) == (ItemState.CLOSED, RoundState.ACCEPTED)
    walk.on(date(2026, 11, 24)).does(
        Act.CALL_BACK, CALLER, reached=True, result=UNHAPPY,
        resolved_by_resident=Resolution.UNRESOLVED, text="灯又坏了",
    )  # fmt: skip
    (refused,) = walk.tries(Act.STRIKE_OFF, OFFICER).refused
    assert refused.sentence.startswith("不能销号：满意才销号")
    assert counted(walk) == {
        "open": 0, "closed": 1, "on_time_feedback_rate": (1, 1), "reassign_pending": 0,
        "reassign_rate": (0, 1), "satisfaction_rate": (0, 1), "assigned_rounds": 1,
    }  # fmt: skip

    walk.does(
        Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.DISSATISFIED,
        words="路灯再次损坏",
    )  # fmt: skip
    assert counted(walk)["open"] == counted(walk)["reassign_pending"] == 1
    first = round_rows(city, walk.item_id)[0]
    walk.on(date(2026, 11, 25)).does(
        Act.REASSIGN, HEAD, lead_department_id=department_id(city, WATER)
    )
    assert stands(walk) == (ItemState.IN_ROUND, RoundState.ASSIGNED)
    assert walk.round["due_on"] == date(2026, 12, 16)
    assert {**first, "ended_on": date(2026, 11, 25)} == round_rows(city, walk.item_id)[0]
    assert counted(walk) == {
        "open": 1, "closed": 0, "on_time_feedback_rate": (1, 1), "reassign_pending": 0,
        "reassign_rate": (1, 1), "satisfaction_rate": (0, 1), "assigned_rounds": 2,
    }  # fmt: skip
    walk.does(BesideAct.TELL_RESIDENT, OFFICER, text="已电话告知")
    walk.on(date(2026, 11, 26)).does(Act.RECEIVE, WATER_CLERK)
    walk.on(date(2026, 12, 1)).does(Act.SUBMIT_FEEDBACK, WATER_CLERK, text="已换线路")
    walk.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    walk.on(date(2026, 12, 4)).does(
        Act.CALL_BACK, CALLER, reached=True, result=HAPPY, resolved_by_resident=Resolution.RESOLVED
    )
    walk.does(Act.STRIKE_OFF, OFFICER)
    assert stands(walk) == (ItemState.STRUCK_OFF, RoundState.CALLED_BACK)
    assert counted(walk) == {
        "open": 0, "closed": 1, "on_time_feedback_rate": (0, 0), "reassign_pending": 0,
        "reassign_rate": (1, 1), "satisfaction_rate": (1, 1), "assigned_rounds": 0,
    }  # fmt: skip
    assert verified_chain(city).fault is None
