"""What a person says with an act; the store tells everything else (acting.circumstances)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from data_access.ledger_import.cell_text import clean
from data_access.ledger_import.own_home import homes
from data_access.ledger_import.personal import masked, masked_name, without_reporter
from data_access.ledger_import.readers import reporter_names, reporter_numbers
from supervision.deadlines import Limit
from supervision.loop_words import (
    AccountabilityKind,
    FollowerKind,
    NoticeKind,
    NoticeLevel,
    NoticeTrigger,
    ProposedUnit,
)
from supervision.vocabulary import ReassignReason, Resolution, Satisfaction


@dataclass(frozen=True, slots=True, repr=False)
class Reporter:
    """A resident in clear, on the way to being sealed; no repr could tell who."""

    name: str | None = None
    phone: str | None = None
    address: str | None = None
    protected: bool = False
    """Asked for secrecy, or complains of a department: it is not told who."""

    def fields(self) -> tuple[tuple[str, str], ...]:
        """(personal field, clear value) of what was told."""
        told = (("name", self.name), ("phone", self.phone), ("addr", self.address))
        return tuple(
            (f"reporter_{name}", plain) for name, value in told if (plain := clean(value or ""))
        )


@dataclass(frozen=True, slots=True)
class Said:
    """Everything an act may be told; each act takes what it needs and leaves the rest.

    Texts are masked when the act is taken up: telephones, identity numbers, sure names and the
    item's own resident are kept by personal_data alone.
    """

    reason: str | None = None
    """Why; for 不予受理, 并单, 退单, 延期, 驳回, 终止, 维持办结 and others."""
    reassign_reason: ReassignReason | None = None
    words: str | None = None
    """What is added to a reason or decision."""
    text: str | None = None
    """Feedback, progress, 批示, its answer, a notice's text or reply, a note."""
    measures: str | None = None
    evidence: tuple[str, ...] = ()
    """Where each piece of evidence is: a file's name or number."""
    # Registration.
    title: str | None = None
    content: str | None = None
    origin_id: int | None = None
    origin_name: str | None = None
    """A 来源渠道 that was written instead of chosen."""
    category_id: int | None = None
    session_id: int | None = None
    unit_id: int | None = None
    township_code: str | None = None
    village: str | None = None
    address: str | None = None
    urgency: str | None = None
    received_on: date | None = None
    duplicate_checked: bool = False
    reporter: Reporter | None = None
    in_clear: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """What `as_kept` masked of a new item's texts: (field, clear), for sealing only."""
    into_item_id: int | None = None
    """并单: the item that goes on."""
    # Assignment.
    lead_department_id: int | None = None
    co_department_ids: tuple[int, ...] = ()
    limit: Limit | None = None
    close_due_on: date | None = None
    # Returns and extensions.
    legal_basis: str | None = None
    new_due_on: date | None = None
    # Feedback, review, hanging.
    claims_solved: bool = False
    resolved: Resolution | None = None
    explained: bool = False
    plan: str | None = None
    case_leader: str | None = None
    review_on: date | None = None
    # Callback.
    reached: bool | None = None
    result: Satisfaction | None = None
    process: Satisfaction | None = None
    resolved_by_resident: Resolution | None = None
    declined: bool = False
    """未评价: the resident was reached and gave no rating."""
    # Flag and its decision.
    proposed: ProposedUnit | None = None
    proposed_department_id: int | None = None
    exclude: bool = False
    # Notices.
    notice_id: int | None = None
    notice_kind: NoticeKind = NoticeKind.SUPERVISION
    level: NoticeLevel = NoticeLevel.BLUE
    trigger: NoticeTrigger = NoticeTrigger.OTHER
    reply_due_on: date | None = None
    # Instructions and duties.
    instruction_id: int | None = None
    leader: str | None = None
    on: date | None = None
    """The day of what is recorded later: an instruction, a report, an interview; else today."""
    department_id: int | None = None
    accountability: AccountabilityKind | None = None
    outcome: str | None = None
    outlet: str | None = None
    link: str | None = None
    head: str | None = None
    members: str | None = None
    follower: FollowerKind | None = None
    name: str | None = None
    """Of a follower: kept masked."""

    def as_kept(self) -> Said:
        """The same as it may be stored: without signs that break pages, residents masked."""
        kept: dict[str, Any] = {
            one.name: _kept(one.name, getattr(self, one.name)) for one in fields(self)
        }
        if self.reporter is not None:
            own = names_of(self.reporter.fields())
            kept = {name: _without(name, value, own) for name, value in kept.items()}
        before = ((name, clean(getattr(self, name) or "")) for name in _OF_A_NEW_ITEM)
        kept["in_clear"] = tuple(
            (name, plain) for name, plain in before if plain and plain != kept[name]
        )
        return Said(**kept)

    def without(self, names: tuple[str, ...]) -> Said:
        """The same without the names and numbers of a resident, wherever they are told."""
        if not names:
            return self
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        return Said(**{name: _without(name, value, names) for name, value in told.items()})


def names_of(personal: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What is hidden of (personal field, clear value): full names, numbers and the home."""
    return tuple(
        name
        for field_name, clear in personal
        for name in (
            reporter_names(clear) if field_name == "reporter_name"
            else reporter_numbers(clear) if field_name in ("reporter_phone", "reporter_id")
            else homes(clear) if field_name == "reporter_addr"
            else ()
        )
    )  # fmt: skip


_OF_A_NEW_ITEM = ("title", "content", "address")
_NO_PROSE = frozenset({"link", "township_code"})
_OFFICIALS = frozenset({"case_leader", "leader", "head", "members"})
"""Names of office holders: they answer in public and are kept."""


def _without(name: str, value: Any, names: tuple[str, ...]) -> Any:
    if name in _OFFICIALS or name in _NO_PROSE:
        return value
    if isinstance(value, tuple):
        return tuple(_without(name, part, names) for part in value)
    return without_reporter(value, names) if type(value) is str else value


def _kept(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_kept(name, part) for part in value)
    if not isinstance(value, str) or type(value) is not str or name in _NO_PROSE:
        return value
    plain = clean(value)
    if name == "name":
        return masked_name(masked(plain)) if plain else None
    return (plain if name in _OFFICIALS else masked(plain)) or None
