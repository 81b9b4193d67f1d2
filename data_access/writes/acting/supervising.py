"""What supervisors set beside the clock: notices, instructions, reclassification."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import select

from data_access.schema.items import item_texts, leader_instructions
from data_access.schema.registers import departments, terms
from data_access.schema.supervision import deadline_clocks, supervision_notices
from data_access.writes.acting.closing import texts_of
from data_access.writes.acting.deed import Deed
from data_access.writes.acting.handling import limit_of
from data_access.writes.acting.open_rows import instruction_meant, notice_meant
from data_access.writes.acting.opening import due_by, without_co_department
from supervision.lifecycle import ActNotAllowed
from supervision.loop_words import ClockCause, NoticeState
from supervision.working_days import CalendarNotKnown

_NUMBER = re.compile(r"(\d+)号$")


def notice_drafted(deed: Deed) -> None:
    """A draft waits for the approver; level and trigger are its author's."""
    said, at = deed.said, deed.round
    deed.add(
        supervision_notices, item_id=deed.item_id,
        round_no=at["round_no"] if at else None,
        department_id=said.department_id or (at["lead_department_id"] if at else None),
        kind=said.notice_kind.value, level=said.level.value, trigger=said.trigger.value,
        text=said.text, reply_due_on=said.reply_due_on, drafted_by=deed.account,
        drafted_at=deed.occasion.at, state=NoticeState.DRAFTED.value,
    )  # fmt: skip


def notice_issued(deed: Deed) -> None:
    """T12: numbered, with its own day for the reply."""
    draft = notice_meant(deed, NoticeState.DRAFTED.value)
    reply_due_on = deed.said.reply_due_on or draft["reply_due_on"]
    if reply_due_on is None or reply_due_on < deed.as_of:
        last = deed.as_of + timedelta(days=deed.occasion.rules.notice_reply_days)
        try:
            reply_due_on = deed.occasion.calendar.next_working_day(last)
        except CalendarNotKnown:
            reply_due_on = last
    # A number that an undone issue left behind stays with its notice.
    number = draft["number"] or _next_number(deed)
    deed.set_row(
        supervision_notices, draft, number=number, state=NoticeState.ISSUED.value,
        issued_by=deed.account, issued_on=deed.as_of, reply_due_on=reply_due_on,
    )  # fmt: skip


def _next_number(deed: Deed) -> str:
    begin = f"督办〔{deed.as_of.year}〕"
    known = deed.occasion.connection.execute(
        select(supervision_notices.c.number).where(supervision_notices.c.number.like(f"{begin}%"))
    ).scalars()
    taken = [int(found[1]) for number in known if (found := _NUMBER.search(number or ""))]
    return f"{begin}{max(taken, default=0) + 1}号"


def notice_refused(deed: Deed) -> None:
    """The approver does not sign; the reason stays with the draft."""
    draft = notice_meant(deed, NoticeState.DRAFTED.value)
    deed.set_row(
        supervision_notices, draft, state=NoticeState.REFUSED.value, words=deed.said.reason
    )


def notice_replied(deed: Deed) -> None:
    """The department's reply."""
    issued = notice_meant(deed, NoticeState.ISSUED.value)
    deed.set_row(
        supervision_notices, issued, state=NoticeState.REPLIED.value, reply=deed.said.text,
        replied_on=deed.as_of, replied_by=deed.account,
    )  # fmt: skip


def instructed(deed: Deed) -> None:
    """批示: stands on the desk until it is answered."""
    said = deed.said
    deed.add(
        leader_instructions, item_id=deed.item_id, given_on=said.on or deed.as_of,
        leader=said.leader or deed.occasion.viewer.name, text=said.text, given_by=deed.account,
    )  # fmt: skip


def instruction_answered(deed: Deed) -> None:
    """The answer to one instruction."""
    deed.set_row(
        leader_instructions, instruction_meant(deed), answered_on=deed.as_of,
        answer=deed.said.text, answered_by=deed.account,
    )  # fmt: skip


def reclassified(deed: Deed) -> None:
    """Another category, department or urgency: a clock beside the running one, never instead."""
    said, at = deed.said, deed.round
    if said.category_id is not None and said.category_id != deed.item["category_id"]:
        before, after = _name(deed, terms, deed.item["category_id"]), said.category_id
        deed.set_item(category_id=after)
        _open_clock(deed, ClockCause.CATEGORY, before, _name(deed, terms, after))
    texts = texts_of(deed)
    if said.urgency is not None and said.urgency != texts["urgency"]:
        _open_clock(deed, ClockCause.URGENCY, texts["urgency"], said.urgency)
        deed.set_row(item_texts, texts, urgency=said.urgency)
    lead = said.lead_department_id
    if at is not None and lead is not None and lead != at["lead_department_id"]:
        before = _name(deed, departments, at["lead_department_id"])
        _open_clock(deed, ClockCause.DEPARTMENT, before, _name(deed, departments, lead))
        deed.set_round(lead_department_id=lead, lead_as_printed=None)
        without_co_department(deed, lead)
    if not deed.effects:
        raise ActNotAllowed("没有要调整的内容：问题分类、牵头单位和紧急程度都与现在相同。")


def _open_clock(deed: Deed, cause: ClockCause, before: str | None, after: str | None) -> None:
    at = deed.round
    if at is None:
        return
    limit = deed.said.limit or limit_of(deed)
    due = due_by(deed, deed.as_of, limit).columns
    deed.add(
        deadline_clocks, round_id=at["id"], cause=cause.value, opened_on=deed.as_of,
        opened_by=deed.account, value_before=before, value_after=after,
        department_before_id=at["lead_department_id"],
        due_before=at["extended_due_on"] or at["due_on"], feedback_before=at["feedback_on"],
        due_on=due["due_on"], due_basis=due["due_basis"], due_convention=due["due_convention"],
        calendar_version_id=due["calendar_version_id"], limit_words=limit.words(),
    )  # fmt: skip


def _name(deed: Deed, table, key):  # type: ignore[no-untyped-def]
    return deed.occasion.connection.execute(select(table.c.name).where(table.c.id == key)).scalar()
