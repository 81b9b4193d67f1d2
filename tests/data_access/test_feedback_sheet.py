"""反馈表: a department sends back its own rounds; who imports ledgers enters it in its stead."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, select

from data_access import clock
from data_access.database import reading
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.workbook import open_ledger
from data_access.reads.item_acts import item_acts_of
from data_access.return_sheets.filled import recognised
from data_access.return_sheets.plan import RowFate, plan_return
from data_access.schema.items import feedback
from supervision.lifecycle import Act
from supervision.return_sheets import ReturnSheet
from supervision.scope import Role, Scope
from tests.acting import CALLER, CLERK, OFFICER, WATER_CLERK, Walk, person, stored_item
from tests.factories import TODAY
from tests.returning import HEADING_ROW, columns, exported, filled, read, sent_back

KIND = ReturnSheet.FEEDBACK
CITY = Scope.whole_city()
GOOD = {
    "是否解决": "已解决", "解决措施": "更换灯具12盏", "书面反馈": "已更换灯具，夜间照明恢复",
    "佐证材料名称": "验收单.pdf、现场照片.jpg",
}  # fmt: skip
LATER = {**GOOD, "反馈日期": date(2026, 11, 20)}


@pytest.fixture(autouse=True)
def _today():  # type: ignore[no-untyped-def]
    clock.tell(TODAY)
    yield
    clock.tell(None)


def item(engine: Engine, **said: Any) -> Walk:
    return Walk(engine, stored_item(engine, **said))


def kept(engine: Engine) -> list[dict[str, Any]]:
    with reading(engine) as connection:
        rows = connection.execute(select(feedback).order_by(feedback.c.id)).mappings()
        return [dict(row) for row in rows]


def acts(engine: Engine, walk: Walk) -> list[tuple[str, str, str | None]]:
    lines = item_acts_of(engine, scope=CITY, as_of=TODAY, item_id=walk.item_id)
    return [(line.act, line.account, line.department) for line in lines]


def test_a_department_sends_back_its_own_rounds_on_the_day_it_sends_them(engine: Engine):
    walk = item(engine)
    other = item(engine, lead_departments=("市水务局",), number="W-1")
    data = exported(engine, KIND, CLERK)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    numbers = [sheet.cell(row, columns(sheet)["编号"]).value for row in range(5, 8)]
    assert numbers == [walk.item["number"], None, None]
    assert "反馈日期" not in columns(sheet)
    sent_back(engine, filled(data, GOOD), CLERK)
    assert walk.round["state"] == "submitted"
    assert (walk.round["feedback_on"], walk.round["resolved_by_unit"]) == (TODAY, "resolved")
    assert [name for name, _, _ in acts(engine, walk)] == ["receive", "submit_feedback"]
    assert other.round["state"] == "assigned"
    written = next(row for row in kept(engine) if row["kind"] == "written")
    assert (written["text"], written["evidence"]) == (GOOD["书面反馈"], "验收单.pdf\n现场照片.jpg")


def test_a_department_cannot_say_that_it_fed_back_earlier(engine: Engine):
    walk = item(engine)
    officers = filled(exported(engine, KIND, OFFICER), LATER)
    stored = sent_back(engine, officers, CLERK)
    assert walk.round["feedback_on"] == TODAY
    assert "以提交当天" in stored.plan.rows[0].told.faults[0].message


def test_an_officer_enters_it_in_the_departments_stead_with_its_day(engine: Engine):
    walk = item(engine)
    sent_back(engine, filled(exported(engine, KIND, OFFICER), LATER), OFFICER)
    assert walk.round["feedback_on"] == date(2026, 11, 20)
    assert acts(engine, walk) == [
        ("receive", OFFICER.account, "市教育局"), ("submit_feedback", OFFICER.account, "市教育局"),
    ]  # fmt: skip
    assert walk.tries(Act.RETURN_FOR_FIX, OFFICER, reason="缺照片").done


def test_nobody_else_feeds_back(engine: Engine):
    walk = item(engine)
    data = filled(exported(engine, KIND, OFFICER), LATER)
    neighbour = person(Role.COUNTY_ADMIN, Scope(reporting_units=frozenset({"紫金县"})))
    for who in (WATER_CLERK, CALLER, person(Role.APPROVER), neighbour):
        stored = sent_back(engine, data, who)
        assert [row.fate for row in stored.plan.rows] == [RowFate.REFUSED]
    assert walk.round["state"] == "assigned"
    assert kept(engine) == []


def test_a_helping_department_does_not_feed_back_for_the_lead(engine: Engine):
    item(engine, lead_departments=("市水务局",), co_departments=("市教育局",))
    helper = person(
        Role.LEAD_UNIT,
        Scope(departments=frozenset({"市教育局"}), co_departments=frozenset({"市教育局"})),
    )
    data = filled(exported(engine, KIND, OFFICER), LATER)
    stored = sent_back(engine, data, helper)
    assert [row.words for row in stored.plan.rows] == [
        "这件事项目前不由您的单位牵头，不能由您反馈。"
    ]


def test_a_feedback_that_was_sent_back_for_fixing_is_submitted_again(engine: Engine):
    walk = item(engine)
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text="正在办")
    walk.does(Act.RETURN_FOR_FIX, OFFICER, reason="没有写明措施")
    sent_back(engine, filled(exported(engine, KIND, CLERK), GOOD), CLERK)
    assert walk.round["state"] == "submitted"
    assert acts(engine, walk)[-1][0] == "resubmit"


@pytest.mark.parametrize(
    ("said", "heading", "sentence"),
    [
        ({"佐证材料名称": None}, "佐证材料名称", "至少一份佐证材料"),
        ({"书面反馈": None}, "书面反馈", "须填写"),
        ({"是否解决": None}, "是否解决", "须填写"),
        ({"是否解决": "快了"}, "是否解决", "只能填"),
        ({"反馈日期": date(2026, 10, 30)}, "反馈日期", "早于交办日期"),
        ({"反馈日期": date(2026, 11, 26)}, "反馈日期", "还没有到"),
    ],
)
def test_a_fault_is_told_at_its_cell_and_nothing_of_the_row_is_stored(
    engine: Engine, said: dict[str, object], heading: str, sentence: str
):
    walk = item(engine)
    data = filled(exported(engine, KIND, OFFICER), {**LATER, **said})
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    with reading(engine) as connection:
        plan = plan_return(connection, read(data), viewer=OFFICER, as_of=TODAY)
    told = {flag.cell: flag.message for flag in plan.rows[0].told.faults}
    assert sentence in told[sheet.cell(HEADING_ROW + 1, columns(sheet)[heading]).coordinate]
    sent_back(engine, data, OFFICER)
    assert walk.round["state"] == "assigned"
    assert walk.round["received_on"] is None
    assert kept(engine) == []


def test_a_row_whose_second_act_is_refused_is_not_even_signed_for(engine: Engine):
    walk = item(engine)
    # A sign that no screen shows: the guard of the act finds no words in it.
    data = filled(exported(engine, KIND, OFFICER), {**LATER, "书面反馈": "\ue000"})
    stored = sent_back(engine, data, OFFICER)
    assert stored.plan.rows[0].fate is RowFate.REFUSED
    assert "书面反馈须有内容" in stored.plan.rows[0].words
    assert (walk.round["state"], walk.round["received_on"]) == ("assigned", None)
    assert acts(engine, walk) == []


def test_the_same_list_sent_twice_is_taken_once_and_a_later_act_is_a_conflict(engine: Engine):
    walk = item(engine)
    data = filled(exported(engine, KIND, OFFICER), LATER)
    sent_back(engine, data, OFFICER)
    again = sent_back(engine, data, OFFICER)
    assert [row.fate for row in again.plan.rows] == [RowFate.SAME]
    walk.does(Act.RETURN_FOR_FIX, OFFICER, reason="缺照片")
    other = filled(data, {"书面反馈": "换一种说法，已经修好"})
    late = sent_back(engine, other, OFFICER)
    assert late.plan.rows[0].fate is RowFate.CONFLICT
    assert [change.act for change in late.plan.rows[0].changes][-1] == "退回补正"


def test_a_ledger_is_no_list_of_ours():
    text = "编号,事项内容,是否接通,结果满意度\n1,路灯不亮,是,满意\n"
    assert recognised(open_ledger(text.encode(), "台账.csv", limits=Limits())) is None
