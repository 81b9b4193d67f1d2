"""Flags and their decisions, callbacks, look-backs, 督办单, 批示 and the duties beside an item."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.reads.accountability_register import accountability_register
from data_access.reads.beside import beside_item, first_receivers_open
from data_access.reads.waiting import notices, waiting_flags
from data_access.schema.items import callbacks, item_texts, reassignment_flags
from data_access.schema.supervision import (
    accountability_acts,
    first_receivers,
    followers,
    media_reports,
    task_forces,
)
from data_access.writes.accountability import hold_department_to_account
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act, ActNotAllowed
from supervision.loop_words import (
    AccountabilityKind,
    FollowerKind,
    NoticeLevel,
    NoticeState,
    NoticeTrigger,
    ProposedUnit,
)
from supervision.rights import NotPermitted
from supervision.scope import Scope, Viewer
from supervision.vocabulary import ItemState, ReassignReason, Resolution, RoundState, Satisfaction
from tests.acting import (
    CALLER,
    CLERK,
    EDUCATION,
    HEAD,
    LEADER,
    OFFICER,
    WATER,
    Walk,
    department_id,
    round_rows,
    stored_item,
)
from tests.deciding import decide
from tests.factories import TODAY

CITY = Scope.whole_city()
WHY = {"reassign_reason": ReassignReason.DISSATISFIED, "words": "群众不认可"}


def kept(engine: Engine, table) -> list:
    with reading(engine) as connection:
        return list(connection.execute(select(table)))


@pytest.fixture
def walk(town: Engine) -> Walk:
    """An item that its department works on."""
    found = Walk(town, stored_item(town))
    found.does(Act.RECEIVE, CLERK)
    return found


@pytest.fixture
def closed(walk: Walk) -> Walk:
    """An item that was closed with an explanation."""
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text="已答复")
    walk.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    return walk


def test_a_flag_carries_evidence_and_the_proposed_department_to_the_approver(closed: Walk):
    water = department_id(closed.engine, WATER)
    closed.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, **WHY, evidence=("录音1", "照片2"),
                proposed=ProposedUnit.HIGHER, proposed_department_id=water)  # fmt: skip
    (line,) = waiting_flags(closed.engine, scope=CITY, as_of=TODAY).to_dict("records")
    assert (line["reason"], line["proposed"], line["proposed_department"]) == (
        "dissatisfied", "higher", WATER,
    )  # fmt: skip
    assert (line["evidence"], line["from_state"], line["asked_on"]) == (
        "录音1\n照片2", "closed", TODAY,
    )  # fmt: skip
    itself = closed.tries(Act.REASSIGN, type(HEAD)("supervisor", "x", HEAD.roles, HEAD.scope),
                          lead_department_id=water)  # fmt: skip
    assert "提出的人不能自己审批" in itself.refused[0].sentence


def test_another_reason_needs_its_words(closed: Walk):
    bare = closed.tries(
        Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.OTHER, words=" "
    )
    assert bare.refused[0].sentence == "选择“其他”时，请写明原因。"


def test_a_reason_that_the_city_has_withdrawn_is_refused_with_those_that_are_left(closed: Walk):
    decide(closed.engine, "reassign_reasons", "due_but_undone,other")
    told = closed.tries(Act.FLAG_FOR_REASSIGNMENT, OFFICER, **WHY).refused[0].sentence
    assert told == "按本市规则，原因“不满意”已停用，可以选：应办未办、其他；请刷新页面后再办。"
    closed.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.DUE_BUT_UNDONE)


@pytest.mark.parametrize("exclude", [True, False])
def test_kept_closed_is_struck_off_and_left_out_only_if_the_approver_says_so(
    closed: Walk, exclude: bool
):
    closed.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, **WHY)
    closed.does(Act.KEEP_CLOSED, HEAD, reason="诉求不合理，已解释", exclude=exclude)
    assert (closed.item["state"], closed.item["excluded"]) == (ItemState.STRUCK_OFF, exclude)
    (flag,) = kept(closed.engine, reassignment_flags)
    assert (flag.decision, flag.excluded, flag.decided_by) == ("refused", exclude, "approver")
    (texts,) = kept(closed.engine, item_texts)
    assert texts.excluded_reason == ("诉求不合理，已解释" if exclude else None)
    assert closed.round["ended_on"] == TODAY


def test_a_refused_flag_puts_an_item_back_where_it_stood(walk: Walk):
    walk.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, **WHY)
    unreviewed = walk.tries(Act.KEEP_CLOSED, HEAD, reason="理由")
    assert unreviewed.refused
    walk.does(BesideAct.REFUSE_FLAG, HEAD, reason="仍在办理期内")
    assert (walk.item["state"], walk.round["state"]) == (ItemState.IN_ROUND, RoundState.RECEIVED)
    assert walk.item["flagged_on"] is None


def test_every_call_is_kept_and_two_that_reach_nobody_are_an_answer(closed: Walk):
    once = closed.tries(Act.CALL_BACK, CALLER, reached=False)
    assert "至少回访2次" in once.refused[0].sentence
    closed.does(BesideAct.ATTEMPT_CALLBACK, CALLER, text="无人接听")
    closed.does(Act.CALL_BACK, CALLER, reached=False, result=Satisfaction.SATISFIED)
    assert (closed.round["state"], closed.round["reached"], closed.round["result"]) == (
        RoundState.CALLED_BACK, False, None,
    )  # fmt: skip
    closed.does(Act.CALL_BACK, CALLER, reached=True, result=Satisfaction.SATISFIED,
                process=Satisfaction.FAIRLY_SATISFIED,
                resolved_by_resident=Resolution.PARTLY_RESOLVED)  # fmt: skip
    assert [row.reached for row in kept(closed.engine, callbacks)] == [False, False, True]
    assert closed.round["process"] == Satisfaction.FAIRLY_SATISFIED
    assert closed.round["resolved_by_unit"] is None
    partly = closed.tries(Act.STRIKE_OFF, OFFICER)
    assert "满意才销号" in partly.refused[0].sentence


def test_an_approvers_reason_or_a_confirmed_look_back_opens_the_way_to_strike_off(closed: Walk):
    assert closed.tries(Act.STRIKE_OFF, OFFICER, reason="自认可以").refused
    closed.does(BesideAct.APPROVE_STRIKE_OFF, HEAD, reason="群众外出，现场已核实")
    closed.does(Act.STRIKE_OFF, OFFICER)
    assert closed.item["struck_off_on"] == TODAY


def test_a_rebound_opens_a_round_of_its_own_after_the_approver(closed: Walk):
    closed.does(BesideAct.CONFIRM_LOOK_BACK, CALLER, text="现场已修复")
    assert closed.item["look_back"] == "confirmed"
    closed.does(Act.STRIKE_OFF, OFFICER)
    closed.does(Act.LOOK_BACK_REBOUND, CALLER, reason="又损坏")
    assert closed.item["state"] == ItemState.REBOUNDED
    first = closed.round
    closed.does(Act.REOPEN, HEAD, lead_department_id=department_id(closed.engine, EDUCATION))
    assert round_rows(closed.engine, closed.item_id)[0] == first
    assert (closed.item["current_round"], closed.round["state"]) == (2, RoundState.ASSIGNED)
    early = closed.tries(Act.STRIKE_OFF, OFFICER)
    assert early.refused


def test_a_notice_is_drafted_signed_by_another_numbered_and_answered(walk: Walk):
    walk.does(BesideAct.DRAFT_NOTICE, OFFICER, text="请立即办理", level=NoticeLevel.YELLOW,
              trigger=NoticeTrigger.NO_PROCESS)  # fmt: skip
    (draft,) = notices(walk.engine, scope=CITY, as_of=TODAY).to_dict("records")
    assert (draft["notice_state"], draft["department"]) == ("drafted", EDUCATION)
    key = draft["notice_id"]
    assert walk.tries(BesideAct.REPLY_NOTICE, CLERK, notice_id=key, text="x").refused
    walk.does(Act.ISSUE_NOTICE, HEAD, notice_id=key)
    (issued,) = notices(walk.engine, scope=CITY, as_of=date(2026, 12, 3)).to_dict("records")
    assert (issued["notice_number"], issued["reply_due_on"]) == ("督办〔2026〕1号",
                                                                 date(2026, 12, 2))  # fmt: skip
    assert issued["reply_late"]
    walk.does(BesideAct.REPLY_NOTICE, CLERK, notice_id=key, text="已组织施工")
    answered = frozenset({NoticeState.REPLIED})
    assert len(notices(walk.engine, scope=CITY, as_of=TODAY, states=answered)) == 1
    assert walk.tries(Act.ISSUE_NOTICE, HEAD, notice_id=key).refused


def test_a_draft_that_is_not_signed_keeps_the_reason(walk: Walk):
    walk.does(BesideAct.DRAFT_NOTICE, OFFICER, text="请立即办理")
    walk.does(BesideAct.REFUSE_NOTICE, HEAD, notice_id=1, reason="先电话催办")
    (line,) = notices(walk.engine, scope=CITY, as_of=TODAY).to_dict("records")
    assert (line["notice_state"], line["words"]) == ("refused", "先电话催办")
    assert (line["refused_on"], line["refused_by"]) == (TODAY, "approver")
    own = Scope(departments=frozenset({EDUCATION}))
    assert notices(walk.engine, scope=own, as_of=TODAY).empty


def test_an_instruction_is_answered_once(walk: Walk):
    walk.does(BesideAct.INSTRUCT, LEADER, text="请专题研究")
    with pytest.raises(NotPermitted, match="不能回复批示"):
        walk.tries(BesideAct.ANSWER_INSTRUCTION, LEADER, instruction_id=1, text="x")
    walk.does(BesideAct.ANSWER_INSTRUCTION, OFFICER, instruction_id=1, text="已召开专题会")
    again = walk.tries(BesideAct.ANSWER_INSTRUCTION, OFFICER, instruction_id=1, text="x")
    assert "没有这条批示，或已经回复" in again.refused[0].sentence


def test_who_received_first_answers_until_the_resident_is_told(walk: Walk):
    assert kept(walk.engine, first_receivers) == []
    walk.does(BesideAct.RECORD_FIRST_RECEIVER, OFFICER,
              department_id=department_id(walk.engine, WATER))  # fmt: skip
    walk.does(BesideAct.RAISE_AGAIN, CALLER, text="再次来电", follower=FollowerKind.RESIDENT,
              name="王建国")  # fmt: skip
    waits = first_receivers_open(walk.engine, scope=CITY, as_of=TODAY).to_dict("records")
    assert waits == [{"department": WATER, "items": 1, "oldest_on": TODAY}]
    (follower,) = kept(walk.engine, followers)
    assert (follower.masked_name, follower.answered_on) == ("王**", None)
    walk.does(BesideAct.TELL_RESIDENT, CLERK, text="已电话告知")
    assert list(first_receivers_open(walk.engine, scope=CITY, as_of=TODAY)["items"]) == []
    (receiver,) = kept(walk.engine, first_receivers)
    assert (receiver.told_on, receiver.told_by) == (TODAY, "lead_unit")
    assert kept(walk.engine, followers)[0].answered_on == TODAY


def test_duties_are_recorded_with_what_they_need(walk: Walk):
    walk.does(BesideAct.RECORD_ACCOUNTABILITY, HEAD, accountability=AccountabilityKind.INTERVIEW,
              text="约谈负责人", outcome="限期整改")  # fmt: skip
    education = department_id(walk.engine, EDUCATION)
    (act,) = kept(walk.engine, accountability_acts)
    assert (act.kind, act.department_id) == ("interview", education)
    asked = {"outcome": None, "on": TODAY, "viewer": HEAD}
    first, again = (
        hold_department_to_account(walk.engine, education, AccountabilityKind.BULLETIN, "全市通报",
                                   **asked) for _ in range(2)
    )  # fmt: skip
    assert (first.key, first.repeated, again.repeated) == (again.key, False, True)
    told = accountability_register(walk.engine, scope=CITY, as_of=TODAY)
    assert list(zip(told["kind"], told["item_id"], strict=True)) == [
        (AccountabilityKind.BULLETIN.label, None),
        (AccountabilityKind.INTERVIEW.label, walk.item_id),
    ]  # fmt: skip
    own = Scope(reporting_units=frozenset({"东源县"}))
    told = accountability_register(walk.engine, scope=own, as_of=TODAY)
    assert list(told["kind"]) == [AccountabilityKind.INTERVIEW.label]
    with pytest.raises(ActNotAllowed, match="由全市督查部门登记"):
        hold_department_to_account(walk.engine, education, AccountabilityKind.BULLETIN, "通报",
                                   outcome=None, on=TODAY,
                                   viewer=Viewer("x", "x", HEAD.roles, own))  # fmt: skip
    walk.does(BesideAct.RECORD_MEDIA_REPORT, OFFICER, outlet="河源日报", text="路灯报道")
    assert kept(walk.engine, media_reports)[0].outlet == "河源日报"
    for head in ("甲副市长", "乙副市长"):
        walk.does(BesideAct.FORM_TASK_FORCE, OFFICER, head=head, members="住建局、供电局")
    assert [force.ended_on for force in kept(walk.engine, task_forces)] == [TODAY, None]
    beside = beside_item(walk.engine, scope=CITY, as_of=TODAY, item_id=walk.item_id)
    assert beside is not None
    assert [row["head"] for row in beside.task_forces] == ["甲副市长", "乙副市长"]
    assert beside.accountability[0]["department"] == EDUCATION
    other = Scope(reporting_units=frozenset({"紫金县"}))
    assert beside_item(walk.engine, scope=other, as_of=TODAY, item_id=walk.item_id) is None


def test_an_item_ends_unsolved_only_after_it_was_explained(walk: Walk):
    assert "须先向群众说明" in walk.tries(Act.TERMINATE, HEAD, reason="不可行").refused[0].sentence
    walk.does(Act.TERMINATE, HEAD, reason="不可行", explained=True)
    assert (walk.item["state"], walk.round["ended_on"]) == (ItemState.TERMINATED, TODAY)
