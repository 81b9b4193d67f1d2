"""Townships, dictionary words and sessions are kept, and ledgers are read by them at once."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import Engine, select

from data_access.database import change_number, reading
from data_access.dictionary import Term, TermKind, dictionary
from data_access.ledger_import.apply import store_import
from data_access.place_register import place_register
from data_access.reads.choices import choices
from data_access.schema.base import audit
from data_access.schema.items import items
from data_access.writes.dictionary import merge_term, rename_term
from data_access.writes.face_to_face import (
    SessionWanted,
    correct_session,
    enter_session,
    session_register,
)
from data_access.writes.places import (
    add_place_alias,
    end_place,
    end_place_alias,
    link_township,
    rename_township,
)
from supervision.registers import RegisterRefused, Validity
from supervision.scope import Scope
from supervision.vocabulary import DivisionLevel, RowOutcome
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.kept_places import ADMIN, outcomes, place, stored, towns


def rename(engine: Engine, old: str, new: str, *, on: date = date(2026, 10, 1)) -> None:
    known = place(engine, old)
    rename_township(engine, known.code, new, on=on, as_of=TODAY, row_version=known.row_version,
                    viewer=ADMIN)  # fmt: skip


def term(engine: Engine, name: str) -> Term:
    return next(one for one in dictionary(engine, kind=TermKind.CATEGORY) if one.name == name)


def last_audit(engine: Engine):
    with reading(engine) as connection:
        return connection.execute(select(audit).order_by(audit.c.id.desc()).limit(1)).one()


def test_a_renamed_township_is_found_by_both_names_and_its_items_again(city: Engine):
    stored(city, ("埔前镇", ""))
    rename(city, "埔前镇", "埔前街道")
    assert towns(city, "埔前镇", "埔前街道") == ["埔前街道"] * 2
    assert outcomes(city, ("埔前镇", "")) == [RowOutcome.UNCHANGED]
    assert outcomes(city, ("埔前街道", "")) == [RowOutcome.UNCHANGED]
    rename(city, "埔前街道", "新埔前街道", on=date(2026, 11, 1))
    assert outcomes(city, ("新埔前街道", "")) == [RowOutcome.UNCHANGED]
    told = last_audit(city)
    assert (told.act, json.loads(told.after)["called"]) == ("rename_division", "新埔前街道")


def test_a_township_is_linked_to_a_leader_and_to_nobody_again(city: Engine):
    town = place(city, "埔前镇")
    link_township(city, town.code, " 王  市长 ", row_version=1, viewer=ADMIN)
    linked = place(city, "埔前镇")
    assert (linked.linked_leader, linked.row_version) == ("王 市长", 2)
    told = last_audit(city)
    assert (told.act, json.loads(told.after)["linked_leader"]) == ("link_township", "王 市长")
    for leader, version, why in (
        ("李书记", 1, "刚被别人改过"),
        ("王 市长", 2, "相同"),
        ("长" * 31, 2, "30"),
    ):
        with pytest.raises(RegisterRefused, match=why):
            link_township(city, town.code, leader, row_version=version, viewer=ADMIN)
    link_township(city, town.code, "", row_version=2, viewer=ADMIN)
    assert place(city, "埔前镇").linked_leader is None


def test_an_alias_of_a_township_is_read_until_another_bears_it(city: Engine):
    first, second = place(city, "埔前镇"), place(city, "源西街道")
    add_place_alias(city, first.code, "高新新城镇", Validity(), viewer=ADMIN)
    assert towns(city, "高新新城镇") == ["埔前镇"]
    with pytest.raises(RegisterRefused, match="已经是“埔前镇”的别名"):
        add_place_alias(city, second.code, "高新新城镇", Validity(), viewer=ADMIN)
    alias = next(one for one in place(city, "埔前镇").aliases if one.name == "高新新城镇")
    end_place_alias(city, alias.id, last=date(2026, 10, 31), viewer=ADMIN)
    assert towns(city, "高新新城镇") == ["埔前镇"]
    add_place_alias(city, second.code, "高新新城镇", Validity(date(2026, 11, 1)), viewer=ADMIN)
    assert towns(city, "高新新城镇") == ["源西街道"]


def test_a_place_ends_only_when_nothing_hangs_on_it(city: Engine):
    town = place(city, "埔前镇")
    with pytest.raises(RegisterRefused, match=r"还有 \d+ 个村（社区）在它下面"):
        end_place(city, town.code, last=TODAY, as_of=TODAY, row_version=1, viewer=ADMIN)
    village = next(
        one
        for one in place_register(city, level=DivisionLevel.VILLAGE)
        if one.code.startswith(town.code)
    )
    end_place(city, village.code, last=TODAY, as_of=TODAY, row_version=1, viewer=ADMIN)
    with pytest.raises(RegisterRefused, match="已经登记撤销"):
        end_place(city, village.code, last=TODAY, as_of=TODAY, row_version=2, viewer=ADMIN)
    assert towns(city, "埔前镇") == ["埔前镇"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("源西街道", "同一个县（区）里已有“源西街道”"), ("埔前县", "以镇、乡或街道结尾"),
     ("埔前镇", "新名称与现在的名称相同"), ("埔前、镇", "不能有顿号")],
)  # fmt: skip
def test_a_township_gets_no_name_that_misleads(city: Engine, name: str, sentence: str):
    before = change_number(city)
    with pytest.raises(RegisterRefused, match=sentence):
        rename(city, "埔前镇", name)
    assert change_number(city) == before


def test_two_administrators_do_not_both_rename_a_township(city: Engine):
    code = place(city, "埔前镇").code
    rename(city, "埔前镇", "埔前街道")
    with pytest.raises(RegisterRefused, match="刚被别人改过"):
        rename_township(city, code, "埔北镇", on=TODAY, as_of=TODAY, row_version=1, viewer=ADMIN)


def test_a_renamed_category_stays_one_however_ledgers_call_it(city: Engine):
    stored(city, ("埔前镇", "道路交通"))
    key = term(city, "道路交通").id
    rename_term(city, key, "交通出行", seen="道路交通", viewer=ADMIN)
    assert outcomes(city, ("埔前镇", "道路交通")) == [RowOutcome.UNCHANGED]
    assert outcomes(city, ("埔前镇", "交通出行")) == [RowOutcome.UNCHANGED]
    assert term(city, "交通出行").also == ("道路交通",)
    rename_term(city, key, "道路交通", seen="交通出行", viewer=ADMIN)
    assert term(city, "道路交通").also == ("交通出行",)
    with pytest.raises(RegisterRefused, match="刚被别人改过"):
        rename_term(city, key, "别的", seen="交通出行", viewer=ADMIN)


def test_merged_categories_are_counted_and_offered_as_one(city: Engine):
    stored(city, ("埔前镇", "道路交通"), ("源西街道", "交通出行"))
    old, new = term(city, "道路交通"), term(city, "交通出行")
    before = change_number(city)
    assert merge_term(city, old.id, new.id, seen="道路交通", viewer=ADMIN) == 1
    assert term(city, "交通出行").items == 2
    offered = choices(city, scope=Scope.whole_city(), as_of=TODAY)
    assert list(offered.categories.values()) == ["交通出行"]
    assert (
        outcomes(city, ("埔前镇", "道路交通"), ("源西街道", "交通出行"))
        == [RowOutcome.UNCHANGED] * 2
    )
    with reading(city) as connection:
        stamped = connection.execute(select(items.c.change_number).order_by(items.c.id)).scalars()
        assert list(stamped) == [before + 1, before]
    assert json.loads(last_audit(city).after) == {"into": "交通出行", "items": 1}


def test_a_word_is_not_renamed_to_another_nor_merged_into_itself(city: Engine):
    stored(city, ("埔前镇", "道路交通"), ("源西街道", "交通出行"))
    old = term(city, "道路交通")
    with pytest.raises(RegisterRefused, match="请用“合并”"):
        rename_term(city, old.id, "交通出行", seen="道路交通", viewer=ADMIN)
    with pytest.raises(RegisterRefused, match="另一个使用中的名称"):
        merge_term(city, old.id, old.id, seen="道路交通", viewer=ADMIN)


def wanted(**told: object) -> SessionWanted:
    usual: dict[str, object] = {
        "held_on": date(2026, 11, 10), "theme": "教育面对面", "host": None, "level": "市级",
        "collected": 40, "valid": 30, "represented": 25,
    }  # fmt: skip
    return SessionWanted(**{**usual, **told})  # type: ignore[arg-type]


def test_a_session_is_entered_and_set_right(city: Engine):
    key = enter_session(city, wanted(), viewer=ADMIN)
    correct_session(city, key, wanted(valid=31, host="分管副市长"), row_version=1, viewer=ADMIN)
    entry = session_register(city)[0]
    assert (entry.told.valid, entry.told.host, entry.row_version) == (31, "分管副市长", 2)
    assert json.loads(last_audit(city).before)["valid"] == 30
    with pytest.raises(RegisterRefused, match="刚被别人改过"):
        correct_session(city, key, wanted(valid=1), row_version=1, viewer=ADMIN)


def test_a_session_that_ledgers_name_keeps_its_theme_and_takes_a_day(city: Engine):
    ledger = judged_ledger(ledger_row(session_theme="教育面对面"))
    store_import(city, ledger, viewer=SUPERVISOR, as_of=TODAY)
    entry = session_register(city)[0]
    assert entry.told.held_on is None
    with pytest.raises(RegisterRefused, match="已有 1 件事项的台账写着这个主题"):
        correct_session(city, entry.id, wanted(theme="别的"), row_version=1, viewer=ADMIN)
    correct_session(city, entry.id, wanted(), row_version=1, viewer=ADMIN)
    assert session_register(city)[0].told.held_on == date(2026, 11, 10)
    enter_session(city, wanted(theme="住房面对面"), viewer=ADMIN)
    again = judged_ledger(ledger_row(row=9, session_theme="另一场"))
    store_import(city, again, viewer=SUPERVISOR, as_of=TODAY)
    assert len(session_register(city)) == 3


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"theme": ""}, "请填写主题"),
        ({"valid": 41}, "有效件数不能多于收集件数"),
        ({"represented": -1}, "件数和人数为 0 到"),
        ({}, "同一天已有同一主题的场次"),
    ],
)
def test_what_a_session_cannot_be_is_refused(city: Engine, told: dict[str, object], sentence: str):
    enter_session(city, wanted(), viewer=ADMIN)
    with pytest.raises(RegisterRefused, match=sentence):
        enter_session(city, wanted(**told), viewer=ADMIN)
    assert len(session_register(city)) == 1
