"""Act × role × scope, cell by cell: what is not written here is refused, and leaves no trace."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine

from data_access import clock
from data_access.database import change_number, open_engine, transaction
from data_access.writes.acting.actors import Actor
from data_access.writes.acting.said import Said
from data_access.writes.item_act import NOT_SEEN, current_round, perform
from supervision.beside_acts import BESIDE_RULES, AnyAct, BesideAct
from supervision.lifecycle import RULES, Act
from supervision.rights import NotPermitted
from supervision.scope import Role, Scope
from tests.acting import EDUCATION, WATER, a_token, item_row, person, stored_item
from tests.factories import TODAY

FINANCE = "市财政局"
PEOPLE = tuple(role for role in Role if role is not Role.SYSTEM)
EVERY_ACT: tuple[AnyAct, ...] = (*Act, *BesideAct)
SUPERVISORS, OFFICE = {"supervisor", "county_admin"}, {"supervisor", "county_admin", "approver"}
CALLERS = {*SUPERVISORS, "callback"}
HEAD, LEAD = {"approver"}, {"lead_unit"}
# Copied by hand from lifecycle.md 3.1 and 3.3; shares nothing with the tables of the rules.
MAY: dict[str, set[str]] = {
    "register": SUPERVISORS, "mark_invalid": SUPERVISORS, "merge": OFFICE, "assign": SUPERVISORS,
    "receive": LEAD, "ask_return": LEAD, "grant_return": HEAD, "refuse_return": HEAD,
    "ask_extension": LEAD, "grant_extension": HEAD, "refuse_extension": HEAD,
    "report_progress": {"lead_unit", "co_unit"}, "submit_feedback": LEAD,
    "return_for_fix": SUPERVISORS, "resubmit": LEAD, "accept_and_close": OFFICE,
    "accept_and_hang": HEAD, "issue_notice": HEAD, "call_back": CALLERS,
    "strike_off": SUPERVISORS, "flag_for_reassignment": SUPERVISORS, "reassign": HEAD,
    "keep_closed": HEAD, "look_back_rebound": CALLERS, "reopen": HEAD, "hang": HEAD,
    "take_off_hanging": HEAD, "archive": set(), "terminate": HEAD,
    "note": {*OFFICE, "lead_unit", "co_unit", "callback"}, "instruct": {*SUPERVISORS, "leader"},
    "answer_instruction": OFFICE, "attempt_callback": CALLERS, "confirm_look_back": CALLERS,
    "approve_strike_off": HEAD, "refuse_flag": HEAD, "reclassify": SUPERVISORS,
    "draft_notice": SUPERVISORS, "refuse_notice": HEAD, "reply_notice": {*SUPERVISORS, *LEAD},
    "tell_resident": {*CALLERS, "lead_unit"}, "record_first_receiver": SUPERVISORS,
    "record_accountability": OFFICE, "record_media_report": OFFICE, "form_task_force": OFFICE,
    "add_follower": OFFICE, "raise_again": CALLERS,
}  # fmt: skip


class Seat(NamedTuple):
    """What an account may see, and what it is to the item: 东源县's, led by 市教育局."""

    scope: Scope
    sees: bool
    leads: bool = False
    helps: bool = False
    joins: bool = False
    in_county: bool = False


SEATS = {
    "全市": Seat(Scope.whole_city(), sees=True, in_county=True),
    "本县": Seat(Scope(reporting_units=frozenset({"东源县"})), sees=True, in_county=True),
    "外县": Seat(Scope(reporting_units=frozenset({"紫金县"})), sees=False),
    "牵头单位": Seat(Scope(departments=frozenset({EDUCATION})), sees=True, leads=True),
    "协办单位": Seat(
        Scope(departments=frozenset({WATER}), co_departments=frozenset({WATER})),
        sees=True, helps=True,
    ),
    "共同牵头": Seat(
        Scope(departments=frozenset({FINANCE})), sees=True, helps=True, joins=True
    ),
    "其他单位": Seat(Scope(departments=frozenset({"市公安局"})), sees=False),
    "无": Seat(Scope(), sees=False),
}  # fmt: skip


@pytest.fixture(scope="module")
def town(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Engine, int]]:
    """One item that nobody changes here: every act of this file is refused or only judged."""
    path = tmp_path_factory.mktemp("rights") / "store.sqlite3"
    shutil.copyfile(sqlite_template, path)
    opened = open_engine(f"sqlite:///{path}")
    clock.tell(TODAY)
    item_id = stored_item(opened, lead_departments=(EDUCATION, FINANCE), co_departments=(WATER,))
    yield opened, item_id
    clock.tell(None)
    opened.dispose()


def acts_as(role: Role, seat: Seat) -> set[Role]:
    """In which role somebody on this seat may act on the item at all."""
    if role is Role.LEAD_UNIT and seat.joins:
        # It reports to the first lead, which alone answers for the round.
        return {Role.CO_UNIT}
    counts = seat.sees and {Role.LEAD_UNIT: seat.leads, Role.CO_UNIT: seat.helps,
                            Role.COUNTY_ADMIN: seat.in_county}.get(role, True)  # fmt: skip
    return {role} if counts else set()


def test_the_matrix_speaks_of_every_act():
    assert set(MAY) == {act.value for act in EVERY_ACT}


@pytest.mark.parametrize("act", EVERY_ACT, ids=lambda act: act.value)
def test_an_act_has_the_roles_that_the_matrix_says(act: AnyAct):
    roles = BESIDE_RULES[act].roles if isinstance(act, BesideAct) else RULES[act].roles
    assert {role.value for role in roles} - {"system"} == MAY[act.value]


@pytest.mark.parametrize("kind", SEATS)
@pytest.mark.parametrize("role", PEOPLE)
def test_what_a_person_is_to_an_item_follows_from_role_and_scope(town, role: Role, kind: str):
    engine, item_id = town
    seat = SEATS[kind]
    row = item_row(engine, item_id)
    with transaction(engine) as change:
        at = current_round(change.connection, row)
        standing = Actor(change.connection, person(role, seat.scope)).standing(row, at)
    assert standing.seen is seat.sees
    assert standing.roles == acts_as(role, seat)


CELLS = [(role, kind) for role in PEOPLE for kind in SEATS]


@pytest.mark.parametrize(("role", "kind"), CELLS, ids=[f"{r.value}-{k}" for r, k in CELLS])
def test_whoever_may_not_is_refused_before_the_version_is_looked_at(town, role: Role, kind: str):
    engine, item_id = town
    seat, before = SEATS[kind], (item_row(engine, item_id), change_number(engine))
    for act in EVERY_ACT:
        if act is Act.REGISTER or act is Act.ARCHIVE:
            continue
        who, may = person(role, seat.scope), role.value in MAY[act.value]
        # A version that nobody ever saw: who may act is told that it is stale, and nobody else.
        asked = {"viewer": who, "as_of": TODAY, "token": a_token()}
        if not may:
            with pytest.raises(NotPermitted):
                perform(engine, act, {item_id: -1}, Said(), **asked)
            continue
        told = perform(engine, act, {item_id: -1}, Said(), **asked)
        assert not told.done
        if not seat.sees:
            assert [line.sentence for line in told.refused] == [NOT_SEEN], act
        elif MAY[act.value] & {held.value for held in acts_as(role, seat)}:
            assert [line.item_id for line in told.stale] == [item_id], act
        else:
            assert told.refused, act
            assert not told.stale, act
    assert (item_row(engine, item_id), change_number(engine)) == before


@pytest.mark.parametrize("kind", SEATS)
def test_a_new_item_is_registered_inside_the_scope_alone(town, kind: str):
    engine, item_id = town
    seat = SEATS[kind]
    told = perform(
        engine, Act.REGISTER, {}, Said(unit_id=item_row(engine, item_id)["reporting_unit_id"]),
        viewer=person(Role.COUNTY_ADMIN, seat.scope), as_of=TODAY, token=a_token(),
    )  # fmt: skip
    (refused,) = told.refused
    assert ("请填写事项标题" in refused.sentence) is seat.in_county


def test_a_department_that_helped_in_an_earlier_round_sees_but_does_not_act(town):
    engine, item_id = town
    helper = person(Role.CO_UNIT, SEATS["协办单位"].scope)
    row = {**item_row(engine, item_id), "current_round": 2}
    with transaction(engine) as change:
        standing = Actor(change.connection, helper).standing(row, {"id": 999,
                         "lead_department_id": None})  # fmt: skip
    assert standing.seen
    assert standing.roles == frozenset()
