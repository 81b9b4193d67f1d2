"""The `duban` command speaks Chinese also when it is called wrongly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.commands import main
from dashboard.settings import settings

ENGLISH = re.compile(r"\b(usage|error|argument|required|invalid|choose|unrecognized|options)\b")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "缺少"),
        (["figure"], "没有 'figure'，可用的有"),
        (["figures", "--as-of", "昨天"], "不能是 '昨天'"),
        (["figures", "--as-of", "9999-12-31"], "应在 2000-01-01 到 2100-12-31 之间"),
        (["figures", "--to", "0001-01-01"], "应在 2000-01-01 到 2100-12-31 之间"),
        (["figures", "--as-of"], "后面要写一个值"),
        (["ledger", "check"], "缺少 file"),
        (["ledger", "undo", "3"], "缺少 --reason"),
        (["ledger", "undo", "三", "--reason", "导错了"], "不能是 '三'"),
        (["db", "upgrade", "now"], "不认识 now"),
    ],
)
def test_a_wrong_call_is_refused_in_chinese(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert told in said
    assert not ENGLISH.search(said), said


def test_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--help"])
    said = capsys.readouterr().out
    assert "用法：" in said
    assert not ENGLISH.search(said), said


def test_a_ledger_that_is_not_there_is_refused_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ledger", "check", str(tmp_path / "没有.xlsx")]) == 2
    said = capsys.readouterr().out
    assert "没有.xlsx" in said
    assert "读不到这个文件" in said


def test_a_file_without_an_end_is_read_no_further_than_a_ledger_may_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUBAN_MAX_FILE_MB", "1")
    settings.cache_clear()
    assert main(["ledger", "check", "/dev/zero"]) == 2
    settings.cache_clear()
    assert "1 MB" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DUBAN_DATABASE_URL", "postgresql+psycopg://a:b@127.0.0.1:1/x", "数据库连不上"),
        ("DUBAN_DATABASE_URL", "nonsense", "请检查 DUBAN_DATABASE_URL"),
        ("DUBAN_PORT", "x", "DUBAN_PORT 应为"),
    ],
)
def test_what_a_command_cannot_work_with_is_told_without_a_traceback(
    name: str,
    value: str,
    told: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(name, value)
    settings.cache_clear()
    status = main(["db", "upgrade"])
    settings.cache_clear()
    said = capsys.readouterr().err
    assert (status, told in said) == (2, True)
    assert "Traceback" not in said
    assert "a:b" not in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["personal", "retain", "--older-than", "99999999999"], "1 到 36500 之间的整数"),
        (["account", "unlock", "ab\udcff"], "无法识别的字符"),
    ],
)
def test_what_no_store_can_be_asked_is_told_without_a_number(
    words: list[str],
    told: str,
    sqlite_template: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DUBAN_DATABASE_URL", f"sqlite:///{sqlite_template}")
    settings.cache_clear()
    assert main(words) == 2
    said = "".join(capsys.readouterr())
    settings.cache_clear()
    assert told in said
    assert "编号" not in said


def test_a_store_of_another_kind_is_refused_and_its_password_not_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUBAN_DATABASE_URL", "mysql://duban:secret@store/duban")
    settings.cache_clear()
    assert main(["account", "list"]) == 2
    said = "".join(capsys.readouterr())
    settings.cache_clear()
    assert "请检查 DUBAN_DATABASE_URL：应以 sqlite 或 postgresql 开头" in said
    assert "secret" not in said
