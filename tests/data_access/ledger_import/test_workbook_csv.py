"""CSV in the codings and with the separators that county offices use."""

from __future__ import annotations

import pytest

from data_access.ledger_import.model import CellValue, LedgerRefused
from data_access.ledger_import.workbook import open_ledger


def rows(data: bytes) -> list[list[CellValue]]:
    book = open_ledger(data, "台账.csv")
    assert book.kind == "csv"
    (sheet,) = book.sheets
    return sheet.rows


@pytest.mark.parametrize(
    "coding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_every_coding_is_known(coding: str):
    text = "编号,诉求内容\r\nA-1,第一中学门口路灯不亮\r\n"
    assert rows(text.encode(coding)) == [["编号", "诉求内容"], ["A-1", "第一中学门口路灯不亮"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "，"])
def test_every_separator_is_known(separator: str):
    text = f"编号{separator}诉求内容\nA-1{separator}积水\n"
    assert rows(text.encode()) == [["编号", "诉求内容"], ["A-1", "积水"]]


def test_a_title_without_separators_does_not_confuse():
    text = "交办事项台账（2026年）\n编号;内容;单位\n1;甲,乙;示例局\n2;丙;示例局\n"
    assert rows(text.encode())[2] == ["1", "甲,乙", "示例局"]


def test_records_count_and_not_lines():
    text = '编号,内容\n1,"第一行\r\n第二行"\n\n3,"说""好"""\n'
    assert rows(text.encode()) == [["编号", "内容"], ["1", "第一行\n第二行"], [], ["3", '说"好"']]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_known(end: str):
    assert rows(f"甲,乙{end}丙,丁{end}".encode()) == [["甲", "乙"], ["丙", "丁"]]


def test_cells_stay_text():
    text = '编号,数\n00123,=1+1\n"=""00456""",-3\n441600199001010000\t,2026-03-01\n'
    assert rows(text.encode())[1:] == [
        ["00123", "=1+1"],
        ["00456", "-3"],
        ["441600199001010000", "2026-03-01"],
    ]


def test_ragged_rows_and_blank_tails_are_taken_as_they_are():
    assert rows("甲,乙,,\n丙\n,,丁,,,\n,,,\n,\n".encode()) == [
        ["甲", "乙"],
        ["丙"],
        [None, None, "丁"],
    ]


def test_what_no_eye_sees_is_dropped():
    assert rows("甲\0\u200b,\u202e乙\x07\n丙,\ufeff丁\n".encode()) == [["甲", "乙"], ["丙", "丁"]]


def test_a_quote_inside_a_cell_is_text():
    assert rows('编号,内容\n1,俗称"老街"的路段\n'.encode())[1] == ["1", '俗称"老街"的路段']


def test_the_separator_a_file_names_is_taken():
    assert rows("sep=;\n甲,1;乙\n丙,2;丁\n".encode())[1:] == [["甲,1", "乙"], ["丙,2", "丁"]]


def test_a_blank_line_more_does_not_hide_an_open_quote():
    with pytest.raises(LedgerRefused, match="引号不成对"):
        rows('编号,内容\n1,"路灯\n\n\n'.encode())
