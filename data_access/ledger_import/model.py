"""The shapes that travel through the import, one change of type per step.

file bytes ─gate→ Safe ─workbook→ Workbook(Sheet, cells) ─headings→ Section(mapping)
─rows→ JudgedLedger(LedgerRow, Flag, LeftOut) ─apply→ tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from data_access.ledger_import.limits import Limits
from data_access.ledger_import.raw_row import RawRow
from supervision.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class CellError:
    """A formula error as the spreadsheet shows it, for instance #REF!."""

    text: str


CellValue: TypeAlias = str | int | float | bool | date | datetime | CellError | None
"""Blank cells are None; a date without a time of day is a `date`, else a `datetime`."""


class LedgerRefused(Exception):
    """The whole file is refused; `str(error)` is one Chinese sentence for its sender."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, all bounds 1-based and inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class SheetSeen:
    """What every row of a sheet was looked at for, so that judging need not look again."""

    cells: list[tuple[tuple[str, ...], tuple[str, ...]] | None] = field(default_factory=list)
    """Letters and texts of each row as `RawRow` has them; None where they were not made."""
    odd_rows: set[int] = field(default_factory=set)
    """Places in `rows` of those with a cell that prints nothing, or a truth."""
    names_residents: bool = False
    """Whether a column of its head holds residents: then its rows are written down later."""
    says_ditto: bool = False
    """Whether any cell says 同上."""


@dataclass(slots=True)
class Sheet:
    """One visible sheet. `rows[i]` is spreadsheet row `first_row + i`; ragged on the right.

    Column A is index 0 of every row. Values are as stored (merges are NOT filled).
    """

    name: str
    rows: list[list[CellValue]]
    first_row: int = 1
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    percent_cells: frozenset[tuple[int, int]] = frozenset()
    """(row, column) of cells whose number format is a percentage: 0.95 is printed 95%.
    Rows and columns are 1-based here and in `hidden_rows` and `hidden_columns`."""
    seen: SheetSeen | None = None
    """What was looked at while the child read on; None: nothing was."""


@dataclass(slots=True)
class Workbook:
    """What the limited child process read out of one file."""

    file_name: str
    sha256: str
    kind: str
    """xlsx, xls or csv, told by content."""
    sheets: list[Sheet]
    hidden_sheets: tuple[str, ...] = ()
    date_1904: bool = False
    """Days count from 1904: a bare serial number 0 is 1904-01-01."""
    safe_texts: dict[CellValue, str] = field(default_factory=dict)
    """Texts of cells → as they may be kept and shown; others are scanned when they are met."""
    room_left: int = Limits().memory_bytes
    """Bytes of the server that what is judged from it may take."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row stands in its file; `row` counts as the spreadsheet does, from 1."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Flag:
    """One fault, told at its cell. `message` is a Chinese sentence without personal data."""

    sheet: str
    row: int | None
    cell: str | None
    number: str | None
    field: str | None
    severity: Severity
    code: str
    message: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row of the file that is no item, and why (合计行, 备注, 签名, 空行 are not listed)."""

    sheet: str
    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Callback:
    """What a ledger tells of one 回访; values are members of supervision.vocabulary or None."""

    called_on: date | None = None
    reached: bool | None = None
    result: str | None = None
    process: str | None = None
    resolved: str | None = None
    text: str | None = None


class PersonalValue(NamedTuple):
    """A resident's own words or data, in clear on their way to being sealed.

    `field` is a personal column (reporter_phone) or text:content for a text before masking.
    """

    field: str
    clear: str


@dataclass(slots=True)
class LedgerRow:
    """One item as one ledger row tells it: first the sixteen fields of the contract."""

    source: Source
    number: str | None = None
    title: str | None = None
    content: str | None = None
    session_theme: str | None = None
    county: str | None = None
    township: str | None = None
    lead_departments: tuple[str, ...] = ()
    co_departments: tuple[str, ...] = ()
    received_on: date | None = None
    assigned_on: date | None = None
    due_on: date | None = None
    feedback_on: date | None = None
    feedback_text: str | None = None
    status: str | None = None
    satisfaction: str | None = None
    remarks: str | None = None
    # Kept by the store beyond the sixteen.
    number_is_row_number: bool = False
    due_is_computed: bool = False
    origin: str | None = None
    """来源渠道 as printed."""
    category: tuple[str, ...] = ()
    village: str | None = None
    address: str | None = None
    signed_on: date | None = None
    """签收时间."""
    close_due_on: date | None = None
    extended_due_on: date | None = None
    closed_on: date | None = None
    struck_off: bool | None = None
    struck_off_on: date | None = None
    measures: str | None = None
    progress: str | None = None
    next_step: str | None = None
    instruction: str | None = None
    case_leader: str | None = None
    urgency: str | None = None
    people_count: int | None = None
    resolved_by_unit: str | None = None
    process_satisfaction: str | None = None
    callback: Callback | None = None
    look_back: str | None = None
    """'confirmed' or 'rebounded'."""
    look_back_on: date | None = None
    validity: str | None = None
    """'invalid' or 'merged' where the ledger marks the item so."""
    excluded: bool | None = None
    excluded_reason: str | None = None
    round_no: int | None = None
    storable: bool = True
    """False: error flags make the row's identity unsound; it stays raw in the batch only."""
    sound: bool = True
    """False: stored, but left out of rates and counted beside them (lifecycle.md 3.4)."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """field name → cell reference (for instance due_on → F5) it was read from."""
    due_basis: str | None = None
    """How due_on came about, in Chinese, when it is not simply a date in the cell."""
    due_limit: int | None = None
    """The working days from the assignment that the cell names instead of a date."""
    personal: tuple[PersonalValue, ...] = field(default=(), repr=False)
    """In clear, for the sealed table only: never shown, logged or reported."""
    reporter_protected: bool = False
    """The ledger calls it a complaint or asks for secrecy: the department is not told who."""


@dataclass(slots=True)
class Section:
    """One header with the rows below it. `mapping[column]` is a canonical field id or None."""

    sheet: str
    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    headings: dict[int, str]
    """0-based column → heading as printed, two-level headings joined 父/子."""
    mapping: dict[int, str | None]
    asked: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """0-based column → the fields an ambiguous heading may mean."""
    personal: frozenset[int] = frozenset()
    """0-based columns that hold residents' personal data (masked in the raw rows)."""


@dataclass(slots=True)
class Hints:
    """What a person decided on the page, overriding what was found."""

    sheets: tuple[str, ...] | None = None
    header_rows: dict[str, tuple[int, ...]] = field(default_factory=dict)
    mapping: dict[str, dict[int, str | None]] = field(default_factory=dict)
    """sheet → 0-based column → field id or None (not taken)."""
    departments: dict[str, str] = field(default_factory=dict)
    """name as printed → canonical name chosen."""
    townships: dict[str, str] = field(default_factory=dict)
    """place as printed → township code chosen."""


@dataclass(slots=True)
class JudgedLedger:
    """Everything the file tells, and everything that is wrong with it."""

    file_name: str
    sha256: str
    kind: str
    sections: list[Section]
    rows: list[LedgerRow]
    raw_rows: list[RawRow]
    flags: list[Flag]
    left_out: list[LeftOut]
    title: str | None = None
    """The ledger's own title line, for instance 河源市……交办事项台账（2026年第三季度）."""
    reporting_unit: str | None = None
    """填报单位 as printed."""
