"""The lifecycle: every item state × round state × act, against a table written here.

The table below is copied out from lifecycle.md 3.3 by hand and shares nothing with
`supervision.lifecycle.RULES`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from supervision.guards import Circumstances
from supervision.lifecycle import Act, ActNotAllowed, States, allowed_acts, is_allowed, state_after
from supervision.scope import Role
from supervision.vocabulary import ItemState, RoundState

A, I, R = Act, ItemState, RoundState  # noqa: E741

ANY = (None, *RoundState)
A_ROUND = tuple(RoundState)
NO_ROUND = (None,)
STILL_WORKED_ON = (R.ASSIGNED, R.RECEIVED, R.RETURN_PENDING, R.EXTENSION_PENDING,
                   R.RETURNED_FOR_FIX, R.SUBMITTED)  # fmt: skip
REVIEWED = (R.ACCEPTED, R.CALLED_BACK)
OPEN = (I.REGISTERED, I.IN_ROUND, I.HANGING, I.REASSIGN_PENDING, I.REBOUNDED)
STAYS = None

OFFICE = {Role.SUPERVISOR, Role.COUNTY_ADMIN}
HEAD = {Role.APPROVER}
LEAD = {Role.LEAD_UNIT}
CALLERS = {Role.CALLBACK, *OFFICE}

# act: who, item states, round states, the item becomes, the round becomes
TABLE = {
    A.REGISTER: (OFFICE, (I.DRAFT,), NO_ROUND, I.REGISTERED, STAYS),
    A.MARK_INVALID: (OFFICE, (I.DRAFT, I.REGISTERED), NO_ROUND, I.INVALID, STAYS),
    A.MERGE: (OFFICE | HEAD, (I.DRAFT, I.REGISTERED), NO_ROUND, I.MERGED, STAYS),
    A.ASSIGN: (OFFICE, (I.REGISTERED,), NO_ROUND, I.IN_ROUND, R.ASSIGNED),
    A.RECEIVE: (LEAD, (I.IN_ROUND,), (R.ASSIGNED,), STAYS, R.RECEIVED),
    A.ASK_RETURN: (LEAD, (I.IN_ROUND,), (R.ASSIGNED, R.RECEIVED), STAYS, R.RETURN_PENDING),
    A.GRANT_RETURN: (HEAD, (I.IN_ROUND,), (R.RETURN_PENDING,), STAYS, R.ASSIGNED),
    A.REFUSE_RETURN: (HEAD, (I.IN_ROUND,), (R.RETURN_PENDING,), STAYS, R.ASSIGNED),
    A.ASK_EXTENSION: (LEAD, (I.IN_ROUND,), (R.RECEIVED,), STAYS, R.EXTENSION_PENDING),
    A.GRANT_EXTENSION: (HEAD, (I.IN_ROUND,), (R.EXTENSION_PENDING,), STAYS, R.RECEIVED),
    A.REFUSE_EXTENSION: (HEAD, (I.IN_ROUND,), (R.EXTENSION_PENDING,), STAYS, R.RECEIVED),
    A.REPORT_PROGRESS: (
        {Role.LEAD_UNIT, Role.CO_UNIT},
        (I.IN_ROUND, I.HANGING),
        (R.RECEIVED, R.EXTENSION_PENDING, R.RETURNED_FOR_FIX, R.ACCEPTED),
        STAYS,
        STAYS,
    ),
    A.SUBMIT_FEEDBACK: (LEAD, (I.IN_ROUND,), (R.RECEIVED,), STAYS, R.SUBMITTED),
    A.RETURN_FOR_FIX: (OFFICE, (I.IN_ROUND,), (R.SUBMITTED,), STAYS, R.RETURNED_FOR_FIX),
    A.RESUBMIT: (LEAD, (I.IN_ROUND,), (R.RETURNED_FOR_FIX,), STAYS, R.SUBMITTED),
    A.ACCEPT_AND_CLOSE: (OFFICE | HEAD, (I.IN_ROUND,), (R.SUBMITTED,), I.CLOSED, R.ACCEPTED),
    A.ACCEPT_AND_HANG: (HEAD, (I.IN_ROUND,), (R.SUBMITTED,), I.HANGING, R.ACCEPTED),
    A.ISSUE_NOTICE: (HEAD, OPEN, ANY, STAYS, STAYS),
    A.CALL_BACK: (CALLERS, (I.CLOSED,), REVIEWED, STAYS, R.CALLED_BACK),
    A.STRIKE_OFF: (OFFICE, (I.CLOSED,), REVIEWED, I.STRUCK_OFF, STAYS),
    A.FLAG_FOR_REASSIGNMENT: (
        OFFICE,
        (I.IN_ROUND, I.HANGING, I.CLOSED, I.REBOUNDED),
        A_ROUND,
        I.REASSIGN_PENDING,
        STAYS,
    ),
    A.REASSIGN: (HEAD, (I.REASSIGN_PENDING,), ANY, I.IN_ROUND, R.ASSIGNED),
    A.KEEP_CLOSED: (HEAD, (I.REASSIGN_PENDING,), REVIEWED, I.STRUCK_OFF, STAYS),
    A.LOOK_BACK_REBOUND: (CALLERS, (I.CLOSED, I.STRUCK_OFF), ANY, I.REBOUNDED, STAYS),
    A.REOPEN: (HEAD, (I.REBOUNDED,), ANY, I.IN_ROUND, R.ASSIGNED),
    A.HANG: (HEAD, (I.IN_ROUND,), STILL_WORKED_ON, I.HANGING, STAYS),
    A.TAKE_OFF_HANGING: (HEAD, (I.HANGING,), A_ROUND, I.IN_ROUND, R.RECEIVED),
    A.ARCHIVE: ({Role.SYSTEM}, (I.STRUCK_OFF,), ANY, I.ARCHIVED, STAYS),
    A.TERMINATE: (HEAD, OPEN, ANY, I.TERMINATED, STAYS),
}

EVERYTHING_IN_ORDER = Circumstances(
    title="路灯不亮", content="河堤路路灯三个月不亮", source="面对面", county="源城区",
    duplicate_checked=True, lead_departments=1, limit_chosen=True,
    reason="原因", legal_basis="依据", text="正文", resolved=True,
    asked_on=date(2026, 11, 10), due_on=date(2026, 11, 12), new_due_on=date(2026, 11, 20),
    plan="措施", case_leader="包案领导", review_on=date(2027, 3, 1),
    reached=True, rated=True, resolution_told=True, resolved_and_satisfied=True, explained=True,
)  # fmt: skip


def said_to_be_possible(item, round_state, roles=None):
    """What the table here has in these states, in the order of the acts, as people read it."""
    acts = [
        act.label
        for act in Act
        if item in TABLE[act][1] and round_state in TABLE[act][2]
        if roles is None or TABLE[act][0] & roles
    ]
    return "、".join(acts) or "查看（只读）"


def test_the_table_has_a_line_for_every_act():
    assert set(TABLE) == set(Act)


@pytest.mark.parametrize("act", Act)
def test_every_pair_of_states_allows_the_act_as_the_table_says_or_tells_what_it_allows(act):
    _, items, rounds, to_item, to_round = TABLE[act]
    for item, round_state in product(ItemState, ANY):
        where = (item, round_state)
        told = item in items and round_state in rounds
        assert is_allowed(act, item, round_state) is told, where
        assert (act in allowed_acts(item, round_state)) is told, where
        if told:
            after = state_after(act, item, round_state, circumstances=EVERYTHING_IN_ORDER)
            assert after == States(to_item or item, to_round or round_state), where
            continue
        with pytest.raises(ActNotAllowed) as refusal:
            state_after(act, item, round_state, circumstances=EVERYTHING_IN_ORDER)
        sentence = str(refusal.value)
        assert sentence.startswith(f"事项目前为“{item.label}"), where
        assert f"不能{act.label}；" in sentence, where
        assert sentence.endswith(f"现在可以：{said_to_be_possible(*where)}。"), where


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_a_role_may_do_the_act_as_the_table_says_or_is_told_who_may(act, role):
    who, items, rounds, *_ = TABLE[act]
    item, round_state = items[0], rounds[0]
    roles = frozenset({role})
    assert (act in allowed_acts(item, round_state, roles)) is (role in who)
    if role in who:
        state_after(act, item, round_state, circumstances=EVERYTHING_IN_ORDER, roles=roles)
        return
    with pytest.raises(ActNotAllowed) as refusal:
        state_after(act, item, round_state, circumstances=EVERYTHING_IN_ORDER, roles=roles)
    may = "、".join(other.label for other in Role if other in who)
    now = said_to_be_possible(item, round_state, roles)
    assert str(refusal.value) == (f"您的角色不能{act.label}，须由{may}办理；您现在可以：{now}。")


@pytest.mark.parametrize("act", Act)
def test_whoever_comes_too_early_or_late_is_told_only_what_they_may_do_themselves(act):
    who, items, rounds, *_ = TABLE[act]
    roles = frozenset(who)
    for item, round_state in product(ItemState, ANY):
        if item in items and round_state in rounds:
            continue
        with pytest.raises(ActNotAllowed) as refusal:
            state_after(act, item, round_state, roles=roles)
        now = said_to_be_possible(item, round_state, roles)
        assert str(refusal.value).endswith(f"现在可以：{now}。"), (item, round_state)


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.SYSADMIN])
def test_who_only_reads_may_do_nothing_in_any_state(role):
    pairs = product(ItemState, ANY)
    assert all(allowed_acts(*pair, frozenset({role})) == () for pair in pairs)


def test_several_roles_may_do_what_any_of_them_may():
    both = frozenset({Role.LEADER, Role.APPROVER})
    assert Act.REASSIGN in allowed_acts(I.REASSIGN_PENDING, R.CALLED_BACK, both)


@pytest.mark.parametrize("item", [I.ARCHIVED, I.INVALID, I.MERGED, I.TERMINATED])
def test_what_has_ended_for_good_is_read_only(item):
    assert all(allowed_acts(item, round_state) == () for round_state in ANY)
    with pytest.raises(ActNotAllowed, match=re.escape("现在可以：查看（只读）。")):
        state_after(Act.FLAG_FOR_REASSIGNMENT, item, R.CALLED_BACK)


@pytest.mark.parametrize("round_state", STILL_WORKED_ON)
def test_a_flagged_item_whose_round_was_never_reviewed_is_not_struck_off_as_kept_closed(
    round_state,
):
    with pytest.raises(ActNotAllowed, match="不能维持办结"):
        state_after(Act.KEEP_CLOSED, I.REASSIGN_PENDING, round_state, circumstances=IN)


BLANKS = ["", " ", "\u3000", "\t\n", "\u200b", "\ufeff \u2060", "\u00a0\u200d"]


@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
@pytest.mark.parametrize("act", Act)
def test_what_must_be_said_is_not_said_by_blanks_and_signs_without_width(act, blank):
    """Every text that an act wants is refused like one that is missing."""
    _, items, rounds, *_ = TABLE[act]
    for name in ("title", "content", "source", "county", "reason", "legal_basis", "text",
                 "plan", "case_leader"):  # fmt: skip
        refusals = []
        for value in (None, blank):
            try:
                state_after(act, items[0], rounds[0], circumstances=replace(IN, **{name: value}))
            except ActNotAllowed as refusal:
                refusals.append(str(refusal))
            else:
                refusals.append("")
        assert refusals[0] == refusals[1], name


def test_a_refusal_for_a_state_names_the_round_only_while_it_is_worked_on():
    with pytest.raises(ActNotAllowed, match=re.escape("“办理中（已交办待签收）”")):
        state_after(Act.STRIKE_OFF, I.IN_ROUND, R.ASSIGNED)
    with pytest.raises(ActNotAllowed, match="“已销号”"):
        state_after(Act.STRIKE_OFF, I.STRUCK_OFF, R.ACCEPTED)


def test_an_unsatisfied_item_goes_through_the_whole_loop_into_a_second_round():
    steps = [
        Act.REGISTER, Act.ASSIGN, Act.RECEIVE, Act.SUBMIT_FEEDBACK, Act.RETURN_FOR_FIX,
        Act.RESUBMIT, Act.ACCEPT_AND_CLOSE, Act.CALL_BACK, Act.FLAG_FOR_REASSIGNMENT,
        Act.REASSIGN, Act.RECEIVE, Act.SUBMIT_FEEDBACK, Act.ACCEPT_AND_CLOSE, Act.CALL_BACK,
        Act.STRIKE_OFF, Act.ARCHIVE,
    ]  # fmt: skip
    at = States(I.DRAFT, None)
    for act in steps:
        at = state_after(act, at.item, at.round, circumstances=EVERYTHING_IN_ORDER)
    assert at == States(I.ARCHIVED, R.CALLED_BACK)


IN = EVERYTHING_IN_ORDER
LATE = date(2026, 11, 13)
# acts, what is not in order, the sentence that refuses
REFUSALS = [
    ([A.REGISTER], {"title": None}, "请填写事项标题。"),
    ([A.REGISTER], {"title": "   "}, "请填写事项标题。"),
    ([A.REGISTER], {"content": None}, "请填写诉求内容。"),
    ([A.REGISTER], {"source": None}, "请填写来源渠道。"),
    ([A.REGISTER], {"county": None}, "请填写县(区)。"),
    ([A.REGISTER], {"duplicate_checked": False}, "请先核对是否重复。"),
    ([A.MARK_INVALID, A.MERGE, A.REFUSE_RETURN, A.REFUSE_EXTENSION, A.RETURN_FOR_FIX,
      A.ISSUE_NOTICE, A.FLAG_FOR_REASSIGNMENT, A.KEEP_CLOSED, A.LOOK_BACK_REBOUND],
     {"reason": None}, "请写明原因。"),
    ([A.FLAG_FOR_REASSIGNMENT], {"reason": " \n"}, "请写明原因。"),
    ([A.MERGE], {"different_reporters": True}, "不同诉求人的事项并单，须经督查室负责人批准。"),
    ([A.ASSIGN, A.GRANT_RETURN, A.REASSIGN, A.REOPEN], {"lead_departments": 0},
     "须确定且只能确定一个牵头单位。"),
    ([A.ASSIGN, A.GRANT_RETURN, A.REASSIGN, A.REOPEN], {"lead_departments": 2},
     "须确定且只能确定一个牵头单位。"),
    ([A.ASSIGN], {"limit_chosen": False}, "请选定反馈期限。"),
    ([A.GRANT_RETURN, A.REFUSE_RETURN, A.GRANT_EXTENSION, A.REFUSE_EXTENSION, A.REASSIGN,
      A.KEEP_CLOSED], {"asked_by": "li.si", "decided_by": "li.si"},
     "提出的人不能自己审批，请由另一位督查室负责人办理。"),
    ([A.GRANT_RETURN], {"same_lead": True}, "准予退单后须改派其他牵头单位。"),
    ([A.ASK_RETURN], {"reason": None}, "退单须写明理由。"),
    ([A.ASK_RETURN], {"legal_basis": None}, "退单须写明依据。"),
    ([A.ASK_RETURN, A.ASK_EXTENSION], {"asked_on": None}, "请写明申请日期。"),
    ([A.ASK_RETURN], {"return_deadline_on": date(2026, 11, 9)},
     "已超过提出退单的时限，最迟应于2026-11-09提出。"),
    ([A.ASK_RETURN], {"return_ruled_before": True}, "此前已对退单作出裁定，不能再次退单。"),
    ([A.ASK_EXTENSION], {"reason": None}, "申请延期须写明理由。"),
    ([A.ASK_EXTENSION], {"asked_on": LATE}, "期限已过，不能再申请延期；延期须在到期前提出。"),
    ([A.ASK_EXTENSION], {"extensions_granted": 1},
     "同一轮次最多批准延期1次，已经用完。"),
    ([A.ASK_EXTENSION, A.GRANT_EXTENSION], {"new_due_on": None}, "请写明延期后的期限。"),
    ([A.ASK_EXTENSION, A.GRANT_EXTENSION], {"new_due_on": date(2026, 11, 12)},
     "延期后的期限应晚于原期限。"),
    ([A.ASK_EXTENSION, A.GRANT_EXTENSION], {"latest_due_on": date(2026, 11, 19)},
     "延长的时间超过规定，最迟延至2026-11-19。"),
    ([A.REPORT_PROGRESS], {"text": None}, "请写明进展情况。"),
    ([A.SUBMIT_FEEDBACK, A.RESUBMIT], {"text": "\u3000"}, "书面反馈须有内容。"),
    ([A.SUBMIT_FEEDBACK, A.RESUBMIT], {"claims_solved": True},
     "反馈已解决的，须至少附一份佐证材料。"),
    ([A.ACCEPT_AND_CLOSE], {"resolved": False, "explained": False},
     "办结须已解决或已向群众解释说明；只有措施和时限的，请改为挂账。"),
    ([A.ACCEPT_AND_HANG, A.HANG], {"plan": None}, "挂账须写明推进措施。"),
    ([A.ACCEPT_AND_HANG, A.HANG], {"case_leader": None}, "挂账须写明包案领导。"),
    ([A.ACCEPT_AND_HANG, A.HANG], {"review_on": None}, "挂账须写明复查日期。"),
    ([A.ACCEPT_AND_HANG, A.HANG], {"latest_review_on": date(2027, 2, 1)},
     "挂账时间过长，复查日期最迟为2027-02-01。"),
    ([A.ACCEPT_AND_HANG, A.HANG], {"hung_before": True}, "同一事项只能挂账一次。"),
    ([A.TAKE_OFF_HANGING], {"new_due_on": None}, "挂账转办理须重新确定反馈期限。"),
    ([A.CALL_BACK], {"reached": None}, "请写明回访是否接通。"),
    ([A.CALL_BACK], {"reached": None, "attempts": 2}, "请写明回访是否接通。"),
    ([A.CALL_BACK], {"reached": False, "attempts": 1},
     "未接通的，至少回访2次并逐次记录后才能结束回访。"),
    *(([A.CALL_BACK], {"rated": rated, "resolution_told": told},
       "接通的，请记下群众的评价和是否解决；群众不愿评价的，请记为未评价。")
      for rated, told in ((False, False), (True, False), (False, True))),
    ([A.STRIKE_OFF], {"resolved_and_satisfied": False},
     "满意才销号：须回访已解决且满意，或回头看核实，或由负责人写明理由批准。"),
    ([A.STRIKE_OFF], {"resolved_and_satisfied": False, "approved_reason": "  "},
     "满意才销号：须回访已解决且满意，或回头看核实，或由负责人写明理由批准。"),
    ([A.STRIKE_OFF], {"resolved_and_satisfied": False, "approved_reason": "\u200b\ufeff"},
     "满意才销号：须回访已解决且满意，或回头看核实，或由负责人写明理由批准。"),
    ([A.TERMINATE], {"reason": None}, "终止办理须有书面理由。"),
    ([A.TERMINATE], {"reason": "\u3000\t"}, "终止办理须有书面理由。"),
    ([A.TERMINATE], {"explained": False}, "终止办理须先向群众说明。"),
]  # fmt: skip
EACH_REFUSAL = [(act, amiss, sentence) for acts, amiss, sentence in REFUSALS for act in acts]


@pytest.mark.parametrize(("act", "amiss", "sentence"), EACH_REFUSAL)
def test_a_guard_refuses_by_its_sentence(act, amiss, sentence):
    _, items, rounds, *_ = TABLE[act]
    with pytest.raises(ActNotAllowed, match=f"^不能{act.label}：{re.escape(sentence)}$"):
        state_after(act, items[0], rounds[0], circumstances=replace(IN, **amiss))
