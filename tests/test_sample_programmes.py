"""The sample city's ledgers of programmes: one for each that is shipped, with no line refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data_access.ledger_import.workbook import open_ledger
from data_access.programmes.book import KnownProgramme, shipped_definitions
from data_access.programmes.judging import judged_programme
from data_access.registers import shipped_registers
from sample_data.programme_ledgers import write_programme_ledgers
from supervision.programme_file import read_programme
from supervision.vocabulary import Severity
from tests.factories import SUPERVISOR


@pytest.mark.parametrize("day", [date(2026, 11, 26), date(2027, 1, 4)], ids=str)
def test_every_shipped_programme_has_a_sound_ledger(day: date, tmp_path: Path):
    registers, seen = shipped_registers(), set()
    for name, path in write_programme_ledgers(tmp_path, as_of=day):
        programme = read_programme(shipped_definitions()[name]).programme
        assert programme is not None
        judged = judged_programme(
            KnownProgramme(programme, 0), open_ledger(path.read_bytes(), path.name),
            registers=registers, as_of=day, scope=SUPERVISOR.scope,
        )  # fmt: skip
        wrong = [one.message for one in judged.faults if one.severity is Severity.ERROR]
        assert wrong == []
        assert len(judged.lines) > 20
        seen.add(name)
    assert seen == set(shipped_definitions())
