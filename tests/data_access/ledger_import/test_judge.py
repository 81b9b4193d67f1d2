"""Whole ledgers: what they become, what is told, and what is refused."""

from __future__ import annotations

import pytest

from data_access.ledger_import.field_names import SIXTEEN
from data_access.ledger_import.model import JudgedLedger, LedgerRefused, Sheet
from data_access.ledger_import.report import exit_status, plain_text, refusal_report, report
from supervision.vocabulary import Severity
from tests.data_access.ledger_import.messy_ledgers import MESSY, Messy, sheet


def _said(ledger: JudgedLedger) -> list[dict[str, object]]:
    rows = []
    for row, told in zip(ledger.rows, report(ledger)["rows"], strict=True):
        said = {name: told[name] for name in SIXTEEN if told[name] not in (None, [])}
        for name, value in said.items():
            if name.endswith("_on"):
                said[name] = getattr(row, name)
        rows.append(said)
    return rows


@pytest.mark.parametrize("messy", MESSY, ids=lambda messy: messy.name)
def test_a_messy_ledger_becomes_its_rows(messy: Messy, judged_sheets) -> None:
    ledger = judged_sheets(*messy.sheets)
    assert _said(ledger) == messy.rows


@pytest.mark.parametrize("messy", MESSY, ids=lambda messy: messy.name)
def test_a_messy_ledger_tells_its_faults_and_no_others(messy: Messy, judged_sheets) -> None:
    ledger = judged_sheets(*messy.sheets)
    told = {flag.code for flag in ledger.flags if flag.severity != Severity.NOTICE}
    assert (told, len(ledger.left_out)) == (messy.flags, messy.left_out)
