"""`duban key` and `duban personal`, as somebody at the server's terminal types them."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from dashboard.commands import main
from dashboard.engine import engine
from dashboard.settings import settings
from data_access import clock
from data_access.database import open_engine
from data_access.ledger_import.field_names import SEALED
from data_access.privacy.key_place import KeyPlace
from data_access.privacy.keys import Keyring
from supervision.audit_words import act_told, value_told
from tests.residents import HEADINGS, NAME, PHONE, kept, opened, told

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "city.sqlite3"
    shutil.copyfile(sqlite_template, path)
    return path


@pytest.fixture
def run(store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command on this test's store: its status and everything it says."""
    monkeypatch.setenv("DUBAN_DATABASE_URL", f"sqlite:///{store}")
    monkeypatch.setenv("DUBAN_AS_OF", "2026-11-25")

    def typed(*words: str) -> tuple[int, str]:
        for remembered in (settings, engine):
            remembered.cache_clear()
        status = main(words)
        said = capsys.readouterr()
        return status, said.out + said.err

    yield typed
    for remembered in (settings, engine):
        remembered.cache_clear()
    clock.tell(None)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (list(HEADINGS), told("A1", 办结时间="2026-10-10"), told("A2", 诉求内容="路面破损")):
        sheet.append(row)
    path = tmp_path / "台账.xlsx"
    book.save(path)
    return path


def test_a_new_key_is_one(run: Run):
    status, said = run("key", "new")
    assert status == 0
    assert Keyring([said.strip()]).current


def test_the_first_import_makes_a_key_beside_the_store_and_says_nothing_personal(
    run: Run, store: Path, ledger: Path
):
    status, said = run("ledger", "import", str(ledger), "--json")
    assert status == 0
    key = store.with_suffix(".key")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert str(key) in said
    assert json.loads(said.splitlines()[-1])["stored"]["new"] == 2
    assert key.read_text().strip() not in said
    for secret in (NAME, PHONE, "13712345678"):
        assert secret not in said
    place = KeyPlace(file=key)
    assert ("reporter_phone", PHONE) in {row[1:] for row in opened(open_engine(_url(store)), place)}


def test_a_rotation_changes_the_key_and_nothing_else(run: Run, store: Path, ledger: Path):
    run("ledger", "import", str(ledger))
    place, here = KeyPlace(file=store.with_suffix(".key")), open_engine(_url(store))
    before, values = place.keys(), opened(here, place)
    status, said = run("key", "rotate")
    assert (status, f"重新加密 {len(values)} 项" in said) == (0, True)
    assert place.keys() != before
    assert opened(here, place) == values


def test_one_item_is_erased_by_its_number_and_a_reason(run: Run, store: Path, ledger: Path):
    run("ledger", "import", str(ledger))
    assert run("personal", "erase", "--item", "A1", "--reason", "删")[0] == 2
    assert run("personal", "erase", "--item", "A9", "--reason", "群众申请删除")[0] == 2
    status, said = run("personal", "erase", "--item", "A1", "--reason", "群众申请删除")
    assert (status, "已删除 5 项" in said) == (0, True)
    assert len({row.item_id for row in kept(open_engine(_url(store))) if row.erased_at}) == 1


def test_what_is_over_is_told_first_and_erased_when_sure(run: Run, store: Path, ledger: Path):
    run("ledger", "import", str(ledger))
    here = open_engine(_url(store))
    assert run("personal", "retain", "--older-than", "0")[0] == 2
    status, said = run("personal", "retain", "--older-than", "30")
    assert (status, "1 件" in said, "--yes" in said) == (0, True, True)
    assert not [row for row in kept(here) if row.erased_at]
    assert run("personal", "retain", "--older-than", "30", "--yes")[0] == 0
    assert len({row.item_id for row in kept(here) if row.erased_at}) == 1


def test_a_lost_key_is_told_in_one_sentence(run: Run, store: Path, ledger: Path):
    run("ledger", "import", str(ledger))
    store.with_suffix(".key").unlink()
    status, said = run("ledger", "import", str(ledger))
    assert status == 2
    assert "备份" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("name", sorted({*SEALED, "text:content"}))
def test_the_audit_names_every_personal_field_in_chinese(name: str):
    assert value_told("fields", [name]) not in (name, "其他")
    assert act_told("see_personal_data") == "查看诉求人完整信息"


def _url(store: Path) -> str:
    return f"sqlite:///{store}"
