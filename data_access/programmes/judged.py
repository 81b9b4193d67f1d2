"""A programme's ledger as judged: what each line tells, what is wrong with it and where."""

from __future__ import annotations

from dataclasses import dataclass, field

from data_access.ledger_import.model import Flag
from supervision.deadlines import Limit
from supervision.programme_figures import Value
from supervision.programmes import Programme
from supervision.vocabulary import Severity


@dataclass(slots=True)
class JudgedLine:
    """One line; with an error among its faults it is not stored."""

    sheet: str
    row: int
    number: str = ""
    values: dict[str, Value] = field(default_factory=dict)
    """As kept: residents are masked already."""
    limits: dict[str, Limit] = field(default_factory=dict)
    """Name of a field of days → what the ledger tells in its place: 5个工作日."""
    unit: str | None = None
    township: str | None = None
    """Code of the township."""
    department: str | None = None
    cells: dict[str, str] = field(default_factory=dict)
    """Name of a field → its cell, as F5."""
    raw: dict[str, str] = field(default_factory=dict)
    """Column letter → text, masked."""
    faults: list[Flag] = field(default_factory=list)
    fingerprint: str = ""

    @property
    def is_wrong(self) -> bool:
        """A fault keeps the line out."""
        return any(flag.severity is Severity.ERROR for flag in self.faults)


@dataclass(slots=True)
class JudgedProgramme:
    """All lines of the file."""

    programme: Programme
    version: int
    file_name: str
    sha256: str
    lines: list[JudgedLine] = field(default_factory=list)

    @property
    def faults(self) -> list[Flag]:
        """Every fault, in the order of the lines."""
        return [fault for line in self.lines for fault in line.faults]
