"""Keyword-only makers: each test states only what matters to it. Nobody in them exists."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from data_access.ledger_import.model import JudgedLedger, LedgerRow, Section, Source
from data_access.ledger_import.raw_row import RawRow
from supervision.scope import Role, Scope, Viewer

TODAY = date(2026, 11, 25)
SUPERVISOR = Viewer(
    account="tester",
    name="测试督查员",
    roles=frozenset({Role.SUPERVISOR}),
    scope=Scope.whole_city(),
)
CELLS = {"number": "A", "title": "B", "lead_departments": "C", "assigned_on": "D", "due_on": "E",
         "feedback_on": "F", "closed_on": "G", "satisfaction": "H", "status": "I"}  # fmt: skip


def ledger_row(*, row: int = 3, **said: Any) -> LedgerRow:
    """A sound row: an item of 市教育局 in 船塘镇, assigned on 2026-11-02."""
    usual: dict[str, Any] = {
        "number": f"MDM-{row:04d}",
        "title": f"第{row}号路口路灯不亮",
        "content": f"第{row}号路口路灯长期不亮，夜间出行不便",
        "county": "东源县",
        "township": "船塘镇",
        "lead_departments": ("市教育局",),
        "assigned_on": date(2026, 11, 2),
        "received_on": date(2026, 10, 30),
    }
    usual.update(said)
    cells = {
        name: f"{CELLS[name]}{row}"
        for name, value in usual.items()
        if name in CELLS and value not in (None, ())
    }
    return LedgerRow(source=Source("Sheet1", row), **{"cells": cells, **usual})


def judged_ledger(*rows: LedgerRow, title: str = "面对面事项台账", name: str = "台账.xlsx",
                  **other: Any) -> JudgedLedger:  # fmt: skip
    """A judged ledger of these rows; its hash follows its contents."""
    mapping: dict[int, str | None] = {ord(c) - 65: field for field, c in CELLS.items()}
    section = Section(
        sheet="Sheet1",
        header_rows=(2,),
        first_row=3,
        last_row=max((row.source.row for row in rows), default=3),
        headings={column: str(field) for column, field in mapping.items()},
        mapping=mapping,
    )
    whole = JudgedLedger(
        file_name=name,
        sha256=hashlib.sha256(repr(rows).encode()).hexdigest(),
        kind="xlsx",
        sections=[section],
        rows=list(rows),
        raw_rows=[
            RawRow.of(
                row.source.sheet,
                row.source.row,
                {
                    cell.rstrip("0123456789"): str(getattr(row, field))
                    for field, cell in row.cells.items()
                },
            )
            for row in rows
        ],
        flags=[],
        left_out=[],
        title=title,
    )
    return replace(whole, **other)
