"""From the review of a feedback to the archive: T11, T13 to T15, T17 to T20, termination."""

from __future__ import annotations

from data_access.city_rules import rule_book
from data_access.schema.items import callbacks, item_texts, look_backs, reassignment_flags
from data_access.schema.supervision import deadline_clocks, hangs
from data_access.writes.acting.deed import Deed, Row
from data_access.writes.acting.open_rows import end_hang, open_flag, open_hang
from supervision.lifecycle import ActNotAllowed
from supervision.loop_words import CONFIRMED, ClockCause, ProposedUnit, Ruling
from supervision.vocabulary import DeadlineBasis, ItemState, ReassignReason


def closed(deed: Deed) -> None:
    """T11: the review is passed and the item closed; what was late stays late."""
    resolved = deed.said.resolved
    deed.set_item(closed_on=deed.as_of)
    deed.set_round(
        accepted_on=deed.as_of, closed_on=deed.as_of,
        resolved_by_unit=resolved.value if resolved else deed.the_round()["resolved_by_unit"],
    )  # fmt: skip


def accepted_and_hung(deed: Deed) -> None:
    """T11: the review is passed; measures and a day stand in place of the solution."""
    deed.set_round(accepted_on=deed.as_of)
    hung(deed)


def hung(deed: Deed) -> None:
    """T19: open, with a plan, a leader and a day of review."""
    said = deed.said
    if said.review_on is not None and said.review_on <= deed.as_of:
        raise ActNotAllowed("挂账的复查日期应晚于今天。")
    deed.set_item(hang_until=said.review_on)
    deed.set_row(item_texts, texts_of(deed), case_leader=said.case_leader)
    deed.add(
        hangs, item_id=deed.item_id, round_no=deed.the_round()["round_no"], plan=said.plan,
        case_leader=said.case_leader, review_on=said.review_on, begun_on=deed.as_of,
        begun_by=deed.account,
    )  # fmt: skip


def taken_off_hanging(deed: Deed) -> None:
    """T19: a new day for the feedback; a lateness that was there before the hang stays.

    The clock before is kept beside, so that nothing is relaxed unseen.
    """
    hang, at = open_hang(deed), deed.the_round()
    due, new = at["extended_due_on"] or at["due_on"], deed.said.new_due_on
    if new is not None and new < deed.as_of:
        raise ActNotAllowed("重新确定的反馈期限不能早于今天。")
    end_hang(deed)
    deed.set_item(hang_until=None)
    deed.add(
        deadline_clocks, round_id=at["id"], cause=ClockCause.OFF_HANGING.value,
        opened_on=deed.as_of, opened_by=deed.account, due_before=due,
        feedback_before=at["feedback_on"], due_on=new, due_basis=DeadlineBasis.STATED.value,
    )  # fmt: skip
    begun_on = hang["begun_on"] if hang is not None else deed.as_of
    if at["feedback_on"] is None and due is not None and due < begun_on:
        deed.remark = "挂账前已经逾期，原期限和逾期认定不变；新期限另行计时。"
        return
    deed.set_round(
        due_on=new, due_basis=DeadlineBasis.STATED.value, due_words=None, due_convention=None,
        extended_due_on=None, limit_number=None, limit_unit=None, limit_on=None,
        first_feedback_on=at["feedback_on"], feedback_on=None, accepted_on=None,
    )  # fmt: skip


def called_back(deed: Deed) -> None:
    """T13: every call is kept; the round shows the latest."""
    said = deed.said
    keep_call(deed)
    deed.set_round(
        called_on=deed.as_of, reached=said.reached,
        result=said.result.value if said.reached and said.result else None,
        process=said.process.value if said.reached and said.process else None,
        resolved_by_resident=(
            said.resolved_by_resident.value if said.reached and said.resolved_by_resident else None
        ),
    )  # fmt: skip


def keep_call(deed: Deed) -> None:
    """One call, whether or not anybody answered."""
    said = deed.said
    answered = said.reached is True
    deed.add(
        callbacks, round_id=deed.the_round()["id"], called_on=deed.as_of, reached=answered,
        result=said.result.value if answered and said.result else None,
        process=said.process.value if answered and said.process else None,
        resolved=(
            said.resolved_by_resident.value if answered and said.resolved_by_resident else None
        ),
        text=said.text, called_by=deed.account,
    )  # fmt: skip


def struck_off(deed: Deed) -> None:
    """T14: 满意才销号; the round ends."""
    deed.set_item(struck_off_on=deed.as_of)
    deed.set_round(ended_on=deed.as_of)


def flagged(deed: Deed) -> None:
    """T15: reason, evidence, proposed department; waits for the approver."""
    said = deed.said
    if said.reassign_reason in (None, ReassignReason.OTHER) and not said.words:
        raise ActNotAllowed("选择“其他”时，请写明原因。")
    _refuse_withdrawn(deed, said.reassign_reason)
    deed.set_item(flagged_on=deed.as_of)
    proposed = said.proposed or ProposedUnit.SAME
    deed.add(
        reassignment_flags, item_id=deed.item_id, round_no=deed.item["current_round"],
        reason=(said.reassign_reason or ReassignReason.OTHER).value, words=said.words,
        flagged_by=deed.account, flagged_at=deed.occasion.at,
        evidence="\n".join(said.evidence) or None, proposed=proposed.value,
        proposed_department_id=said.proposed_department_id, from_state=deed.item["state"],
    )  # fmt: skip


def _refuse_withdrawn(deed: Deed, reason: ReassignReason | None) -> None:
    offered = rule_book(deed.occasion.connection).reasons(deed.as_of)
    if reason is not None and reason not in offered:
        may = "、".join(one.label for one in offered)
        raise ActNotAllowed(
            f"按本市规则，原因“{reason.label}”已停用，可以选：{may}；请刷新页面后再办。"
        )


def kept_closed(deed: Deed) -> None:
    """T17: 维持办结, with the reason; left out of appraisal only if the approver says so."""
    said = deed.said
    _refuse_flag(deed, excluded=said.exclude)
    end_hang(deed)
    deed.set_item(
        struck_off_on=deed.as_of, flagged_on=None, hang_until=None,
        closed_on=deed.item["closed_on"] or deed.as_of,
        excluded=deed.item["excluded"] or said.exclude,
    )  # fmt: skip
    deed.set_round(ended_on=deed.as_of)
    if said.exclude:
        deed.set_row(item_texts, texts_of(deed), excluded_reason=said.reason)


def flag_refused(deed: Deed) -> None:
    """An item whose round has not been reviewed goes back to where it was flagged."""
    flag = open_flag(deed)
    before = flag["from_state"] if flag is not None and flag["from_state"] else None
    _refuse_flag(deed, excluded=False)
    deed.set_item(state=before or ItemState.IN_ROUND.value, flagged_on=None)


def _refuse_flag(deed: Deed, *, excluded: bool) -> None:
    flag = open_flag(deed)
    if flag is not None:
        deed.set_row(
            reassignment_flags, flag, decision=Ruling.REFUSED.value, decided_by=deed.account,
            decided_at=deed.occasion.at, decision_words=deed.said.reason, excluded=excluded,
        )  # fmt: skip


def rebounded(deed: Deed) -> None:
    """T18: a look-back found the trouble back; the item is open again."""
    _looked_back(deed, ItemState.REBOUNDED.value, deed.said.reason)
    deed.set_item(closed_on=None, struck_off_on=None)


def look_back_confirmed(deed: Deed) -> None:
    """A look-back found things as they were reported."""
    _looked_back(deed, CONFIRMED, deed.said.text)


def _looked_back(deed: Deed, outcome: str, words: str | None) -> None:
    deed.add(
        look_backs, item_id=deed.item_id, checked_on=deed.as_of, outcome=outcome, text=words,
        round_no=deed.item["current_round"], checked_by=deed.account,
    )  # fmt: skip
    deed.set_item(look_back=outcome)


def terminated(deed: Deed) -> None:
    """3.2: ends without a solution, after it was explained to the resident."""
    end_hang(deed)
    deed.set_item(hang_until=None, flagged_on=None)
    flag = open_flag(deed)
    if flag is not None:
        _refuse_flag(deed, excluded=False)
    if deed.round is not None:
        deed.set_round(ended_on=deed.as_of)


def without_effect(_deed: Deed) -> None:
    """The act changes the state alone, or is kept as a line of the item's history."""


def texts_of(deed: Deed) -> Row:
    """The item's long texts."""
    return deed.rows(item_texts, item_texts.c.item_id == deed.item_id)[0]
