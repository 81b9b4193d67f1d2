"""Whatever the administration pages do, the auditor reads in Chinese."""

from __future__ import annotations

import json
from datetime import date, timedelta

from sqlalchemy import Engine, select

from data_access import clock
from data_access.accounts.upkeep import unlock_account
from data_access.database import reading, writing_aside
from data_access.department_register import department_register
from data_access.dictionary import TermKind, dictionary
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.record import FIELDS
from data_access.place_register import place_register
from data_access.schema.accounts import accounts
from data_access.schema.base import audit
from data_access.writes.department_merge import merge_department
from data_access.writes.departments import (
    DepartmentWanted,
    add_alias,
    add_department,
    describe_department,
    end_alias,
    rename_department,
)
from data_access.writes.dictionary import merge_term, rename_term
from data_access.writes.face_to_face import SessionWanted, correct_session, enter_session
from data_access.writes.places import (
    add_place_alias,
    end_place,
    end_place_alias,
    link_township,
    rename_township,
)
from supervision.audit_words import ACT_WORDS, ENTITY_WORDS, FIELD_WORDS
from supervision.registers import Validity
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import DivisionLevel, PeerGroup
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import account

ADMIN = Viewer("admin", "管理员", frozenset({Role.SYSADMIN}), Scope())
ON = date(2026, 11, 1)


def keep_departments(city: Engine) -> None:
    wanted = DepartmentWanted("市轨道局", PeerGroup.CITY_DEPARTMENT, None)
    key = add_department(city, "市轨道交通局", wanted, valid_from=None, viewer=ADMIN)
    describe_department(city, key, wanted, row_version=1, viewer=ADMIN)
    add_alias(city, key, "市地铁办", Validity(), viewer=ADMIN)
    alias = department_register(city)[-1].aliases[-1]
    end_alias(city, alias.id, last=ON, viewer=ADMIN)
    rename_department(city, key, "市交通建设局", "", on=ON, as_of=TODAY, row_version=2,
                      viewer=ADMIN)  # fmt: skip
    lead = next(one for one in department_register(city) if one.name == "市教育局")
    merge_department(city, lead.id, key, on=ON, as_of=TODAY, row_version=1, viewer=ADMIN)


def keep_places(city: Engine) -> None:
    town = place_register(city, level=DivisionLevel.TOWNSHIP)[0]
    add_place_alias(city, town.code, "老城街道", Validity(), viewer=ADMIN)
    alias = place_register(city, level=DivisionLevel.TOWNSHIP)[0].aliases[-1]
    end_place_alias(city, alias.id, last=ON, viewer=ADMIN)
    rename_township(city, town.code, "上河街道", on=ON, as_of=TODAY, row_version=1, viewer=ADMIN)
    link_township(city, town.code, "王市长", row_version=2, viewer=ADMIN)
    village = place_register(city, level=DivisionLevel.VILLAGE)[0]
    end_place(city, village.code, last=ON, as_of=TODAY, row_version=1, viewer=ADMIN)


def keep_words_and_sessions(city: Engine) -> None:
    first, second = dictionary(city, kind=TermKind.CATEGORY)[:2]
    rename_term(city, first.id, "新名称", seen=first.name, viewer=ADMIN)
    merge_term(city, first.id, second.id, seen="新名称", viewer=ADMIN)
    wanted = SessionWanted(ON, "教育面对面", "市领导", "市级", 3, 2, 1)
    key = enter_session(city, wanted, viewer=ADMIN)
    correct_session(city, key, wanted, row_version=1, viewer=ADMIN)


def unlock(city: Engine) -> None:
    key = account(city, Role.LEADER, login="boss")
    with writing_aside(city) as connection:
        until = clock.instant() + timedelta(minutes=10)
        connection.execute(accounts.update().values(locked_until=until))
    unlock_account(city, key, row_version=1, viewer=ADMIN)


def test_every_act_and_field_of_the_registers_has_its_words(city: Engine):
    rows = [ledger_row(row=n, category=(name,)) for n, name in ((3, "道路"), (4, "交通"))]
    store_import(city, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    for keep in (keep_departments, keep_places, keep_words_and_sessions, unlock):
        keep(city)
    with reading(city) as connection:
        told = connection.execute(
            select(audit).where(audit.c.actor == ADMIN.account).order_by(audit.c.id)
        ).all()
    assert len(told) >= 17
    assert {row.act for row in told} - set(ACT_WORDS) == set()
    assert {row.entity for row in told} - set(ENTITY_WORDS) == set()
    fields = {
        name
        for row in told
        for values in (row.before, row.after)
        if values is not None
        for name in json.loads(values)
    }
    assert fields - set(FIELD_WORDS) - set(FIELDS) == set()
