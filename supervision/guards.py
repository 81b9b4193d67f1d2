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
    different_reporters: bool = False
    approved: bool = False
    """The 督查室负责人 has agreed, where a supervisor may not decide alone."""
    lead_departments: int = 0
    limit_chosen: bool = False
    same_lead: bool = False
    """A returned item would go back to the department that returned it."""
    reason: str | None = None
    legal_basis: str | None = None
    text: str | None = None
    claims_solved: bool = False
    evidence_files: int = 0
    resolved: bool = False
    explained: bool = False
    asked_on: date | None = None
    due_on: date | None = None
    new_due_on: date | None = None
    latest_due_on: date | None = None
    """The last day an extension may reach; None: not limited or not yet known."""
    return_deadline_on: date | None = None
    return_ruled_before: bool = False
    extensions_granted: int = 0
    extensions_allowed: int = 1
    """How often the round was extended, and how often the rules let it be."""
    plan: str | None = None
    case_leader: str | None = None
    review_on: date | None = None
    latest_review_on: date | None = None
    """The last day a hang may reach; None: not limited."""
    hung_before: bool = False
    reached: bool | None = None
    attempts: int = 0
    rated: bool = False
    resolution_told: bool = False
    declined: bool = False
    """The resident was reached and gave no rating (未评价)."""
    resolved_and_satisfied: bool = False
    look_back_confirmed: bool = False
    approved_reason: str | None = None
    asked_by: str | None = None
    decided_by: str | None = None
    """Accounts: who asked for or flagged what an approver now decides."""


NOTHING_SAID = Circumstances()


Guard = Callable[[Circumstances], str | None]
"""Gives the sentence of a refusal, or None."""


def needs(name: str, words: str) -> Guard:
    """The circumstance must be said; `words` is the refusal."""

    def guard(said: Circumstances) -> str | None:
        return None if _is_said(getattr(said, name)) else words

    return guard


def _is_said(value: object) -> bool:
    """A text of blanks, or of signs that nobody sees (zero width), says nothing."""
    if isinstance(value, str):
        return any(sign.isprintable() and not sign.isspace() for sign in value)
    return bool(value)


def one_lead(said: Circumstances) -> str | None:
    """Exactly one lead department (T3)."""
    return None if said.lead_departments == 1 else "须确定且只能确定一个牵头单位。"


def other_lead(said: Circumstances) -> str | None:
    """A granted return goes to another department (T6)."""
    return "准予退单后须改派其他牵头单位。" if said.same_lead else None


def another_decides(said: Circumstances) -> str | None:
    """Four eyes: nobody decides on what he asked for himself (compliance.md, three offices)."""
    if said.asked_by is not None and said.asked_by == said.decided_by:
        return "提出的人不能自己审批，请由另一位督查室负责人办理。"
    return None


def approved_merge(said: Circumstances) -> str | None:
    """Items of different residents are merged only with approval (T2)."""
    if said.different_reporters and not said.approved:
        return "不同诉求人的事项并单，须经督查室负责人批准。"
    return None


def evidence_of_solving(said: Circumstances) -> str | None:
    """A feedback that claims the matter is solved brings evidence (T9)."""
    if said.claims_solved and not said.evidence_files:
        return "反馈已解决的，须至少附一份佐证材料。"
    return None


def solved_or_explained(said: Circumstances) -> str | None:
    """Closing means solved, or explained to the resident (JN 24, 27); a plan alone hangs."""
    if said.resolved or said.explained:
        return None
    return "办结须已解决或已向群众解释说明；只有措施和时限的，请改为挂账。"


def asked_in_time(said: Circumstances) -> str | None:
    """An extension is asked for before the limit ends (T7)."""
    if said.asked_on is None:
        return "请写明申请日期。"
    if said.due_on is not None and said.asked_on > said.due_on:
        return "期限已过，不能再申请延期；延期须在到期前提出。"
    return None


def later_than_due(said: Circumstances) -> str | None:
    """An extension ends later than the limit it extends."""
    if said.new_due_on is None:
        return "请写明延期后的期限。"
    if said.due_on is not None and said.new_due_on <= said.due_on:
        return "延期后的期限应晚于原期限。"
    return None


def not_longer_than_limit(said: Circumstances) -> str | None:
    """The added time is at most the share of the original limit that the rules allow (T7)."""
    new, latest = said.new_due_on, said.latest_due_on
    if new is not None and latest is not None and new > latest:
        return f"延长的时间超过规定，最迟延至{latest:%Y-%m-%d}。"
    return None


def return_in_time(said: Circumstances) -> str | None:
    """A return is asked for within its own limit (XF 23)."""
    if said.asked_on is None:
        return "请写明申请日期。"
    latest = said.return_deadline_on
    if latest is not None and said.asked_on > latest:
        return f"已超过提出退单的时限，最迟应于{latest:%Y-%m-%d}提出。"
    return None


def not_ruled_before(said: Circumstances) -> str | None:
    """After one ruling the unit may not return again (WF 22)."""
    return "此前已对退单作出裁定，不能再次退单。" if said.return_ruled_before else None


def not_extended_too_often(said: Circumstances) -> str | None:
    """At most as many extensions of a round as the rules allow."""
    if said.extensions_granted < said.extensions_allowed:
        return None
    return f"同一轮次最多批准延期{said.extensions_allowed}次，已经用完。"


def hang_not_too_long(said: Circumstances) -> str | None:
    """A hang has a longest length where the city sets one (T19)."""
    review, latest = said.review_on, said.latest_review_on
    if review is not None and latest is not None and review > latest:
        return f"挂账时间过长，复查日期最迟为{latest:%Y-%m-%d}。"
    return None


def not_hung_before(said: Circumstances) -> str | None:
    """One hang per item (3.2)."""
    return "同一事项只能挂账一次。" if said.hung_before else None


def told_whether_reached(said: Circumstances) -> str | None:
    """A callback says first of all whether anybody answered (T13)."""
    return "请写明回访是否接通。" if said.reached is None else None


def told_what_was_answered(said: Circumstances) -> str | None:
    """Whoever was reached has answered, or has declined to: an empty answer is neither."""
    if not said.reached or said.declined or (said.rated and said.resolution_told):
        return None
    return "接通的，请记下群众的评价和是否解决；群众不愿评价的，请记为未评价。"


def enough_attempts(said: Circumstances) -> str | None:
    """Unreachable is an answer only after two recorded attempts."""
    if said.reached is False and said.attempts < ATTEMPTS_BEFORE_UNREACHABLE:
        return f"未接通的，至少回访{ATTEMPTS_BEFORE_UNREACHABLE}次并逐次记录后才能结束回访。"
    return None


def satisfied_or_confirmed(said: Circumstances) -> str | None:
    """满意才销号 (3.2)."""
    approved = _is_said(said.approved_reason)
    if said.resolved_and_satisfied or said.look_back_confirmed or approved:
        return None
    return "满意才销号：须回访已解决且满意，或回头看核实，或由负责人写明理由批准。"


REASON = needs("reason", "请写明原因。")
REGISTRATION = (
    needs("title", "请填写事项标题。"),
    needs("content", "请填写诉求内容。"),
    needs("source", "请填写来源渠道。"),
    needs("county", "请填写县(区)。"),
    needs("duplicate_checked", "请先核对是否重复。"),
)
ASSIGNMENT = (one_lead, needs("limit_chosen", "请选定反馈期限。"))
RETURN = (
    needs("reason", "退单须写明理由。"),
    needs("legal_basis", "退单须写明依据。"),
    return_in_time,
    not_ruled_before,
)
EXTENSION = (later_than_due, not_longer_than_limit)
EXTENSION_ASKED = (
    needs("reason", "申请延期须写明理由。"),
    asked_in_time,
    not_extended_too_often,
    *EXTENSION,
)
FEEDBACK = (needs("text", "书面反馈须有内容。"), evidence_of_solving)
PLAN = (
    needs("plan", "挂账须写明推进措施。"),
    needs("case_leader", "挂账须写明包案领导。"),
    needs("review_on", "挂账须写明复查日期。"),
    hang_not_too_long,
    not_hung_before,
)
