"""编号 that a spreadsheet has changed: told, and never taken for the number."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.ledger_import.model import CellError
from data_access.ledger_import.number_cells import are_cut


@pytest.mark.parametrize("heading", ["编号", "序号"])
@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (date(2026, 1, 2), "number-is-date"),
        (CellError("#REF!"), "cell-error"),
        (CellError("公式未计算"), "cell-error"),
    ],
)
def test_a_date_or_an_error_is_no_number(judged, heading, cell, code) -> None:
    ledger = judged([heading, "问题", "责任单位"], [cell, "甲地停电", "市水务局"])
    assert ledger.rows[0].number is None
    assert [(flag.code, flag.cell) for flag in ledger.flags] == [(code, "A2")]


@pytest.mark.parametrize("cell", ["2.02605E+11", "4.4e5", "1E+17"])
def test_a_number_in_scientific_notation_has_lost_its_digits(judged, cell) -> None:
    ledger = judged(["编号", "问题", "责任单位"], [cell, "甲地停电", "市水务局"])
    assert (ledger.rows[0].number, ledger.rows[0].sound) == (None, False)
    assert [flag.code for flag in ledger.flags] == ["number-precision"]


def test_long_numbers_that_all_end_in_zeros_are_doubted(judged) -> None:
    cut = judged(["编号", "问题", "责任单位"], ["202605081234568000", "甲地停电", "市水务局"])
    whole = judged(
        ["编号", "问题", "责任单位"],
        ["202605081234568000", "甲地停电", "市水务局"],
        ["202605081234568001", "乙地停电", "市水务局"],
    )
    assert [flag.code for flag in cut.flags] == ["number-precision"]
    assert cut.rows[0].number == "202605081234568000"
    assert whole.flags == []


def test_short_and_lettered_numbers_say_nothing_of_lost_digits() -> None:
    assert not are_cut(["100", "HY2026050812345678000", ""])
