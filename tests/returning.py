"""回访表 and 反馈表 as people send them back: opened, filled in, shuffled, saved by others."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine

from dashboard.briefing.return_workbook import return_workbook
from dashboard.briefing.watermark import Watermark
from data_access import clock
from data_access.filters import Filters
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.workbook import open_ledger
from data_access.reads.return_lists import return_list
from data_access.return_sheets.apply import StoredReturn, store_return
from data_access.return_sheets.filled import FilledSheet, filled_sheet, recognised
from supervision.return_sheets import ReturnSheet, own_feedback_only
from supervision.scope import Viewer
from tests.factories import TODAY

HEADING_ROW = 4
People = dict[int, tuple[str, str]]


def exported(
    engine: Engine, kind: ReturnSheet, viewer: Viewer, *, people: People | None = None
) -> bytes:
    """The list as this person takes it out."""
    own = kind is ReturnSheet.FEEDBACK and own_feedback_only(viewer)
    rows = return_list(
        engine, scope=viewer.scope, as_of=TODAY, kind=kind, filters=Filters(), own=own
    )
    mark = Watermark(viewer.name, viewer.account, clock.now())
    return return_workbook(kind, rows, people or {}, as_of=TODAY, told=(), watermark=mark, own=own)


def changed(data: bytes, change: Callable[[Worksheet], None]) -> bytes:
    """The workbook after somebody worked in its sheet and saved it with another program."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    change(sheet)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def columns(sheet: Worksheet) -> dict[str, int]:
    """Heading → column, counted from 1."""
    return {str(cell.value): n for n, cell in enumerate(sheet[HEADING_ROW], start=1)}


def filled(data: bytes, *rows: dict[str, Any]) -> bytes:
    """The list with these cells (heading → value) in its first rows, in this order."""

    def fill(sheet: Worksheet) -> None:
        where = columns(sheet)
        for below, said in enumerate(rows, start=HEADING_ROW + 1):
            for heading, value in said.items():
                sheet.cell(below, where[heading]).value = value

    return changed(data, fill)


def read(data: bytes, name: str = "回访表.xlsx") -> FilledSheet:
    """The list as the store reads it again."""
    book = open_ledger(data, name, limits=Limits())
    kind = recognised(book)
    assert kind is not None
    return filled_sheet(book, kind)


def sent_back(engine: Engine, data: bytes, viewer: Viewer, *, as_of: date = TODAY) -> StoredReturn:
    """The filled list after it was taken up."""
    return store_return(engine, read(data), viewer=viewer, as_of=as_of)
