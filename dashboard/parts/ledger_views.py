"""What the page 台账导入 shows of a ledger, as plain values: the parts know no store."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

NOT_TAKEN = "不取用"


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column of a sheet: where it stands, what it says, what it is taken for."""

    column: int
    """0-based."""
    letter: str
    heading: str
    samples: tuple[str, str, str]
    meaning: str
    """The Chinese name of the field, or NOT_TAKEN."""
    to_check: bool


@dataclass(frozen=True, slots=True)
class SheetView:
    """One visible sheet; `columns` is empty where no header was found."""

    name: str
    rows: int
    items: int
    taken: bool
    header_rows: tuple[int, ...]
    first_row: int
    columns: tuple[ColumnView, ...]
    preview: pd.DataFrame
    """The first rows, column letters as headings, the row's number first; personal data masked."""


@dataclass(frozen=True, slots=True)
class Question:
    """A name that is not in the register, and what it may be; `offered` are value → words."""

    kind: str
    """departments or townships: where the answer goes."""
    printed: str
    cells: int
    offered: dict[str, str]
    likely: int
    """How many of `offered`, from the first, are candidates; the rest is the register."""


@dataclass(frozen=True, slots=True)
class Problems:
    """Faults by severity (word → frame), rows left out, and what a person can decide."""

    by_severity: dict[str, pd.DataFrame]
    counts: dict[str, int]
    left_out: pd.DataFrame
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What storing would do: one frame per kind of outcome, with how many there really are."""

    new: pd.DataFrame
    updated: pd.DataFrame
    unchanged: pd.DataFrame
    refused: pd.DataFrame
    counts: dict[str, int]
    vanished: tuple[int, ...]
    """Ids of open items that the sender's last ledger told of and this one does not."""
    similar: pd.DataFrame
    """New rows, and as item_id the open item that each reads like."""
    uncompared: int
    """New rows that were not compared: without a place, or too many in one."""
