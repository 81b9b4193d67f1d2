"""回访表: residents of merged items are to be told by whoever calls the one that went on."""

from __future__ import annotations

import io

import openpyxl
from sqlalchemy import Engine

from data_access.database import reading
from data_access.return_sheets.plan import RowFate, plan_return
from supervision.lifecycle import Act
from supervision.return_sheets import ReturnSheet
from supervision.vocabulary import LedgerStatus
from tests.acting import CALLER, CLERK, HEAD, OFFICER, Walk, stored_item
from tests.factories import TODAY
from tests.returning import HEADING_ROW, columns, exported, filled, read

KIND = ReturnSheet.CALLBACK
ANSWERED = {"回访日期": TODAY, "是否接通": "是", "结果满意度": "满意", "是否解决": "已解决"}


def ended_with(town: Engine, *, merged: int) -> Walk:
    """A closed item into which so many were merged."""
    parent = Walk(town, stored_item(town)).on(TODAY)
    for _ in range(merged):
        child = Walk(town, stored_item(town, assigned_on=None, lead_departments=(), status=None))
        child.does(Act.MERGE, HEAD, into_item_id=parent.item_id, reason="同一路段")
    parent.does(Act.RECEIVE, CLERK)
    parent.does(Act.SUBMIT_FEEDBACK, CLERK, text="已修")
    parent.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    return parent


def test_the_list_says_how_many_merged_residents_are_to_be_told_too(town: Engine):
    parent = ended_with(town, merged=2)
    stored_item(town, status=LedgerStatus.CLOSED, closed_on=TODAY, number="独一件")
    data = exported(town, KIND, CALLER)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    place = columns(sheet)
    told = {
        sheet.cell(row, place["编号"]).value: sheet.cell(row, place["另需告知的并单诉求人数"]).value
        for row in (HEADING_ROW + 1, HEADING_ROW + 2)
    }
    assert told == {parent.item["number"]: 2, "独一件": ""}
    # What goes out with the number comes back like any other list.
    with reading(town) as connection:
        plan = plan_return(
            connection, read(filled(data, ANSWERED, ANSWERED)), viewer=CALLER, as_of=TODAY
        )
    assert [row.fate for row in plan.rows] == [RowFate.DONE] * 2
