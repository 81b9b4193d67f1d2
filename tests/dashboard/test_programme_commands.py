"""`duban programme`: definitions checked and put in force, ledgers judged, all told in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard import programme_acts
from dashboard.acts import open_ledger
from dashboard.commands import main
from data_access import clock
from tests.app_store import store_of_the_app
from tests.factories import TODAY
from tests.programmes import DISPUTE, LINES, SMALL, ledger, line, seen

DAY = ("--as-of", TODAY.isoformat())


@pytest.fixture
def store(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        yield engine


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["programme", *words, *DAY])
    clock.tell(TODAY)
    return code, capsys.readouterr().out


@pytest.mark.usefixtures("store")
def test_a_definition_is_checked_put_in_force_and_retired(tmp_path: Path, capsys):
    file = tmp_path / "small.toml"
    file.write_text(SMALL.replace('kind = "title"', 'kind = "titel"', 1), encoding="utf-8")
    for command in ("check", "import"):
        code, told = said(capsys, command, str(file))
        assert code == 1
        assert "第 19 行 field[2].kind：不认得“titel”" in told
        assert "定义有 1 处问题，没有启用。" in told
    file.write_text(SMALL, encoding="utf-8")
    assert (
        "办结率\t“受理日期”在统计期内的，其中“状态”为“已办结”的比例。"
        in said(capsys, "check", str(file))[1]
    )
    assert said(capsys, "import", str(file)) == (0, "已启用“小专题”（small，第 1 版）。\n")
    assert "small\t小专题\t测试\t本市第 1 版" in said(capsys, "list")[1]
    assert said(capsys, "show", "small")[1].strip() == SMALL.strip()
    assert said(capsys, "retire", "small")[0] == 0
    assert "small" not in said(capsys, "list")[1]


def test_a_ledger_is_stored_with_its_faults_told(store: Engine, tmp_path: Path, capsys):
    definition, file = tmp_path / "small.toml", tmp_path / "小专题.csv"
    definition.write_text(SMALL, encoding="utf-8")
    said(capsys, "import", str(definition))
    file.write_bytes(ledger(*LINES, line("N-9", "坏行", "东源县", kind="丙类")))
    code, told = said(capsys, "ledger", "small", str(file))
    assert code == 1
    assert "错误：工作表“CSV”E8（类别）只能填：甲类、乙类。" in told
    assert "小专题台账第 1 批已入库：新增 5 行，拒绝 1 行。" in told
    assert len(seen(store).entries) == 5
    assert said(capsys, "ledger", "none", str(file))[0] == 2
    assert "读不到文件" in said(capsys, "ledger", "small", str(tmp_path / "no.csv"))[1]


def test_a_ledger_without_a_line_to_store_makes_no_batch(store: Engine, tmp_path: Path, capsys):
    definition, file = tmp_path / "small.toml", tmp_path / "小专题.csv"
    definition.write_text(SMALL, encoding="utf-8")
    said(capsys, "import", str(definition))
    file.write_bytes(ledger(line("N-1", "水管漏水", "没有的县")))
    code, told = said(capsys, "ledger", "small", str(file))
    assert (code, "没有可以入库的行，没有存成一批：拒绝 1 行。" in told) == (1, True)
    assert seen(store).stored_at is None
    file.write_bytes(ledger(*LINES))
    said(capsys, "ledger", "small", str(file))
    code, told = said(capsys, "ledger", "small", str(file))
    assert (code, told) == (0, "小专题台账没有可以入库的行，没有存成一批：不变 5 行。\n")


@pytest.mark.usefixtures("store")
def test_a_programmes_ledger_is_known_where_items_are_imported():
    titled = f"矛盾纠纷化解台账\n{DISPUTE}".encode()
    assert programme_acts.recognised(open_ledger(titled, "一.csv")) == "矛盾纠纷化解"
    assert programme_acts.recognised(open_ledger(DISPUTE.encode(), "一.csv")) is None
