"""A city decides how days are counted and what is 临期; a new calendar settles what was 暂定."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from data_access.city_rules import city_rules
from data_access.database import change_number, reading
from data_access.ledger_import.apply import store_import
from data_access.loop_rules import LoopRules, loop_rules
from data_access.reads.history import item_history
from data_access.reads.overview import overview
from data_access.schema.base import audit
from data_access.writes.calendar import CalendarRefused, import_calendar
from data_access.writes.city_rule import RuleRefused, set_city_rule
from supervision.deadline_trace import trace_sentences
from supervision.vocabulary import DeadlineBasis
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
    set_city_rule(city, "due_soon_working_days", "5", viewer=SUPERVISOR)
    assert _due_soon(city) == (1, 5)


def test_the_convention_counts_new_deadlines_and_leaves_given_ones(city):
    _store(city, row=3)
    set_city_rule(city, "deadline_convention", "start_day", viewer=SUPERVISOR)
    _store(city, row=4)
    assert _round(city, 1).round["due_on"] == date(2026, 11, 23)
    assert _round(city, 2).round["due_on"] == date(2026, 11, 20)
    for item in (1, 2):
        told = _round(city, item)
        assert told.deadline is not None
        assert told.deadline.due_on == told.round["due_on"], trace_sentences(told.deadline)


def test_a_rule_is_recorded_with_before_and_after(city):
    before = change_number(city)
    set_city_rule(city, "due_soon_working_days", "5", viewer=SUPERVISOR)
    with reading(city) as connection:
        row = connection.execute(select(audit).order_by(audit.c.id.desc())).first()
    assert row is not None
    assert (row.act, row.actor, row.before, row.after) == (
        "set_rule", SUPERVISOR.account, '{"due_soon_working_days":"3"}',
        '{"due_soon_working_days":"5"}',
    )  # fmt: skip
    assert change_number(city) == before + 1


def test_points_of_answers_are_dated_and_a_day_has_one_set(city):
    for line in (
        "2027-01-01 100/80/60/20/0 甲",
        "2026-01-01 100/70/60/0/0",
        "2027-01-01 90/80/60/0/0 乙",
    ):
        told = set_city_rule(city, "satisfaction_points", line, viewer=SUPERVISOR)
    assert told.value == "2026-01-01 100/70/60/0/0；2027-01-01 90/80/60/0/0 乙"


def test_limits_of_the_loop_are_the_citys_to_set(city):
    told = set_city_rule(city, "fix_working_days", "5", viewer=SUPERVISOR)
    assert (told.value, told.words) == ("5", "退回后5个工作日内重新提交，首次反馈日期有效")
    with reading(city) as connection:
        assert loop_rules(connection) == LoopRules(fix_working_days=5)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("longest_hang_days", "1096", "0 到 1095"),
        ("due_soon_working_days", "0", "1 到 30"),
        ("due_soon_working_days", "三", "1 到 30"),
        ("deadline_convention", "yesterday", "start_day"),
        ("sample_city", "河源", "没有“sample_city”这项规则"),
        ("satisfaction_points", "2027-01-01 60/80/100/20/0 倒着写的", "生效日期 五档分值 依据"),
    ],
)
def test_what_is_no_rule_is_refused_in_words_and_changes_nothing(city, name, value, told):
    before = change_number(city), city_rules(city)
    with pytest.raises(RuleRefused, match=told):
        set_city_rule(city, name, value, viewer=SUPERVISOR)
    assert (change_number(city), city_rules(city)) == before


def test_a_new_year_of_the_calendar_settles_provisional_deadlines(city):
    _store(city, assigned_on=date(2026, 12, 21))
    assert _round(city).round["due_basis"] == DeadlineBasis.PROVISIONAL
    stored = import_calendar(city, YEAR.encode(), file_name="2027.csv", viewer=SUPERVISOR)
    assert (stored.first_year, stored.last_year, stored.settled) == (2021, 2027, 1)
    told = _round(city)
    # Nine working days are left of 2026; 1 January 2027 rests, then come 4 to 11 January.
    assert (told.round["due_on"], told.round["due_basis"]) == (
        date(2027, 1, 12), DeadlineBasis.COMPUTED,
    )  # fmt: skip
    assert told.deadline is not None
    assert told.deadline.due_on == date(2027, 1, 12)


def test_a_deadline_that_has_its_day_is_not_moved_by_a_new_calendar(city):
    _store(city)
    before = _round(city).round
    assert import_calendar(city, YEAR.encode(), file_name="新.csv", viewer=SUPERVISOR).settled == 0
    assert _round(city).round == before


def test_a_calendar_with_faults_or_a_gap_stores_nothing(city):
    before = change_number(city)
    for data, told in (
        (b"PK\x03\x04", "Excel"),
        (YEAR.replace("2027-", "2028-").encode(), "还缺 2027 年"),
        (YEAR.replace(",0,", ",也许,").encode(), "也许"),
    ):
        with pytest.raises(CalendarRefused) as refused:
            import_calendar(city, data, file_name="x.csv", viewer=SUPERVISOR)
        assert told in "".join(f.message for f in refused.value.findings)
    assert change_number(city) == before
