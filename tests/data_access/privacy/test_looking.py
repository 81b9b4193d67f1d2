"""Who sees an item's resident: masked, in clear after a recorded reason, or not at all."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select, update

from data_access.audit_trail import verified_chain
from data_access.database import change_number, reading, transaction
from data_access.filters import Filters
from data_access.privacy.erasure import erase, items_named
from data_access.privacy.key_place import KeyPlace
from data_access.privacy.keys import KeyRefused, new_key
from data_access.privacy.looking import LookRefused, reporter_of, see_personal_data
from data_access.reads.items import described_items, item_rows
from data_access.schema.base import audit
from data_access.schema.items import items
from data_access.schema.registers import reporting_units
from data_access.writes.acting.said import Said
from data_access.writes.item_act import perform
from supervision.lifecycle import Act
from supervision.reporters import ReporterView
from supervision.rights import NotPermitted
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import ItemState
from tests.acting import a_token
from tests.factories import SUPERVISOR, TODAY
from tests.residents import CONTENT, NAME, PHONE, Store, told

REASON = "电话回访核实"
CITY = Scope.whole_city()
OWN = Scope(departments=frozenset({"市教育局"}))


def person(*roles: Role, scope: Scope = CITY) -> Viewer:
    return Viewer("someone", "某人", frozenset(roles), scope)


def looks(engine: Engine) -> list[object]:
    with reading(engine) as connection:
        return list(
            connection.execute(select(audit).where(audit.c.act == "see_personal_data")).all()
        )


@pytest.fixture
def item(city: Engine, store: Store) -> int:
    store(told(), told("A2", 诉求内容="另一条路路面破损"))
    return items_named(city, "A1")[0]


def test_a_supervisor_sees_the_masked_reporter_and_that_there_are_others(city: Engine, item: int):
    seen = reporter_of(city, item, viewer=SUPERVISOR, as_of=TODAY)
    assert seen.view == ReporterView.ON_REASON
    assert [value.text for value in seen.masked] == [
        "钱**", "139****1111", "440***********7758", "***",
    ]  # fmt: skip
    assert (seen.originals, seen.same_number) == (("text:content",), 1)


def test_a_look_is_recorded_with_its_reason_and_without_values(
    city: Engine, keys: KeyPlace, item: int
):
    before = change_number(city)
    values = see_personal_data(
        city, keys, item, reason=f"回访{NAME}，{PHONE}", viewer=SUPERVISOR, as_of=TODAY
    )
    assert {value.field: value.text for value in values}["reporter_phone"] == PHONE
    assert ("text:content", CONTENT) in values
    (row,) = looks(city)
    assert (row.actor, row.entity_id, row.reason) == ("tester", item, "回访钱**，139****1111")
    assert "reporter_name" in row.after
    assert NAME not in f"{row}"
    assert PHONE not in f"{row}"
    assert change_number(city) == before
    assert verified_chain(city).fault is None


@pytest.mark.parametrize("reason", ["", "   ", "回访", "看 看"[:3], "长" * 201])
def test_without_a_reason_of_its_length_nothing_is_shown(
    city: Engine, keys: KeyPlace, item: int, reason: str
):
    with pytest.raises(LookRefused, match="理由"):
        see_personal_data(city, keys, item, reason=reason, viewer=SUPERVISOR, as_of=TODAY)
    assert looks(city) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_only_roles_that_handle_the_resident_look_in_clear(
    city: Engine, keys: KeyPlace, item: int, role: Role
):
    viewer = person(role)
    if role in {Role.SUPERVISOR, Role.APPROVER, Role.COUNTY_ADMIN, Role.CALLBACK}:
        assert see_personal_data(city, keys, item, reason=REASON, viewer=viewer, as_of=TODAY)
        return
    with pytest.raises(NotPermitted):
        see_personal_data(city, keys, item, reason=REASON, viewer=viewer, as_of=TODAY)
    assert looks(city) == []


def test_another_countys_items_are_not_looked_at(city: Engine, keys: KeyPlace, item: int):
    other = person(Role.COUNTY_ADMIN, scope=Scope(reporting_units=frozenset({"源城区"})))
    assert reporter_of(city, item, viewer=other, as_of=TODAY).view == ReporterView.HIDDEN
    with pytest.raises(NotPermitted):
        see_personal_data(city, keys, item, reason=REASON, viewer=other, as_of=TODAY)
    assert looks(city) == []


@pytest.mark.parametrize(
    ("said", "lead"),
    [
        ({"事项类型": "咨询"}, ReporterView.MASKED),
        ({"事项类型": "投诉"}, ReporterView.HIDDEN),
        ({"是否保密": "是"}, ReporterView.HIDDEN),
        ({"诉求内容": "举报市教育局乱收费"}, ReporterView.HIDDEN),
        ({"诉求人": "匿名"}, ReporterView.HIDDEN),
    ],
)
def test_the_department_complained_about_does_not_see_who(
    city: Engine, store: Store, said: dict[str, str], lead: ReporterView
):
    store(told(**{"诉求内容": "路灯不亮", **said}))
    (item,) = items_named(city, "A1")
    for role, expected in ((Role.LEAD_UNIT, lead), (Role.CO_UNIT, ReporterView.HIDDEN)):
        seen = reporter_of(city, item, viewer=person(role, scope=OWN), as_of=TODAY)
        assert seen.view == expected
        assert bool(seen.masked) == (expected != ReporterView.HIDDEN)


def test_what_was_erased_is_not_looked_at(city: Engine, keys: KeyPlace, item: int):
    erase(city, [item], reason="群众申请删除", viewer=SUPERVISOR)
    assert reporter_of(city, item, viewer=SUPERVISOR, as_of=TODAY).is_erased
    with pytest.raises(LookRefused, match="删除"):
        see_personal_data(city, keys, item, reason=REASON, viewer=SUPERVISOR, as_of=TODAY)


def test_the_wrong_key_shows_nothing(city: Engine, item: int):
    with pytest.raises(KeyRefused):
        see_personal_data(
            city, KeyPlace(new_key()), item, reason=REASON, viewer=SUPERVISOR, as_of=TODAY
        )


def test_lists_of_a_department_carry_no_traces_of_who_reported(city: Engine, item: int):
    whole = described_items(city, scope=CITY, as_of=TODAY, item_ids=(item,))
    assert "139****1111" in whole["title"][0]
    own = described_items(city, scope=OWN, as_of=TODAY, item_ids=(item,))
    assert own["title"][0] == "＊＊＊（＊＊＊）反映路灯不亮，另一人电话＊＊＊"
    rows = item_rows(city, scope=OWN, as_of=TODAY, filters=Filters())
    assert not any("*" in title for title in rows["title"])


def test_nobody_learns_by_merging_whether_an_item_he_does_not_see_has_the_same_telephone(
    city: Engine, store: Store
):
    store(told("A1"), told("A2", 诉求内容="另一条路", 联系电话="13700002222"))
    store(told("A3", 诉求内容="又一条路"))
    same, other, own = (items_named(city, number)[0] for number in ("A1", "A2", "A3"))
    with transaction(city) as change:
        away = select(reporting_units.c.id).where(reporting_units.c.name == "紫金县")
        change.connection.execute(
            update(items)
            .where(items.c.id == own)
            .values(reporting_unit_id=away.scalar_subquery(), state=ItemState.DRAFT.value)
        )
    county = person(Role.COUNTY_ADMIN, scope=Scope(reporting_units=frozenset({"紫金县"})))
    sentences = {
        perform(
            city, Act.MERGE, {own: 1}, Said(reason="同一事项", into_item_id=into), viewer=county,
            as_of=TODAY, token=a_token(),
        ).refused[0].sentence
        for into in (same, other, 999)
    }  # fmt: skip
    assert len(sentences) == 1
