"""督办工作台: each list holds what waits, tells the oldest, and empties as the work is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine

from data_access.filters import Filters
from data_access.reads.desk import desk, desk_items, reassign_candidates
from data_access.writes.counter_act import counter_act
from supervision.beside_acts import BesideAct
from supervision.deadlines import Limit
from supervision.lifecycle import Act
from supervision.loop_words import ProposedUnit
from supervision.scope import Role, Scope
from supervision.vocabulary import ReassignReason, Resolution, Satisfaction
from supervision.worklists import DeskList
from tests.acting import (
    CALLER,
    CLERK,
    EDUCATION,
    HEAD,
    LEADER,
    OFFICER,
    WATER,
    Walk,
    a_token,
    department_id,
    person,
    stored_item,
)
from tests.data_access.on_the_desk import CITY, waiting
from tests.deciding import decide
from tests.factories import TODAY


def test_a_quiet_item_is_on_no_list_then_due_then_overdue(walk: Walk):
    assert waiting(walk) == {}
    assert waiting(walk.on(date(2026, 11, 20))) == {"due_within": 1}
    assert waiting(walk.on(date(2026, 11, 24))) == {"overdue_silent": 1}
    (entry,) = [e for e in desk(walk.engine, scope=CITY, as_of=date(2026, 11, 30)) if e.count]
    assert (entry.oldest_on, entry.oldest_days, entry.name) == (date(2026, 11, 23), 7, "逾期未反馈")


def test_what_is_asked_waits_until_it_is_decided(walk: Walk):
    walk.does(Act.ASK_RETURN, CLERK, reason="不属职责", legal_basis="三定方案")
    assert waiting(walk) == {"returns_waiting": 1}
    walk.does(Act.REFUSE_RETURN, HEAD, reason="属于")
    assert waiting(walk) == {}
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.ASK_EXTENSION, CLERK, reason="雨天", new_due_on=date(2026, 12, 1))
    assert waiting(walk) == {"extensions_waiting": 1}
    walk.does(Act.GRANT_EXTENSION, HEAD)
    assert waiting(walk) == {"residents_to_tell": 1}
    walk.does(BesideAct.TELL_RESIDENT, OFFICER, text="已告知")
    assert waiting(walk) == {}


def test_feedback_waits_for_review_then_for_fixing_then_for_the_callback(walk: Walk):
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text="已修")
    assert waiting(walk) == {"awaiting_review": 1}
    walk.does(Act.RETURN_FOR_FIX, OFFICER, reason="没有措施")
    (line,) = desk_items(
        walk.engine, scope=CITY, as_of=walk.day, slug=DeskList.FIX_NOT_BACK
    ).rows.to_dict("records")
    assert (line["why"], line["row_version"]) == ("补正期限 2026-11-12", walk.item["row_version"])
    walk.does(Act.RESUBMIT, CLERK, text="已修复")
    walk.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    assert waiting(walk) == {"callbacks_due": 1}
    walk.does(Act.CALL_BACK, CALLER, reached=True, result=Satisfaction.VERY_DISSATISFIED,
              resolved_by_resident=Resolution.UNRESOLVED)  # fmt: skip
    assert waiting(walk) == {"not_yet_flagged": 1}
    (line,) = desk_items(
        walk.engine, scope=CITY, as_of=walk.day, slug=DeskList.NOT_YET_FLAGGED
    ).rows.to_dict("records")
    assert (line["why"], line["since_on"]) == ("最近一次回访评价为“非常不满意”。", walk.day)
    walk.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.DISSATISFIED,
              proposed=ProposedUnit.SAME)  # fmt: skip
    assert waiting(walk) == {"flags_waiting": 1}


def test_an_item_closed_without_a_word_of_what_was_done_is_proposed(town: Engine):
    walk = Walk(town, stored_item(town, closed_on=date(2026, 11, 20)))
    found = desk_items(town, scope=CITY, as_of=walk.day, slug=DeskList.NOT_YET_FLAGGED).rows
    assert list(found["why"]) == ["已办结，但没有写明解决措施。"]


def test_only_the_longest_waiting_rows_are_told_and_all_of_them_counted(town: Engine):
    days = [date(2026, 11, day) for day in (4, 2, 3)]
    keys = [stored_item(town, assigned_on=day, due_on=day) for day in days]
    closed = stored_item(town, closed_on=date(2026, 11, 9))
    asked: dict[str, Any] = {"scope": CITY, "as_of": date(2026, 11, 10), "most": 2}
    late = desk_items(town, slug=DeskList.OVERDUE_SILENT, **asked)
    assert (list(late.rows["item_id"]), late.total) == ([keys[1], keys[2]], 3)
    proposed = reassign_candidates(town, **asked)
    assert (list(proposed.rows["item_id"]), proposed.total) == ([closed, keys[1]], 4)


def test_pages_are_turned_by_key_even_when_their_rows_are_done_meanwhile(walk: Walk):
    town = walk.engine
    days = [None, *(date(2026, 11, day) for day in (4, 2, 3))]
    keys = [stored_item(town, number=f"B-{n}", assigned_on=None, received_on=day, status=None,
                        lead_departments=()) for n, day in enumerate(days)]  # fmt: skip
    closed = [stored_item(town, closed_on=date(2026, 11, 9)) for _ in range(2)]
    late = stored_item(town, assigned_on=date(2026, 10, 9), due_on=date(2026, 10, 30))
    asked: dict[str, Any] = {"scope": CITY, "as_of": walk.day, "most": 2}
    to_assign = asked | {"slug": DeskList.TO_ASSIGN}
    first = desk_items(town, **to_assign)
    assert (list(first.rows["item_id"]), first.position) == ([keys[2], keys[3]], 0)
    walk = Walk(town, keys[3], walk.day)
    walk.does(Act.MARK_INVALID, OFFICER, reason="重复")
    second = desk_items(town, after=first.next_key, **to_assign)
    assert (list(second.rows["item_id"]), second.position) == ([keys[1], keys[0]], 1)
    assert (second.total, second.next_key) == (3, None)
    for strange in ("", "x", "0.2026-13-40.1", "0.-.²", f"0.-.{10**20}", "0.-.999999"):
        assert desk_items(town, after=strange, **to_assign).position == 0
    proposed = reassign_candidates(town, **asked)
    assert list(proposed.rows["item_id"]) == closed
    last = reassign_candidates(town, after=proposed.next_key, **asked)
    assert (list(last.rows["item_id"]), last.next_key) == ([late], None)


def test_what_was_closed_longer_ago_than_the_city_calls_back_is_counted_beside(town: Engine):
    told = {"feedback_on": date(2026, 8, 1), "feedback_text": "已修"}
    for n, closed_on in enumerate((date(2026, 8, 26), date(2026, 8, 27))):
        stored_item(town, number=f"A-{n}", closed_on=closed_on, **told)
    asked: dict[str, Any] = {"scope": CITY, "as_of": TODAY, "slug": DeskList.CALLBACKS_DUE}
    page = desk_items(town, **asked)
    assert (list(page.rows["number"]), page.total, page.left_out) == (["A-1"], 1, 1)
    decide(town, "callback_within_days", "0")
    page = desk_items(town, **asked)
    assert (list(page.rows["number"]), page.left_out) == (["A-0", "A-1"], 0)


def test_what_a_resident_calls_solved_and_good_waits_to_be_struck_off(walk: Walk):
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text="已修")
    walk.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    answer = {"reached": True, "resolved_by_resident": Resolution.RESOLVED}
    walk.does(Act.CALL_BACK, CALLER, result=Satisfaction.SATISFIED, **answer)
    assert waiting(walk) == {"to_strike_off": 1}
    walk.does(Act.STRIKE_OFF, OFFICER)
    assert waiting(walk) == {}


def test_what_an_approver_lets_go_waits_to_be_struck_off_until_he_takes_it_back(walk: Walk):
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text="已修")
    walk.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    done = walk.does(BesideAct.APPROVE_STRIKE_OFF, HEAD, reason="长期联系不上").done[0]
    assert waiting(walk) == {"callbacks_due": 1, "to_strike_off": 1}
    taken_back = counter_act(
        walk.engine, done.act_id, done.version, "点错了", viewer=HEAD, as_of=walk.day,
        token=a_token(),
    )  # fmt: skip
    assert taken_back.done
    assert waiting(walk) == {"callbacks_due": 1}


def test_a_rebound_and_its_rounds_are_seen_until_they_are_done(walk: Walk):
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text="已修")
    walk.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    walk.does(Act.LOOK_BACK_REBOUND, CALLER, reason="又坏")
    assert waiting(walk) == {"to_reopen": 1}
    lead = {"lead_department_id": department_id(walk.engine, EDUCATION), "limit": Limit(60)}
    walk.does(Act.REOPEN, HEAD, **lead)
    assert waiting(walk) == {"residents_to_tell": 1, "to_receive": 1}
    walk.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.REBOUNDED)
    walk.does(Act.REASSIGN, HEAD, **lead)
    walk.does(BesideAct.TELL_RESIDENT, OFFICER, text="已告知")
    walk.does(Act.RECEIVE, CLERK)
    assert waiting(walk) == {"reassigned_twice": 1}


def closed_here(walk: Walk) -> Walk:
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text="已修")
    walk.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    return walk


def test_what_was_assigned_here_waits_for_its_department_to_sign(walk: Walk):
    walk.does(Act.ASK_RETURN, CLERK, reason="不属", legal_basis="三定方案")
    walk.does(Act.GRANT_RETURN, HEAD, lead_department_id=department_id(walk.engine, WATER))
    assert "to_receive" not in waiting(walk)
    walk.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.DUE_BUT_UNDONE)
    walk.does(Act.REASSIGN, HEAD, lead_department_id=department_id(walk.engine, EDUCATION))
    own = Scope(departments=frozenset({EDUCATION}))
    assert waiting(walk, own)["to_receive"] == 1
    told = desk_items(walk.engine, scope=own, as_of=walk.day, slug=DeskList.TO_RECEIVE).rows
    assert list(told["since_on"]) == [walk.day]
    walk.does(Act.RECEIVE, CLERK)
    assert "to_receive" not in waiting(walk)


def test_a_content_resident_or_an_approver_leads_to_striking_off(walk: Walk):
    closed_here(walk)
    walk.does(Act.CALL_BACK, CALLER, reached=True, declined=True)
    assert "to_strike_off" not in waiting(walk)
    walk.does(Act.CALL_BACK, CALLER, reached=True, result=Satisfaction.SATISFIED,
              resolved_by_resident=Resolution.RESOLVED)  # fmt: skip
    assert waiting(walk) == {"to_strike_off": 1}
    walk.does(Act.CALL_BACK, CALLER, reached=True, result=Satisfaction.SATISFIED,
              resolved_by_resident=Resolution.UNRESOLVED)  # fmt: skip
    assert waiting(walk) == {}
    walk.does(BesideAct.APPROVE_STRIKE_OFF, HEAD, reason="诉求超出政策，已当面解释")
    told = desk_items(walk.engine, scope=CITY, as_of=walk.day, slug=DeskList.TO_STRIKE_OFF).rows
    assert list(told["why"]) == ["已批准销号"]
    walk.does(Act.STRIKE_OFF, OFFICER)
    assert waiting(walk) == {}


def test_a_struck_off_item_is_looked_back_at_after_a_month(walk: Walk):
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text="已修")
    walk.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    walk.does(BesideAct.APPROVE_STRIKE_OFF, HEAD, reason="已核实")
    walk.does(Act.STRIKE_OFF, OFFICER)
    assert waiting(walk.on(date(2026, 12, 8))) == {}
    assert waiting(walk.on(date(2026, 12, 9))) == {"look_backs_due": 1}
    walk.does(BesideAct.CONFIRM_LOOK_BACK, CALLER, text="完好")
    assert waiting(walk) == {}


def test_a_hang_comes_back_on_its_day_and_a_leader_finds_his_own(walk: Walk):
    walk.does(Act.HANG, HEAD, plan="分期", case_leader="王副市长", review_on=date(2026, 11, 30))
    assert waiting(walk) == {}
    assert waiting(walk.on(date(2026, 11, 30))) == {"hang_review_due": 1}
    assert waiting(walk, filters=Filters(case_leader="王副市长")) == {"hang_review_due": 1}
    assert waiting(walk, filters=Filters(case_leader="李副市长")) == {}
    assert waiting(walk, filters=Filters(townships=(1,))) == {}


def test_a_silent_co_department_is_named_until_it_speaks(walk: Walk):
    water = department_id(walk.engine, WATER)
    walk.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.DUE_BUT_UNDONE)
    walk.does(Act.REASSIGN, HEAD, co_department_ids=(water,),
              lead_department_id=department_id(walk.engine, EDUCATION))  # fmt: skip
    walk.does(BesideAct.TELL_RESIDENT, OFFICER, text="已告知")
    walk.on(date(2026, 11, 10)).does(Act.RECEIVE, CLERK)
    assert waiting(walk.on(date(2026, 11, 12))) == {}
    assert waiting(walk.on(date(2026, 11, 13))) == {"co_silent": 1}
    found = desk_items(walk.engine, scope=CITY, as_of=walk.day, slug=DeskList.CO_SILENT).rows
    assert list(found["why"]) == [WATER]
    both = Scope(departments=frozenset({WATER}), co_departments=frozenset({WATER}))
    helper = person(Role.CO_UNIT, both)
    walk.does(Act.REPORT_PROGRESS, helper, text="已配合")
    assert waiting(walk) == {}


def test_instructions_notices_clocks_and_repeats_stand_until_answered(walk: Walk):
    walk.does(BesideAct.INSTRUCT, LEADER, text="请研究")
    walk.does(BesideAct.DRAFT_NOTICE, OFFICER, text="请办理")
    walk.does(BesideAct.RAISE_AGAIN, CALLER, text="再次来电")
    walk.does(BesideAct.RECLASSIFY, OFFICER, reason="升级", urgency="紧急")
    assert waiting(walk) == {
        "instructions_open": 1, "notices_waiting": 1, "raised_again": 1, "clocks_beside": 1,
    }  # fmt: skip
    walk.does(BesideAct.ANSWER_INSTRUCTION, OFFICER, instruction_id=1, text="已研究")
    walk.does(Act.ISSUE_NOTICE, HEAD, notice_id=1)
    walk.does(BesideAct.TELL_RESIDENT, OFFICER, text="已告知")
    assert waiting(walk) == {"clocks_beside": 1}
    assert waiting(walk.on(date(2026, 11, 17)))["notice_reply_late"] == 1
    walk.does(BesideAct.REPLY_NOTICE, OFFICER, notice_id=1, text="已办")
    assert "notice_reply_late" not in waiting(walk)


def test_a_department_and_another_county_see_their_own_desk_alone(walk: Walk):
    walk.does(BesideAct.INSTRUCT, LEADER, text="请研究")
    assert waiting(walk, Scope(departments=frozenset({EDUCATION}))) == {"instructions_open": 1}
    assert waiting(walk, Scope(reporting_units=frozenset({"紫金县"}))) == {}
    assert waiting(walk, Scope()) == {}
