"""A ledger with residents in it, stored sealed. Nobody in it exists."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.ledger_import.apply import StoredBatch, store_import
from data_access.ledger_import.judge import judge
from data_access.ledger_import.model import Sheet, Workbook
from data_access.privacy.key_place import KeyPlace
from data_access.privacy.keys import new_key
from data_access.registers import shipped_registers
from data_access.work_calendar import shipped_calendar
from tests.factories import SUPERVISOR, TODAY
from tests.residents import HEADINGS, Store, told


@pytest.fixture
def keys() -> KeyPlace:
    return KeyPlace(new_key())


@pytest.fixture
def store(city: Engine, keys: KeyPlace) -> Store:
    """Judge rows as a ledger and store them, sealed."""

    def stored(*rows: list[Any], sealed_with: KeyPlace = keys) -> StoredBatch:
        sheet = Sheet("台账", [list(HEADINGS), *(row or told() for row in rows)])
        judged = judge(
            Workbook("台账.xlsx", "0" * 64, "xlsx", [sheet]),
            registers=shipped_registers(), calendar=shipped_calendar(), as_of=TODAY,
        )  # fmt: skip
        return store_import(city, judged, viewer=SUPERVISOR, as_of=TODAY, keys=sealed_with)

    return stored
