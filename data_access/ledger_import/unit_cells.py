"""The unit columns of a section: leads, co-departments, and what is asked about them."""

from __future__ import annotations

from data_access.ledger_import.departments import Units
from data_access.ledger_import.flagging import Flags
from data_access.ledger_import.model import CellValue, LedgerRow
from data_access.ledger_import.readers import Readers
from data_access.ledger_import.unit_text import CO, LEAD


class UnitCells:
    """Reads the unit cells of one section; `settle` closes each row.

    `has_lead`: the section has a column of leads, so that nobody else becomes one.
    """

    def __init__(self, readers: Readers, flags: Flags, *, has_lead: bool) -> None:
        self._readers = readers
        self._flags = flags
        self._has_lead = has_lead

    def lead(self, row: LedgerRow, column: int, value: CellValue) -> None:
        """A cell of the lead column; it may name co-departments too."""
        units = self._read(row, "lead_departments", LEAD, column, value)
        row.lead_departments = tuple(units.leads)
        row.co_departments += tuple(units.cos)

    def co(self, row: LedgerRow, column: int, value: CellValue) -> None:
        """A cell of the co column; a lead named in it counts only where no column has leads."""
        units = self._read(row, "co_departments", CO, column, value)
        if self._has_lead:
            row.co_departments += tuple(units.leads)
        else:
            row.lead_departments = tuple(units.leads)
        row.co_departments += tuple(units.cos)

    def _read(self, row: LedgerRow, name: str, role: str, column: int, value: CellValue) -> Units:
        units = self._readers.departments.read(self._readers.safe.printed(value), role)
        for fault in units.faults:
            self._flags.at_cell(row, name, column, fault.code, fault.severity, fault.say,
                                fault.candidates)  # fmt: skip
        return units

    @staticmethod
    def settle(row: LedgerRow) -> None:
        """Each co-department once, and none that leads."""
        if row.co_departments:
            row.co_departments = tuple(
                name
                for name in dict.fromkeys(row.co_departments)
                if name not in row.lead_departments
            )
