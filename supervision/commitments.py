"""承诺: what was promised at a face-to-face session, by when, and whether it was fulfilled.

A commitment is due on a day that people said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from supervision.kept_days import kept_day
from supervision.metrics import Rate
from supervision.vocabulary import Worded
from supervision.working_days import WorkCalendar

LONGEST_TEXT, LONGEST_NAME, MOST_ITEMS = 400, 40, 100


class CommitmentState(Worded):
    """兑现情况: derived from days, never stored; in the order in which a list tells them."""

    OVERDUE = "overdue", "逾期未兑现"
    DUE_SOON = "due_soon", "临期"
    NOT_DUE = "not_due", "未到期"
    FULFILLED_LATE = "fulfilled_late", "逾期兑现"
    FULFILLED_ON_TIME = "fulfilled_on_time", "按期兑现"


FULFILLED = frozenset({CommitmentState.FULFILLED_LATE, CommitmentState.FULFILLED_ON_TIME})


class CommitmentRefused(Exception):
    """Nothing was done; the text is a Chinese sentence."""


STALE = "这项承诺刚被别人改过，请刷新后再办。"
NOT_YOURS = "没有这项承诺，或者它不在您可以办理的范围内，请刷新后再看。"
NO_SESSION = "没有这个场次，或者它不在您可以办理的范围内，请刷新后再看。"
NOT_YOUR_DEPARTMENT = "请选择登记册里、您可见范围内的责任单位。"
DEPARTMENT_ENDED = "所选的责任单位已经停用或并入其他单位，请选择承接的单位。"
TOLD_ALREADY = "这一场已经登记过该单位的同一项承诺，没有重复登记。"
FULFILLED_ALREADY = "这项承诺已经登记兑现，要改请先撤回兑现。"
NOT_FULFILLED = "这项承诺还没有登记兑现。"
WITHDRAWN = "这项承诺已经撤回，要办请先恢复。"
NOT_WITHDRAWN = "这项承诺没有撤回。"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a commitment stands on a day; `days_late` is None where the calendar ends."""

    state: CommitmentState
    days_late: int | None
    is_due: bool
    """Whether the last day for it has ended."""


def standing(
    calendar: WorkCalendar, due_on: date, fulfilled_on: date | None, *, as_of: date,
    soon_until: date | None,
) -> Standing:  # fmt: skip
    """Where it stands on a day; `soon_until` is the last day that counts as soon."""
    kept = kept_day(calendar, due_on, fulfilled_on, as_of=as_of)
    is_due = kept.last < as_of
    if kept.done_on is not None:
        late, on_time = CommitmentState.FULFILLED_LATE, CommitmentState.FULFILLED_ON_TIME
        state = late if kept.is_late else on_time
    elif kept.is_late:
        state = CommitmentState.OVERDUE
    else:
        near = soon_until is not None and kept.last <= soon_until
        state = CommitmentState.DUE_SOON if near else CommitmentState.NOT_DUE
    return Standing(state, kept.days_late, is_due)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are and how many of them were fulfilled, in time, or are overdue."""

    total: int
    fulfilled: int
    overdue: int
    rate: Rate
    """兑现率: of those due, the fulfilled ones, late or not."""
    on_time_rate: Rate
    """按期兑现率: of those due, the ones fulfilled by their day."""


def tally(standings: Iterable[Standing]) -> Tally:
    """Counts of any commitments; what is not due yet is in no rate, fulfilled or not."""
    every = list(standings)
    due = [one for one in every if one.is_due]
    return Tally(
        total=len(every),
        fulfilled=sum(one.state in FULFILLED for one in every),
        overdue=sum(one.state is CommitmentState.OVERDUE for one in every),
        rate=Rate(sum(one.state in FULFILLED for one in due), len(due)),
        on_time_rate=Rate(
            sum(one.state is CommitmentState.FULFILLED_ON_TIME for one in due), len(due)
        ),
    )


def told_in_words(counted: Tally) -> str:
    """The sentence above a list of commitments."""
    if not counted.total:
        return "还没有登记承诺"
    parts = [f"承诺 {counted.total} 项，已兑现 {counted.fulfilled} 项"]
    if counted.overdue:
        parts.append(f"逾期未兑现 {counted.overdue} 项")
    if counted.rate.of:
        parts.append(f"到期的兑现率 {counted.rate.text()}")
    else:
        parts.append("都还没有到期")
    return "；".join(parts)


def commitment_refused(text: str, promised_by: str, due_on: date | None) -> str | None:
    """Why a commitment cannot stand so; None when it can."""
    if not text or len(text) > LONGEST_TEXT:
        return f"请填写承诺内容（1 到 {LONGEST_TEXT} 个字）。"
    if not promised_by or len(promised_by) > LONGEST_NAME:
        return f"请填写承诺人和职务（1 到 {LONGEST_NAME} 个字）。"
    if due_on is None:
        return "请填写兑现期限。"
    return None


def due_refused(due_on: date, held_on: date | None) -> str | None:
    """Why a commitment cannot be due then."""
    if held_on is not None and due_on < held_on:
        return "兑现期限不能早于座谈会召开的日期。"
    return None


def fulfilment_refused(
    fulfilled_on: date | None, evidence: str, *, held_on: date | None, as_of: date
) -> str | None:
    """Why it cannot be taken down as fulfilled: no day, a day to come, or nothing to show."""
    if fulfilled_on is None:
        return "请填写兑现日期。"
    if fulfilled_on > as_of:
        return "兑现日期不能晚于今天。"
    if held_on is not None and fulfilled_on < held_on:
        return "兑现日期不能早于座谈会召开的日期。"
    if not evidence or len(evidence) > LONGEST_TEXT:
        return f"请写明佐证（1 到 {LONGEST_TEXT} 个字），例如验收单文号、现场照片编号。"
    return None


def report_refused(text: str, told_on: date | None, *, as_of: date) -> str | None:
    """Why a report of progress cannot be kept."""
    if not text or len(text) > LONGEST_TEXT:
        return f"请填写进展（1 到 {LONGEST_TEXT} 个字）。"
    if told_on is None or told_on > as_of:
        return "进展的日期不能晚于今天。"
    return None
