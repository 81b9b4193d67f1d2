"""A city decides how days are counted and what is 临期; a new calendar settles what was 暂定."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from data_access.audit_trail import verified_chain
from data_access.calendar_state import calendar_state, calendar_warning
from data_access.calendar_workbook import read_calendar
from data_access.city_rules import city_rules, satisfaction_points
from data_access.database import change_number, reading
from data_access.ledger_import.apply import store_import
from data_access.loop_rules import LoopRules, loop_rules
from data_access.notice_rules import ladder
from data_access.reads.history import item_history
from data_access.reads.overview import overview
from data_access.schema.base import audit
from data_access.writes.calendar import CalendarRefused, import_calendar
from data_access.writes.city_rule import RuleRefused, decide_rule
from supervision.deadline_trace import trace_sentences
from supervision.escalation import Ladder
from supervision.scope import Scope
from supervision.vocabulary import DeadlineBasis
from tests.deciding import decide, rule_change
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

HEAD = "day,is_working,name,source\n"
NOTICE = "国务院办公厅关于2027年部分节假日安排的通知（测试）"
# Made up for this test: each statutory holiday once, long enough.
YEAR = HEAD + "".join(
    f"{date(2027, month, day) + timedelta(n)},0,{name},{NOTICE}\n"
    for name, month, day, length in (
        ("元旦", 1, 1, 1), ("春节", 2, 5, 4), ("清明节", 4, 5, 1), ("劳动节", 5, 1, 2),
        ("端午节", 6, 9, 1), ("中秋节", 9, 15, 1), ("国庆节", 10, 1, 3),
    )
    for n in range(length)
)  # fmt: skip


def _import(engine, text):
    file = read_calendar(text.encode(), "2027.csv")
    return import_calendar(engine, file, file_name="2027.csv", viewer=SUPERVISOR, as_of=TODAY)


def _store(engine, **said):
    said = {"assigned_on": date(2026, 11, 2), **said}
    store_import(engine, judged_ledger(ledger_row(**said)), viewer=SUPERVISOR, as_of=TODAY)


def _round(engine, item_id=1):
    found = item_history(engine, scope=SUPERVISOR.scope, as_of=TODAY, item_id=item_id)
    assert found is not None
    return found.rounds[0]


def _due_soon(engine):
    seen = overview(engine, scope=SUPERVISOR.scope, as_of=TODAY)
    tiles = {row["slug"]: row["n"] for row in seen.tiles.iter_rows(named=True)}
    return tiles["due_soon"], seen.due_soon_working_days


def test_due_soon_reaches_as_far_as_the_city_says(city):
    _store(city, due_on=date(2026, 12, 2))
    assert _due_soon(city) == (0, 3)
    decide(city, "due_soon_working_days", "5")
    assert _due_soon(city) == (1, 5)


def test_the_convention_counts_what_is_assigned_from_its_day_and_leaves_given_deadlines(city):
    _store(city, row=3)
    decide(city, "deadline_convention", "start_day")
    _store(city, row=4)
    _store(city, row=5, assigned_on=TODAY)
    days = [_round(city, item).round["due_on"] for item in (1, 2, 3)]
    assert days == [date(2026, 11, 23), date(2026, 11, 23), date(2026, 12, 15)]
    for item in (1, 2, 3):
        told = _round(city, item)
        assert told.deadline is not None
        assert told.deadline.due_on == told.round["due_on"], trace_sentences(told.deadline)


def test_a_ledger_that_comes_again_moves_no_deadline_that_was_given(city):
    _store(city, number="A-1")
    decide(city, "feedback_limit", "5 workday")
    decide(city, "deadline_convention", "start_day")
    _store(city, number="A-1", feedback_on=date(2026, 11, 20))
    told = _round(city)
    assert (told.round["due_on"], told.round["due_convention"]) == (
        date(2026, 11, 23), "day_after",
    )  # fmt: skip
    assert told.round["feedback_on"] == date(2026, 11, 20)


def test_a_rule_is_recorded_with_before_after_and_basis(city):
    before = change_number(city)
    decide(city, "due_soon_working_days", "5")
    with reading(city) as connection:
        row = connection.execute(select(audit).order_by(audit.c.id.desc())).first()
    assert row is not None
    assert (row.act, row.actor, row.reason) == ("set_rule", SUPERVISOR.account, "某文件")
    assert "3个工作日内到期" in row.before
    assert "5个工作日内到期" in row.after
    assert change_number(city) == before + 1
    assert verified_chain(city).fault is None


def test_points_of_answers_are_dated_and_a_day_has_one_set(city):
    for value, day in (
        ("100/70/60/0/0", date(2026, 1, 1)),
        ("100/80/60/20/0", date(2027, 1, 1)),
        ("90/80/60/0/0", date(2027, 1, 1)),
    ):
        decide(city, "satisfaction_points", value, valid_from=day, basis="甲")
    with reading(city) as connection:
        told = satisfaction_points(connection)
    assert [(one.valid_from.year, one.of_answers[0]) for one in told] == [(2026, 100), (2027, 90)]
    with pytest.raises(RuleRefused, match="从今天"):
        decide(city, "satisfaction_points", "80/70/60/0/0", valid_from=date(2026, 5, 1))


def test_the_example_weights_become_the_citys_own_when_it_says_so(city):
    told = decide(city, "score_weights", "30/20/25/25", valid_from=date(2026, 1, 1), basis="甲")
    assert told.before.startswith("示例（本市尚未规定）：按期反馈率30")
    assert told.after == "按期反馈率30、按期办结率20、解决率（群众认定）25、满意率25"
    with pytest.raises(RuleRefused, match="从今天"):
        decide(city, "score_weights", "40/20/20/20", valid_from=date(2026, 5, 1))


def test_limits_of_the_loop_and_the_ladder_of_notices_are_the_citys_to_set(city):
    told = decide(city, "fix_working_days", "5")
    assert told.after == "退回后5个工作日内重新提交，首次反馈日期有效"
    decide(city, "notice_yellow_after", "8")
    with reading(city) as connection:
        assert loop_rules(connection) == LoopRules(fix_working_days=5)
        assert ladder(connection) == Ladder(yellow_after_overdue=8)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("longest_hang_days", "1096", "0 到 1095"),
        ("due_soon_working_days", "0", "1 到 30"),
        ("due_soon_working_days", "三", "1 到 30"),
        ("deadline_convention", "yesterday", "start_day"),
        ("sample_city", "河源", "没有“sample_city”这项规则"),
        ("satisfaction_points", "60/80/100/20/0", "五档分值"),
        ("score_weights", "30/20/25/24", "合计 100"),
        ("feedback_limit", "15 month_end", "15 workday"),
        ("feedback_limit", "0 workday", "15 workday"),
        ("reassign_reasons", "dissatisfied", "必须包括 other"),
        ("due_soon_working_days", "3", "没有改动"),
    ],
)
def test_what_is_no_rule_is_refused_in_words_and_changes_nothing(city, name, value, told):
    before = change_number(city), city_rules(city, on=TODAY)
    with pytest.raises(RuleRefused, match=told):
        decide(city, name, value)
    assert (change_number(city), city_rules(city, on=TODAY)) == before


def test_a_rule_has_a_day_from_today_and_a_basis(city):
    for said, told in (
        ({"valid_from": TODAY - timedelta(1)}, "从今天"),
        ({"basis": "  "}, "请写明依据"),
        ({"to_open": True}, "不改变已经给出的期限"),
        ({"subject": "category:1"}, "不能为这一类单独规定"),
    ):
        with pytest.raises(RuleRefused, match=told):
            decide(city, "due_soon_working_days", "5", **said)
    with pytest.raises(RuleRefused, match="改为今天"):
        decide(city, "deadline_convention", "start_day", to_open=True,
                valid_from=TODAY + timedelta(1))  # fmt: skip


def test_whoever_decides_must_have_seen_the_last_decision_and_the_whole_city(city):
    decide(city, "due_soon_working_days", "5")
    with pytest.raises(RuleRefused, match="刚由"):
        decide(city, "due_soon_working_days", "6", seen_id=0)
    county = replace(SUPERVISOR, scope=Scope(reporting_units=frozenset({"东源县"})))
    wanted = rule_change("due_soon_working_days", "6")
    with pytest.raises(RuleRefused, match="可见全市"):
        decide_rule(city, wanted, viewer=county, as_of=TODAY)


def test_a_rule_decided_for_a_later_day_holds_from_that_day(city):
    later = TODAY + timedelta(30)
    decide(city, "due_soon_working_days", "7", valid_from=later)
    lines = [city_rules(city, on=day) for day in (TODAY, later)]
    told = [next(r for r in rules if r.name == "due_soon_working_days") for rules in lines]
    assert [one.value for one in told] == ["3", "7"]
    assert told[0].planned_words == ("7个工作日内到期（含当日）为临期",)


def test_a_new_year_of_the_calendar_settles_provisional_deadlines(city):
    _store(city, assigned_on=date(2026, 12, 21))
    assert _round(city).round["due_basis"] == DeadlineBasis.PROVISIONAL
    stored = _import(city, YEAR)
    assert (stored.first_year, stored.last_year, stored.settled) == (2021, 2027, 1)
    told = _round(city)
    # Nine working days are left of 2026; 1 January 2027 rests, then come 4 to 11 January.
    assert (told.round["due_on"], told.round["due_basis"]) == (
        date(2027, 1, 12), DeadlineBasis.COMPUTED,
    )  # fmt: skip
    assert told.deadline is not None
    assert told.deadline.due_on == date(2027, 1, 12)


def test_the_line_about_a_calendar_that_ends_is_gone_as_soon_as_the_next_year_is_entered(city):
    late = date(2026, 12, 20)
    assert calendar_warning(city, as_of=late) == calendar_state(city, as_of=late).warning
    assert calendar_warning(city, as_of=late) is not None
    _import(city, YEAR)
    summer = late + timedelta(days=180)
    assert (calendar_warning(city, as_of=late), calendar_warning(city, as_of=summer)) == (
        None,
        None,
    )
    decide(city, "feedback_limit", "250 workday")
    assert calendar_warning(city, as_of=summer) is not None


def test_a_deadline_that_has_its_day_is_not_moved_by_a_new_calendar(city):
    _store(city)
    before = _round(city).round
    assert _import(city, YEAR).settled == 0
    assert _round(city).round == before


def test_a_calendar_with_faults_or_a_gap_stores_nothing(city):
    before = change_number(city)
    for text, told in (
        (YEAR.replace("2027-", "2028-"), "还缺 2027 年"),
        (YEAR.replace(",0,", ",也许,"), "也许"),
    ):
        with pytest.raises(CalendarRefused) as refused:
            _import(city, text)
        assert told in "".join(f.message for f in refused.value.findings)
    assert change_number(city) == before
