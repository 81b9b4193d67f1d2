"""Lights (metrics.md 2.9) as a whole table of states; the running clock decides the rest."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from supervision.deadlines import Limit, LimitUnit, feedback_due
from supervision.lights import light
from supervision.vocabulary import DeadlineBasis, ItemState, Light, RoundState
from supervision.working_days import Convention
from tests.labelled_days import day

AS_OF = "2026-11-25 周三"
FEEDBACK_CLOCK = None
"""In the table: the light is told by the due day, not by the states."""

# Columns: no round, 待签收, 已签收, 申请退单, 申请延期, 待审核, 退回补正, 审核通过, 已回访.
ROUNDS = (None, *RoundState)
OWED = (FEEDBACK_CLOCK,) * 4
RUNNING = (Light.UNASSIGNED, *OWED, Light.AWAITING_CLOSURE, FEEDBACK_CLOCK,
           Light.AWAITING_CLOSURE, Light.AWAITING_CLOSURE)  # fmt: skip
TABLE = {
    ItemState.DRAFT: (Light.OUT,) * 9,
    ItemState.INVALID: (Light.OUT,) * 9,
    ItemState.MERGED: (Light.OUT,) * 9,
    ItemState.TERMINATED: (Light.OUT,) * 9,
    ItemState.REGISTERED: (Light.UNASSIGNED,) * 9,
    ItemState.REBOUNDED: (Light.UNASSIGNED,) * 9,
    ItemState.IN_ROUND: RUNNING,
    ItemState.HANGING: (Light.HANGING,) * 9,
    ItemState.REASSIGN_PENDING: (Light.REASSIGN_PENDING,) * 9,
    ItemState.CLOSED: (Light.GREY,) * 9,
    ItemState.STRUCK_OFF: (Light.GREY,) * 9,
    ItemState.ARCHIVED: (Light.GREY,) * 9,
}
DUES = [
    ("2026-11-24 周二", DeadlineBasis.COMPUTED, Light.RED),
    ("2026-11-25 周三", DeadlineBasis.COMPUTED, Light.YELLOW),
    ("2026-11-30 周一", DeadlineBasis.STATED, Light.YELLOW),
    ("2026-12-01 周二", DeadlineBasis.STATED, Light.GREEN),
    ("2027-01-04 周一", DeadlineBasis.STATED, Light.GREEN),
    (None, DeadlineBasis.PROVISIONAL, Light.GREEN),
    (None, DeadlineBasis.NONE, Light.NO_DEADLINE),
    (None, DeadlineBasis.STATED, Light.NO_DEADLINE),
]


def test_the_table_knows_every_item_state_and_every_round_state():
    assert set(TABLE) == set(ItemState)
    assert {len(row) for row in TABLE.values()} == {len(ROUNDS)}


@pytest.mark.parametrize(("due", "basis", "running"), DUES)
def test_the_light_belongs_to_the_clock_that_is_running(calendar, due, basis, running):
    due_on = day(due) if due else None
    for item, (place, round_state) in product(ItemState, enumerate(ROUNDS)):
        expected = TABLE[item][place] or running
        found = light(item, round_state, due_on, basis, calendar, as_of=day(AS_OF))
        assert found is expected, (item, round_state)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 12, 31), Light.GREEN),
        (date(2027, 1, 1), Light.NO_DEADLINE),
    ],
)
def test_a_provisional_deadline_is_green_only_while_the_calendar_is_known(
    calendar, as_of, expected
):
    found = light(
        ItemState.IN_ROUND, RoundState.RECEIVED, None, DeadlineBasis.PROVISIONAL, calendar,
        as_of=as_of,
    )  # fmt: skip
    assert found is expected


@pytest.mark.parametrize("convention", Convention)
@pytest.mark.parametrize("limit", [Limit(), Limit(30, LimitUnit.DAY), Limit(24, LimitUnit.HOUR)])
@pytest.mark.parametrize("assigned", [date(1999, 3, 1), date(2020, 11, 2)], ids=str)
@pytest.mark.parametrize("as_of", [date(2020, 12, 31), date(2021, 1, 4), date(2026, 11, 25)])
def test_what_was_assigned_before_the_first_known_year_has_no_day_to_come(
    calendar, assigned, limit, convention, as_of
):
    deadline = feedback_due(assigned, calendar, limit=limit, convention=convention)
    found = light(
        ItemState.IN_ROUND, RoundState.RECEIVED, deadline.due_on, deadline.basis, calendar,
        as_of=as_of,
    )  # fmt: skip
    assert found is Light.NO_DEADLINE


@pytest.mark.parametrize(("within", "expected"), [(2, Light.GREEN), (3, Light.YELLOW)])
def test_how_early_yellow_begins_is_a_setting(calendar, within, expected):
    found = light(
        ItemState.IN_ROUND, RoundState.RECEIVED, day("2026-11-30 周一"), DeadlineBasis.COMPUTED,
        calendar, as_of=day(AS_OF), within=within,
    )  # fmt: skip
    assert found is expected
