"""Ledgers as county offices write them (`ledgers/*.json`), each with what it must become.

Nobody in them exists. A cell that the spreadsheet holds as a date is written `date 2026-09-01`,
one with a time of day `datetime 2026-09-01 09:30`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data_access.ledger_import.model import Merge, Sheet


@dataclass(frozen=True, slots=True)
class Messy:
    """`items`: the contract's fields that are not blank, row by row; `flags`: the codes of all
    warnings and errors; `left_out`: how many rows are no item."""

    name: str
    sheets: list[Sheet]
    items: list[dict[str, Any]]
    flags: set[str]
    left_out: int


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("date 2"):
        return date.fromisoformat(value.removeprefix("date "))
    if isinstance(value, str) and value.startswith("datetime 2"):
        return datetime.fromisoformat(value.removeprefix("datetime "))
    return value


def _sheet(told: dict[str, Any]) -> Sheet:
    return Sheet(
        told["name"],
        [[_cell(value) for value in row] for row in told["rows"]],
        merges=tuple(Merge(*merge) for merge in told.get("merges", ())),
        hidden_rows=frozenset(told.get("hidden_rows", ())),
        percent_cells=frozenset(map(tuple, told.get("percent_cells", ()))),
    )


def _messy(path: Path) -> Messy:
    told = json.loads(path.read_text(encoding="utf-8"))
    return Messy(
        told["name"],
        [_sheet(sheet) for sheet in told["sheets"]],
        [{name: _cell(value) for name, value in item.items()} for item in told["items"]],
        set(told["flags"]),
        told["left_out"],
    )


MESSY = [_messy(path) for path in sorted((Path(__file__).parent / "ledgers").glob("*.json"))]
