"""What becomes of an item: rounds, feedback, closing, callback, and how it looks on a day."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

from sample_data.city import PUNCTUALITY, USUAL_PUNCTUALITY, Place, Session
from sample_data.texts import (
    CALLBACK_WORDS,
    EXPLANATIONS,
    LASTING,
    REPLY_CLOSINGS,
    REPLY_OPENINGS,
    UNDERWAY,
    Problem,
    woven,
)
from sample_data.workdays import Workdays
from supervision.vocabulary import LedgerStatus, Satisfaction

FEEDBACK_WORKING_DAYS = 15
EXTENSION_WORKING_DAYS = 10
EXTENDED_SHARE = 0.04
LATENESS = (1, 3, 5, 8, 10, 12, 13, 14, 15, 16, 17, 18, 19, 21, 24, 28, 34, 43, 55)
"""Working days after the limit on which late rounds answer, dealt like a pack of cards."""
ANSWERS = (
    (Satisfaction.VERY_SATISFIED.label, 30),
    (Satisfaction.SATISFIED.label, 43),
    (Satisfaction.FAIRLY_SATISFIED.label, 15),
)
COMPLAINTS = ((Satisfaction.DISSATISFIED.label, 8), (Satisfaction.VERY_DISSATISFIED.label, 4))
CLOSED, EXPLAINED = LedgerStatus.CLOSED.label, LedgerStatus.EXPLAINED.label
LASTING_STATUS, UNDERWAY_STATUS = LedgerStatus.LONG_TERM.label, LedgerStatus.IN_PROGRESS.label
OUTCOMES = ((CLOSED, 84), (EXPLAINED, 8), (LASTING_STATUS, 4), (UNDERWAY_STATUS, 4))
WORKING_DAYS_TO_CLOSE = {
    CLOSED: (1, 4),
    EXPLAINED: (1, 4),
    UNDERWAY_STATUS: (8, 40),
    LASTING_STATUS: (40, 160),
}
"""From written feedback to closing, at least and at most."""


@dataclass(slots=True)
class Call:
    """One callback (回访); `result` is None where nobody could be reached."""

    on: date
    reached: bool
    result: str | None
    text: str


@dataclass(slots=True)
class Round:
    """One round of handling, told to its end; what lies after a ledger's day is not printed."""

    assigned_on: date
    signed_on: date
    due_on: date
    extended_due_on: date | None = None
    feedback_on: date | None = None
    feedback_text: str = ""
    closing_text: str = ""
    """What replaces the feedback's text once a matter that took longer is done."""
    progress: str = ""
    outcome: str = UNDERWAY_STATUS
    closed_on: date | None = None
    call: Call | None = None

    def open_on(self, day: date) -> bool:
        """Whether the round is still being worked on as a day begins."""
        return self.closed_on is None or self.closed_on >= day

    @property
    def limit_on(self) -> date:
        """The last day for feedback, extended or not."""
        return self.extended_due_on or self.due_on

    def answered_by(self, day: date) -> bool:
        """Whether feedback has come before a day begins."""
        return self.feedback_on is not None and self.feedback_on < day

    def overdue_on(self, day: date) -> bool:
        """Whether feedback is owed and late as a day begins."""
        return self.limit_on < day and not self.answered_by(day)


@dataclass(slots=True)
class Item:
    """One item (事项) with all its rounds."""

    number: str
    problem: Problem
    place: Place
    session: Session | None
    title: str
    content: str
    measures: str
    lead: str
    joint: tuple[str, ...]
    co: tuple[str, ...]
    origin: str
    received_on: date
    reporter: str
    phone: str
    address: str
    rounds: list[Round] = field(default_factory=list)
    fault: str | None = None
    """What the ledger gets wrong about it: lead, township or due_on."""

    def latest_on(self, day: date) -> int:
        """The number of the last round that had been assigned by a day."""
        return sum(told.assigned_on <= day for told in self.rounds)


@dataclass(frozen=True, slots=True)
class Powers:
    """What the ledger of an item can print: extensions, second rounds."""

    extend: bool
    reassign: bool


class Fate:
    """Decides how rounds end; departments differ in punctuality and in how well they do."""

    def __init__(self, rng: random.Random, workdays: Workdays) -> None:
        self._rng, self._workdays = rng, workdays
        self._owed = rng.random()
        self._pack: list[int] = []

    def rounds(
        self,
        problem: Problem,
        lead: str,
        assigned_on: date,
        filling: dict[str, str],
        *,
        may: Powers,
    ) -> list[Round]:
        """The first round, and a second where the resident was not content."""
        first = self._round(problem, lead, assigned_on, filling, extendable=may.extend)
        rounds = [first]
        call = first.call
        if may.reassign and call and call.result in dict(COMPLAINTS) and self._rng.random() < 0.85:
            again_on = self._workdays.after(call.on, self._rng.randint(3, 12))
            rounds.append(self._round(problem, lead, again_on, filling, extendable=False))
        return rounds

    def _round(
        self,
        problem: Problem,
        lead: str,
        assigned_on: date,
        filling: dict[str, str],
        *,
        extendable: bool,
    ) -> Round:
        rng, after = self._rng, self._workdays.after
        told = Round(
            assigned_on=assigned_on,
            signed_on=after(assigned_on, rng.choice((0, 1, 1, 1, 2, 3))),
            due_on=after(assigned_on, FEEDBACK_WORKING_DAYS),
            progress=woven(rng, UNDERWAY, filling=filling),
        )
        limit = FEEDBACK_WORKING_DAYS
        if extendable and rng.random() < EXTENDED_SHARE:
            limit += EXTENSION_WORKING_DAYS
            told.extended_due_on = after(told.due_on, EXTENSION_WORKING_DAYS)
        told.feedback_on = after(assigned_on, self._days_to_feedback(lead, limit))
        told.outcome = _drawn(rng, OUTCOMES)
        told.feedback_text = self._reply(problem, told.outcome, filling)
        if told.outcome in (LASTING_STATUS, UNDERWAY_STATUS):
            told.closing_text = self._reply(problem, CLOSED, filling)
        told.closed_on = after(told.feedback_on, rng.randint(*WORKING_DAYS_TO_CLOSE[told.outcome]))
        told.call = self._call(lead, told.closed_on)
        return told

    def _days_to_feedback(self, lead: str, limit: int) -> int:
        """Working days from assignment to feedback; most come in near their limit."""
        if self._misses(lead):
            return limit + self._lateness()
        earliest = 3 if limit == FEEDBACK_WORKING_DAYS else FEEDBACK_WORKING_DAYS
        return round(self._rng.triangular(earliest, limit, limit - 3))

    def _misses(self, lead: str) -> bool:
        """Shares add up until a whole round is owed, so that chance does not heap them up."""
        self._owed += 1 - PUNCTUALITY.get(lead, USUAL_PUNCTUALITY)
        missed = self._owed >= 1
        self._owed -= missed
        return missed

    def _lateness(self) -> int:
        if not self._pack:
            self._pack = self._rng.sample(LATENESS, len(LATENESS))
        return self._pack.pop()

    def _reply(self, problem: Problem, outcome: str, filling: dict[str, str]) -> str:
        parts = {
            CLOSED: (REPLY_OPENINGS, problem.reply, REPLY_CLOSINGS),
            EXPLAINED: (EXPLANATIONS,),
            LASTING_STATUS: (LASTING,),
        }.get(outcome, (UNDERWAY,))
        return woven(self._rng, *parts, filling=filling)

    def _call(self, lead: str, closed_on: date) -> Call | None:
        rng = self._rng
        if rng.random() > 0.88:
            return None
        on = self._workdays.after(closed_on, rng.randint(1, 7))
        if rng.random() < 0.08:
            return Call(on, reached=False, result=None, text=rng.choice(CALLBACK_WORDS[None]))
        late = 1 - PUNCTUALITY.get(lead, USUAL_PUNCTUALITY)
        content = rng.random() > 0.07 + 0.9 * late
        result = _drawn(rng, ANSWERS if content else COMPLAINTS)
        return Call(on, reached=True, result=result, text=rng.choice(CALLBACK_WORDS[result]))


@dataclass(frozen=True, slots=True)
class Seen:
    """One round of an item as a ledger of a day can know it."""

    item: Item
    round: Round
    round_no: int
    assigned_on: date | None
    feedback_on: date | None
    feedback_text: str | None
    status: str
    closed_on: date | None
    call: Call | None


def seen(item: Item, on: date, *, round_no: int = 1) -> Seen:
    """The item's round as known when a day begins: whoever answers on that day is awaited."""
    told = item.rounds[round_no - 1]
    answered = told.answered_by(on)
    closed = told.closed_on is not None and told.closed_on < on
    text = (told.closing_text if closed else "") or told.feedback_text
    return Seen(
        item=item,
        round=told,
        round_no=round_no,
        assigned_on=told.assigned_on,
        feedback_on=told.feedback_on if answered else None,
        feedback_text=text if answered else None,
        status=_status(told, on, answered=answered, closed=closed),
        closed_on=told.closed_on if closed else None,
        call=told.call if told.call and told.call.on < on else None,
    )


def _status(told: Round, on: date, *, answered: bool, closed: bool) -> str:
    if closed:
        return EXPLAINED if told.outcome == EXPLAINED else CLOSED
    if answered and told.outcome == LASTING_STATUS:
        return LASTING_STATUS
    return LedgerStatus.NOT_STARTED.label if told.signed_on >= on else UNDERWAY_STATUS


def _drawn(rng: random.Random, table: tuple[tuple[str, int], ...]) -> str:
    [word] = rng.choices([word for word, _ in table], [weight for _, weight in table])
    return word
