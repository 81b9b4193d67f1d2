"""Rows: what each cell becomes, where it came from, and what the dates say together."""

from __future__ import annotations

from datetime import date

from data_access.ledger_import.model import CellError


def _codes(ledger) -> dict[str, str | None]:
    return {flag.code: flag.cell for flag in ledger.flags}


def test_every_value_tells_its_cell(judged) -> None:
    ledger = judged(
        ["2026年台账"],
        [None, "编号", "问题", "牵头单位", "反馈期限"],
        [None, "A1", "甲", "市民政局", "9月30日"],
    )
    assert ledger.rows[0].cells == {
        "number": "B3",
        "content": "C3",
        "lead_departments": "D3",
        "due_on": "E3",
    }
    assert ledger.rows[0].source.row == 3


def test_a_value_filled_down_tells_the_merged_cell_it_is_written_in(judged) -> None:
    ledger = judged(
        ["编号", "问题", "牵头单位", "反馈期限"],
        ["A1", "甲", "市民政局", "9月30日"],
        ["A2", "乙", None, "9月30日"],
        merges=((2, 3, 3, 3),),
    )
    assert [row.lead_departments for row in ledger.rows] == [("市民政局",), ("市民政局",)]
    assert [row.cells["lead_departments"] for row in ledger.rows] == ["C2", "C2"]
    assert [row.cells["number"] for row in ledger.rows] == ["A2", "A3"]


def test_a_limit_is_counted_from_the_rows_own_assignment(judged) -> None:
    ledger = judged(
        ["编号", "问题", "牵头单位", "交办日期", "反馈时限"],
        ["A1", "甲", "市民政局", date(2026, 1, 30), "15个工作日内"],
        ["A2", "乙", "市民政局", None, "15个工作日内"],
    )
    first, second = ledger.rows
    assert (first.due_on, first.due_is_computed) == (date(2026, 2, 27), True)
    assert (second.due_on, second.sound) == (None, False)
    assert _codes(ledger) == {"due-without-assignment": "E3"}


def test_a_limit_beyond_the_calendar_is_told_not_guessed(judged) -> None:
    ledger = judged(
        ["编号", "问题", "牵头单位", "交办日期", "反馈时限"],
        ["A1", "甲", "市民政局", date(2026, 12, 14), "15个工作日内"],
        as_of=date(2026, 12, 20),
    )
    assert ledger.rows[0].due_on is None
    assert _codes(ledger) == {"due-beyond-calendar": "E2"}


def test_calendar_days_are_counted_and_doubted(judged) -> None:
    ledger = judged(
        ["编号", "问题", "牵头单位", "交办日期", "反馈时限"],
        ["A1", "甲", "市民政局", date(2026, 1, 31), "一个月内"],
    )
    assert ledger.rows[0].due_on == date(2026, 2, 28)
    assert _codes(ledger) == {"due-by-calendar-days": "E2"}


def test_an_impossible_order_makes_a_row_unsound(judged) -> None:
    ledger = judged(
        ["编号", "问题", "牵头单位", "交办日期", "反馈时限", "反馈时间"],
        ["A1", "甲", "市民政局", date(2026, 9, 10), date(2026, 9, 1), date(2026, 9, 9)],
    )
    assert set(_codes(ledger)) == {"feedback-before-assignment", "due-before-assignment"}
    assert (ledger.rows[0].sound, ledger.rows[0].storable) == (False, True)


def test_a_row_without_text_is_kept_but_not_storable(judged) -> None:
    ledger = judged(
        ["编号", "问题", "牵头单位", "反馈期限"], ["A1", None, "市民政局", date(2026, 9, 1)]
    )
    assert (ledger.rows[0].storable, "content-missing" in _codes(ledger)) == (False, True)


def test_month_limits_say_how_they_were_read(judged) -> None:
    ledger = judged(["编号", "问题", "牵头单位", "反馈期限"], ["A1", "甲", "市民政局", "2026年9月"])
    assert ledger.rows[0].due_basis == "台账只写到月份，按当月最后一天计"


def test_fields_beyond_the_sixteen_are_kept(judged) -> None:
    cells = {
        "编号": "A1",
        "问题": "甲",
        "问题分类": "城市管理->市容环境",
        "来源渠道": "座谈会",
        "牵头单位": "市民政局",
        "签收时间": "2026-9-2",
        "办结时间": "2026-9-20",
        "是否销号": "是",
        "解决措施": "修",
        "具体措施": "换",
        "是否解决": "部分解决",
        "回访时间": "2026-9-25",
        "回访内容": "已电话回访",
        "满意度": "满意",
        "过程满意度": "基本满意",
        "是否纳入考核": "否",
        "涉及人数": "12人",
        "办理轮次": "第二轮",
        "包案领导": "副市长",
    }
    ledger = judged(list(cells), list(cells.values()))
    row = ledger.rows[0]
    assert (row.category, row.origin) == (("城市管理", "市容环境"), "座谈会")
    assert (row.signed_on, row.closed_on) == (date(2026, 9, 2), date(2026, 9, 20))
    assert (row.struck_off, row.measures, row.resolved_by_unit) == (
        True,
        "修\n换",
        "partly_resolved",
    )
    assert (row.excluded, row.people_count, row.round_no) == (True, 12, 2)
    assert row.case_leader == "副市长"
    assert row.callback is not None
    assert (row.callback.called_on, row.callback.result, row.callback.process) == (
        date(2026, 9, 25),
        "satisfied",
        "fairly_satisfied",
    )


def test_a_formula_error_is_told_at_its_cell(judged) -> None:
    ledger = judged(
        ["编号", "问题", "牵头单位", "反馈期限"],
        ["A1", "甲", "市民政局", CellError("#REF!")],
    )
    assert _codes(ledger) == {"cell-error": "D2"}


def test_invisible_characters_do_not_survive(judged) -> None:
    ledger = judged(
        ["编号", "问题", "牵头单位"],
        ["A\u200b1", "第一行_x000D_\r\n\u202e第二行\x00", "市\u200b民政局"],
    )
    row = ledger.rows[0]
    assert (row.number, row.content) == ("A1", "第一行\n第二行")
    assert row.lead_departments == ("市民政局",)


def test_an_item_over_several_rows_of_measures_is_one(judged) -> None:
    ledger = judged(
        ["编号", "问题", "解决措施", "牵头单位", "反馈期限"],
        ["A1", "甲", "先修", "市民政局", "2026-9-1"],
        [None, None, "再换", "市财政局", None],
        ["A2", "乙", "查", "市民政局", "2026-9-2"],
        merges=((2, 1, 3, 1), (2, 2, 3, 2)),
    )
    first, second = ledger.rows
    assert (first.measures, first.lead_departments) == ("先修\n再换", ("市民政局", "市财政局"))
    assert (first.due_on, second.number) == (date(2026, 9, 1), "A2")


def test_a_merged_unit_fills_its_own_range_only(judged) -> None:
    ledger = judged(
        ["编号", "问题", "牵头单位"],
        ["A1", "甲", "市民政局"],
        ["A2", "乙", None],
        ["A3", "丙", None],
        merges=((2, 3, 3, 3),),
    )
    assert [row.lead_departments for row in ledger.rows] == [("市民政局",), ("市民政局",), ()]


def test_a_number_keeps_its_print(judged) -> None:
    ledger = judged(
        ["编号", "问题", "牵头单位"],
        [1.0, "甲", "市民政局"],
        [" ＭＤＭ－００２ ", "乙", "市民政局"],
        [20260001, "丙", "市民政局"],
    )
    assert [row.number for row in ledger.rows] == ["1", "MDM-002", "20260001"]


def test_what_the_resident_and_what_the_unit_say_is_resolved_stand_apart(judged) -> None:
    ledger = judged(
        ["编号", "问题", "牵头单位", "回访日期", "是否接通",
         "回访是否解决", "单位认定是否解决", "回访内容"],
        ["A1", "甲", "市民政局", "2026-9-25", "是", "否", "是", "群众不认可"],
        ["A2", "乙", "市民政局", "2026-9-25", "无人接听", None, "已解决", None],
    )  # fmt: skip
    first, second = ledger.rows
    assert first.callback is not None
    assert second.callback is not None
    assert (first.callback.reached, first.callback.resolved, first.callback.text) == (
        True, "unresolved", "群众不认可",
    )  # fmt: skip
    assert first.resolved_by_unit == "resolved"
    assert (second.callback.reached, second.resolved_by_unit) == (False, "resolved")
    assert not ledger.flags
