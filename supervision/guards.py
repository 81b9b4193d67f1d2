"""Guards of the lifecycle: what must be so before an act; each refusal a Chinese sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

ATTEMPTS_BEFORE_UNREACHABLE = 2


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What guards may ask about; None and False mean: not so, or not said."""

    title: str | None = None
    content: str | None = None
    source: str | None = None
    county: str | None = None
    duplicate_checked: bool = False
    lead_departments: int = 0
    reason: str | None = None
    legal_basis: str | None = None
    text: str | None = None
    asked_on: date | None = None
    due_on: date | None = None
    new_due_on: date | None = None
    return_deadline_on: date | None = None
    return_ruled_before: bool = False
    extended_before: bool = False
    plan: str | None = None
    review_on: date | None = None
    reached: bool | None = None
    attempts: int = 0
    resolved_and_satisfied: bool = False
    look_back_confirmed: bool = False
    approved_reason: str | None = None


NOTHING_SAID = Circumstances()


Guard = Callable[[Circumstances], str | None]
"""Gives the sentence of a refusal, or None."""


def needs(name: str, words: str) -> Guard:
    """The circumstance must be said; `words` is the refusal."""

    def guard(said: Circumstances) -> str | None:
        value = getattr(said, name)
        return None if value not in (None, "", False, 0) else words

    return guard


def one_lead(said: Circumstances) -> str | None:
    """Exactly one lead department (T3)."""
    return None if said.lead_departments == 1 else "须确定且只能确定一个牵头单位。"


def asked_in_time(said: Circumstances) -> str | None:
    """An extension is asked for before the limit ends (T7)."""
    if said.asked_on is not None and said.due_on is not None and said.asked_on > said.due_on:
        return "期限已过，不能再申请延期；延期须在到期前提出。"
    return None


def later_than_due(said: Circumstances) -> str | None:
    """An extension ends later than the limit it extends."""
    if said.new_due_on is None:
        return "请写明延期后的期限。"
    if said.due_on is not None and said.new_due_on <= said.due_on:
        return "延期后的期限应晚于原期限。"
    return None


def return_in_time(said: Circumstances) -> str | None:
    """A return is asked for within its own limit (XF 23)."""
    if (
        said.asked_on is not None
        and said.return_deadline_on is not None
        and said.asked_on > said.return_deadline_on
    ):
        return "已超过提出退单的时限（交办后5个工作日内）。"
    return None


def not_ruled_before(said: Circumstances) -> str | None:
    """After one ruling the unit may not return again (WF 22)."""
    return "此前已对退单作出裁定，不能再次退单。" if said.return_ruled_before else None


def not_extended_before(said: Circumstances) -> str | None:
    """At most one extension."""
    return "延期只能批准一次。" if said.extended_before else None


def enough_attempts(said: Circumstances) -> str | None:
    """Unreachable is an answer only after two recorded attempts."""
    if said.reached is False and said.attempts < ATTEMPTS_BEFORE_UNREACHABLE:
        return f"未接通的，至少回访{ATTEMPTS_BEFORE_UNREACHABLE}次并逐次记录后才能结束回访。"
    return None


def satisfied_or_confirmed(said: Circumstances) -> str | None:
    """满意才销号 (3.2)."""
    if said.resolved_and_satisfied or said.look_back_confirmed or said.approved_reason:
        return None
    return "满意才销号：须回访已解决且满意，或回头看核实，或由负责人写明理由批准。"


REASON = needs("reason", "请写明原因。")
PLAN = (
    needs("plan", "挂账须写明推进措施。"),
    needs("review_on", "挂账须写明复查日期。"),
)
