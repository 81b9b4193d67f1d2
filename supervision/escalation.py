"""督办单: which trigger speaks loudest, how high its card is, and when the next one may follow.

The ladder is metrics.md 2.9: blue reminds; yellow where an item is well behind or badly handled;
red where it is long overdue. Where one notice did not help, the next is a step higher. A card is
proposed here and issued by a person; the light goes on being computed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from supervision.loop_words import NoticeKind, NoticeLevel, NoticeState, NoticeTrigger

LOUDEST_FIRST = (
    NoticeTrigger.FALSE_RESULT,
    NoticeTrigger.REPEATED,
    NoticeTrigger.OVERDUE,
    NoticeTrigger.FIX_NOT_BACK,
    NoticeTrigger.RAISED_AGAIN,
    NoticeTrigger.REFUSED_TO_RECEIVE,
    NoticeTrigger.NO_PROCESS,
    NoticeTrigger.CO_SILENT,
)
"""Triggers that the store can see by itself; the others of the catalogue are a person's word."""
_FROM_YELLOW = frozenset(
    {
        NoticeTrigger.SOLVABLE_BUT_UNSOLVED,
        NoticeTrigger.POOR_HANDLING,
        NoticeTrigger.REPEATED,
        NoticeTrigger.FALSE_RESULT,
    }
)
_STEPS = tuple(NoticeLevel)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Working days; a city may set others."""

    yellow_after_overdue: int = 5
    red_after_overdue: int = 15
    again_after: int = 5
    """After a reply, or a draft that was not signed, the next notice waits so long."""


LADDER = Ladder()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A notice of the same round. `settled_for`: working days since its reply, or since its draft
    where it was not signed; `reply_is_late`: issued, unanswered, its day gone by."""

    state: NoticeState
    level: NoticeLevel
    settled_for: int | None = None
    reply_is_late: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A card for one item, with the sentence that says why it is this one."""

    trigger: NoticeTrigger
    kind: NoticeKind
    level: NoticeLevel
    why: str


def proposal(
    triggers: Collection[NoticeTrigger],
    *,
    days_overdue: int = 0,
    earlier: Sequence[Earlier] = (),
    ladder: Ladder = LADDER,
) -> Proposal | None:
    """What to draft for an item with these triggers; None while an earlier notice still works."""
    ranked = [trigger for trigger in LOUDEST_FIRST if trigger in triggers]
    if not ranked or any(_still_works(notice, ladder) for notice in earlier):
        return None
    level, why = _first_step(ranked, days_overdue, ladder)
    issued = [notice for notice in earlier if notice.state is not NoticeState.REFUSED]
    if issued:
        last = max((notice.level for notice in issued), key=_STEPS.index)
        raised = _STEPS[min(_STEPS.index(last) + 1, len(_STEPS) - 1)]
        if _STEPS.index(raised) >= _STEPS.index(level):
            level = raised
            how = "逾期未回复" if any(one.reply_is_late for one in issued) else "仍未解决"
            why = f"{why}；此前已发{last.label}色督办单，{how}，提高一级"
    return Proposal(ranked[0], kind_of(level), level, why)


def kind_of(level: NoticeLevel) -> NoticeKind:
    """Blue goes out as 催办通知书, what is above it as 督办通知书."""
    return NoticeKind.REMINDER if level is NoticeLevel.BLUE else NoticeKind.SUPERVISION


def first_level(
    trigger: NoticeTrigger, *, days_overdue: int, ladder: Ladder = LADDER
) -> NoticeLevel:
    """The card of a first notice for this trigger."""
    return _first_step([trigger], days_overdue, ladder)[0]


def _first_step(
    ranked: Sequence[NoticeTrigger], days_overdue: int, ladder: Ladder
) -> tuple[NoticeLevel, str]:
    named = "、".join(trigger.label for trigger in ranked)
    if days_overdue > ladder.red_after_overdue:
        return NoticeLevel.RED, f"{named}：逾期{days_overdue}个工作日"
    if days_overdue > ladder.yellow_after_overdue:
        return NoticeLevel.YELLOW, f"{named}：逾期{days_overdue}个工作日"
    late = f"：逾期{days_overdue}个工作日" if days_overdue else ""
    heavy = any(trigger in _FROM_YELLOW for trigger in ranked)
    return (NoticeLevel.YELLOW if heavy else NoticeLevel.BLUE), f"{named}{late}"


def _still_works(notice: Earlier, ladder: Ladder) -> bool:
    """A draft waits, a reply is not yet due, or what was settled is too fresh."""
    if notice.state is NoticeState.DRAFTED:
        return True
    if notice.state is NoticeState.ISSUED:
        return not notice.reply_is_late
    return notice.settled_for is not None and notice.settled_for < ladder.again_after
