"""What becomes of an item: rounds, feedback, closing, callback, and how it looks on a day."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

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
STUBBORN_SHARE, SILENT_SHARE = 0.57, 0.15
"""Of rounds that miss their limit: those that answer after months, those that never do."""
STRAINED_DAYS, STRAIN = 140, 3.2
"""In the last so many days departments miss their limits so many times as often: a backlog has
grown that a leader should see."""
ANSWERS = (
    (Satisfaction.VERY_SATISFIED.label, 30),
    (Satisfaction.SATISFIED.label, 43),
    (Satisfaction.FAIRLY_SATISFIED.label, 15),
)
COMPLAINTS = ((Satisfaction.DISSATISFIED.label, 8), (Satisfaction.VERY_DISSATISFIED.label, 4))
CLOSED, EXPLAINED = LedgerStatus.CLOSED.label, LedgerStatus.EXPLAINED.label
LASTING_STATUS, UNDERWAY_STATUS = LedgerStatus.LONG_TERM.label, LedgerStatus.IN_PROGRESS.label
OUTCOMES = ((CLOSED, 82), (EXPLAINED, 8), (LASTING_STATUS, 6), (UNDERWAY_STATUS, 4))


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
    progress: str = ""
    outcome: str = UNDERWAY_STATUS
    closed_on: date | None = None
    call: Call | None = None

    def open_on(self, day: date) -> bool:
        """Whether the round is still being worked on at the end of a day."""
        return self.closed_on is None or self.closed_on > day

    def overdue_on(self, day: date) -> bool:
        """Whether feedback is owed and late on a day."""
        due_on = self.extended_due_on or self.due_on
        return due_on < day and (self.feedback_on is None or self.feedback_on > day)


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


@dataclass(frozen=True, slots=True)
class Powers:
    """What the ledger of an item can print: extensions, second rounds."""

    extend: bool
    reassign: bool


class Fate:
    """Decides how rounds end; departments differ in punctuality and in how well they do."""

    def __init__(self, rng: random.Random, workdays: Workdays, as_of: date) -> None:
        self._rng, self._workdays = rng, workdays
        self._strained_since = as_of - timedelta(days=STRAINED_DAYS)

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
        if may.reassign and call and call.result in dict(COMPLAINTS) and self._rng.random() < 0.7:
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
        days = self._days_to_feedback(lead, assigned_on)
        if days is None:
            return told
        if extendable and days > FEEDBACK_WORKING_DAYS - 1 and rng.random() < 0.3:
            told.extended_due_on = after(told.due_on, EXTENSION_WORKING_DAYS)
        told.feedback_on = after(assigned_on, days)
        told.outcome = _drawn(rng, OUTCOMES)
        told.feedback_text = self._reply(problem, told.outcome, filling)
        if told.outcome in (CLOSED, EXPLAINED):
            told.closed_on = after(told.feedback_on, rng.randint(1, 8))
            told.call = self._call(lead, told.closed_on)
        return told

    def _days_to_feedback(self, lead: str, assigned_on: date) -> int | None:
        """Working days from assignment to feedback; None for a department that stays silent."""
        rng = self._rng
        strain = STRAIN if assigned_on >= self._strained_since else 1
        if rng.random() > strain * (1 - PUNCTUALITY.get(lead, USUAL_PUNCTUALITY)):
            return round(rng.triangular(3, FEEDBACK_WORKING_DAYS, 12))
        hand = rng.random()
        if hand < SILENT_SHARE:
            return None
        if hand < SILENT_SHARE + STUBBORN_SHARE:
            return FEEDBACK_WORKING_DAYS + rng.randint(20, 110)
        return FEEDBACK_WORKING_DAYS + 1 + int(rng.expovariate(1 / 12))

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
        on = self._workdays.after(closed_on, rng.randint(3, 12))
        if rng.random() < 0.08:
            return Call(on, reached=False, result=None, text=rng.choice(CALLBACK_WORDS[None]))
        late = 1 - PUNCTUALITY.get(lead, USUAL_PUNCTUALITY)
        content = rng.random() > 0.07 + 0.74 * late
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
    """The item's round as known at the end of a day."""
    told = item.rounds[round_no - 1]
    answered = told.feedback_on is not None and told.feedback_on <= on
    closed = told.closed_on is not None and told.closed_on <= on
    status = LedgerStatus.NOT_STARTED.label if told.signed_on >= on else UNDERWAY_STATUS
    if closed or (answered and told.outcome == LASTING_STATUS):
        status = told.outcome
    elif answered:
        status = UNDERWAY_STATUS
    return Seen(
        item=item,
        round=told,
        round_no=round_no,
        assigned_on=told.assigned_on,
        feedback_on=told.feedback_on if answered else None,
        feedback_text=told.feedback_text if answered else None,
        status=status,
        closed_on=told.closed_on if closed else None,
        call=told.call if told.call and told.call.on <= on else None,
    )


def _drawn(rng: random.Random, table: tuple[tuple[str, int], ...]) -> str:
    [word] = rng.choices([word for word, _ in table], [weight for _, weight in table])
    return word
