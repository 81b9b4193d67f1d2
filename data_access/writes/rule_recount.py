"""Which open deadlines a rule of the city gave, and what it gives them now."""

from __future__ import annotations

from datetime import date

from data_access.writes.open_deadlines import OpenRound, Recount
from supervision.city_rules import CONVENTION, FEEDBACK, NEXT_ROUND, RuleBook
from supervision.deadlines import Deadline, Limit, LimitUnit, feedback_due
from supervision.working_days import Convention, WorkCalendar


def recount_by(
    name: str, before: RuleBook, after: RuleBook, calendar: WorkCalendar, *, as_of: date
) -> Recount:
    """How a change of this rule counts open deadlines again."""
    if name == CONVENTION:
        return _by_convention(after.convention(as_of), calendar)
    if name == NEXT_ROUND:
        return _by_limit(_NextRound(before), _NextRound(after), calendar, as_of, again=True)
    return _by_limit(_First(before), _First(after), calendar, as_of, again=False)


def recount_by_calendar(calendar: WorkCalendar) -> Recount:
    """The same limits and conventions by another calendar."""

    def deadline(one: OpenRound) -> Deadline | None:
        if one.limit is None:
            return None
        return feedback_due(
            one.assigned_on, calendar, limit=one.limit, convention=_convention_of(one)
        )

    return Recount(lambda _one: True, deadline)


def _by_convention(convention: Convention, calendar: WorkCalendar) -> Recount:
    def concerns(one: OpenRound) -> bool:
        return one.limit is None or one.limit.unit is LimitUnit.WORKDAY

    def deadline(one: OpenRound) -> Deadline | None:
        if one.limit is None:
            return None
        return feedback_due(one.assigned_on, calendar, limit=one.limit, convention=convention)

    return Recount(concerns, deadline)


class _First:
    """The limit that an assignment gives by the item's kind."""

    name = FEEDBACK

    def __init__(self, book: RuleBook) -> None:
        self.book = book

    def of(self, one: OpenRound, on: date) -> Limit:
        return self.book.limit(on, one.row.category_id, one.row.origin_id)


class _NextRound:
    """The limit that a re-assignment gives."""

    name = NEXT_ROUND

    def __init__(self, book: RuleBook) -> None:
        self.book = book

    def of(self, _one: OpenRound, on: date) -> Limit:
        return Limit(self.book.number(NEXT_ROUND, on))


def _by_limit(
    old: _First | _NextRound,
    new: _First | _NextRound,
    calendar: WorkCalendar,
    as_of: date,
    *,
    again: bool,
) -> Recount:
    def concerns(one: OpenRound) -> bool:
        # Ledgers count every round by the first limit; here a later round has its own.
        opened_again = one.row.opened_by_act is not None and one.row.round_no > 1
        return opened_again is again and old.of(one, as_of) != new.of(one, as_of)

    def deadline(one: OpenRound) -> Deadline | None:
        # Another limit than the rule's was chosen by a person or named by a ledger.
        if one.limit not in _ever(old, one, as_of):
            return None
        return feedback_due(
            one.assigned_on, calendar, limit=new.of(one, as_of), convention=_convention_of(one)
        )

    return Recount(concerns, deadline)


def _ever(rule: _First | _NextRound, one: OpenRound, as_of: date) -> set[Limit]:
    """What the rule gave this round on its assignment, or could give it by a change since."""
    since = (version.valid_from for version in rule.book.all_of(rule.name))
    days = {one.assigned_on, *(day for day in since if one.assigned_on < day <= as_of)}
    return {rule.of(one, day) for day in days}


def _convention_of(one: OpenRound) -> Convention:
    return Convention(one.row.due_convention or Convention.DAY_AFTER)
