"""A sheet's name speaks for its rows only where it names a county, a session or a category."""

from __future__ import annotations

import pytest

from data_access.ledger_import.context import Context, section_context, sheet_context
from data_access.ledger_import.gazetteer import Gazetteer
from data_access.ledger_import.places import PlaceReader
from data_access.registers import shipped_registers

PLACES = PlaceReader(Gazetteer(shipped_registers()))


@pytest.mark.parametrize(
    "name",
    [
        "CSV", "Sheet1", "工作表2", "面对面台账(测试)", "重新交办",
        "续办情况", "重点督办推进表", "问题清单", "附件3",
        "一览表", "热线工单", "11月", "2026",
        "最终版", "未办结明细", "各单位办理进展", "已办结", "在办", "本月新增", "逾期未反馈",
    ],
)  # fmt: skip
def test_the_name_of_a_paper_is_no_category(name: str) -> None:
    assert sheet_context(name, PLACES).category is None


@pytest.mark.parametrize(
    ("name", "category"), [("教育类", "教育"), ("交通出行问题", "交通出行"), ("积压", "积压")]
)
def test_a_subject_is_the_category_of_the_rows(name: str, category: str) -> None:
    assert sheet_context(name, PLACES).category == category


def test_a_county_is_no_category() -> None:
    told = sheet_context("东源县", PLACES)
    assert (told.county, told.category) == ("东源县", None)


@pytest.mark.parametrize("title", ["三、本期办结事项", "二、已反馈正在推进事项", "（一）上期结转"])
def test_how_far_items_have_come_is_no_category(title: str) -> None:
    sheet = Context(category="教育")
    assert section_context(title, sheet, PLACES) == sheet


def test_a_section_of_one_subject_is_its_category() -> None:
    assert section_context("（二）教育类", Context(), PLACES).category == "教育"
