"""The circumstances that guards judge by: what was said, and what only the store may say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from data_access.schema.accounts import personal_data
from data_access.schema.items import items
from data_access.schema.registers import departments, reporting_units, terms
from data_access.writes.acting.actors import Actor
from data_access.writes.acting.deed import Deed, Row
from data_access.writes.acting.open_rows import (
    approved_reason,
    attempts,
    extensions_granted,
    is_look_back_confirmed,
    notice_meant,
    open_extension,
    open_flag,
    open_return,
    was_hung_before,
    was_ruled_before,
)
from supervision.beside_acts import AnyAct, BesideAct
from supervision.guards import Circumstances
from supervision.lifecycle import Act
from supervision.loop_words import NoticeState
from supervision.scope import Role
from supervision.vocabulary import CONTENT, Resolution, Satisfaction
from supervision.working_days import CalendarNotKnown, WorkCalendar


def circumstances_of(deed: Deed, roles: frozenset[Role]) -> Circumstances:
    """Everything the guards of this act may ask about."""
    said = deed.said
    base = Circumstances(
        reason=said.reassign_reason or said.reason,
        text=said.text,
        evidence_files=len(said.evidence),
        claims_solved=said.claims_solved or said.resolved is Resolution.RESOLVED,
        explained=said.explained,
        resolved=said.resolved is Resolution.RESOLVED,
        asked_on=deed.as_of,
        limit_chosen=said.limit is not None,
        decided_by=deed.account,
    )
    gather = _OF.get(deed.act)
    return replace(base, **gather(deed, roles)) if gather is not None else base


Told = dict[str, Any]


def _registering(deed: Deed, _roles: frozenset[Role]) -> Told:
    said = deed.said
    return {
        "title": said.title,
        "content": said.content,
        "source": _named(deed, terms, deed.item["origin_id"]),
        "county": _named(deed, reporting_units, said.unit_id),
        "duplicate_checked": said.duplicate_checked,
    }


def _merging(deed: Deed, roles: frozenset[Role]) -> Told:
    other = into_item(deed)
    # Unknown reporters count as different ones: nobody is merged away unseen, and nobody learns
    # by trying whether an item that he does not see was reported from the same telephone.
    same = bool(other and _phones(deed, deed.item_id) & _phones(deed, other["id"]))
    return {"different_reporters": not same, "approved": Role.APPROVER in roles}


def into_item(deed: Deed) -> Row | None:
    """The item that this one is to be merged into, where this person sees it."""
    found = deed.rows(items, items.c.id == (deed.said.into_item_id or 0))
    actor = Actor(deed.occasion.connection, deed.occasion.viewer)
    if not found or found[0]["id"] == deed.item_id or not actor.standing(found[0], None).seen:
        return None
    return found[0]


def _phones(deed: Deed, item_id: int) -> set[str]:
    return set(
        deed.occasion.connection.execute(
            select(personal_data.c.lookup).where(
                personal_data.c.item_id == item_id,
                personal_data.c.lookup.is_not(None),
                personal_data.c.replaced_by_batch.is_(None),
            )
        ).scalars()
    )


def _one_lead(deed: Deed, _roles: frozenset[Role]) -> Told:
    lead = _named(deed, departments, deed.said.lead_department_id)
    return {"lead_departments": 1 if lead else 0}


def _asking_return(deed: Deed, _roles: frozenset[Role]) -> Told:
    at = deed.the_round()
    return {
        "legal_basis": deed.said.legal_basis,
        "return_deadline_on": working_day_after(
            deed.occasion.calendar, at["assigned_on"], deed.occasion.rules.return_working_days
        ),
        "return_ruled_before": was_ruled_before(deed),
    }


def _ruling_return(deed: Deed, roles: frozenset[Role]) -> Told:
    asked = open_return(deed)
    return {
        **_one_lead(deed, roles),
        "asked_by": asked["asked_by"] if asked else None,
        "same_lead": deed.said.lead_department_id == deed.the_round()["lead_department_id"],
    }


def _asking_extension(deed: Deed, _roles: frozenset[Role]) -> Told:
    at = deed.the_round()
    return {
        "due_on": at["extended_due_on"] or at["due_on"],
        "new_due_on": deed.said.new_due_on,
        "latest_due_on": latest_extension(deed),
        "extensions_granted": extensions_granted(deed),
        "extensions_allowed": deed.occasion.rules.extension_times,
    }


def _ruling_extension(deed: Deed, roles: frozenset[Role]) -> Told:
    asked = open_extension(deed)
    return {
        **_asking_extension(deed, roles),
        "asked_by": asked["asked_by"] if asked else None,
        "asked_on": asked["asked_on"] if asked else None,
        "new_due_on": deed.said.new_due_on or (asked["new_due_on"] if asked else None),
    }


def latest_extension(deed: Deed) -> date | None:
    """The last day an extension may reach: a share of the original limit more (T7)."""
    at = deed.the_round()
    start, due = at["assigned_on"], at["due_on"]
    if start is None or due is None:
        return None
    running: date = at["extended_due_on"] or due
    percent = deed.occasion.rules.extension_percent
    calendar = deed.occasion.calendar
    try:
        given = calendar.working_days_between(start, due)
        return calendar.add_working_days(running, given * percent // 100)
    except CalendarNotKnown:
        more: timedelta = (due - start) * percent // 100
        return running + more


def _hanging(deed: Deed, _roles: frozenset[Role]) -> Told:
    said, longest = deed.said, deed.occasion.rules.longest_hang_days
    return {
        "plan": said.plan,
        "case_leader": said.case_leader,
        "review_on": said.review_on,
        "latest_review_on": deed.as_of + timedelta(days=longest) if longest else None,
        "hung_before": was_hung_before(deed),
    }


def _calling(deed: Deed, _roles: frozenset[Role]) -> Told:
    reached = deed.said.reached
    return {
        "reached": reached,
        "attempts": attempts(deed) + (reached is False),
        "rated": deed.said.result is not None,
        "resolution_told": deed.said.resolved_by_resident is not None,
        "declined": deed.said.declined,
    }


def _striking_off(deed: Deed, _roles: frozenset[Role]) -> Told:
    at = deed.the_round()
    answered = Satisfaction(at["result"]) if at["result"] else None
    solved = at["resolved_by_resident"] == Resolution.RESOLVED.value
    return {
        "resolved_and_satisfied": bool(at["reached"]) and solved and answered in CONTENT,
        "look_back_confirmed": is_look_back_confirmed(deed),
        "approved_reason": approved_reason(deed),
    }


def _deciding_flag(deed: Deed, roles: frozenset[Role]) -> Told:
    flag = open_flag(deed)
    return {**_one_lead(deed, roles), "asked_by": flag["flagged_by"] if flag else None}


def _deciding_notice(deed: Deed, _roles: frozenset[Role]) -> Told:
    draft = notice_meant(deed, NoticeState.DRAFTED.value)
    told: Told = {"asked_by": draft["drafted_by"]}
    return told if deed.act is BesideAct.REFUSE_NOTICE else {**told, "reason": draft["text"]}


def _taking_off(deed: Deed, _roles: frozenset[Role]) -> Told:
    return {"new_due_on": deed.said.new_due_on}


def _named(deed: Deed, table: Any, key: int | None) -> str | None:
    if key is None:
        return None
    found = deed.occasion.connection.execute(select(table.c.name).where(table.c.id == key)).scalar()
    return str(found) if found is not None else None


def working_day_after(calendar: WorkCalendar, start: date | None, n: int) -> date | None:
    """The n-th working day after a day; None where the calendar does not reach."""
    try:
        return calendar.add_working_days(start, n) if start is not None else None
    except CalendarNotKnown:
        return None


_OF: dict[AnyAct, Callable[[Deed, frozenset[Role]], Told]] = {
    Act.REGISTER: _registering,
    Act.MERGE: _merging,
    Act.ASSIGN: _one_lead,
    Act.ASK_RETURN: _asking_return,
    Act.GRANT_RETURN: _ruling_return,
    Act.REFUSE_RETURN: _ruling_return,
    Act.ASK_EXTENSION: _asking_extension,
    Act.GRANT_EXTENSION: _ruling_extension,
    Act.REFUSE_EXTENSION: _ruling_extension,
    Act.ACCEPT_AND_HANG: _hanging,
    Act.HANG: _hanging,
    Act.TAKE_OFF_HANGING: _taking_off,
    Act.CALL_BACK: _calling,
    Act.STRIKE_OFF: _striking_off,
    Act.REASSIGN: _deciding_flag,
    Act.KEEP_CLOSED: _deciding_flag,
    BesideAct.REFUSE_FLAG: _deciding_flag,
    Act.REOPEN: _one_lead,
    Act.ISSUE_NOTICE: _deciding_notice,
    BesideAct.REFUSE_NOTICE: _deciding_notice,
}
