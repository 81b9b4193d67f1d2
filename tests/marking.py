"""Ledgers for marking, and what was made of them."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
from openpyxl.styles import Font

from data_access.ledger_import.model import Flag
from supervision.vocabulary import Severity


def flag(cell: str | None, message: str = "日期无法识别。", **other: Any) -> Flag:
    row = int("".join(filter(str.isdigit, cell))) if cell else None
    usual = {"sheet": "台账", "row": row, "cell": cell, "number": None, "field": None,
             "severity": Severity.ERROR, "code": "date-unread", "message": message}  # fmt: skip
    return Flag(**{**usual, **other})


def ledger() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    sheet.append(["交办事项台账"])
    sheet.append(["编号", "诉求内容", "责任单位", "反馈期限"])
    sheet.append(["A-1", "路灯不亮", "示例局", "2026年2月30日"])
    sheet.append([None, "积水", "某单位", date(2026, 3, 1)])
    sheet["D4"].number_format = "yyyy/m/d"
    sheet["C4"].font = Font(bold=True, color="FF0000FF")
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(data: bytes, changed: dict[str, bytes | None]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in {**parts(data), **changed}.items():
            if content is not None:
                archive.writestr(name, content)
    return made.getvalue()
