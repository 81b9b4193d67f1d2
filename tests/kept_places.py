"""An administrator keeps townships, and ledgers are read by them: what such tests share."""

from __future__ import annotations

import io

import openpyxl
from sqlalchemy import Engine

from data_access.database import reading
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import JudgedLedger
from data_access.ledger_import.plan import plan_import
from data_access.ledger_import.receive import judged_file
from data_access.place_register import PlaceRow, place_register
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import DivisionLevel, RowOutcome
from tests.factories import SUPERVISOR, TODAY

ADMIN = Viewer("admin", "管理员", frozenset({Role.SYSADMIN}), Scope())
HEADINGS = ("编号", "事项内容", "乡镇", "责任单位", "问题类别", "交办时间")


def judged(engine: Engine, *rows: tuple[str, str]) -> JudgedLedger:
    """Rows of (township, category), without numbers: only their words recognise them."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "源城区"
    sheet.append(("源城区面对面交办事项台账",))
    sheet.append(HEADINGS)
    for n, (town, category) in enumerate(rows, start=1):
        sheet.append(
            ("", f"第{n}路口红绿灯不亮，影响通行", town, "市教育局", category, "2026-09-01")
        )
    kept = io.BytesIO()
    book.save(kept)
    return judged_file(kept.getvalue(), "台账.xlsx", as_of=TODAY, engine=engine)


def stored(engine: Engine, *rows: tuple[str, str]) -> None:
    store_import(engine, judged(engine, *rows), viewer=SUPERVISOR, as_of=TODAY)


def outcomes(engine: Engine, *rows: tuple[str, str]) -> list[RowOutcome]:
    whole = judged(engine, *rows)
    with reading(engine) as connection:
        return [
            planned.outcome
            for planned in plan_import(connection, whole, scope=SUPERVISOR.scope).rows
        ]


def towns(engine: Engine, *names: str) -> list[str | None]:
    return [row.township for row in judged(engine, *((name, "") for name in names)).rows]


def place(engine: Engine, name: str, level: DivisionLevel = DivisionLevel.TOWNSHIP) -> PlaceRow:
    return next(one for one in place_register(engine, level=level) if one.name == name)
