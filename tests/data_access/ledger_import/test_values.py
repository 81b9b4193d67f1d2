"""Status, satisfaction, ticks, yes and no, in the wordings of the contract."""

from __future__ import annotations

import pytest

from data_access.ledger_import.values import (
    points_above_five,
    resolution_of,
    round_number,
    satisfaction_of,
    status_of,
    ticked,
    whole_number,
    yes_or_no,
)
from supervision.vocabulary import LedgerStatus, Resolution

WORDS = {
    LedgerStatus.CLOSED: "办结 已办结 已完成 完成 已销号 已解决 办毕 按期办结 超期办结"
    " 已办结（2026-9-30） ☑已办结□正在办理□未办理",
    LedgerStatus.IN_PROGRESS: "正在办理 推进中 进行中 在办 未办结 正在推进 超期未办结"
    " 办理中 未完成",
    LedgerStatus.NOT_STARTED: "尚未办理 待办 未办理 未启动",
    LedgerStatus.LONG_TERM: "长期坚持 持续推进 常态化推进 长期推进",
    LedgerStatus.EXPLAINED: "已做好解释工作 暂无法解决，已解释"
    " 暂无法解决，已向群众做好解释 解释说明",
    LedgerStatus.REASSIGNED: "退回重办 二次交办 重新交办",
}


@pytest.mark.parametrize(
    ("text", "status"),
    [(word, status) for status, words in WORDS.items() for word in words.split()],
)
def test_a_status_wording_is_one_of_six(text: str, status: LedgerStatus) -> None:
    word = status_of(text)
    assert (word.value, word.code) == (status, None)


@pytest.mark.parametrize("text", ["待研究", "办结率", "已完成80%", "甲乙丙"])
def test_an_unknown_status_is_asked_about(text: str) -> None:
    word = status_of(text)
    assert (word.value, word.code) == (None, "status-unknown")
    assert "已办结" in word.candidates


def test_yes_under_whether_closed_is_closed() -> None:
    assert status_of("是", of_closure=True).value == LedgerStatus.CLOSED
    assert status_of("否", of_closure=True).value == LedgerStatus.IN_PROGRESS


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("非常满意", "非常满意"),
        ("满意", "满意"),
        ("基本满意", "基本满意"),
        ("不满意", "不满意"),
        ("很不满意", "非常不满意"),
        ("是", "满意"),
        ("否", "不满意"),
        (5, "非常满意"),
        (4.0, "满意"),
        ("3", "基本满意"),
        ("2分", "不满意"),
        (1, "非常不满意"),
        ("95%", "95%"),
        ("95分", "95分"),
        (88, "88"),
        ("□满意 ■不满意", "不满意"),
        ("不满意（态度差）", "不满意"),
        ("未回访", None),
        ("/", None),
    ],
)
def test_a_satisfaction_is_a_level_or_stays_as_printed(cell: object, label: str | None) -> None:
    word = satisfaction_of(cell, percent=False, hundred=False)
    assert (word.value, word.code) == (label, None)


def test_a_percent_cell_prints_its_percentage() -> None:
    assert satisfaction_of(0.95, percent=True, hundred=False).value == "95%"


def test_a_column_with_points_above_five_counts_to_a_hundred() -> None:
    assert points_above_five([5, "88分", None])
    assert not points_above_five([5, 4, "95%"])
    assert satisfaction_of(5, percent=False, hundred=True).value == "5"


@pytest.mark.parametrize("cell", ["满意/基本满意", "4.5", "满意率95%", "随便"])
def test_an_unclear_satisfaction_is_asked_about(cell: str) -> None:
    word = satisfaction_of(cell, percent=False, hundred=False)
    assert (word.value, word.code) == (None, "satisfaction-unknown")


def test_a_near_wording_is_taken_with_a_warning() -> None:
    word = satisfaction_of("一般", percent=False, hundred=False)
    assert (word.value, word.code) == ("基本满意", "satisfaction-near")


@pytest.mark.parametrize("text", ["√", "✓", "■", "☑", "是", "1"])
def test_a_tick_is_a_tick(text: str) -> None:
    assert ticked(text) is True


@pytest.mark.parametrize("text", ["", "×", "□", "否", "0", "/"])
def test_a_cross_or_a_blank_is_no_tick(text: str) -> None:
    assert ticked(text) is False


def test_other_words_are_neither() -> None:
    assert ticked("部分") is None
    assert yes_or_no("部分") is None


@pytest.mark.parametrize(
    ("text", "resolution"),
    [("是", Resolution.RESOLVED), ("部分解决", Resolution.PARTLY_RESOLVED),
     ("未解决", Resolution.UNRESOLVED), ("已解决", Resolution.RESOLVED), ("", None)],
)  # fmt: skip
def test_resolved_is_read(text: str, resolution: Resolution | None) -> None:
    assert resolution_of(text) == resolution


def test_counts_are_read() -> None:
    assert (whole_number("12人"), whole_number("约十"), round_number("第二轮")) == (12, None, 2)
