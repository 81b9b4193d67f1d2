"""No sequence of acts breaks what must always hold (issue 4), whoever tries what and when."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from data_access import clock
from data_access.database import open_engine, reading
from data_access.facts import facts
from data_access.figures import AN_ITEM, is_open
from data_access.measures import MEASURES
from data_access.reads.figures import figure_values
from data_access.schema.items import round_co_departments
from data_access.writes.acting.said import Said
from data_access.writes.counter_act import counter_act
from data_access.writes.item_act import perform
from supervision.beside_acts import BESIDE_RULES, AnyAct, BesideAct, allowed_beside
from supervision.deadlines import Limit, is_overdue
from supervision.lifecycle import RULES, Act, allowed_acts
from supervision.loop_words import FollowerKind, ProposedUnit
from supervision.rights import NotPermitted
from supervision.scope import Scope, Viewer
from supervision.vocabulary import (
    OPEN_STATES,
    ItemState,
    Light,
    ReassignReason,
    Resolution,
    RoundState,
    Satisfaction,
)
from tests.acting import (
    CALLER,
    CLERK,
    EDUCATION,
    HEAD,
    LEADER,
    OFFICER,
    WATER,
    WATER_CLERK,
    a_token,
    department_id,
    item_row,
    round_rows,
    stored_item,
)
from tests.factories import TODAY

PEOPLE = (OFFICER, HEAD, CALLER, CLERK, WATER_CLERK, LEADER)
ACTS: tuple[AnyAct, ...] = (
    *(a for a in Act if a not in (Act.REGISTER, Act.MERGE, Act.ARCHIVE)), *BesideAct,
)  # fmt: skip
SELDOM = frozenset({Act.TERMINATE, Act.FLAG_FOR_REASSIGNMENT, Act.HANG, Act.ASK_RETURN})
OF_OPEN = (Light.UNASSIGNED, Light.GREEN, Light.YELLOW, Light.RED, Light.NO_DEADLINE,
           Light.AWAITING_CLOSURE, Light.HANGING, Light.REASSIGN_PENDING)  # fmt: skip

STEPS = 45


def steps_of(seed: int) -> Iterator[tuple[int, str, Satisfaction, bool, int, int]]:
    """What is drawn for each step: evenly, so that walks get far from where they began."""
    drawn = Random(seed)
    for _ in range(STEPS):
        yield (
            drawn.randrange(1000), drawn.choice([EDUCATION, WATER]),
            drawn.choice(list(Satisfaction)), drawn.random() < 0.6, drawn.randrange(1, 30),
            drawn.randrange(10),
        )  # fmt: skip


@contextmanager
def a_copy(template: Path, folder: Path) -> Iterator[Engine]:
    path = folder / f"{a_token()}.sqlite3"
    shutil.copyfile(template, path)
    opened = open_engine(f"sqlite:///{path}")
    try:
        yield opened
    finally:
        opened.dispose()
        clock.tell(None)


@pytest.fixture(scope="module")
def one_item(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one item of the ledger, copied for every sequence."""
    folder = tmp_path_factory.mktemp("one")
    with a_copy(sqlite_template, folder) as made:
        stored_item(made, assigned_on=date(2026, 11, 2))
    return next(folder.glob("*.sqlite3"))


def everything_said(
    engine: Engine, day: date, lead: str, result: Satisfaction, yes: bool, n: int
) -> Said:
    """All that any act could want, so that only states and the store refuse."""
    return Said(
        reason="原因", reassign_reason=ReassignReason.DISSATISFIED, words="说明", text="情况",
        evidence=("照片",), lead_department_id=department_id(engine, lead), limit=Limit(n),
        legal_basis="依据", new_due_on=day + timedelta(days=n), explained=yes,
        resolved=Resolution.RESOLVED if yes else None, plan="措施", case_leader="包案领导",
        review_on=day + timedelta(days=n), reached=yes, result=result,
        resolved_by_resident=Resolution.RESOLVED, proposed=ProposedUnit.OTHER, exclude=yes,
        notice_id=1, instruction_id=1, department_id=department_id(engine, WATER), urgency=str(n),
        co_department_ids=(department_id(engine, WATER), department_id(engine, EDUCATION)),
        follower=FollowerKind.RESIDENT, outlet="日报", head="组长", members="成员",
    )  # fmt: skip


def chosen(engine: Engine, item_id: int, n: int) -> tuple[AnyAct, Viewer]:
    """Mostly an act of the table, sometimes one beside it or whatever anybody would like."""
    item, at = item_row(engine, item_id), round_rows(engine, item_id)[-1]
    states = ItemState(item["state"]), RoundState(at["state"])
    # What ends or turns a walk comes seldom, so that most get to the callback.
    allowed = [a for a in allowed_acts(*states) if a in ACTS and (a not in SELDOM or n % 5 == 0)]
    choice: tuple[AnyAct, ...] = (tuple(allowed), allowed_beside(*states), ACTS)[
        0 if n % 9 < 6 and allowed else 1 + (n % 9 == 8)
    ]
    act = choice[n // 9 % len(choice)]
    roles = BESIDE_RULES[act].roles if isinstance(act, BesideAct) else RULES[act].roles
    clerk = CLERK if at["lead_department_id"] == department_id(engine, EDUCATION) else WATER_CLERK
    able = [who for who in (HEAD, OFFICER, CALLER, clerk) if who.roles & roles]
    return act, able[n % len(able)] if able and n % 7 else PEOPLE[n % len(PEOPLE)]


def helpers(engine: Engine) -> list[tuple[Any, ...]]:
    """Who helps in which round."""
    table = round_co_departments
    with reading(engine) as connection:
        question = select(table).order_by(table.c.round_id, table.c.department_id)
        return [tuple(row) for row in connection.execute(question)]


def verdict(row: dict[str, Any], day: date) -> bool:
    """Whether the round is late for good: fed back after its day, or silent beyond it."""
    due = row["extended_due_on"] or row["due_on"]
    if row["feedback_on"] is not None:
        return due is not None and row["feedback_on"] > due
    return due is not None and due < day


def holds(engine: Engine, item_id: int, day: date) -> None:
    """Every invariant at this day."""
    known = facts(engine)
    now = known.moment(day)
    frame = known.seen_by(Scope.whole_city(), now)
    lights = frame.filter(is_open(now))["light"].cast(pl.String).to_list()
    assert len(lights) == sum(str(light) in lights for light in OF_OPEN)
    item, rows = item_row(engine, item_id), round_rows(engine, item_id)
    state = ItemState(item["state"])
    assert [row["round_no"] for row in rows] == list(range(1, len(rows) + 1))
    if state in OPEN_STATES - {ItemState.REGISTERED}:
        assert rows[-1]["round_no"] == item["current_round"]
        assert frame.filter(AN_ITEM).height == 1
    late = is_overdue(RoundState(rows[-1]["state"]), rows[-1]["extended_due_on"]
                      or rows[-1]["due_on"], as_of=day)  # fmt: skip
    if state is ItemState.IN_ROUND and rows[-1]["due_on"] is not None:
        assert (lights == [Light.RED.value]) is late


def figures_equal_their_rows(engine: Engine, day: date) -> None:
    """Each figure counts exactly the rows that its list would show."""
    told = figure_values(engine, scope=Scope.whole_city(), as_of=day)
    known = facts(engine)
    now = known.moment(day)
    frame = known.seen_by(Scope.whole_city(), now)
    for slug, measure in MEASURES.items():
        if slug != "satisfaction_score":
            assert told[slug][0] == frame.filter(measure.n(now)).height, slug
    assert told["open"][0] == frame.filter(is_open(now)).height


@settings(
    max_examples=5, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(seed=st.integers(0, 2**32))
def test_no_sequence_of_acts_breaks_what_must_always_hold(seed, one_item: Path, tmp_path: Path):
    with a_copy(one_item, tmp_path) as engine:
        day = TODAY - timedelta(days=20)
        item_id = 1
        for choice, lead, result, yes, n, wait in steps_of(seed):
            if ItemState(item_row(engine, item_id)["state"]) is ItemState.TERMINATED:
                break
            day += timedelta(days=wait // 4)
            clock.tell(day)
            before, version = round_rows(engine, item_id), item_row(engine, item_id)["row_version"]
            said, beside = everything_said(engine, day, lead, result, yes, n), helpers(engine)
            act, who = chosen(engine, item_id, choice)
            try:
                performed = perform(
                    engine, act, {item_id: version}, said, viewer=who,
                    as_of=day, token=a_token(),
                )  # fmt: skip
            except NotPermitted:
                continue
            rows = round_rows(engine, item_id)
            if not performed.done:
                assert rows == before
                assert item_row(engine, item_id)["row_version"] == version
                continue
            assert item_row(engine, item_id)["row_version"] == version + 1
            assert rows[: len(before) - 1] == before[:-1], "a round that is over was changed"
            leads = {(row["id"], row["lead_department_id"]) for row in rows}
            assert not {(key, co) for key, co, *_ in helpers(engine)} & leads
            if act in (Act.ACCEPT_AND_CLOSE, Act.STRIKE_OFF, Act.HANG, Act.TERMINATE):
                assert verdict(rows[-1], day) == verdict(before[-1], day), act
            holds(engine, item_id, day)
            if n % 5 == 0:
                undone = counter_act(
                    engine, performed.done[0].act_id, version + 1, "误操作", viewer=HEAD,
                    as_of=day, token=a_token(),
                )  # fmt: skip
                assert undone.done
                assert round_rows(engine, item_id) == before
                assert helpers(engine) == beside
                holds(engine, item_id, day)
        figures_equal_their_rows(engine, day)
