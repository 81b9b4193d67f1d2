"""`duban audit`: the exit status tells whether the trail is whole; the workbook is only text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine, text

from dashboard.audit_commands import export, verify
from data_access.accounts.known import LOCAL
from data_access.database import writing_aside
from data_access.writes.export import Export, record_export


@pytest.fixture
def trail(engine: Engine) -> Engine:
    """Three rows, one of which tries to be a formula."""
    for title in ("名单一", '=HYPERLINK("http://evil.example")', "名单三"):
        record_export(engine, Export(title, [], 1, "a.xlsx"), viewer=LOCAL)
    return engine


def test_a_whole_trail_is_verified_with_status_nought(
    trail: Engine, capsys: pytest.CaptureFixture[str]
):
    assert verify(trail) == 0
    assert capsys.readouterr().out == "记录完整，共 3 条\n"


def test_a_trail_that_was_tampered_with_ends_with_status_one(
    trail: Engine, capsys: pytest.CaptureFixture[str]
):
    with writing_aside(trail) as connection:
        if connection.dialect.name == "sqlite":
            names = connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'")
            ).scalars()
            for name in list(names):
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        connection.execute(text("UPDATE audit SET actor = 'else' WHERE id = 2"))
    assert verify(trail) == 1
    assert "第 2 条审计记录" in capsys.readouterr().out


def test_the_workbook_holds_every_row_as_text_and_is_recorded(trail: Engine, tmp_path: Path):
    target = tmp_path / "audit.xlsx"
    assert export(trail, target, None, None) == 0
    sheet = openpyxl.load_workbook(target)["审计记录"]
    told = list(sheet.iter_rows(min_row=6, values_only=True))
    assert [row[0] for row in told] == [1, 2, 3]
    assert told[1][5].startswith("名单：=HYPERLINK")
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert "本机命令（terminal）" in sheet["A2"].value
    assert sheet["A4"].value == "记录完整，共 3 条"
    assert verify(trail) == 0
    assert export(trail, target, date(2000, 1, 1), date(2000, 1, 2)) == 0
    assert openpyxl.load_workbook(target)["审计记录"].max_row == 5


def test_a_file_that_is_no_workbook_is_refused(
    trail: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert export(trail, tmp_path / "audit.csv", None, None) == 2
    assert ".xlsx" in capsys.readouterr().out
