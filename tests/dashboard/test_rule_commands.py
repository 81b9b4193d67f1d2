"""`duban rules` and `duban calendar`: listed, tried, decided; how far the calendar reaches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.commands import main
from data_access import clock
from data_access.city_rules import known_rules
from tests.acting import round_rows, stored_item
from tests.app_store import store_of_the_app
from tests.factories import TODAY

DAY = ("--as-of", TODAY.isoformat())


@pytest.fixture
def store(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        yield engine


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main([*words])
    clock.tell(TODAY)
    return code, capsys.readouterr().out


def test_rules_are_listed_tried_and_decided(store: Engine, capsys):
    item = stored_item(store, assigned_on=date(2026, 11, 9))
    code, told = said(capsys, "rules", *DAY)
    assert code == 0
    assert "feedback_limit\t15 workday\t反馈期限：交办后15个工作日内反馈" in told
    asked = ("rules", "feedback_limit", "10 workday", "--basis", "某文件", "--open", *DAY)
    code, told = said(capsys, *asked, "--try")
    assert code == 0
    assert "1 件在办事项期限变动，1 件由此逾期，0 件已定结论改变。" in told
    assert known_rules(store).versions == ()
    code, told = said(capsys, *asked)
    assert (code, round_rows(store, item)[0]["due_on"]) == (0, date(2026, 11, 23))
    assert "试算" not in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("due_soon_working_days", "5"), "请写明要改成的值和依据"),
        (("due_soon_working_days", "99", "--basis", "某文件"), "1 到 30 的整数"),
        (("feedback_limit", "5 workday", "--basis", "甲", "--kind", "分类“无”"), "没有“分类“无””"),
    ],
)
@pytest.mark.usefixtures("store")
def test_what_is_no_rule_is_refused_in_words(capsys, words, told):
    code, output = said(capsys, "rules", *words, *DAY)
    assert code == 2
    assert told in output


@pytest.mark.usefixtures("store")
def test_the_calendar_tells_how_far_it_reaches(capsys):
    code, told = said(capsys, "calendar", "check", *DAY)
    assert code == 0
    assert "已录入 2021—2026 年，录到 2026-12-31" in told
    code, told = said(capsys, "calendar", "check", "--as-of", "2026-12-11")
    assert code == 1
    assert "请导入2027年的放假安排" in told
