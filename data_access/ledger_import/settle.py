"""What follows from a record: states, deadline, and whether it is sound enough for rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data_access.ledger_import.model import LedgerRow
from data_access.ledger_import.record import Record
from data_access.ledger_import.stored import StoredItem
from supervision.deadlines import feedback_due
from supervision.ledger_states import goes_on, state_from_ledger
from supervision.vocabulary import DeadlineBasis, ItemState, LedgerStatus, RoundState
from supervision.working_days import WorkCalendar

# What a person decided in the program is not undone by a ledger that has not heard of it.
_DECIDED_HERE = frozenset(
    {
        ItemState.REASSIGN_PENDING,
        ItemState.STRUCK_OFF,
        ItemState.ARCHIVED,
        ItemState.TERMINATED,
        ItemState.MERGED,
        ItemState.INVALID,
    }
)


@dataclass(frozen=True, slots=True)
class Settled:
    """The derived half of an item and its round."""

    item_state: str
    round_state: str | None
    sound: bool
    unsound_reasons: str | None
    due_on: date | None
    due_basis: str
    due_words: str | None
    due_convention: str | None


class Settler:
    """Settles records against one calendar; deadlines are remembered by their start day."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._due: dict[date, tuple[date | None, str]] = {}

    def settle(self, record: Record, row: LedgerRow, stored: StoredItem | None) -> Settled:
        """States by lifecycle.md 3.4, the deadline by what the ledger states, else the rule."""
        due_on, basis, words = self._deadline(record, row, stored)
        derived = state_from_ledger(
            status=_status(record),
            assigned_on=record.get("assigned_on"),
            feedback_on=record.get("feedback_on"),
            due_on=due_on,
            closed_on=record.get("closed_on"),
            struck_off=row.struck_off or record.get("struck_off_on") is not None,
            validity=ItemState(row.validity) if row.validity else None,
            lead_known=record.get("lead_departments") is not None,
        )
        state, round_state = derived.item_state, derived.round_state
        if stored is not None and ItemState(stored.state) in _DECIDED_HERE:
            state = ItemState(stored.state)
        if stored is not None and stored.acted_here and stored.round_state is not None:
            here = ItemState(stored.state), RoundState(stored.round_state)
            state, round_state = goes_on(*here, state, round_state)
        reasons = [conflict.sentence for conflict in derived.conflicts]
        if not row.sound and not reasons:
            reasons = ["台账该行有待核实的问题，见导入问题清单"]
        return Settled(
            item_state=state.value,
            round_state=round_state.value if round_state else None,
            sound=not reasons,
            unsound_reasons="；".join(reasons) or None,
            due_on=due_on,
            due_basis=basis,
            due_words=words,
            due_convention=self._convention_of(basis),
        )

    def _convention_of(self, basis: str) -> str | None:
        by_rule = basis in (DeadlineBasis.COMPUTED, DeadlineBasis.PROVISIONAL)
        return self._calendar.convention.value if by_rule else None

    def _deadline(
        self, record: Record, row: LedgerRow, stored: StoredItem | None
    ) -> tuple[date | None, str, str | None]:
        stated = record.get("due_on")
        if row.due_on is not None:
            basis = DeadlineBasis.COMPUTED if row.due_is_computed else DeadlineBasis.STATED
            return row.due_on, basis.value, row.due_basis
        if stated is not None:
            kept = stored.due_basis if stored is not None else None
            return stated, kept or DeadlineBasis.STATED.value, row.due_basis
        if "due_on" in row.cells:
            # The ledger says something that is no day (长期坚持): no deadline is made up.
            return None, DeadlineBasis.NONE.value, row.due_basis
        assigned_on = record.get("assigned_on")
        if assigned_on is None:
            return None, DeadlineBasis.NONE.value, None
        return (*self._by_rule(assigned_on), None)

    def _by_rule(self, assigned_on: date) -> tuple[date | None, str]:
        known = self._due.get(assigned_on)
        if known is None:
            deadline = feedback_due(assigned_on, self._calendar)
            known = self._due[assigned_on] = deadline.due_on, deadline.basis.value
        return known


def _status(record: Record) -> LedgerStatus | None:
    word = record.get("status")
    return LedgerStatus(word) if word else None
