"""Whole ledgers: what they become, what is told, and what is refused."""

from __future__ import annotations

import pytest

from data_access.ledger_import.field_names import SIXTEEN
from data_access.ledger_import.model import Hints, JudgedLedger, LedgerRefused, Sheet
from data_access.ledger_import.report import exit_status, plain_text, refusal_report, report
from supervision.vocabulary import Severity
from tests.data_access.ledger_import.messy_ledgers import MESSY, Messy


def _said(ledger: JudgedLedger) -> list[dict[str, object]]:
    rows = []
    for row, told in zip(ledger.rows, report(ledger)["rows"], strict=True):
        said = {name: told[name] for name in SIXTEEN if told[name] not in (None, [])}
        said.update({name: getattr(row, name) for name in said if name.endswith("_on")})
        rows.append(said)
    return rows


@pytest.mark.parametrize("messy", MESSY, ids=lambda messy: messy.name)
def test_a_messy_ledger_becomes_its_rows(messy: Messy, judged_sheets) -> None:
    ledger = judged_sheets(*messy.sheets)
    assert _said(ledger) == messy.items


@pytest.mark.parametrize("messy", MESSY, ids=lambda messy: messy.name)
def test_a_messy_ledger_tells_its_faults_and_no_others(messy: Messy, judged_sheets) -> None:
    ledger = judged_sheets(*messy.sheets)
    told = {flag.code for flag in ledger.flags if flag.severity != Severity.NOTICE}
    assert (told, len(ledger.left_out)) == (messy.flags, messy.left_out)


def test_no_header_is_refused_with_what_to_do(judged) -> None:
    with pytest.raises(LedgerRefused, match="没有找到台账表头"):
        judged(["通讯录"], ["姓名", "电话"], ["甲", "乙"])


def test_a_header_without_items_is_refused(judged) -> None:
    with pytest.raises(LedgerRefused, match="没有一行事项"):
        judged(["序号", "诉求内容", "责任单位"], [1, None, None], ["合计", None, None])


def test_an_empty_file_is_refused(judged) -> None:
    with pytest.raises(LedgerRefused, match="没有任何内容"):
        judged([None, " "], [])


def _sheet(name: str, *rows: list[object]) -> Sheet:
    return Sheet(name, list(rows))


def test_hidden_sheets_and_sheets_without_header_are_told(judged_sheets) -> None:
    ledger = judged_sheets(
        _sheet("台账", ["编号", "问题", "责任单位"], ["1", "甲", "市民政局"]),
        _sheet("说明", ["本表请于每月填报"]),
        hidden=("旧表",),
    )
    assert {(flag.sheet, flag.code) for flag in ledger.flags} == {
        ("说明", "sheet-without-header"),
        ("旧表", "hidden-sheet"),
    }


def test_a_repeated_number_is_told_at_its_cell(judged) -> None:
    ledger = judged(
        ["编号", "问题", "责任单位"], ["A1", "甲", "市民政局"], ["A1", "乙", "市民政局"]
    )
    flag = next(flag for flag in ledger.flags if flag.code == "number-repeated")
    assert (flag.cell, flag.number, flag.candidates) == ("A3", "A1", ("Sheet1第2行",))


def test_row_numbers_may_repeat(judged) -> None:
    ledger = judged(["序号", "问题", "责任单位"], [1, "甲", "市民政局"], [1, "乙", "市民政局"])
    assert [row.number_is_row_number for row in ledger.rows] == [True, True]
    assert ledger.flags == []


def test_the_header_is_found_below_many_lines(judged) -> None:
    lines = [[f"第{n}行说明文字"] for n in range(35)]
    ledger = judged(*lines, ["编号", "问题", "责任单位"], ["A1", "甲", "市民政局"])
    assert ledger.sections[0].header_rows == (36,)


def test_the_report_has_the_contracts_shape(judged) -> None:
    ledger = judged(
        ["序号", "问题", "责任单位", "反馈期限"],
        [1, "甲", "市供电局", "2月30日"],
        ["合计", None, None, None],
    )
    told = report(ledger)
    assert list(told) == ["file", "sha256", "outcome", "message", "rows", "flags", "left_out"]
    assert list(told["rows"][0]) == [*SIXTEEN, "source"]
    assert told["rows"][0]["source"] == {"sheet": "Sheet1", "row": 2}
    assert {flag["cell"] for flag in told["flags"]} == {"C2", "D2"}
    assert told["left_out"] == [{"sheet": "Sheet1", "row": 3, "reason": "合计行"}]
    assert exit_status(told) == 1
    assert "市供电局" in plain_text(told)


def test_a_sound_ledger_exits_with_zero_and_a_refusal_with_two(judged) -> None:
    assert exit_status(report(judged(["编号", "问题", "责任单位"], ["1", "甲", "市民政局"]))) == 0
    assert exit_status(refusal_report("a.xlsx", "0" * 64, "没有找到台账表头。")) == 2


def test_a_person_may_name_header_mapping_departments_and_sheets(judged_sheets) -> None:
    hints = Hints(
        sheets=("二",),
        header_rows={"二": (2,)},
        mapping={"二": {0: "number", 1: "content", 2: "lead_departments", 3: None}},
        departments={"供电公司": "市水务局"},
    )
    ledger = judged_sheets(
        _sheet("一", ["编号", "问题", "责任单位"], ["1", "甲", "市民政局"]),
        _sheet("二", ["随便"], ["甲列", "乙列", "丙列", "备注"], ["7", "乙", "供电公司", "不要"]),
        hints=hints,
    )
    row = ledger.rows[0]
    assert (len(ledger.rows), row.number, row.lead_departments) == (1, "7", ("市水务局",))
    assert row.remarks is None


def test_no_personal_data_reaches_rows_raw_rows_or_messages(judged) -> None:
    ledger = judged(
        ["编号", "诉求人", "电话", "身份证号", "诉求内容", "牵头单位", "反馈期限", "状态", "备注"],
        ["A1", "钱多多", "13900001111", "440101199003077758", "钱多多（13900001111）反映",
         "钱多多", "找钱多多13900001111", "钱多多说好了", "钱多多0762-3300123"],
    )  # fmt: skip
    everything = repr((ledger.rows, ledger.raw_rows, ledger.flags, report(ledger)))
    for secret in ("钱多多", "13900001111", "440101199003077758", "3300123"):
        assert secret not in everything
    assert ledger.raw_rows[1].cells["B"] == "钱**"
    assert ledger.sections[0].personal == frozenset({1, 2, 3})
