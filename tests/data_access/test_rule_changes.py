"""A change of a rule or of the calendar is tried first, moves open deadlines alone, and is kept."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, insert, select

from data_access import clock
from data_access.audit_trail import verified_chain
from data_access.calendar_file import CalendarFile
from data_access.database import change_number, reading
from data_access.facts import facts
from data_access.ledger_import.apply import store_import
from data_access.schema.base import audit
from data_access.schema.registers import terms
from data_access.schema.rules import rule_versions
from data_access.work_calendar import calendar_rows
from data_access.writes.calendar import import_calendar, rehearse_calendar
from data_access.writes.city_rule import rehearse_rule
from supervision.deadlines import Limit
from supervision.lifecycle import Act
from supervision.vocabulary import ReassignReason
from tests.acting import HEAD, OFFICER, Walk, department_id, item_row, round_rows, stored_item
from tests.deciding import decide, rule_change
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

LATE = date(2026, 11, 2)
"""Fifteen working days later is 2026-11-23: overdue on TODAY, 2026-11-25."""
RUNNING = date(2026, 11, 9)
"""Due on 2026-11-30."""


def tried(engine, name, value, **said):
    wanted = rule_change(name, value, **said)
    return rehearse_rule(engine, wanted, viewer=SUPERVISOR, as_of=TODAY)


def due(engine, item_id):
    return round_rows(engine, item_id)[-1]["due_on"]


def counted(engine, table):
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def five_items(engine):
    """Running, nearly due, overdue, answered, and one whose day its ledger states."""
    return (
        stored_item(engine, assigned_on=RUNNING),
        stored_item(engine, assigned_on=date(2026, 11, 4)),
        stored_item(engine, assigned_on=LATE),
        stored_item(engine, assigned_on=RUNNING, feedback_on=date(2026, 11, 20)),
        stored_item(engine, assigned_on=RUNNING, due_on=date(2026, 12, 30)),
    )


def test_a_trial_tells_what_would_move_and_stores_nothing(city):
    running, near, *_ = five_items(city)
    before = change_number(city), counted(city, audit), counted(city, rule_versions)
    effect = tried(city, "feedback_limit", "10 workday", to_open=True)
    told = effect.movement
    assert [(one.item_id, one.before, one.after, one.becomes_overdue) for one in told.moved] == [
        (running, date(2026, 11, 30), date(2026, 11, 23), True),
        (near, date(2026, 11, 25), date(2026, 11, 18), True),
    ]
    assert (told.become_overdue, told.verdicts_changed) == (2, 0)
    assert (told.stated, told.already_overdue) == (1, 1)
    assert (change_number(city), counted(city, audit), counted(city, rule_versions)) == before
    assert due(city, running) == date(2026, 11, 30)


def test_what_was_told_is_what_is_done_and_each_move_is_recorded(city):
    items = five_items(city)
    rows_before = counted(city, audit)
    trial = tried(city, "feedback_limit", "20 workday", to_open=True)
    done = decide(city, "feedback_limit", "20 workday", to_open=True)
    assert done.movement == trial.movement
    assert [due(city, item) for item in items] == [
        date(2026, 12, 7), date(2026, 12, 2), date(2026, 11, 23), date(2026, 11, 30),
        date(2026, 12, 30),
    ]  # fmt: skip
    with reading(city) as connection:
        new = connection.execute(select(audit).order_by(audit.c.id).offset(rows_before)).all()
    assert [row.act for row in new] == ["set_rule", "move_deadline", "move_deadline"]
    assert {row.reason for row in new} == {"某文件"}
    assert (new[1].before, new[1].after) == (
        '{"due_on":"2026-11-30"}', '{"due_on":"2026-12-07"}',
    )  # fmt: skip
    assert verified_chain(city).fault is None


def test_a_rule_that_does_not_say_so_leaves_every_given_deadline(city):
    items = five_items(city)
    before = [due(city, item) for item in items]
    assert decide(city, "feedback_limit", "5 workday").movement.moved == ()
    assert [due(city, item) for item in items] == before
    later = stored_item(city, assigned_on=TODAY)
    assert due(city, later) == date(2026, 12, 2)


def test_the_convention_moves_open_deadlines_by_a_day_when_asked(city):
    running, near, late, answered, stated = five_items(city)
    done = decide(city, "deadline_convention", "start_day", to_open=True)
    assert [one.item_id for one in done.movement.moved] == [running, near]
    assert due(city, running) == date(2026, 11, 27)
    assert (due(city, near), done.movement.become_overdue) == (date(2026, 11, 24), 1)
    kept = [due(city, item) for item in (late, answered, stated)]
    assert kept == [date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 30)]


def test_a_category_goes_before_an_origin_and_that_before_all(city):
    both = stored_item(city, assigned_on=RUNNING, category=("咨询",), origin="热线")
    by_origin = stored_item(city, assigned_on=RUNNING, category=("投诉",), origin="热线")
    neither = stored_item(city, assigned_on=RUNNING)
    with reading(city) as connection:
        keys = {row.name: f"{row.kind}:{row.id}" for row in connection.execute(select(terms))}
    decide(city, "feedback_limit", "30 day", subject=keys["热线"], to_open=True)
    done = decide(city, "feedback_limit", "12 workday", subject=keys["咨询"], to_open=True)
    assert [one.item_id for one in done.movement.moved] == [both]
    assert [due(city, item) for item in (both, by_origin, neither)] == [
        date(2026, 11, 25), date(2026, 12, 9), date(2026, 11, 30),
    ]  # fmt: skip
    decide(city, "feedback_limit", "", subject=keys["咨询"])
    again = stored_item(city, assigned_on=TODAY, category=("咨询",), origin="热线")
    assert due(city, again) == date(2026, 12, 25)


def test_the_limit_of_a_second_round_moves_second_rounds_alone(city):
    first = stored_item(city, assigned_on=RUNNING)
    again = stored_item(city, assigned_on=LATE, feedback_on=date(2026, 11, 10),
                        closed_on=date(2026, 11, 11), status="办结")  # fmt: skip
    walk = Walk(city, again)
    walk.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.DISSATISFIED)
    walk.does(Act.REASSIGN, HEAD, lead_department_id=department_id(city, "市水务局"))
    assert due(city, again) == date(2026, 12, 16)
    done = decide(city, "next_round_working_days", "10", to_open=True)
    assert [one.item_id for one in done.movement.moved] == [again]
    assert (due(city, again), due(city, first)) == (date(2026, 12, 9), date(2026, 11, 30))


def one_more_holiday():
    rows = [row for row in calendar_rows() if row[0].year == 2026]
    rows.append((date(2026, 11, 27), False, "临时放假", "国办特急通知"))
    return CalendarFile(tuple(sorted(rows)), tuple(range(2, len(rows) + 2)), ())


def test_a_corrected_calendar_moves_open_deadlines_after_a_trial(city):
    running, near, late, answered, stated = five_items(city)
    file = one_more_holiday()
    trial = rehearse_calendar(city, file, viewer=SUPERVISOR, as_of=TODAY)
    assert [(one.item_id, one.after) for one in trial.movement.moved] == [
        (running, date(2026, 12, 1))
    ]
    assert due(city, running) == date(2026, 11, 30)
    stored = import_calendar(city, file, file_name="2026.xlsx", viewer=SUPERVISOR, as_of=TODAY)
    assert stored.movement == trial.movement
    days = [due(city, item) for item in (running, near, late, answered, stated)]
    assert days == [date(2026, 12, 1), date(2026, 11, 25), date(2026, 11, 23),
                    date(2026, 11, 30), date(2026, 12, 30)]  # fmt: skip
    with reading(city) as connection:
        put = connection.execute(
            select(audit).where(audit.c.act == "import_calendar").order_by(audit.c.id.desc())
        ).first()
    assert put is not None
    assert (put.before, put.after) == (
        '{"years":[2021,2026]}', '{"file":"2026.xlsx","years":[2021,2026]}',
    )  # fmt: skip
    assert "国办特急通知" in put.reason


def test_a_ledger_that_comes_again_keeps_the_calendar_a_deadline_was_counted_by(city):
    item = stored_item(city, number="A-1", assigned_on=RUNNING, feedback_on=date(2026, 11, 20))
    before = round_rows(city, item)[0]
    import_calendar(city, one_more_holiday(), file_name="2026.xlsx", viewer=SUPERVISOR, as_of=TODAY)
    row = ledger_row(number="A-1", assigned_on=RUNNING, feedback_on=date(2026, 11, 20),
                     closed_on=date(2026, 11, 24), status="办结")  # fmt: skip
    store_import(city, judged_ledger(row), viewer=SUPERVISOR, as_of=TODAY)
    after = round_rows(city, item)[0]
    assert item_row(city, item)["closed_on"] == date(2026, 11, 24)
    for column in ("due_on", "due_convention", "calendar_version_id", "limit_number"):
        assert after[column] == before[column]


def test_a_kind_is_left_out_of_appraisal_from_the_day_of_its_rule(city):
    before = stored_item(city, category=("涉法涉诉",), received_on=date(2026, 11, 1))
    with reading(city) as connection:
        key = connection.execute(select(terms.c.id).where(terms.c.name == "涉法涉诉")).scalar_one()
    trial = tried(city, "excluded_from_appraisal", "yes", subject=f"category:{key}")
    assert [(one.before, one.after) for one in trial.lists] == [(0, 0)]
    decide(city, "excluded_from_appraisal", "yes", subject=f"category:{key}")
    after = stored_item(city, category=("涉法涉诉",), received_on=TODAY, assigned_on=TODAY)
    other = stored_item(city, category=("交通",), received_on=TODAY, assigned_on=TODAY)
    known = facts(city)
    frame = known.seen_by(SUPERVISOR.scope, known.moment(TODAY))
    out = dict(zip(frame["item_id"], frame["excluded"], strict=True))
    assert out == {before: False, after: True, other: False}


def test_lists_that_a_threshold_decides_are_told_before_and_after(city):
    five_items(city)
    [near] = tried(city, "due_soon_working_days", "1").lists
    assert (near.name, near.before, near.after) == ("临期", 2, 1)
    walk = Walk(city, stored_item(city, status=None, assigned_on=None)).on(date(2026, 11, 18))
    walk.does(Act.ASSIGN, OFFICER, lead_department_id=department_id(city, "市教育局"),
              co_department_ids=(department_id(city, "市水务局"),), limit=Limit(15))  # fmt: skip
    clock.tell(TODAY)
    [silent] = tried(city, "co_silent_working_days", "10").lists
    assert (silent.name, silent.before, silent.after) == ("协办单位未响应", 1, 0)
    [long] = tried(city, "long_overdue_working_days", "1").lists
    assert (long.before, long.after) == (0, 1)


def test_rules_of_words_that_stand_for_others_or_of_nothing_are_refused(city):
    with city.begin() as connection:
        connection.execute(insert(terms).values(id=900, kind="origin", name="甲"))
        connection.execute(
            insert(terms).values(id=901, kind="origin", name="乙", stands_for_id=900)
        )
    for subject in ("origin:901", "origin:99999", "category:900", "origin:", "x"):
        with pytest.raises(ValueError, match="不能为这一类单独规定"):
            tried(city, "feedback_limit", "5 workday", subject=subject)
