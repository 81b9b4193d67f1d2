"""What a department does in its round, and what is ruled on it: T4 to T10."""

from __future__ import annotations

from datetime import date, timedelta

from data_access.city_rules import rule_book
from data_access.schema.items import extensions, feedback
from data_access.schema.supervision import item_acts, returns
from data_access.writes.acting.circumstances import working_day_after
from data_access.writes.acting.deed import Deed
from data_access.writes.acting.open_rows import open_extension, open_return
from data_access.writes.acting.opening import due_by, with_co_departments, without_co_department
from supervision.deadlines import Limit, LimitUnit, effective_due
from supervision.lifecycle import Act
from supervision.loop_words import Ruling
from supervision.rounds import counted_feedback_on
from supervision.working_days import CalendarNotKnown

LATE_EXTENSION = "批准时原期限已过，延期不改变已形成的逾期。"


def received(deed: Deed) -> None:
    """T4: the first signing counts, also after a refused return."""
    deed.set_round(received_on=deed.the_round()["received_on"] or deed.as_of)


def return_asked(deed: Deed) -> None:
    """T5: the clock keeps running."""
    at, said = deed.the_round(), deed.said
    deed.add(
        returns, round_id=at["id"], department_id=at["lead_department_id"], asked_on=deed.as_of,
        asked_by=deed.account, reason=said.reason, legal_basis=said.legal_basis,
        assigned_on=at["assigned_on"], due_on=at["due_on"],
    )  # fmt: skip


def return_granted(deed: Deed) -> None:
    """T6: another department with its own day and deadline; who returned it keeps its record."""
    _rule_return(deed, Ruling.GRANTED)
    limit = deed.said.limit or limit_of(deed)
    deed.set_round(
        lead_department_id=deed.said.lead_department_id, lead_as_printed=None,
        assigned_on=deed.as_of, received_on=None, extended_due_on=None, return_ruled=False,
        **due_by(deed, deed.as_of, limit).columns,
    )  # fmt: skip
    without_co_department(deed, deed.said.lead_department_id)
    with_co_departments(deed)


def return_refused(deed: Deed) -> None:
    """T6: the same department, the old deadline, and no second return."""
    _rule_return(deed, Ruling.REFUSED)
    deed.set_round(return_ruled=True)


def _rule_return(deed: Deed, ruling: Ruling) -> None:
    asked = open_return(deed)
    if asked is not None:
        deed.set_row(
            returns, asked, ruling=ruling.value, ruled_by=deed.account, ruled_on=deed.as_of,
            words=deed.said.reason or deed.said.words,
            new_department_id=deed.said.lead_department_id if ruling is Ruling.GRANTED else None,
        )  # fmt: skip


def limit_of(deed: Deed) -> Limit:
    """The limit the round was given; the rule's where a ledger gave a day only."""
    at = deed.the_round()
    # A fixed day that has gone by would be late at once.
    if at["limit_unit"] in (None, LimitUnit.FIXED_DATE.value):
        book = rule_book(deed.occasion.connection)
        return book.limit(deed.as_of, deed.item["category_id"], deed.item["origin_id"])
    return Limit(at["limit_number"], LimitUnit(at["limit_unit"]))


def extension_asked(deed: Deed) -> None:
    """T7: asked before the due day has ended."""
    deed.add(
        extensions, round_id=deed.the_round()["id"], asked_on=deed.as_of, asked_by=deed.account,
        reason=deed.said.reason, new_due_on=deed.said.new_due_on,
    )  # fmt: skip


def extension_granted(deed: Deed) -> None:
    """T7: the new day counts only if it was approved by the old one (metrics.md 2.2)."""
    asked, at = open_extension(deed), deed.the_round()
    assert asked is not None
    new = deed.said.new_due_on or asked["new_due_on"]
    deed.set_row(
        extensions, asked, decision=Ruling.GRANTED.value, decided_by=deed.account,
        decided_on=deed.as_of, decision_words=deed.said.words, approved_on=deed.as_of,
        approved_by=deed.account, new_due_on=new,
    )  # fmt: skip
    running = at["extended_due_on"] or at["due_on"]
    if effective_due(running, new, deed.as_of) == new:
        deed.set_round(extended_due_on=new, residents_to_inform=True, residents_told_on=None)
    else:
        deed.remark = LATE_EXTENSION


def extension_refused(deed: Deed) -> None:
    """T7: the old deadline stays."""
    asked = open_extension(deed)
    if asked is not None:
        deed.set_row(
            extensions, asked, decision=Ruling.REFUSED.value, decided_by=deed.account,
            decided_on=deed.as_of, decision_words=deed.said.reason,
        )  # fmt: skip


def fed_back(deed: Deed) -> None:
    """T9: the day of the written feedback."""
    _keep_feedback(deed)
    resolved = deed.said.resolved
    deed.set_round(
        feedback_on=deed.as_of,
        resolved_by_unit=resolved.value if resolved else deed.the_round()["resolved_by_unit"],
    )


def returned_for_fix(deed: Deed) -> None:
    """T10: nothing counts as fed back until it comes again."""
    at, occasion = deed.the_round(), deed.occasion
    days = occasion.rules.fix_working_days
    limit_on = working_day_after(occasion.calendar, deed.as_of, days)
    deed.set_round(
        returned=True, fix_due_on=limit_on or deed.as_of + timedelta(days=days),
        first_feedback_on=at["feedback_on"], feedback_on=None,
    )  # fmt: skip


def resubmitted(deed: Deed) -> None:
    """T10: within its limit the first day counts, else the day it came again."""
    at = deed.the_round()
    _keep_feedback(deed)
    resolved = deed.said.resolved
    deed.set_round(
        feedback_on=_counted_day(deed), fix_due_on=None,
        resolved_by_unit=resolved.value if resolved else at["resolved_by_unit"],
    )  # fmt: skip


def _counted_day(deed: Deed) -> date:
    at, calendar = deed.the_round(), deed.occasion.calendar
    first = at["first_feedback_on"]
    if first is None:
        return deed.as_of
    try:
        counted = counted_feedback_on(
            first, returned_on(deed), deed.as_of, calendar,
            within=deed.occasion.rules.fix_working_days,
        )  # fmt: skip
    except CalendarNotKnown:
        counted = first if deed.as_of <= at["fix_due_on"] else deed.as_of
    return counted or deed.as_of


def returned_on(deed: Deed) -> date | None:
    """The day on which the feedback was sent back last."""
    sent_back = deed.rows(
        item_acts,
        item_acts.c.item_id == deed.item_id,
        item_acts.c.round_no == deed.the_round()["round_no"],
        item_acts.c.act == Act.RETURN_FOR_FIX.value,
    )
    return sent_back[-1]["done_on"] if sent_back else None


def _keep_feedback(deed: Deed) -> None:
    said, key = deed.said, deed.the_round()["id"]
    evidence = "\n".join(said.evidence) or None
    deed.add(
        feedback, round_id=key, kind="written", given_on=deed.as_of, text=said.text,
        given_by=deed.account, evidence=evidence,
    )  # fmt: skip
    if said.measures:
        deed.add(feedback, round_id=key, kind="measures", text=said.measures, given_by=deed.account)
