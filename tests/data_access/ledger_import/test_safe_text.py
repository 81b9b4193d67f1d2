"""What a cell says is remembered by what it is: TRUE is not 1."""

from __future__ import annotations

import pytest

from data_access.ledger_import.readers import SafeText


@pytest.mark.parametrize("order", [(1, True), (True, 1), (1.0, True), (0, False)], ids=str)
def test_a_truth_and_a_number_are_told_apart_whichever_came_first(order):
    safe = SafeText()
    words = {True: "TRUE", False: "FALSE"}
    for value in order:
        told = words[value] if isinstance(value, bool) else str(int(value))
        assert (safe.of(value), safe.printed(value)) == (told, told)


def test_texts_known_beforehand_are_taken_as_they_are():
    known = {"电话13800138000": "电话138****8000"}
    assert SafeText(known).of("电话13800138000") == "电话138****8000"
