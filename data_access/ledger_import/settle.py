"""What follows from a record: states, deadline, and whether it is sound enough for rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from data_access.ledger_import.model import LedgerRow
from data_access.ledger_import.record import Record
from data_access.ledger_import.stored import StoredItem
from supervision.city_rules import RuleBook
from supervision.deadlines import Limit
from supervision.ledger_states import goes_on, state_from_ledger
from supervision.vocabulary import DeadlineBasis, ItemState, LedgerStatus, RoundState
from supervision.working_days import Convention, WorkCalendar

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
    due: Due


@dataclass(frozen=True, slots=True)
class Due:
    """A round's deadline and how it was counted, so that it can be counted again."""

    on: date | None
    basis: DeadlineBasis
    words: str | None = None
    convention: Convention | None = None
    limit: Limit | None = None
    calendar_version: int | None = None
    """The calendar it was counted by, where that is not the one in force."""

    def columns(self) -> dict[str, Any]:
        """The columns of a round."""
        return {
            "due_on": self.on,
            "due_basis": self.basis.value,
            "due_words": self.words,
            "due_convention": self.convention.value if self.convention else None,
            "limit_number": self.limit.number if self.limit else None,
            "limit_unit": self.limit.unit.value if self.limit else None,
            "limit_on": self.limit.on if self.limit else None,
        }


class Settler:
    """Settles records by one calendar and the city's rules; equal deadlines are counted once."""

    def __init__(self, calendar: WorkCalendar, rules: RuleBook) -> None:
        self._calendar, self._rules = calendar, rules
        self._due: dict[tuple[date, int | None, int | None], Due] = {}

    def settle(self, record: Record, row: LedgerRow, stored: StoredItem | None) -> Settled:
        """States by lifecycle.md 3.4, the deadline by what the ledger states, else the rule."""
        due = self._deadline(record, row, stored)
        derived = state_from_ledger(
            status=_status(record),
            assigned_on=record.get("assigned_on"),
            feedback_on=record.get("feedback_on"),
            due_on=due.on,
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
            due=due,
        )

    def _deadline(self, record: Record, row: LedgerRow, stored: StoredItem | None) -> Due:
        stated = record.get("due_on")
        if row.due_on is not None:
            if not row.due_is_computed:
                return Due(row.due_on, DeadlineBasis.STATED, row.due_basis)
            start = record.get("assigned_on")
            convention = self._rules.convention(start) if start else None
            limit = Limit(row.due_limit) if row.due_limit else None
            return Due(row.due_on, DeadlineBasis.COMPUTED, row.due_basis, convention, limit)
        if stated is not None:
            # A deadline that was given keeps what it was counted by.
            if stored is None or stored.due_basis is None:
                return Due(stated, DeadlineBasis.STATED, row.due_basis)
            kept = Convention(stored.due_convention) if stored.due_convention else None
            basis = DeadlineBasis(stored.due_basis)
            return Due(stated, basis, row.due_basis, kept, stored.limit, stored.calendar_version)
        if "due_on" in row.cells:
            # The ledger says something that is no day (长期坚持): no deadline is made up.
            return Due(None, DeadlineBasis.NONE, row.due_basis)
        assigned_on = record.get("assigned_on")
        if assigned_on is None:
            return Due(None, DeadlineBasis.NONE)
        return self._by_rule(assigned_on, record.get("category"), record.get("origin"))

    def _by_rule(self, assigned_on: date, category: int | None, origin: int | None) -> Due:
        """By the limit and the convention in force on the day of the assignment."""
        asked = (assigned_on, category, origin)
        known = self._due.get(asked)
        if known is None:
            limit = self._rules.limit(assigned_on, category, origin)
            convention = self._rules.convention(assigned_on)
            told = self._rules.due(
                assigned_on, self._calendar, category_id=category, origin_id=origin
            )
            counted = told.basis is not DeadlineBasis.NONE
            known = self._due[asked] = Due(
                told.due_on, told.basis,
                convention=convention if counted else None, limit=limit if counted else None,
            )  # fmt: skip
        return known


def _status(record: Record) -> LedgerStatus | None:
    word = record.get("status")
    return LedgerStatus(word) if word else None
