"""退单率: what departments asked to give back, of what this system would know it of."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine

from data_access.reads.figures import FigureValue, figure_values
from data_access.writes.counter_act import counter_act
from supervision.lifecycle import Act
from supervision.scope import Scope
from supervision.vocabulary import ReassignReason
from tests.acting import (
    CLERK,
    EDUCATION,
    HEAD,
    OFFICER,
    WATER,
    Walk,
    a_token,
    department_id,
    stored_item,
)
from tests.factories import TODAY

BASIS: dict[str, Any] = {"reason": "不属职责", "legal_basis": "三定方案"}


def rates(engine: Engine) -> tuple[FigureValue, FigureValue]:
    told = figure_values(engine, scope=Scope.whole_city(), as_of=TODAY)
    return told["return_rate"], told["return_granted_rate"]


def assigned_here(city: Engine, **said: Any) -> Walk:
    """An item in a round that this system opened."""
    walk = Walk(city, stored_item(city, **said))
    walk.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.DUE_BUT_UNDONE)
    walk.does(Act.REASSIGN, HEAD, lead_department_id=department_id(city, EDUCATION))
    return walk


def test_rounds_of_ledgers_are_in_no_base_until_their_department_asks(city: Engine):
    walk = Walk(city, stored_item(city, assigned_on=date(2026, 11, 20)))
    assert rates(city) == ((0, 0), (0, 0))
    walk.does(Act.ASK_RETURN, CLERK, **BASIS)
    assert rates(city) == ((1, 1), (0, 1))


def test_granted_refused_and_never_asked_are_told_apart(city: Engine):
    first, second = assigned_here(city), assigned_here(city, number="A-2")
    assigned_here(city, number="A-3")
    assert rates(city) == ((0, 3), (0, 0))
    for walk in (first, second):
        walk.does(Act.ASK_RETURN, CLERK, **BASIS)
    first.does(Act.GRANT_RETURN, HEAD, lead_department_id=department_id(city, WATER))
    second.does(Act.REFUSE_RETURN, HEAD, reason="属于职责")
    assert rates(city) == ((2, 3), (1, 2))


def test_a_return_that_was_taken_back_was_never_asked(city: Engine):
    walk = assigned_here(city)
    done = walk.does(Act.ASK_RETURN, CLERK, **BASIS).done[0]
    assert rates(city)[0] == (1, 1)
    counter_act(city, done.act_id, done.version, "点错了", viewer=CLERK, as_of=TODAY,
                token=a_token())  # fmt: skip
    assert rates(city)[0] == (0, 1)
