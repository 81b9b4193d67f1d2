"""督办单 as the store tells them: what is proposed, what was issued, how it is printed."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.filters import Filters
from data_access.notice_rules import reply_deadline, usual_reply_days
from data_access.reads.notice_papers import notice_lines, notice_papers
from data_access.reads.proposed_notices import proposed_notices
from data_access.writes.counter_act import counter_act
from supervision.beside_acts import BesideAct
from supervision.city_rules import SIGNING
from supervision.deadlines import Limit
from supervision.lifecycle import Act
from supervision.loop_words import (
    FollowerKind,
    NoticeKind,
    NoticeLevel,
    NoticeState,
    NoticeTrigger,
)
from supervision.scope import Scope
from tests.acting import (
    CLERK,
    EDUCATION,
    HEAD,
    OFFICER,
    WATER,
    Walk,
    a_token,
    department_id,
    stored_item,
)
from tests.deciding import decide
from tests.factories import TODAY

CITY = Scope.whole_city()
ALL = frozenset(NoticeState)
LATE = {"assigned_on": date(2026, 10, 9), "due_on": date(2026, 10, 30)}


@pytest.fixture
def late(town: Engine) -> Walk:
    """An item that is 18 working days overdue."""
    return Walk(town, stored_item(town, title="红星路路灯不亮", **LATE))


def proposed(store: Engine, day: date = TODAY, filters: Filters | None = None, scope: Scope = CITY):
    found = proposed_notices(store, scope=scope, as_of=day, filters=filters)
    return found.rows.to_dict("records")


def lines(store: Engine, day: date = TODAY, scope: Scope = CITY, filters: Filters | None = None):
    found = notice_lines(store, scope=scope, as_of=day, states=ALL, filters=filters)
    return found.to_dict("records")


def drafted(walk: Walk, **said: object) -> int:
    walk.does(
        BesideAct.DRAFT_NOTICE, OFFICER,
        **{"text": "请抓紧办理。", "notice_kind": NoticeKind.SUPERVISION, "level": NoticeLevel.RED,
           "trigger": NoticeTrigger.OVERDUE, **said},
    )  # fmt: skip
    return int(lines(walk.engine, walk.day)[0]["notice_id"])


def issued(walk: Walk, due: date = date(2026, 12, 2)) -> int:
    notice = drafted(walk)
    walk.does(Act.ISSUE_NOTICE, HEAD, notice_id=notice, reply_due_on=due)
    return notice


def test_an_overdue_item_is_proposed_with_its_card_and_why(late: Walk):
    stored_item(late.engine, title="按期的", due_on=date(2026, 11, 30))
    (row,) = proposed(late.engine)
    assert row["title"] == "红星路路灯不亮"
    assert (row["trigger"], row["kind"], row["level"]) == ("overdue", "supervision", "red")
    assert row["why"] == "逾期未反馈：逾期18个工作日"


def test_a_proposal_goes_when_it_is_drafted_and_comes_back_when_nobody_replies(
    late: Walk,
):
    drafted(late, level=NoticeLevel.BLUE)
    assert proposed(late.engine) == []
    notice = lines(late.engine)[0]["notice_id"]
    late.does(Act.ISSUE_NOTICE, HEAD, notice_id=notice, reply_due_on=date(2026, 11, 27))
    assert proposed(late.engine, date(2026, 11, 27)) == []
    (row,) = proposed(late.engine, date(2026, 11, 30))
    assert row["level"] == "red"


def test_a_draft_that_was_not_signed_is_not_proposed_again_at_once(late: Walk):
    notice = drafted(late)
    late.does(BesideAct.REFUSE_NOTICE, HEAD, notice_id=notice, reason="先电话催办")
    assert proposed(late.engine) == []
    assert len(proposed(late.engine, date(2026, 12, 2))) == 1


def test_what_is_raised_again_speaks_for_a_notice_and_twice_speaks_louder(town: Engine):
    walk = Walk(town, stored_item(town, due_on=date(2026, 12, 31)))
    for _ in range(2):
        walk.does(BesideAct.RAISE_AGAIN, OFFICER, follower=FollowerKind.RESIDENT, text="又打来电话")
        (row,) = proposed(town)
        told = row["trigger"], row["level"]
    assert told == ("repeated", "yellow")


def test_a_round_that_was_opened_here_and_is_not_signed_for_is_proposed(town: Engine):
    walk = Walk(town, stored_item(town, assigned_on=None))
    walk.does(Act.ASSIGN, OFFICER, lead_department_id=department_id(town, EDUCATION),
              limit=Limit(4))  # fmt: skip
    assert proposed(town, date(2026, 11, 26)) == []
    (row,) = proposed(town, date(2026, 11, 27))
    assert row["why"] == "拒不签收、时限过半无办理记录"


def test_the_time_to_sign_is_the_citys_and_progress_that_was_taken_back_is_none(town: Engine):
    decide(town, SIGNING, "3")
    walk = Walk(town, stored_item(town, assigned_on=None))
    walk.does(Act.ASSIGN, OFFICER, lead_department_id=department_id(town, EDUCATION),
              limit=Limit(4))  # fmt: skip
    (row,) = proposed(town, date(2026, 11, 27))
    assert row["why"] == "时限过半无办理记录"
    (row,) = proposed(town, date(2026, 12, 1))
    assert row["why"] == "拒不签收、时限过半无办理记录"
    walk.does(Act.RECEIVE, CLERK)
    said = walk.does(Act.REPORT_PROGRESS, CLERK, text="已派人到现场").done[0]
    assert proposed(town, date(2026, 12, 1)) == []
    counter_act(town, said.act_id, said.version, "写错了", viewer=HEAD, as_of=TODAY,
                token=a_token())  # fmt: skip
    (row,) = proposed(town, date(2026, 12, 1))
    assert row["why"] == "时限过半无办理记录"


def test_proposals_keep_to_the_scope_and_the_filters(late: Walk):
    water = department_id(late.engine, WATER)
    assert proposed(late.engine, filters=Filters(departments=(water,))) == []
    assert proposed(late.engine, scope=Scope(reporting_units=frozenset({"紫金县"}))) == []
    assert len(proposed(late.engine, scope=Scope(reporting_units=frozenset({"东源县"})))) == 1


def test_a_reply_that_came_late_stays_late(late: Walk):
    notice = issued(late, due=date(2026, 11, 27))
    late.on(date(2026, 11, 30))
    assert lines(late.engine, late.day)[0]["reply_late"] is True
    late.does(BesideAct.REPLY_NOTICE, CLERK, notice_id=notice, text="已派人修复。")
    (row,) = lines(late.engine, date(2026, 12, 15))
    assert (row["reply"], row["replied_on"], row["reply_late"]) == (
        "已派人修复。", date(2026, 11, 30), True,
    )  # fmt: skip


def test_a_reply_on_its_last_day_is_in_time(late: Walk):
    notice = issued(late, due=date(2026, 11, 27))
    late.on(date(2026, 11, 27)).does(
        BesideAct.REPLY_NOTICE, CLERK, notice_id=notice, text="已派人修复。"
    )
    assert lines(late.engine, date(2026, 12, 15))[0]["reply_late"] is False


def test_a_department_is_told_of_what_was_issued_and_never_of_drafts(late: Walk):
    notice = drafted(late)
    assert lines(late.engine, scope=CLERK.scope) == []
    asked = {"as_of": TODAY, "notice_ids": (notice,)}
    assert notice_papers(late.engine, scope=CLERK.scope, **asked) == ()
    late.does(Act.ISSUE_NOTICE, HEAD, notice_id=notice)
    assert [row["notice_id"] for row in lines(late.engine, scope=CLERK.scope)] == [notice]
    assert lines(late.engine, scope=Scope(departments=frozenset({WATER}))) == []


def test_notices_are_narrowed_by_the_department_they_go_to(late: Walk):
    drafted(late, department_id=department_id(late.engine, WATER))
    education, water = (department_id(late.engine, name) for name in (EDUCATION, WATER))
    assert lines(late.engine, filters=Filters(departments=(education,))) == []
    assert len(lines(late.engine, filters=Filters(departments=(water,)))) == 1


def test_a_paper_tells_how_both_its_days_were_counted(late: Walk):
    notice = issued(late)
    (paper,) = notice_papers(late.engine, scope=CITY, as_of=TODAY, notice_ids=(notice,))
    assert (paper.number, paper.department) == ("督办〔2026〕1号", EDUCATION)
    assert paper.reply_trace == (
        "2026-11-25 签发，期限5个工作日；签发次日起算第1个工作日，签发当日不计入。",
        "2026-11-28 周六，不计。",
        "2026-11-29 周日，不计。",
        "2026-12-02 为期限最后一日（第5个工作日）。",
    )
    assert paper.feedback_trace[0].startswith("2026-10-09 交办，期限16个工作日；")
    assert paper.feedback_trace[-1].startswith("2026-10-30 为期限最后一日")


def test_what_goes_to_the_department_on_paper_points_at_nobody(town: Engine):
    late = Walk(town, stored_item(town, title="市民张**（138****1234）反映路灯不亮", **LATE))
    notice = drafted(late, text="你单位承办的“市民张**反映路灯不亮”事项，请抓紧。")
    (paper,) = notice_papers(town, scope=CITY, as_of=TODAY, notice_ids=(notice,))
    assert paper.title == "市民＊＊＊（＊＊＊）反映路灯不亮"
    assert paper.text == "你单位承办的“市民＊＊＊反映路灯不亮”事项，请抓紧。"


def test_a_reply_day_that_rests_is_told_as_the_day_that_was_named(late: Walk):
    notice = issued(late, due=date(2026, 11, 29))
    (paper,) = notice_papers(late.engine, scope=CITY, as_of=TODAY, notice_ids=(notice,))
    assert paper.reply_trace[1:] == (
        "2026-11-29 周日，期限指明了日期，不顺延。", "2026-11-29 为期限最后一日。",
    )  # fmt: skip


def test_the_usual_time_for_a_reply_is_the_citys_in_working_days(town: Engine):
    assert usual_reply_days(town, issued_on=TODAY) == 5
    deadline = reply_deadline(town, issued_on=TODAY, working_days=5)
    assert deadline.due_on == date(2026, 12, 2)
