"""What a ledger would correct and the store keeps, because people decided it here: told by cell.

A county that sends its whole ledger again learns which of its cells were not taken, and why.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, exists, select

from data_access.ledger_import.field_names import LABELS
from data_access.ledger_import.model import Flag, JudgedLedger, LedgerRow
from data_access.ledger_import.plan import Change, ImportPlan, PlannedRow, plan_import, told_round
from data_access.ledger_import.record import FIELDS, shown
from data_access.schema.supervision import item_acts
from supervision.scope import Scope
from supervision.vocabulary import ItemState, Severity

KEPT = "decided-here"


def kept_flags(plan: ImportPlan, rows: Sequence[LedgerRow]) -> list[Flag]:
    """One notice for each cell; `rows` are the ledger's, in the order of the plan."""
    return [
        _flag(row, entry, change)
        for row, entry in zip(rows, plan.rows, strict=True)
        for change in entry.kept
    ]


def kept_by_store(connection: Connection, judged: JudgedLedger) -> list[Flag]:
    """The same for a ledger that is only looked at; nothing where nobody has acted yet."""
    if not connection.execute(select(exists().where(item_acts.c.id > 0))).scalar():
        return []
    plan = plan_import(connection, judged, scope=Scope.whole_city())
    return kept_flags(plan, judged.rows)


def _flag(row: LedgerRow, entry: PlannedRow, change: Change) -> Flag:
    source, cell = row.source, row.cells.get(change.field)
    label = LABELS.get(change.field, FIELDS[change.field].label)
    message = (
        f"工作表“{source.sheet}”{cell or f'第{source.row}行'}（{label}）{_say(entry, change)}。"
    )
    return Flag(
        source.sheet, source.row, cell, row.number, change.field, Severity.NOTICE, KEPT, message
    )


def _say(entry: PlannedRow, change: Change) -> str:
    item = entry.item
    assert item is not None
    held = shown(change.field, change.before, entry.lookups)
    if change.field == "status":
        held = ItemState(item.state).label
    if item.state == ItemState.ARCHIVED:
        return f"属于已归档的事项，不再改动：库中为{held}"
    told = told_round(entry.row, entry.told())
    if item.acted_here and told < item.current_round:
        return f"说的是第{told}轮，系统内已办理到第{item.current_round}轮，不再改动：库中为{held}"
    return f"系统内已办理，台账此处不再改动：库中为{held}"
