"""口径说明: every registered figure, its value within the filters, what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from supervision.figure_words import value_told
from supervision.figures import FIGURES
from supervision.scope import Role
from tests.acting import department_id, stored_item
from tests.app_store import store_of_the_app
from tests.dashboard.administering import Desk
from tests.looking import looks


@pytest.fixture
def store(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        looks(monkeypatch, engine, Role.LEADER)
        stored_item(engine, number="A", due_on=date(2026, 11, 10), excluded=True)
        stored_item(engine, number="B", due_on=date(2026, 11, 10),
                    lead_departments=("市水务局",))  # fmt: skip
        yield engine


def drawn(desk: Desk) -> str:
    return "".join(str(part.proto.body) for part in desk.app.get("html"))


def test_every_figure_is_explained_with_its_value_and_what_it_leaves_out(store: Engine):
    page = drawn(Desk("definitions.py"))
    assert [one.name for one in FIGURES.values() if f"<dt>{one.name}" not in page] == []
    assert "<p>本期：0.00%（0/1）</p><p>另列：延期后按期反馈 0 件次，到期未计入 1 件次</p>" in page
    assert page.count("<p>本期：无数据</p>") == sum(
        not one.fed_by_ledgers for one in FIGURES.values()
    )
    education = str(department_id(store, "市教育局"))
    assert "<p>本期：0.00%（0/1）</p>" not in drawn(Desk("definitions.py", dept=education))


@pytest.mark.usefixtures("store")
def test_a_figure_is_found_by_words_of_its_name_or_definition():
    desk = Desk("definitions.py").write("查找指标", "挂账").run()
    assert "<dt>挂账</dt>" in drawn(desk)
    assert "<dt>满意率</dt>" not in drawn(desk)
    assert "没有这样的指标" in desk.write("查找指标", "没有的词").run().said


def test_a_value_is_told_with_its_base_or_as_unknown():
    assert value_told(FIGURES["on_time_feedback_rate"], 82, 92) == "89.13%（82/92）"
    assert value_told(FIGURES["satisfaction_score"], 256, 3) == "85.33分（3件次）"
    assert value_told(FIGURES["median_overdue"], 4.5, None) == "4.5 个工作日"
    assert value_told(FIGURES["collected"], None, None) == "—"
    assert value_told(FIGURES["response_rate"], 1, 2) == "无数据"
