"""Returns, extensions, fixing, hanging: what each act does to a round's clock and verdict."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.reads.figures import figure_values
from data_access.reads.item_acts import item_acts_of, rounds_held
from data_access.reads.waiting import waiting_extensions, waiting_returns
from data_access.schema.items import extensions, feedback
from data_access.schema.supervision import deadline_clocks, returns
from supervision.beside_acts import BesideAct
from supervision.deadlines import Limit
from supervision.lifecycle import Act
from supervision.scope import Scope
from supervision.vocabulary import ItemState, Resolution, RoundState
from tests.acting import (
    CLERK,
    EDUCATION,
    HEAD,
    OFFICER,
    WATER,
    WATER_CLERK,
    Walk,
    department_id,
    person,
    stored_item,
)
from tests.deciding import decide

CITY = Scope.whole_city()
ASSIGNED = date(2026, 11, 2)
DUE = date(2026, 11, 23)


def rows(engine: Engine, table) -> list:
    with reading(engine) as connection:
        return list(connection.execute(select(table).order_by(table.c.id)))


@pytest.fixture
def walk(town: Engine) -> Walk:
    """An item of 市教育局, assigned on 11-02, due on 11-23, on its second day."""
    return Walk(town, stored_item(town, assigned_on=ASSIGNED)).on(date(2026, 11, 3))


def test_a_granted_return_gives_another_department_a_clock_of_its_own(walk: Walk):
    walk.does(Act.ASK_RETURN, CLERK, reason="不属职责", legal_basis="三定方案")
    assert walk.round["due_on"] == DUE
    waiting = waiting_returns(walk.engine, scope=CITY, as_of=walk.day)
    assert list(waiting["legal_basis"]) == ["三定方案"]
    water = department_id(walk.engine, WATER)
    own = department_id(walk.engine, EDUCATION)
    same = walk.tries(Act.GRANT_RETURN, HEAD, lead_department_id=own)
    assert "须改派其他牵头单位" in same.refused[0].sentence
    walk.on(date(2026, 11, 5)).does(Act.GRANT_RETURN, HEAD, lead_department_id=water)
    assert walk.round["state"] == RoundState.ASSIGNED
    assert (walk.round["assigned_on"], walk.round["due_on"]) == (walk.day, date(2026, 11, 26))
    (kept,) = rows(walk.engine, returns)
    assert (kept.due_on, kept.ruling, kept.new_department_id) == (DUE, "granted", water)
    held = rounds_held(walk.engine, scope=CITY, as_of=date(2026, 11, 9), item_id=walk.item_id)
    assert held is not None
    assert [(s.department, s.working_days, s.ended_by) for s in held.spells] == [
        (EDUCATION, 3, "准予退单并改派"), (WATER, 2, None),
    ]  # fmt: skip
    assert (held.rounds, held.returned, held.bounces) == (1, 1, 1)


def test_after_a_refused_return_the_same_department_cannot_ask_again(walk: Walk):
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.ASK_RETURN, CLERK, reason="不属职责", legal_basis="三定方案")
    walk.does(Act.REFUSE_RETURN, HEAD, reason="属于你单位职责")
    assert (walk.round["state"], walk.round["due_on"]) == (RoundState.ASSIGNED, DUE)
    again = walk.tries(Act.ASK_RETURN, CLERK, reason="仍不属", legal_basis="三定方案")
    assert "此前已对退单作出裁定" in again.refused[0].sentence


def test_a_return_is_asked_for_within_five_working_days(walk: Walk):
    walk.on(date(2026, 11, 10))
    late = walk.tries(Act.ASK_RETURN, CLERK, reason="不属职责", legal_basis="三定方案")
    assert "已超过提出退单的时限" in late.refused[0].sentence
    assert rows(walk.engine, returns) == []


def test_who_asked_does_not_decide(walk: Walk):
    both = person(next(iter(HEAD.roles)), CLERK.scope, CLERK.account)
    both = type(both)(both.account, both.name, HEAD.roles | CLERK.roles, CLERK.scope)
    walk.does(Act.ASK_RETURN, both, reason="不属职责", legal_basis="三定方案")
    told = walk.tries(Act.REFUSE_RETURN, both, reason="属于")
    assert "提出的人不能自己审批" in told.refused[0].sentence


def test_an_extension_in_time_moves_the_day_that_counts(walk: Walk):
    walk.does(Act.RECEIVE, CLERK)
    walk.on(date(2026, 11, 20))
    too_long = walk.tries(Act.ASK_EXTENSION, CLERK, reason="雨天", new_due_on=date(2027, 1, 5))
    assert "最迟延至2026-12-14" in too_long.refused[0].sentence
    walk.does(Act.ASK_EXTENSION, CLERK, reason="连续降雨", new_due_on=date(2026, 12, 1))
    (line,) = waiting_extensions(walk.engine, scope=CITY, as_of=walk.day).to_dict("records")
    assert (line["original_due_on"], line["new_due_on"]) == (DUE, date(2026, 12, 1))
    walk.on(DUE).does(Act.GRANT_EXTENSION, HEAD)
    assert (walk.round["due_on"], walk.round["extended_due_on"]) == (DUE, date(2026, 12, 1))
    assert walk.round["residents_to_inform"]
    assert waiting_extensions(walk.engine, scope=CITY, as_of=walk.day).empty
    once = walk.tries(Act.ASK_EXTENSION, CLERK, reason="再延", new_due_on=date(2026, 12, 5))
    assert "同一轮次最多批准延期1次，已经用完" in once.refused[0].sentence
    walk.on(date(2026, 11, 26)).does(Act.SUBMIT_FEEDBACK, CLERK, text="已修")
    told = figure_values(walk.engine, scope=CITY, as_of=date(2026, 12, 2))
    assert told["on_time_feedback_rate"] == (1, 1)
    assert told["on_time_after_extension"] == (1, None)


def test_the_rules_say_how_often_and_how_far_a_round_is_extended(town: Engine):
    walk = Walk(town, stored_item(town, assigned_on=date(2026, 11, 16)))
    assert walk.round["due_on"] == date(2026, 12, 7)
    decide(town, "extension_times", "2")
    decide(town, "extension_percent", "20")
    walk.does(Act.RECEIVE, CLERK)
    asked = {"reason": "连续降雨", "new_due_on": date(2026, 12, 10)}
    too_long = walk.tries(Act.ASK_EXTENSION, CLERK, reason="雨", new_due_on=date(2026, 12, 11))
    assert "延长的时间超过规定，最迟延至2026-12-10" in too_long.refused[0].sentence
    walk.does(Act.ASK_EXTENSION, CLERK, **asked)
    walk.does(Act.GRANT_EXTENSION, HEAD)
    again = asked | {"new_due_on": date(2026, 12, 15)}
    walk.on(date(2026, 12, 9)).does(Act.ASK_EXTENSION, CLERK, **again)
    assert walk.does(Act.GRANT_EXTENSION, HEAD).done[0].remark is None
    assert walk.round["extended_due_on"] == date(2026, 12, 15)
    once_more = walk.tries(Act.ASK_EXTENSION, CLERK, reason="雨", new_due_on=date(2026, 12, 16))
    assert "最多批准延期2次，已经用完" in once_more.refused[0].sentence


def test_an_extension_that_is_approved_late_cures_nothing(walk: Walk):
    walk.does(Act.RECEIVE, CLERK)
    walk.on(DUE).does(Act.ASK_EXTENSION, CLERK, reason="雨天", new_due_on=date(2026, 12, 1))
    told = walk.on(date(2026, 11, 24)).does(Act.GRANT_EXTENSION, HEAD)
    assert told.done[0].remark == "批准时原期限已过，延期不改变已形成的逾期。"
    assert walk.round["extended_due_on"] is None
    (kept,) = rows(walk.engine, extensions)
    assert (kept.decision, kept.approved_on) == ("granted", walk.day)


def test_an_extension_is_not_asked_for_after_the_due_day(walk: Walk):
    walk.does(Act.RECEIVE, CLERK)
    walk.on(date(2026, 11, 24))
    late = walk.tries(Act.ASK_EXTENSION, CLERK, reason="雨天", new_due_on=date(2026, 12, 1))
    assert "期限已过，不能再申请延期" in late.refused[0].sentence


def test_a_refused_extension_leaves_the_old_day(walk: Walk):
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.ASK_EXTENSION, CLERK, reason="雨天", new_due_on=date(2026, 12, 1))
    walk.does(Act.REFUSE_EXTENSION, HEAD, reason="条件具备")
    assert walk.round["extended_due_on"] is None
    assert walk.round["state"] == RoundState.RECEIVED


@pytest.mark.parametrize(
    ("comes_again", "counts"),
    [
        (date(2026, 11, 23), date(2026, 11, 18)),
        (date(2026, 11, 24), date(2026, 11, 24)),
    ],
    ids=["on the third working day", "on the fourth"],
)
def test_feedback_sent_back_keeps_its_day_only_if_it_comes_again_in_time(
    walk: Walk, comes_again: date, counts: date
):
    walk.does(Act.RECEIVE, CLERK)
    walk.on(date(2026, 11, 18)).does(Act.SUBMIT_FEEDBACK, CLERK, text="正在办理")
    walk.does(Act.RETURN_FOR_FIX, OFFICER, reason="没有措施")
    assert (walk.round["feedback_on"], walk.round["fix_due_on"]) == (None, date(2026, 11, 23))
    walk.on(comes_again).does(Act.RESUBMIT, CLERK, text="已修复", measures="每月巡查")
    assert walk.round["feedback_on"] == counts
    told = rows(walk.engine, feedback)
    assert [(row.kind, row.given_on) for row in told] == [
        ("written", date(2026, 11, 18)), ("written", comes_again), ("measures", None),
    ]  # fmt: skip


def test_a_feedback_that_says_solved_brings_evidence(walk: Walk):
    walk.does(Act.RECEIVE, CLERK)
    bare = walk.tries(Act.SUBMIT_FEEDBACK, CLERK, text="已修好", resolved=Resolution.RESOLVED)
    assert "须至少附一份佐证材料" in bare.refused[0].sentence
    assert rows(walk.engine, feedback) == []


PLAN = {"plan": "分期改造", "case_leader": "王副市长", "review_on": date(2026, 12, 10)}


def test_hanging_before_the_due_day_lets_the_clock_begin_anew(walk: Walk):
    walk.does(Act.RECEIVE, CLERK)
    walk.on(date(2026, 11, 10)).does(Act.HANG, HEAD, **PLAN)
    assert walk.item["hang_until"] == date(2026, 12, 10)
    walk.on(date(2026, 12, 10)).does(Act.TAKE_OFF_HANGING, HEAD, new_due_on=date(2026, 12, 20))
    assert (walk.round["state"], walk.round["due_on"]) == (RoundState.RECEIVED,
                                                           date(2026, 12, 20))  # fmt: skip
    (clock,) = rows(walk.engine, deadline_clocks)
    assert (clock.due_before, clock.due_on) == (DUE, date(2026, 12, 20))
    again = walk.tries(Act.HANG, HEAD, **PLAN)
    assert "同一事项只能挂账一次" in again.refused[0].sentence


def test_hanging_does_not_wash_a_lateness_away(walk: Walk):
    walk.on(date(2026, 11, 25)).does(Act.HANG, HEAD, **PLAN)
    walk.does(Act.TAKE_OFF_HANGING, HEAD, new_due_on=date(2026, 12, 20))
    assert walk.round["due_on"] == DUE
    assert walk.done[-1].done[0].remark is not None


def test_reclassifying_opens_a_clock_beside_and_leaves_the_running_one(walk: Walk):
    water = department_id(walk.engine, WATER)
    walk.on(date(2026, 11, 9)).does(
        BesideAct.RECLASSIFY, OFFICER, reason="职责调整", lead_department_id=water, urgency="紧急",
        limit=Limit(5),
    )  # fmt: skip
    assert (walk.round["due_on"], walk.round["lead_department_id"]) == (DUE, water)
    clocks = rows(walk.engine, deadline_clocks)
    assert [(c.cause, c.value_before, c.value_after, c.due_before, c.due_on) for c in clocks] == [
        ("urgency", None, "紧急", DUE, date(2026, 11, 16)),
        ("department", EDUCATION, WATER, DUE, date(2026, 11, 16)),
    ]  # fmt: skip
    nothing = walk.tries(BesideAct.RECLASSIFY, OFFICER, reason="再调", urgency="紧急")
    assert nothing.refused[0].sentence.startswith("没有要调整的内容")
    assert walk.tries(Act.RECEIVE, CLERK).refused
    walk.does(Act.RECEIVE, WATER_CLERK)


def test_the_history_of_an_item_reads_as_sentences(walk: Walk):
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.REPORT_PROGRESS, CLERK, text="联系人钟丽君，电话13812345678，已到现场")
    lines = item_acts_of(walk.engine, scope=CITY, as_of=walk.day, item_id=walk.item_id)
    assert [line.act for line in lines] == ["receive", "report_progress"]
    assert lines[1].words == "联系人钟**，电话138****5678，已到现场"
    assert lines[1].sentence.startswith("市教育局（lead_unit）报告进展：")
    of_others = Scope(departments=frozenset({WATER}))
    assert item_acts_of(walk.engine, scope=of_others, as_of=walk.day, item_id=walk.item_id) == ()


def test_an_item_that_is_closed_on_a_promise_alone_is_hung_instead(walk: Walk):
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text="列入明年计划")
    promise = walk.tries(Act.ACCEPT_AND_CLOSE, OFFICER)
    assert "请改为挂账" in promise.refused[0].sentence
    walk.does(Act.ACCEPT_AND_HANG, HEAD, **PLAN)
    assert (walk.item["state"], walk.round["state"]) == (ItemState.HANGING, RoundState.ACCEPTED)
    assert walk.round["feedback_on"] == walk.day
