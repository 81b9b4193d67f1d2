"""Rows where unseen ledgers hide items, or show what is none."""

from __future__ import annotations

from datetime import date

import pytest

HEADER = ["问题", "责任单位", "期限"]


@pytest.mark.parametrize(
    "content", ["小区物业费合计2万元不公开", "共计3户村民反映饮水困难", "注：该户已搬迁仍收费"]
)
def test_a_text_beside_a_unit_is_an_item_whatever_it_begins_with(judged, content) -> None:
    ledger = judged(HEADER, [content, "市水务局", "2026-5-8"])
    assert [row.content for row in ledger.rows] == [content]


@pytest.mark.parametrize(
    "footer",
    [["合计", "3件", "2件"], ["小区物业费合计3件", None, None], ["合计：3件"], ["填表人：某"]],
)
def test_a_total_in_the_column_of_texts_is_no_item(judged, footer) -> None:
    ledger = judged(HEADER, ["甲地水压不足", "市水务局", "2026-5-8"], footer)
    assert (len(ledger.rows), len(ledger.left_out)) == (1, 1)


def test_lone_texts_under_a_merged_unit_are_items_though_they_are_numbered(judged) -> None:
    ledger = judged(
        HEADER,
        ["1.路灯不亮", "市水务局", "2026-5-8"],
        ["2.水压不足"],
        ["二、道路破损"],
        merges=((2, 2, 4, 2), (2, 3, 4, 3)),
    )
    assert [row.content for row in ledger.rows] == ["1.路灯不亮", "2.水压不足", "二、道路破损"]
    assert {row.due_on for row in ledger.rows} == {date(2026, 5, 8)}


def test_chapters_numbered_in_words_are_titles_among_items_numbered_in_figures(judged) -> None:
    ledger = judged(
        ["序号", "事项", "责任单位"],
        ["一", "民生实事"],
        [1, "管网改造", "市水务局"],
        ["（二）", "城市更新"],
        [2, "路灯修复", "市水务局"],
    )
    assert [(row.number, row.content, row.category) for row in ledger.rows] == [
        ("1", "管网改造", ("民生实事",)),
        ("2", "路灯修复", ("城市更新",)),
    ]


def test_items_that_are_all_numbered_in_words_stay_items(judged) -> None:
    ledger = judged(
        ["序号", "事项", "责任单位"], ["一", "管网改造", "市水务局"], ["二", "路灯修复"]
    )
    assert [row.number for row in ledger.rows] == ["一", "二"]


@pytest.mark.parametrize("ditto", ["同上。", "（同上）", "〃", "同 上"])
def test_ditto_in_its_spellings_takes_the_cell_above(judged, ditto) -> None:
    ledger = judged(HEADER, ["甲地停电", "市水务局", "2026-5-8"], ["乙地停电", ditto, ditto])
    assert ledger.rows[1].lead_departments == ("市水务局",)
    assert ledger.rows[1].due_on == date(2026, 5, 8)


ITEMS = [
    ["编号", "问题", "县区", "责任单位"],
    ["A1", "甲地水压不足", "源城区", "市水务局"],
    [],
]


@pytest.mark.parametrize(
    "table",
    [
        [["县区", "交办数", "办结数", "办结率"], ["源城区", 3, 1, "33%"], ["东源县", 2, 2, "100%"]],
        [["附：联系人名单"], ["单位", "姓名", "职务", "电话"], ["市水务局", "张三", "科长", "1"]],
    ],
)
def test_another_table_below_is_told_and_holds_no_items(judged, table) -> None:
    ledger = judged(*ITEMS, *table, [], ["A2", "乙地停电", "东源县", "市水务局"])
    assert [row.number for row in ledger.rows] == ["A1", "A2"]
    assert [flag.code for flag in ledger.flags] == ["other-table"]
    assert len(ledger.left_out) == len(table)


def test_a_title_of_two_years_gives_no_year(judged) -> None:
    ledger = judged(["2025—2026年度台账"], HEADER, ["甲地停电", "市水务局", "5月8日"])
    assert ledger.rows[0].due_on is None
    assert [flag.code for flag in ledger.flags] == ["date-without-year"]


def test_notes_beside_the_table_change_nothing(judged) -> None:
    header, item = ["序号", "问题", "责任单位", "期限"], [1, "甲地停电", "市水务局", "2026-5-8"]
    notes = [[None, "填表说明："], [None, "1.一事一行"], [None, "2.期限写到日"]]
    plain = judged(header, item, ["合计"])
    noted = judged(
        [*header, *notes[0]],
        [*item, *notes[1]],
        ["合计", None, None, None, *notes[2]],
        [None] * 5 + ["3.按月报送"],
    )
    assert noted.rows == plain.rows
    assert [left.reason for left in noted.left_out] == ["合计行", "表格之外的内容"]


def test_a_label_without_a_value_is_no_reporting_unit(judged) -> None:
    ledger = judged(
        ["填报单位（盖章）：", None, "填报人："],
        ["填报单位：东源县政府办公室"],
        HEADER,
        ["甲地停电", "市水务局", "2026-5-8"],
    )
    assert ledger.rows[0].county == "东源县"


def test_a_title_repeated_in_every_cell_is_still_a_title(judged) -> None:
    ledger = judged(
        ["序号", *HEADER],
        ["（一）民生类"] * 4,
        [1, "甲地停电", "市水务局", "2026-5-8"],
    )
    assert [(row.content, row.category) for row in ledger.rows] == [("甲地停电", ("民生",))]
