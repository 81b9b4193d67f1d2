"""Programmes for tests: a small definition, ledgers as CSV, judged and stored. Nobody in them."""

from __future__ import annotations

import csv
import io
from datetime import date

from sqlalchemy import Engine

from dashboard import programme_acts
from data_access.database import reading
from data_access.filters import Filters
from data_access.ledger_import.workbook import open_ledger
from data_access.programmes.apply import StoredProgramme, store_programme
from data_access.programmes.book import KnownProgramme, programme_book
from data_access.programmes.judged import JudgedProgramme
from data_access.programmes.judging import judged_programme
from data_access.programmes.plan import ProgrammePlan, plan_programme
from data_access.reads.programmes import ProgrammeSeen, programme
from data_access.register_store import stored_registers
from data_access.registers import shipped_registers
from supervision.programme_file import read_programme
from supervision.programmes import Programme
from supervision.scope import Scope, Viewer
from tests.factories import SUPERVISOR, TODAY

SMALL = """
name = "small"
label = "小专题"
theme = "测试"
about = "只给测试用的一份定义。"
unit = "件"
status = "status"
groups = ["kind"]

[[field]]
name = "number"
label = "编号"
kind = "number"
needed = true

[[field]]
name = "title"
label = "事项"
kind = "title"
needed = true

[[field]]
name = "county"
label = "县(区)"
kind = "county"
needed = true

[[field]]
name = "department"
label = "责任单位"
kind = "department"

[[field]]
name = "kind"
label = "类别"
kind = "choice"
choices = [{ name = "a", label = "甲类" }, { name = "b", label = "乙类", words = ["乙"] }]

[[field]]
name = "people"
label = "人数"
kind = "count"
unit = "人"

[[field]]
name = "who"
label = "姓名"
kind = "person"

[[field]]
name = "phone"
label = "电话"
kind = "phone"

[[field]]
name = "begun_on"
label = "受理日期"
kind = "day"
needed = true

[[field]]
name = "done_on"
label = "办结日期"
kind = "day"

[[field]]
name = "status"
label = "状态"
kind = "choice"
needed = true
choices = [
  { name = "open", label = "办理中" },
  { name = "done", label = "已办结", words = ["办结"], finished = true },
  { name = "void", label = "撤回", left_out = true },
]

[[clock]]
name = "closing"
label = "办结"
starts = "begun_on"
ends = "done_on"
limit = { number = 5, unit = "workday" }

[[cycle]]
name = "weekly"
label = "周报"
every = "week"
day = "begun_on"
by = "county"
unit = "个县(区)"

[[figure]]
name = "done_rate"
label = "办结率"
measure = "rate"
day = "begun_on"
counted = { status = ["done"] }
more_is = 1
head = true

[[figure]]
name = "on_time_rate"
label = "按期办结率"
measure = "due_rate"
clock = "closing"
more_is = 1

[[figure]]
name = "settled_rate"
label = "按期化解率"
measure = "settled_rate"
day = "begun_on"
clock = "closing"

[[figure]]
name = "begun"
label = "受理"
measure = "count"
day = "begun_on"

[[figure]]
name = "open"
label = "办理中"
measure = "stock"
counted = { status = ["open"] }

[[figure]]
name = "people"
label = "涉及人数"
measure = "sum"
day = "begun_on"
column = "people"
unit = "人"

[[figure]]
name = "middle"
label = "人数中位数"
measure = "median"
day = "begun_on"
column = "people"

[[figure]]
name = "reported"
label = "本周报送率"
measure = "covered_rate"
cycle = "weekly"
"""
HEADINGS = (
    "编号", "事项", "县(区)", "责任单位", "类别", "人数", "姓名", "电话", "受理日期", "办结日期",
    "状态",
)  # fmt: skip
HOSTILE = '=HYPERLINK("http://a.example","点") <b>![x](http://a.example/p.png)</b>'


def line(
    number: str, title: str, county: str, *, begun: str = "2026-11-02", done: str = "",
    status: str = "办理中", **other: str,
) -> tuple[str, ...]:  # fmt: skip
    """One line under HEADINGS; `other` are department, kind, people, who, phone."""
    told = [other.get(name, "") for name in ("department", "kind", "people", "who", "phone")]
    return (number, title, county, *told, begun, done, status)


LINES = (
    line("N-1", "水管漏水", "东源县", department="市水务局", kind="甲类", people="3",
         done="2026-11-06", status="已办结"),
    line("N-2", "路灯不亮", "东源县", department="市教育局", kind="乙", people="5人",
         done="2026-11-20", status="办结"),
    line("N-3", "噪声扰民", "紫金县", department="市教育局", kind="甲类"),
    line("N-4", "刚刚受理", "源城区", people="8", begun="2026-11-24"),
    line("N-5", "撤回的事", "源城区", kind="甲类", status="撤回"),
)  # fmt: skip
"""Done in time, done late, late and open, still in time, left out."""


def small() -> Programme:
    """The small programme as read."""
    read = read_programme(SMALL).programme
    assert read is not None
    return read


def ledger(*lines: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    """A ledger of these lines as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([("小专题台账（2026年）",), headings, *lines])
    return text.getvalue().encode()


def judged(
    data: bytes, *, scope: Scope | None = None, engine: Engine | None = None,
    name: str = "small", as_of: date = TODAY,
) -> JudgedProgramme:  # fmt: skip
    """A ledger judged by the small definition, or by one of the store's programmes."""
    known, registers = KnownProgramme(small(), 1), shipped_registers()
    if engine is not None:
        with reading(engine) as connection:
            registers = stored_registers(connection)
            known = programme_book(connection)[name]
    return judged_programme(
        known, open_ledger(data, "小专题.csv"), registers=registers, as_of=as_of,
        scope=scope or Scope.whole_city(),
    )  # fmt: skip


def store(
    engine: Engine, *lines: tuple[str, ...], viewer: Viewer = SUPERVISOR, as_of: date = TODAY
) -> StoredProgramme:
    """Store these lines as a batch of the small programme."""
    told = judged(ledger(*lines), engine=engine, scope=viewer.scope, as_of=as_of)
    return store_programme(engine, told, viewer=viewer, as_of=as_of)


def planned(engine: Engine, *lines: tuple[str, ...], viewer: Viewer = SUPERVISOR) -> ProgrammePlan:
    """What these lines would do."""
    told = judged(ledger(*lines), engine=engine, scope=viewer.scope)
    with reading(engine) as connection:
        return plan_programme(connection, told, scope=viewer.scope)


def taken_out_of_use(viewer: Viewer) -> programme_acts.KeptVersion:
    """A shipped programme retired through the door of the pages."""
    return programme_acts.retire("service_card", viewer=viewer)


DISPUTE = (
    "纠纷编号,纠纷简况,县(区),调解层级,调解方式,受理日期,化解状态\n"
    "JF-1,两户因排水沟争执,东源县,村(社区),网格调解,2026-11-02,调解中\n"
)


def stored_and_taken_back(viewer: Viewer) -> programme_acts.ProgrammeUndone:
    """A shipped programme's ledger planned, stored and undone through the door of the pages."""
    book = open_ledger(DISPUTE.encode(), "纠纷.csv")
    plan = programme_acts.plan_ledger("dispute_mediation", book, viewer=viewer, as_of=TODAY)
    batch = programme_acts.store_ledger(plan.judged, viewer=viewer, as_of=TODAY).batch_id
    return programme_acts.undo_ledger(batch, "试过了", viewer=viewer)


def seen(
    engine: Engine, *, scope: Scope | None = None, filters: Filters | None = None,
    as_of: date = TODAY,
) -> ProgrammeSeen:  # fmt: skip
    """The small programme as somebody sees it."""
    found = programme(
        engine, scope=scope or Scope.whole_city(), as_of=as_of, filters=filters or Filters(),
        name="small",
    )  # fmt: skip
    assert found is not None
    return found
