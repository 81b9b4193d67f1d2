"""How far an import reaches: rows and items outside its person's scope are refused, not told.

The judging marks such rows at their cell; the plan asks again, whatever was marked.
"""

from __future__ import annotations

from sqlalchemy import Connection

from data_access.ledger_import.lookups import Lookups
from data_access.ledger_import.model import Flag, JudgedLedger, LedgerRow
from data_access.ledger_import.stored import StoredItem
from supervision.scope import Scope, scope_words
from supervision.vocabulary import Severity

OUTSIDE = "outside-scope"
NOT_YOURS = "编号或内容与您范围外的事项相同，未入库；如有疑问，请与市督查部门核对"
"""All that is said of an item outside: not which one it is."""


class Reach:
    """A scope by the keys of the store."""

    def __init__(self, scope: Scope, lookups: Lookups) -> None:
        self._scope, self._lookups = scope, lookups
        self.everything = scope.everything
        units = (lookups.unit_of(None, name) for name in sorted(scope.reporting_units))
        leads = (lookups.department(name) for name in scope.departments)
        self.units = tuple(key for key in units if key is not None)
        self._departments = frozenset(key for key in leads if key is not None)

    def sees(self, unit: int | None, department: int | None) -> bool:
        """Whether an item of this unit and lead department is inside."""
        return self.everything or unit in self.units or department in self._departments

    def item(self, stored: StoredItem) -> bool:
        """Whether a stored item is inside."""
        return self.sees(stored.record.get("county"), stored.record.get("lead_departments"))

    def keep(self, judged: JudgedLedger) -> None:
        """Refuse every row outside, with a flag at its cell; safe to repeat.

        A row without a county is the person's own, where the scope is one county.
        """
        if self.everything:
            return
        for row in judged.rows:
            if len(self.units) == 1 and row.county is None and "county" not in row.cells:
                self._take_for_own(row, self._lookups.words("county", self.units[0]))
            if row.storable and not self._row(row):
                row.storable = False
                judged.flags.append(self._flag(row))

    def _take_for_own(self, row: LedgerRow, county: str) -> None:
        township = self._lookups.township(row.township, county)
        if row.township is None or self._lookups.unit_of(township, None) == self.units[0]:
            row.county = county

    def _row(self, row: LedgerRow) -> bool:
        lead = row.lead_departments[0] if row.lead_departments else None
        return self.sees(self._unit(row), self._lookups.department(lead))

    def _unit(self, row: LedgerRow) -> int | None:
        township = self._lookups.township(row.township, row.county)
        return self._lookups.unit_of(township, row.county)

    def _flag(self, row: LedgerRow) -> Flag:
        unit = self._unit(row)
        where = f"属于{self._lookups.words('county', unit)}" if unit else "没有写明县(区)、镇(街)"
        place = next((name for name in ("county", "township") if name in row.cells), "number")
        return Flag(
            row.source.sheet,
            row.source.row,
            row.cells.get(place),
            row.number,
            place,
            Severity.ERROR,
            OUTSIDE,
            f"这一行{where}，不在您的范围（{scope_words(self._scope)}）内，未入库。",
        )


def outside_reasons(judged: JudgedLedger) -> dict[tuple[str, int | None], str]:
    """Sheet and row of what was refused as outside → why."""
    return {(flag.sheet, flag.row): flag.message for flag in judged.flags if flag.code == OUTSIDE}


def keep_within(connection: Connection, judged: JudgedLedger, *, scope: Scope) -> None:
    """Refuse the rows of a judged ledger that lie outside `scope`."""
    if not scope.everything:
        Reach(scope, Lookups(connection)).keep(judged)
