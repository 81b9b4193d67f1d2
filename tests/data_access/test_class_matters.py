"""类案: made of items once, changed by versions, within reach; the items keep their clocks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, select, update

from data_access.database import reading, transaction
from data_access.filters import Filters
from data_access.gatherings import Gathering
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import Callback
from data_access.reads.batch_undo import batch_undo
from data_access.reads.choices import choices
from data_access.reads.class_matters import (
    ClassMatter,
    class_matters_seen,
    items_numbered,
    matter_of_item,
)
from data_access.reads.items import item_rows
from data_access.schema.base import audit
from data_access.schema.registers import departments
from data_access.writes.class_matters import (
    Gathered,
    add_to_matter,
    change_matter,
    close_matter,
    make_matter,
    reopen_matter,
    take_from_matter,
    take_out,
)
from data_access.writes.matter_rows import MatterWanted
from data_access.writes.undo_batch import undo_batch
from supervision.class_matters import MOST_ITEMS, MatterRefused, MatterState
from supervision.scope import Role, Scope, Viewer
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope
COUNTY = Viewer("county", "专班", frozenset({Role.SUPERVISOR}),
                Scope(reporting_units=frozenset({"紫金县"})))  # fmt: skip
DEPARTMENT = Scope(departments=frozenset({"市公安局"}))
ELSEWHERE = {"county": "紫金县", "township": "蓝塘镇"}
WANTED = MatterWanted("加装电梯", None, "一小区一方案")


@pytest.fixture
def told(city: Engine) -> Engine:
    rows = [
        *(ledger_row(row=row) for row in (3, 4)),
        ledger_row(row=5, **ELSEWHERE),
        ledger_row(row=6, status="已办结", satisfaction="不满意", feedback_on=date(2026, 11, 4),
                   closed_on=date(2026, 11, 6),
                   callback=Callback(called_on=date(2026, 11, 12), reached=True)),
        ledger_row(row=7, lead_departments=("市公安局",)),
    ]  # fmt: skip
    store_import(city, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return city


def _ids(engine: Engine) -> list[int]:
    rows = item_rows(engine, scope=CITY, as_of=TODAY, filters=Filters(), order="oldest")
    return sorted(int(key) for key in rows["item_id"])


def _made(engine: Engine, ids: list[int], token: str = "a" * 32, **said: object) -> Gathered:
    usual: dict[str, object] = {"name": "加装电梯", "lead_department_id": None, "measures": ""}
    wanted = MatterWanted(**{**usual, **said})  # type: ignore[arg-type]
    return make_matter(engine, wanted, ids, token=token, as_of=TODAY, viewer=SUPERVISOR)


def _only(engine: Engine, scope: Scope = CITY) -> ClassMatter:
    (found,) = class_matters_seen(engine, scope=scope, as_of=TODAY)
    return found


def _acts(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        told = select(audit.c.act).where(audit.c.act.like("%matter")).order_by(audit.c.id)
        return list(connection.execute(told).scalars())


def test_a_matter_counts_its_items_and_each_number_is_its_rows(told: Engine):
    ids = _ids(told)
    made = _made(told, ids[:4], measures="一小区一方案")
    assert (made.added, made.elsewhere) == (4, 0)
    matter = _only(told)
    assert (matter.name, matter.state, matter.stands_since) == (
        "加装电梯", MatterState.OPEN, TODAY,
    )  # fmt: skip
    assert (matter.n, matter.open, matter.unsatisfied) == (4, 3, 0)
    among = ((Gathering.MATTER, matter.id),)
    for figure, n in ((None, 4), ("open", 3), ("overdue_open", matter.overdue)):
        asked = Filters(among=among, figure=figure)
        assert len(item_rows(told, scope=CITY, as_of=TODAY, filters=asked)) == n
    assert _acts(told) == ["make_matter"]


def test_pressed_twice_it_is_made_once(told: Engine):
    ids = _ids(told)
    first, again = _made(told, ids[:3]), _made(told, ids[:3])
    assert (again.matter_id, again.added) == (first.matter_id, 0)
    with pytest.raises(MatterRefused, match="没有重复加入"):
        _made(told, ids[:3], token="b" * 32, name="另一个")
    assert _only(told).n == 3


def test_an_item_belongs_to_one_matter_at_most(told: Engine):
    ids = _ids(told)
    first = _made(told, ids[:2])
    second = _made(told, ids[1:4], token="b" * 32, name="路灯")
    assert (second.added, second.elsewhere) == (2, 1)
    assert matter_of_item(told, scope=CITY, as_of=TODAY, item_id=ids[1]).id == first.matter_id
    added = add_to_matter(told, first.matter_id, ids, as_of=TODAY, viewer=SUPERVISOR)
    assert (added.added, added.elsewhere) == (1, 4)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": "  "}, "请填写类案名称"),
        ({"name": "长" * 41}, "请填写类案名称"),
        ({"measures": "长" * 1001}, "最多 1000 个字"),
        ({"lead_department_id": 999_999}, "不在登记册里"),
    ],
)
def test_what_cannot_stand_is_refused(told: Engine, said: dict[str, object], sentence: str):
    with pytest.raises(MatterRefused, match=sentence):
        _made(told, _ids(told), **said)
    assert class_matters_seen(told, scope=CITY, as_of=TODAY) == ()


def test_nothing_or_too_much_chosen_is_refused(told: Engine):
    with pytest.raises(MatterRefused, match="至少选一件"):
        _made(told, [])
    with pytest.raises(MatterRefused, match=f"一次最多加入 {MOST_ITEMS} 件"):
        _made(told, list(range(1, MOST_ITEMS + 2)))


def test_what_is_typed_is_kept_without_residents_data(told: Engine):
    _made(told, _ids(told)[:3], measures="请联系13912345678")
    assert "13912345678" not in _only(told).measures


def test_who_read_an_older_version_is_told(told: Engine):
    matter_id = _made(told, _ids(told)[:3]).matter_id
    version = _only(told).row_version
    change_matter(told, matter_id, MatterWanted("电梯", None, ""), row_version=version,
                  as_of=TODAY, viewer=SUPERVISOR)  # fmt: skip
    with pytest.raises(MatterRefused, match="刚被别人改过"):
        change_matter(told, matter_id, WANTED, row_version=version, as_of=TODAY, viewer=SUPERVISOR)
    assert _only(told).name == "电梯"


def test_items_leave_and_the_matter_is_closed_and_taken_up_again(told: Engine):
    ids = _ids(told)
    matter_id = _made(told, ids[:3]).matter_id
    assert take_from_matter(told, matter_id, ids[:1], as_of=TODAY, viewer=SUPERVISOR) == 1
    assert take_from_matter(told, matter_id, ids[:1], as_of=TODAY, viewer=SUPERVISOR) == 0
    with pytest.raises(MatterRefused, match="请填写办理结果"):
        close_matter(told, matter_id, " ", row_version=2, as_of=TODAY, viewer=SUPERVISOR)
    close_matter(told, matter_id, "已出台指引", row_version=_only(told).row_version, as_of=TODAY,
                 viewer=SUPERVISOR)  # fmt: skip
    closed = _only(told)
    assert (closed.state, closed.closed_on, closed.result, closed.open) == (
        MatterState.CLOSED, TODAY, "已出台指引", 2,
    )  # fmt: skip
    with pytest.raises(MatterRefused, match="已经办结"):
        add_to_matter(told, matter_id, ids, as_of=TODAY, viewer=SUPERVISOR)
    reopen_matter(told, matter_id, row_version=closed.row_version, as_of=TODAY, viewer=SUPERVISOR)
    assert _only(told).state is MatterState.OPEN


def test_a_narrow_scope_sees_its_part_and_changes_nothing_beyond(told: Engine):
    ids = _ids(told)
    matter_id = _made(told, ids[:4]).matter_id
    assert _only(told, COUNTY.scope).n == 1
    assert class_matters_seen(told, scope=DEPARTMENT, as_of=TODAY) == ()
    assert matter_of_item(told, scope=COUNTY.scope, as_of=TODAY, item_id=ids[0]) is None
    version = _only(told).row_version
    with pytest.raises(MatterRefused, match="可见范围以外"):
        close_matter(told, matter_id, "好了", row_version=version, as_of=TODAY, viewer=COUNTY)
    with pytest.raises(MatterRefused, match="至少选一件"):
        make_matter(told, MatterWanted("别县", None, ""), ids[:2], token="c" * 32, as_of=TODAY,
                    viewer=COUNTY)  # fmt: skip


def test_a_list_names_the_matter_of_each_row_and_is_narrowed_to_matters(told: Engine):
    ids = _ids(told)
    first = _made(told, ids[:2]).matter_id
    second = _made(told, ids[2:4], token="b" * 32, name="路灯").matter_id
    rows = item_rows(told, scope=CITY, as_of=TODAY, filters=Filters()).set_index("item_id")
    assert rows["matter"].fillna("").reindex(ids).tolist() == [
        "加装电梯", "加装电梯", "路灯", "路灯", "",
    ]  # fmt: skip
    for matters, inside in (((first,), ids[:2]), ((first, second), ids[:4])):
        asked = Filters(matters=matters)
        found = item_rows(told, scope=CITY, as_of=TODAY, filters=asked)
        assert sorted(found["item_id"]) == inside


def test_a_matter_is_offered_as_a_filter_to_who_sees_an_item_of_it(told: Engine):
    matter_id = _made(told, _ids(told)[2:3]).matter_id
    offered = [choices(told, scope=scope, as_of=TODAY).matters
               for scope in (CITY, COUNTY.scope, DEPARTMENT)]  # fmt: skip
    assert offered == [{matter_id: "加装电梯"}, {matter_id: "加装电梯"}, {}]


def test_a_department_reads_no_trace_of_residents_in_a_matter(told: Engine):
    item = _ids(told)[4]
    matter_id = _made(told, [item], name="王*的加装电梯", measures="联系138****1234").matter_id
    asked = {"scope": DEPARTMENT, "as_of": TODAY}
    found = matter_of_item(told, item_id=item, **asked)
    assert found is not None
    assert {
        found.name, _only(told, DEPARTMENT).name, *choices(told, **asked).matters.values(),
        *item_rows(told, filters=Filters(), **asked)["matter"],
    } == {"＊＊＊的加装电梯"}  # fmt: skip
    assert _only(told, DEPARTMENT).measures == "联系＊＊＊"
    assert choices(told, scope=CITY, as_of=TODAY).matters == {matter_id: "王*的加装电梯"}


def test_items_leave_whatever_matter_they_belong_to_all_of_them_or_none(told: Engine):
    ids = _ids(told)
    _made(told, ids[:2])
    second = _made(told, ids[2:4], token="b" * 32, name="路灯").matter_id
    with pytest.raises(MatterRefused, match="都不在类案里"):
        take_out(told, ids[4:], as_of=TODAY, viewer=SUPERVISOR)
    assert take_out(told, [ids[1], ids[2], ids[4]], as_of=TODAY, viewer=SUPERVISOR) == 2
    close_matter(told, second, "好了", row_version=2, as_of=TODAY, viewer=SUPERVISOR)
    with pytest.raises(MatterRefused, match="已经办结"):
        take_out(told, [ids[0], ids[3]], as_of=TODAY, viewer=SUPERVISOR)
    assert [one.n for one in class_matters_seen(told, scope=CITY, as_of=TODAY)] == [1, 1]


def test_an_undone_import_tells_each_matter_what_it_lost_and_imported_again_joins_none(
    told: Engine,
):
    ids = _ids(told)
    made = _made(told, ids[:3])
    version = _only(told).row_version
    judged = batch_undo(told, scope=CITY, as_of=TODAY, batch_id=1)
    assert judged is not None
    assert judged.gathered == 3
    undone = undo_batch(told, 1, "导错了文件", viewer=SUPERVISOR)
    assert "其中 3 件已移出类案。" in undone.sentence
    assert (_only(told).n, _only(told).row_version) == (0, version + 1)
    with reading(told) as connection:
        row = connection.execute(
            select(audit).where(audit.c.act == "leave_matter_undone")
        ).one()  # fmt: skip
    assert (row.entity, row.entity_id, row.batch_id, row.reason) == (
        "class_matter", made.matter_id, 1, "导错了文件",
    )  # fmt: skip
    assert json.loads(row.after) == {
        "called": "加装电梯", "numbers": ["MDM-0003", "MDM-0004", "MDM-0005"],
    }  # fmt: skip
    store_import(told, judged_ledger(*(ledger_row(row=row) for row in (3, 4))),
                 viewer=SUPERVISOR, as_of=TODAY)  # fmt: skip
    assert _only(told).n == 0
    again = items_numbered(told, scope=CITY, as_of=TODAY, numbers=("MDM-0003", "MDM-0004"))
    keys = [key for found in again.values() for key in found]
    added = add_to_matter(told, made.matter_id, keys, as_of=TODAY, viewer=SUPERVISOR)
    assert (added.added, _only(told).n) == (2, 2)


def test_a_department_that_has_ended_takes_no_matter_and_keeps_the_one_it_has(told: Engine):
    with reading(told) as connection:
        education, police = (
            connection.execute(select(departments.c.id).where(departments.c.name == name)).scalar()
            for name in ("市教育局", "市公安局")
        )
    ids, held = _ids(told), MatterWanted("加装电梯", education, "")
    made = _made(told, ids[:1], lead_department_id=education).matter_id
    with transaction(told) as change:
        change.connection.execute(update(departments).values(valid_to=TODAY))
    with pytest.raises(MatterRefused, match="停用或并入"):
        _made(told, ids[1:], token="b" * 32, name="另一类", lead_department_id=police)
    own = {"as_of": TODAY, "viewer": SUPERVISOR}
    change_matter(told, made, replace(held, measures="改了"), row_version=1, **own)
    with pytest.raises(MatterRefused, match="停用或并入"):
        change_matter(told, made, replace(held, lead_department_id=police), row_version=2, **own)
