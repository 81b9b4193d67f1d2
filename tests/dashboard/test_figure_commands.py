"""`duban figures` tells every registered figure, in words and as JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from dashboard.commands import main
from dashboard.settings import settings
from data_access import clock
from data_access.database import open_engine
from data_access.ledger_import.apply import store_import
from supervision.figures import FIGURES
from tests.deciding import decide
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row


@pytest.fixture
def city(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A store with one satisfied and one dissatisfied answer, the one that the command opens."""
    path = tmp_path / "store.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("DUBAN_DATABASE_URL", f"sqlite:///{path}")
    settings.cache_clear()
    engine = open_engine(f"sqlite:///{path}")
    rows = [
        ledger_row(row=row, feedback_on=date(2026, 11, 10), satisfaction=word)
        for row, word in ((3, "满意"), (4, "不满意"))
    ]
    store_import(engine, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    yield engine
    settings.cache_clear()
    clock.tell(None)


def _told(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert main(["figures", "--as-of", TODAY.isoformat(), *more]) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("city")
def test_every_registered_figure_is_told_with_its_base(capsys):
    told = json.loads(_told(capsys, "--json"))
    texts = {figure["slug"]: figure["text"] for figure in told["figures"]}
    assert list(texts) == list(FIGURES)
    assert texts["satisfaction_rate"] == "50.00%（1/2）"
    assert texts["satisfaction_score"] == "35.00分（2件次）"
    assert texts["valid_rate"] == "—（0/0）"
    lacking = {slug for slug, text in texts.items() if text == "无数据"}
    assert lacking == {slug for slug, figure in FIGURES.items() if not figure.fed_by_ledgers}


def test_the_score_says_example_until_the_city_decides(city, capsys):
    assert "满意度得分（示例）\t35.00分（2件次）" in _told(capsys)
    decide(city, "satisfaction_points", "100/80/60/20/0", valid_from=date(2026, 1, 1))
    assert "满意度得分（某文件）\t50.00分（2件次）" in _told(capsys)


@pytest.mark.usefixtures("city")
def test_a_period_that_runs_is_cut_at_the_day_and_one_that_ends_first_is_refused(capsys):
    told = json.loads(_told(capsys, "--json", "--to", "2026-12-31"))
    assert told["period"] == ["2026-11-01", TODAY.isoformat()]
    assert main(["figures", "--as-of", TODAY.isoformat(), "--from", "2026-12-01"]) == 2
    assert "统计期的起始日晚于截止日" in capsys.readouterr().out
