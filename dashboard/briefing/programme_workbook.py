"""The empty ledger of a programme, to be filled in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from dashboard.briefing.list_workbook import WIDTHS
from dashboard.briefing.sheet_look import Look, on_paper
from dashboard.briefing.sheet_text import write_text
from supervision.programmes import PERSONAL, Field, FieldKind, Programme

MOST_LINES = 2_000
"""Lines of the template that have dropdowns."""
_HEADING_ROW = 2
_HINTS = {
    FieldKind.DAY: "写成 2026-11-25 这样",
    FieldKind.COUNT: "填整数，不写单位",
    FieldKind.COUNTY: "写县区全称",
    FieldKind.TOWNSHIP: "写镇街全称",
    FieldKind.DEPARTMENT: "写单位登记册里的名称",
    FieldKind.NUMBER: "每一条一个编号，再次上传时凭它认出同一条",
}


def ledger_template(programme: Programme, counties: Sequence[str]) -> bytes:
    """The programme's empty ledger: its headings, dropdowns, and how to fill it in."""
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_urls": False})
    look = Look(workbook)
    sheet = workbook.add_worksheet("台账")
    write_text(sheet, 0, 0, programme.ledger_title, look["title"])
    write_text(sheet, 1, 0, "带 * 的必填；有下拉的从下拉里选；填好后在“专题”页上传。", look["told"])
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    text = workbook.add_format({"num_format": "@"})
    for column, field in enumerate(programme.fields):
        kind = _kind(field)
        written = {"day": day, "count": None}.get(kind, text)
        sheet.set_column(column, column, WIDTHS[kind], written)
        mark = "*" if field.needed else ""
        write_text(sheet, _HEADING_ROW, column, f"{field.label}{mark}", look["heading"])
        _offer(workbook, sheet, column, field, counties)
    sheet.freeze_panes(_HEADING_ROW + 1, 0)
    _advice(workbook.add_worksheet("填写说明"), programme, look)
    on_paper(sheet, title=programme.ledger_title, watermark=None)
    workbook.close()
    return made.getvalue()


def _kind(field: Field) -> str:
    kinds = {FieldKind.DAY: "day", FieldKind.COUNT: "count", FieldKind.TITLE: "title"}
    return kinds.get(field.kind, "text")


def _offer(workbook: Any, sheet: Any, column: int, field: Field, counties: Sequence[str]) -> None:
    """Dropdowns from a hidden sheet: a list in the cell itself may have 255 characters at most."""
    offered = [choice.label for choice in field.choices]
    if field.kind is FieldKind.COUNTY:
        offered = list(counties)
    if not offered:
        return
    hidden = workbook.get_worksheet_by_name("选项")
    if hidden is None:
        hidden = workbook.add_worksheet("选项")
        hidden.hide()
    for row, words in enumerate(offered):
        hidden.write_string(row, column, words)
    letter = xlsxwriter.utility.xl_col_to_name(column, col_abs=True)
    sheet.data_validation(
        _HEADING_ROW + 1, column, _HEADING_ROW + MOST_LINES, column,
        {"validate": "list", "source": f"=选项!{letter}$1:{letter}${len(offered)}",
         "error_type": "warning", "error_title": "不在下拉里",
         "error_message": "请从下拉里选；不在下拉里的，上传时会逐格指出。"},
    )  # fmt: skip


def _advice(sheet: Any, programme: Programme, look: Look) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 92)
    write_text(sheet, 0, 0, programme.about, look["told"])
    for row, field in enumerate(programme.fields, start=2):
        write_text(sheet, row, 0, field.label, look["text"])
        write_text(sheet, row, 1, "；".join(_told(programme, field)), look["wrapped"])
    sheet.set_landscape()


def _told(programme: Programme, field: Field) -> list[str]:
    told = ["必填" if field.needed else "选填"]
    if field.choices:
        told.append("只能填：" + "、".join(choice.label for choice in field.choices))
    if field.kind in _HINTS:
        told.append(_HINTS[field.kind])
    if field.kind in PERSONAL:
        told.append("个人信息只留遮盖后的样子，原文不入库")
    for clock in programme.clocks:
        if clock.due == field.name and clock.limit is not None:
            start = programme.field(clock.starts).label
            told.append(f"不填的按“{start}”起{clock.limit.words()}推算")
    if field.name in programme.identity:
        told.append("与其他标识栏一起认出同一条")
    return told
