"""回访表: out as a workbook, filled in, shuffled, saved by others, and back through the acts."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.ledger_import.model import LedgerRefused
from data_access.reads.batch_undo import batch_undo
from data_access.reads.history import item_history
from data_access.reads.item_acts import item_acts_of
from data_access.return_sheets.plan import RowFate, plan_return
from data_access.schema.imports import import_batches, raw_rows
from data_access.schema.items import callbacks
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.return_sheets import CHECK_HEADING, CheckCode, ReturnSheet, check_code
from supervision.scope import Role, Scope
from supervision.vocabulary import LedgerStatus
from tests.acting import CALLER, OFFICER, Walk, person, stored_item
from tests.factories import TODAY
from tests.returning import HEADING_ROW, changed, columns, exported, filled, read, sent_back

CLOSED = date(2026, 11, 16)
KIND = ReturnSheet.CALLBACK
CITY = Scope.whole_city()
GOOD = {
    "回访日期": date(2026, 11, 24), "是否接通": "是", "结果满意度": "满意",
    "过程满意度": "基本满意", "是否解决": "已解决", "回访情况": "路灯已亮，群众表示感谢",
}  # fmt: skip


def closed_item(engine: Engine, **said: Any) -> Walk:
    usual = {"status": LedgerStatus.CLOSED, "closed_on": CLOSED, "feedback_on": CLOSED,
             "feedback_text": "已更换灯具"}  # fmt: skip
    return Walk(engine, stored_item(engine, **{**usual, **said}))


def calls(engine: Engine) -> list[dict[str, Any]]:
    with reading(engine) as connection:
        rows = connection.execute(select(callbacks).order_by(callbacks.c.id)).mappings()
        return [dict(row) for row in rows]


def fates(engine: Engine, data: bytes, viewer=CALLER) -> list[RowFate]:  # type: ignore[no-untyped-def]
    with reading(engine) as connection:
        plan = plan_return(connection, read(data), viewer=viewer, as_of=TODAY)
    return [row.fate for row in plan.rows]


def faults(engine: Engine, data: bytes) -> dict[str, str]:
    with reading(engine) as connection:
        plan = plan_return(connection, read(data), viewer=CALLER, as_of=TODAY)
    return {flag.cell or "": flag.message for row in plan.rows for flag in row.told.faults}


def test_a_filled_list_becomes_callbacks_through_the_lifecycle(engine: Engine):
    walk = closed_item(engine)
    stored = sent_back(engine, filled(exported(engine, KIND, CALLER), GOOD), CALLER)
    at = walk.round
    assert at["state"] == "called_back"
    assert (at["called_on"], at["reached"], at["result"], at["process"]) == (
        date(2026, 11, 24), True, "satisfied", "fairly_satisfied",
    )  # fmt: skip
    assert at["resolved_by_resident"] == "resolved"
    line = item_acts_of(engine, scope=CITY, as_of=TODAY, item_id=walk.item_id)[-1]
    assert (line.act, line.account, line.done_on) == ("call_back", CALLER.account, GOOD["回访日期"])
    assert walk.tries(Act.STRIKE_OFF, OFFICER).done
    with reading(engine) as connection:
        batch = connection.execute(
            select(import_batches).where(import_batches.c.id == stored.batch_id)
        ).one()
        row = connection.execute(
            select(raw_rows).where(raw_rows.c.batch_id == stored.batch_id)
        ).one()
    assert (batch.kind, batch.updated, batch.stored_by) == ("callback", 1, CALLER.account)
    assert (row.item_id, row.outcome) == (walk.item_id, "updated")


def test_each_value_tells_the_cell_that_it_came_from(engine: Engine):
    walk = closed_item(engine)
    sent_back(engine, filled(exported(engine, KIND, CALLER), GOOD), CALLER)
    history = item_history(engine, scope=CITY, as_of=TODAY, item_id=walk.item_id)
    assert history is not None
    cell = next(cell for cell in history.cells if cell.field == "satisfaction")
    assert (cell.file_name, cell.heading, cell.text) == ("回访表.xlsx", "结果满意度", "满意")


def test_the_columns_to_fill_are_open_with_choices_and_the_others_are_locked(engine: Engine):
    closed_item(engine, number=None)
    people = {1: ("张*明", "138****1234")}
    data = exported(engine, KIND, CALLER, people=people)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    where, row = columns(sheet), HEADING_ROW + 1
    assert sheet.protection.sheet
    assert not sheet.cell(row, where["是否接通"]).protection.locked
    assert sheet.cell(row, where["事项"]).protection.locked
    assert sheet.cell(row, where[CHECK_HEADING]).protection.locked
    letter = sheet.cell(row, where[CHECK_HEADING]).column_letter
    assert sheet.column_dimensions[letter].hidden
    assert check_code(str(sheet.cell(row, where[CHECK_HEADING]).value)) == CheckCode(KIND, 1, 1, 1)
    assert sheet.cell(row, where["联系电话"]).value == "138****1234"
    assert sheet.cell(row, where["办理结果"]).value == "已更换灯具"
    lists = {rule.formula1: str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert '"是,否"' in lists
    assert any("非常满意" in formula and "未评价" in formula for formula in lists)


def test_rows_that_were_sorted_and_lost_their_numbers_come_back_to_their_items(engine: Engine):
    first, second = closed_item(engine), closed_item(engine)
    data = filled(exported(engine, KIND, CALLER), GOOD, {**GOOD, "结果满意度": "不满意"})

    def shuffle(sheet: Worksheet) -> None:
        where = columns(sheet)
        for column in range(1, sheet.max_column + 1):
            top, below = sheet.cell(HEADING_ROW + 1, column), sheet.cell(HEADING_ROW + 2, column)
            top.value, below.value = below.value, top.value
        for row in (HEADING_ROW + 1, HEADING_ROW + 2):
            sheet.cell(row, where["编号"]).value = None
        sheet.title = "Sheet1"
        sheet.insert_rows(1)

    sent_back(engine, changed(data, shuffle), CALLER)
    assert first.round["result"] == "satisfied"
    assert second.round["result"] == "dissatisfied"


NOON = datetime(2026, 11, 24, 12)  # noqa: DTZ001


def test_days_are_read_as_other_programs_save_them(engine: Engine):
    days = (NOON, 46350, "2026.11.24", "11月24日")
    walks = [closed_item(engine) for _ in days]
    data = filled(exported(engine, KIND, CALLER), *({**GOOD, "回访日期": day} for day in days))
    sent_back(engine, data, CALLER)
    assert {walk.round["called_on"] for walk in walks} == {date(2026, 11, 24)}


def test_the_first_unreached_call_is_an_attempt_and_the_second_one_ends_the_callback(
    engine: Engine,
):
    walk = closed_item(engine)
    nobody = {"回访日期": date(2026, 11, 23), "是否接通": "否"}
    sent_back(engine, filled(exported(engine, KIND, CALLER), nobody), CALLER)
    assert walk.round["state"] == "accepted"
    assert walk.round["reached"] is None
    again = {**nobody, "回访日期": date(2026, 11, 24)}
    data = exported(engine, KIND, CALLER)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet.cell(HEADING_ROW + 1, columns(sheet)["已有未接通次数"]).value == 1
    sent_back(engine, filled(data, again), CALLER)
    assert walk.round["state"] == "called_back"
    assert walk.round["reached"] is False
    assert walk.round["result"] is None
    assert [call["called_on"].day for call in calls(engine)] == [23, 24]


FAULTS: tuple[tuple[dict[str, object], str, str], ...] = (
    ({"是否接通": "也许"}, "是否接通", "只能填“是”或“否”"),
    ({"结果满意度": "还可以吧"}, "结果满意度", "只能填"),
    ({"结果满意度": None}, "结果满意度", "未评价"),
    ({"是否接通": "否"}, "结果满意度", "没有接通"),
    ({"回访日期": date(2026, 12, 1)}, "回访日期", "还没有到"),
    ({"回访日期": date(2026, 11, 1)}, "回访日期", "早于办结日期"),
    ({"回访日期": "下周"}, "回访日期", "日期"),
    ({"回访日期": None}, "回访日期", "须填写"),
    ({"是否解决": "差不多"}, "是否解决", "只能填"),
    ({"是否解决": None}, "是否解决", "并评价的须填写"),
    ({CHECK_HEADING: "C1-1-1-zzzzzz"}, CHECK_HEADING, "被改动"),
    ({CHECK_HEADING: None}, CHECK_HEADING, "缺失"),
    ({"回访情况": "很" * 9_000}, "回访情况", "最多8000字"),
)  # fmt: skip
"""What a row says wrongly, at which heading it is told, and a part of the sentence."""


def test_a_fault_is_told_at_its_cell_and_the_row_is_left_while_the_others_are_taken(engine: Engine):
    # One list for all: each list that is sent back costs a process that reads it.
    wrong, right = [closed_item(engine) for _ in FAULTS], closed_item(engine)
    said = [{**GOOD, **told} for told, _, _ in FAULTS]
    data = filled(exported(engine, KIND, CALLER), *said, GOOD)
    where = columns(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0])
    told = faults(engine, data)
    for row, (_, heading, sentence) in enumerate(FAULTS, start=HEADING_ROW + 1):
        assert sentence in told[f"{get_column_letter(where[heading])}{row}"]
    stored = sent_back(engine, data, CALLER)
    assert [row.fate for row in stored.plan.rows] == [RowFate.REFUSED] * len(FAULTS) + [
        RowFate.DONE
    ]
    assert {walk.round["state"] for walk in wrong} == {"accepted"}
    assert right.round["state"] == "called_back"


def test_what_happened_since_is_shown_and_never_overwritten(engine: Engine):
    walk = closed_item(engine)
    data = filled(exported(engine, KIND, CALLER), GOOD)
    walk.does(BesideAct.NOTE, OFFICER, text="群众来电补充情况")
    with reading(engine) as connection:
        row = plan_return(connection, read(data), viewer=CALLER, as_of=TODAY).rows[0]
    assert row.fate is RowFate.CONFLICT
    assert [change.act for change in row.changes] == ["补充说明"]
    sent_back(engine, data, CALLER)
    assert calls(engine) == []
    assert walk.round["state"] == "accepted"


def test_the_same_list_sent_twice_is_taken_once(engine: Engine):
    closed_item(engine)
    data = filled(exported(engine, KIND, CALLER), GOOD)
    assert fates(engine, data) == [RowFate.DONE]
    sent_back(engine, data, CALLER)
    assert fates(engine, data) == [RowFate.SAME]
    assert sent_back(engine, data, CALLER).plan.count(RowFate.DONE) == 0
    assert len(calls(engine)) == 1


def test_an_item_twice_in_a_list_is_taken_once_and_a_blank_row_waits(engine: Engine):
    closed_item(engine)
    closed_item(engine)
    data = filled(exported(engine, KIND, CALLER), GOOD)
    assert fates(engine, data) == [RowFate.DONE, RowFate.BLANK]

    def doubled(sheet: Worksheet) -> None:
        for column in range(1, sheet.max_column + 1):
            sheet.cell(HEADING_ROW + 2, column).value = sheet.cell(HEADING_ROW + 1, column).value

    assert fates(engine, changed(data, doubled)) == [RowFate.DONE, RowFate.REFUSED]


def test_a_list_whose_codes_were_deleted_is_refused_as_a_whole(engine: Engine):
    closed_item(engine)
    data = filled(exported(engine, KIND, CALLER), GOOD)
    bare = changed(data, lambda sheet: sheet.delete_cols(columns(sheet)[CHECK_HEADING]))
    with pytest.raises(LedgerRefused, match="校验码"):
        read(bare)


def test_a_county_takes_up_its_own_rows_alone(engine: Engine):
    walk = closed_item(engine)
    data = filled(exported(engine, KIND, CALLER), GOOD)
    other = person(Role.COUNTY_ADMIN, Scope(reporting_units=frozenset({"紫金县"})))
    stored = sent_back(engine, data, other)
    assert stored.plan.rows[0].words.startswith("没有这件事项")
    assert stored.plan.rows[0].title is None
    assert walk.round["state"] == "accepted"
    own = person(Role.COUNTY_ADMIN, Scope(reporting_units=frozenset({"东源县"})))
    assert sent_back(engine, data, own).plan.count(RowFate.DONE) == 1


def test_hostile_words_are_kept_as_text_and_residents_in_them_masked(engine: Engine):
    closed_item(engine, title='=HYPERLINK("http://outside.example","点我")<r>粗</r>')
    told = "<script>alert(1)</script>\u202e电话13800001234"
    data = exported(engine, KIND, CALLER)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    cell = sheet.cell(HEADING_ROW + 1, columns(sheet)["事项"])
    assert cell.data_type == "s"
    sent_back(engine, filled(data, {**GOOD, "回访情况": told}), CALLER)
    assert calls(engine)[0]["text"] == "<script>alert(1)</script>电话138****1234"
    with reading(engine) as connection:
        kept = connection.execute(select(raw_rows.c.cells).order_by(raw_rows.c.id.desc())).scalar()
    assert "13800001234" not in str(kept)


def test_the_resident_in_our_own_columns_is_not_kept_with_the_rows(engine: Engine):
    closed_item(engine)
    people = {1: ("张小明", "13800001234")}
    sent_back(engine, filled(exported(engine, KIND, CALLER, people=people), GOOD), CALLER)
    with reading(engine) as connection:
        cells = " ".join(connection.execute(select(raw_rows.c.cells)).scalars())
    assert "13800001234" not in cells
    assert "张小明" not in cells


def test_a_row_that_did_nothing_is_in_the_way_of_no_undoing(engine: Engine):
    walk = closed_item(engine)
    stored = sent_back(engine, filled(exported(engine, KIND, CALLER), {"是否接通": "也许"}), CALLER)
    undo = batch_undo(engine, scope=CITY, as_of=TODAY, batch_id=walk.item["created_batch_id"])
    assert undo is not None
    assert undo.refusal is None
    own = batch_undo(engine, scope=CITY, as_of=TODAY, batch_id=stored.batch_id)
    assert own is not None
    assert "每一行都是一次办理" in str(own.refusal)


def test_whoever_was_reached_and_gave_no_rating_is_called_back_without_one(engine: Engine):
    walk = closed_item(engine)
    said = {**GOOD, "结果满意度": "未评价", "过程满意度": None, "是否解决": None}
    sent_back(engine, filled(exported(engine, KIND, CALLER), said), CALLER)
    at = walk.round
    assert (at["state"], at["reached"], at["result"]) == ("called_back", True, None)
