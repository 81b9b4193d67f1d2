"""单位登记册 is kept: new, renamed and merged departments, and ledgers read by it at once."""

from __future__ import annotations

import io
import json
from datetime import date

import openpyxl
import pytest
from sqlalchemy import Engine, func, select

from data_access.audit_trail import verified_chain
from data_access.database import change_number, reading
from data_access.department_register import (
    DepartmentRow,
    department_register,
    department_use,
)
from data_access.facts import facts
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import JudgedLedger
from data_access.ledger_import.plan import plan_import
from data_access.ledger_import.receive import judged_file
from data_access.reads.history import item_history
from data_access.schema.base import audit
from data_access.schema.items import round_co_departments, rounds
from data_access.writes.department_merge import merge_department
from data_access.writes.departments import (
    DepartmentWanted,
    add_alias,
    add_department,
    describe_department,
    end_alias,
    rename_department,
)
from supervision.registers import RegisterRefused, Validity
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import PeerGroup, RowOutcome
from tests.factories import SUPERVISOR, TODAY

ADMIN = Viewer("admin", "管理员", frozenset({Role.SYSADMIN}), Scope())
CITY = Scope.whole_city()
WANTED = DepartmentWanted("", PeerGroup.CITY_DEPARTMENT, None)
HEADINGS = ("编号", "事项内容", "乡镇", "责任单位", "协办单位", "交办时间", "反馈时间", "办结时间")


def ledger(*rows: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "源城区"
    for line in (("源城区面对面交办事项台账",), HEADINGS, *rows):
        sheet.append(line)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def row(lead: str, n: int = 1, *, co: str = "", closed: str = "") -> tuple[str, ...]:
    return (f"YC-{n}", f"第{n}路口红绿灯不亮，影响通行", "埔前镇", lead, co, "2026-09-01",
            closed, closed)  # fmt: skip


def judged(engine: Engine, *rows: tuple[str, ...]) -> JudgedLedger:
    return judged_file(ledger(*rows), "台账.xlsx", as_of=TODAY, engine=engine)


def leads(engine: Engine, *rows: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [one.lead_departments for one in judged(engine, *rows).rows]


def stored(engine: Engine, *rows: tuple[str, ...]) -> None:
    store_import(engine, judged(engine, *rows), viewer=SUPERVISOR, as_of=TODAY)


def of(engine: Engine, name: str) -> DepartmentRow:
    return next(one for one in department_register(engine) if one.name == name)


def lead_names(engine: Engine) -> list[str]:
    names = {one.id: one.name for one in department_register(engine)}
    with reading(engine) as connection:
        keys = connection.execute(select(rounds.c.lead_department_id).order_by(rounds.c.item_id))
        return [names[key] for key in keys.scalars()]


def rename(engine: Engine, old: str, new: str, *, on: date = date(2026, 10, 1), short: str = ""):
    known = of(engine, old)
    rename_department(engine, known.id, new, short, on=on, as_of=TODAY,
                      row_version=known.row_version, viewer=ADMIN)  # fmt: skip


def merge(engine: Engine, old: str, new: str, *, on: date = date(2026, 11, 1)):
    known, into = of(engine, old), of(engine, new)
    return merge_department(engine, known.id, into.id, on=on, as_of=TODAY,
                            row_version=known.row_version, viewer=ADMIN)  # fmt: skip


def last_audit(engine: Engine):
    with reading(engine) as connection:
        return connection.execute(select(audit).order_by(audit.c.id.desc()).limit(1)).one()


def test_a_ledger_names_a_new_department_as_soon_as_it_is_entered(city: Engine):
    assert leads(city, row("市轨道交通局")) == [()]
    before = change_number(city)
    wanted = DepartmentWanted("市轨道局", PeerGroup.CITY_DEPARTMENT, None)
    add_department(city, "市轨道交通局", wanted, valid_from=None, viewer=ADMIN)
    assert change_number(city) == before + 1
    assert (
        leads(city, row("市轨道交通局"), row("市轨道局", 2), row("河源市轨道交通局", 3))
        == [("市轨道交通局",)] * 3
    )
    assert json.loads(last_audit(city).after)["called"] == "市轨道交通局"


def test_old_and_new_name_lead_to_the_renamed_department(city: Engine):
    stored(city, row("市教育局"))
    rename(city, "市教育局", "市教育和体育局", short="市教体局")
    assert (
        leads(city, row("市教育局"), row("市教育和体育局", 2), row("市教体局", 3))
        == [("市教育和体育局",)] * 3
    )
    assert lead_names(city) == ["市教育和体育局"]
    old = next(alias for alias in of(city, "市教育和体育局").aliases if alias.name == "市教育局")
    assert old.valid == Validity(None, date(2026, 9, 30))
    told = last_audit(city)
    assert (told.act, json.loads(told.before)["called"]) == ("rename_department", "市教育局")
    with reading(city) as connection:
        plan = plan_import(connection, judged(city, row("市教育局")), scope=SUPERVISOR.scope)
    assert plan.count(RowOutcome.UNCHANGED) == 1


def test_a_merged_departments_open_items_move_and_its_closed_ones_stay(city: Engine):
    stored(
        city,
        row("市教育局"),
        row("市教育局", 2, closed="2026-09-10"),
        row("市财政局", 3, co="市教育局"),
        row("市水务局", 4, co="市教育局、市财政局"),
    )
    assert department_use(city, of(city, "市教育局").id).open_items == 1
    merged = merge(city, "市教育局", "市财政局")
    assert (merged.led, merged.beside) == (1, 2)
    assert lead_names(city) == ["市财政局", "市教育局", "市财政局", "市水务局"]
    with reading(city) as connection:
        beside = connection.execute(select(round_co_departments)).all()
        told = connection.execute(
            select(audit.c.entity_id, audit.c.after)
            .where(audit.c.act == "hand_over")
            .order_by(audit.c.id)
        ).all()
    assert [(key, json.loads(after)) for key, after in told] == [
        (1, {"lead_departments": "市财政局"}),
        (3, {"co_departments": "市财政局"}),
        (4, {"co_departments": "市财政局"}),
    ]
    assert [(one.round_id, one.department_id) for one in beside] == [(4, of(city, "市财政局").id)]
    ended = of(city, "市教育局")
    assert (ended.successor, ended.valid.last) == ("市财政局", date(2026, 10, 31))
    known = facts(city)
    frame = known.seen_by(Scope(departments=frozenset({"市财政局"})), known.moment(TODAY))
    assert sorted(frame["item_id"].to_list()) == [1, 3]
    assert verified_chain(city).fault is None


def test_the_names_of_a_merged_department_lead_to_its_successor(city: Engine):
    alias = next(one.name for one in of(city, "市住房和城乡建设局").aliases)
    merge(city, "市住房和城乡建设局", "市自然资源局")
    assert leads(city, row("市住房和城乡建设局"), row(alias, 2)) == [("市自然资源局",)] * 2
    merge(city, "市自然资源局", "市水务局", on=date(2026, 11, 20))
    assert leads(city, row("市住房和城乡建设局"), row(alias, 2)) == [("市水务局",)] * 2
    assert of(city, "市住房和城乡建设局").successor == "市水务局"


def test_a_ledger_sent_again_after_a_merge_changes_nothing(city: Engine):
    whole = (row("市教育局"), row("市教育局", 2, closed="2026-09-10"),
             row("市水务局", 3, co="市教育局、市财政局", closed="2026-09-10"))  # fmt: skip
    stored(city, *whole)
    merge(city, "市教育局", "市财政局")
    with reading(city) as connection:
        plan = plan_import(connection, judged(city, *whole), scope=SUPERVISOR.scope)
    assert [planned.changes for planned in plan.rows] == [(), (), ()]


def test_another_change_of_a_closed_row_leaves_it_with_the_merged_department(city: Engine):
    stored(city, row("市教育局", 2, closed="2026-09-10"))
    merge(city, "市教育局", "市财政局")
    stored(city, row("市教育局", 2, closed="2026-09-11"))
    assert lead_names(city) == ["市教育局"]
    history = item_history(city, scope=CITY, as_of=TODAY, item_id=1)
    assert history is not None
    assert history.rounds[-1].lead == "市教育局"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("局", "名称为 2 到 80 个字"),
        ("市教育局、市财政局", "名称里不能有顿号"),
        ("市教育局", "登记册里已有“市教育局”"),
        ("市 教 育 局", "登记册里已有“市教育局”"),
        ("市住建局", "“市住建局”在这段时间已经是“市住房和城乡建设局”的别名"),
        ("12345", "名称不能只有数字"),
    ],
)
def test_a_name_that_would_mislead_is_refused(city: Engine, name: str, sentence: str):
    before = change_number(city)
    with pytest.raises(RegisterRefused, match=sentence):
        add_department(city, name, WANTED, valid_from=None, viewer=ADMIN)
    assert change_number(city) == before


def test_what_lies_ahead_is_entered_when_it_has_happened(city: Engine):
    with pytest.raises(RegisterRefused, match="更名日期不能晚于今天"):
        rename(city, "市教育局", "市教育和体育局", on=date(2027, 1, 1))
    with pytest.raises(RegisterRefused, match="合并日期不能晚于今天"):
        merge(city, "市教育局", "市财政局", on=date(2027, 1, 1))
    with pytest.raises(RegisterRefused, match="不能并入自己"):
        merge(city, "市教育局", "市教育局")


def test_an_ended_department_changes_no_more_and_takes_nothing_over(city: Engine):
    merge(city, "市教育局", "市财政局")
    with pytest.raises(RegisterRefused, match="已经并入其他单位"):
        rename(city, "市教育局", "市教育和体育局")
    with pytest.raises(RegisterRefused, match="请选择一个在册的单位来承接"):
        merge(city, "市水务局", "市教育局")
    with pytest.raises(RegisterRefused, match="登记册里曾有“市教育局”"):
        add_department(city, "市教育局", WANTED, valid_from=date(2026, 11, 2), viewer=ADMIN)


def test_of_two_administrators_the_second_is_told(city: Engine):
    known = of(city, "市教育局")
    rename(city, "市教育局", "市教育和体育局")
    with pytest.raises(RegisterRefused, match="刚被别人改过"):
        describe_department(city, known.id, WANTED, row_version=known.row_version, viewer=ADMIN)


def test_an_alias_is_read_and_one_that_ended_yields_to_another(city: Engine):
    education, finance = of(city, "市教育局"), of(city, "市财政局")
    add_alias(city, education.id, "市学校建设办", Validity(), viewer=ADMIN)
    assert leads(city, row("市学校建设办")) == [("市教育局",)]
    with pytest.raises(RegisterRefused, match="已经是“市教育局”的别名"):
        add_alias(city, finance.id, "市学校建设办", Validity(), viewer=ADMIN)
    entry = next(one for one in of(city, "市教育局").aliases if one.name == "市学校建设办")
    end_alias(city, entry.id, last=date(2026, 10, 31), viewer=ADMIN)
    add_alias(city, finance.id, "市学校建设办", Validity(date(2026, 11, 1)), viewer=ADMIN)
    assert leads(city, row("市学校建设办")) == [("市财政局",)]
    with pytest.raises(RegisterRefused, match="失效日期早于生效日期"):
        add_alias(city, finance.id, "市办", Validity(date(2026, 2, 1), date(2026, 1, 1)),
                  viewer=ADMIN)  # fmt: skip


def test_peer_group_and_unit_are_set_and_told(city: Engine):
    known = of(city, "市教育局")
    wanted = DepartmentWanted("市教局", PeerGroup.PUBLIC_SERVICE, "源城区")
    describe_department(city, known.id, wanted, row_version=known.row_version, viewer=ADMIN)
    now = of(city, "市教育局")
    assert (now.short_name, now.peer_group, now.reporting_unit) == (
        "市教局", PeerGroup.PUBLIC_SERVICE, "源城区",
    )  # fmt: skip
    assert leads(city, row("市教局")) == [("市教育局",)]
    assert json.loads(last_audit(city).before)["peer_group"] == PeerGroup.CITY_DEPARTMENT.value


def test_every_act_leaves_one_row_in_the_audit(city: Engine):
    with reading(city) as connection:
        before = connection.execute(select(func.count()).select_from(audit)).scalar_one()
    rename(city, "市教育局", "市教育和体育局")
    merge(city, "市水务局", "市财政局")
    with reading(city) as connection:
        after = connection.execute(select(func.count()).select_from(audit)).scalar_one()
    assert after == before + 2
