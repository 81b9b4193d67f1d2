"""Storing a ledger: all or nothing, field by field, every value traceable to its cell."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from data_access.calendar_store import current_calendar
from data_access.database import change_number, reading
from data_access.ledger_import import apply
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import Callback, LeftOut
from data_access.ledger_import.plan import plan_import
from data_access.reads.history import item_history
from data_access.reads.imports import import_batch
from data_access.schema.base import audit
from data_access.schema.imports import raw_rows
from data_access.schema.items import callbacks, items, rounds
from supervision.vocabulary import DeadlineBasis, ItemState, RowOutcome
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row


def _store(engine, *rows, **other):
    return store_import(engine, judged_ledger(*rows, **other), viewer=SUPERVISOR, as_of=TODAY)


def _plan(engine, *rows, **other):
    with reading(engine) as connection:
        return plan_import(connection, judged_ledger(*rows, **other), scope=SUPERVISOR.scope)


def _history(engine, item_id=1):
    found = item_history(engine, scope=SUPERVISOR.scope, as_of=TODAY, item_id=item_id)
    assert found is not None
    return found


def _count(engine, table):
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_same_ledger_twice_changes_nothing_the_second_time(city):
    rows = [ledger_row(row=3), ledger_row(row=4)]
    assert (_store(city, *rows).new, _count(city, items)) == (2, 2)
    again = _store(city, *rows)
    assert (again.new, again.updated, again.unchanged, again.vanished) == (0, 0, 2, 0)
    assert _count(city, items) == 2


def test_a_changed_ledger_updates_exactly_the_changed_fields(city):
    _store(city, ledger_row(row=3))
    plan = _plan(
        city, ledger_row(row=3, feedback_on=date(2026, 11, 10), lead_departments=("市公安局",))
    )
    assert {change.field for change in plan.rows[0].changes} == {"feedback_on", "lead_departments"}
    batch = _store(
        city, ledger_row(row=3, feedback_on=date(2026, 11, 10), lead_departments=("市公安局",))
    )
    assert (batch.new, batch.updated) == (0, 1)
    current = _history(city).rounds[0]
    assert (current.lead, current.round["feedback_on"]) == ("市公安局", date(2026, 11, 10))


def test_a_blank_cell_does_not_erase_what_an_earlier_ledger_told(city):
    _store(city, ledger_row(row=3, feedback_on=date(2026, 11, 10)))
    assert _store(city, ledger_row(row=3)).unchanged == 1
    assert _history(city).rounds[0].round["feedback_on"] == date(2026, 11, 10)


def test_an_item_without_a_number_is_known_by_content_title_and_place(city):
    plain = {"number": "1", "number_is_row_number": True}
    _store(city, ledger_row(row=3, **plain))
    again = ledger_row(row=9,
                       title="第3号路口路灯不亮",
                       content="第3号路口路灯长期不亮，夜间出行不便",
                       number="7", number_is_row_number=True,
                       feedback_on=date(2026, 11, 9))  # fmt: skip
    batch = _store(city, again)
    assert (batch.new, batch.updated) == (0, 1)


def test_two_counties_may_use_the_same_number(city):
    _store(city, ledger_row(row=3, number="001"))
    batch = _store(
        city,
        ledger_row(
            row=4, number="001", county="紫金县", township="蓝塘镇", title="停水", content="停水"
        ),
    )
    assert batch.new == 1


def test_a_row_repeated_in_one_file_is_taken_once_and_said(city):
    plan = _plan(city, ledger_row(row=3), ledger_row(row=8, number="MDM-0003",
                 title="第3号路口路灯不亮",
                 content="第3号路口路灯长期不亮，夜间出行不便"))  # fmt: skip
    assert [row.outcome for row in plan.rows] == [RowOutcome.NEW, RowOutcome.REFUSED]
    assert plan.rows[1].reason == "与第 3 行重复，只取一次"


def test_an_unsound_row_stays_raw_and_is_no_item(city):
    batch = _store(city, ledger_row(row=3, storable=False), ledger_row(row=4))
    assert (batch.new, batch.refused, _count(city, items)) == (1, 1, 1)
    assert _count(city, raw_rows) == 2


def test_what_the_last_ledger_of_the_series_told_and_this_one_does_not_has_vanished(city):
    _store(city, ledger_row(row=3), ledger_row(row=4), title="面对面台账（2026年10月）")
    plan = _plan(city, ledger_row(row=3), title="面对面台账（2026年11月）")
    assert plan.vanished == [2]
    assert _plan(city, ledger_row(row=3), title="信访台账").vanished == []


def test_a_failure_in_the_middle_stores_nothing(city, monkeypatch):
    before = change_number(city)

    def fail(_batch):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(apply._Batch, "store_audit", fail)
    with pytest.raises(RuntimeError):
        _store(city, ledger_row(row=3))
    assert (_count(city, items), _count(city, raw_rows), change_number(city)) == (0, 0, before)


def test_a_deadline_that_no_ledger_states_is_computed_by_the_rule(city):
    _store(city, ledger_row(row=3, assigned_on=date(2026, 11, 16)))
    stored = _history(city).rounds[0].round
    assert stored["due_on"] == date(2026, 12, 7)
    assert stored["due_basis"] == DeadlineBasis.COMPUTED


def test_a_deadline_beyond_the_calendar_is_provisional_and_never_a_date(city):
    with reading(city) as connection:
        horizon = current_calendar(connection).horizon
    _store(city, ledger_row(row=3, assigned_on=horizon))
    stored = _history(city).rounds[0].round
    assert (stored["due_on"], stored["due_basis"]) == (None, DeadlineBasis.PROVISIONAL)


def test_words_in_the_deadline_cell_make_no_date(city):
    cells = {"title": "B3", "assigned_on": "D3", "due_on": "E3"}
    _store(city, ledger_row(row=3, cells=cells, due_basis="长期坚持"))
    stored = _history(city).rounds[0].round
    assert (stored["due_on"], stored["due_basis"], stored["due_words"]) == (
        None,
        "none",
        "长期坚持",
    )


def test_a_reassigned_row_of_a_known_item_opens_the_second_round_and_keeps_the_first(city):
    _store(city, ledger_row(row=3, feedback_on=date(2026, 11, 10), closed_on=date(2026, 11, 12)))
    second = ledger_row(
        row=3, status="重新交办", assigned_on=date(2026, 11, 20), lead_departments=("市公安局",)
    )
    assert _store(city, second).updated == 1
    history = _history(city)
    assert [r.round["round_no"] for r in history.rounds] == [1, 2]
    assert [r.lead for r in history.rounds] == ["市教育局", "市公安局"]
    assert history.rounds[0].round["feedback_on"] == date(2026, 11, 10)
    assert history.item["state"] == ItemState.IN_ROUND
    assert _store(city, second).unchanged == 1
    assert _count(city, rounds) == 2


def test_several_leads_are_stored_as_one_lead_and_joint_leads(city):
    _store(city, ledger_row(row=3, lead_departments=("市教育局", "市公安局"),
                            co_departments=("市财政局",)))  # fmt: skip
    current = _history(city).rounds[0]
    assert current.lead == "市教育局"
    assert current.co_departments == (("市公安局", "joint_lead"), ("市财政局", "co"))


def test_every_callback_is_kept_and_the_latest_counts(city):
    _store(city, ledger_row(row=3, satisfaction="不满意", callback=Callback(reached=True)))
    _store(city, ledger_row(row=3, satisfaction="满意"))
    assert _history(city).rounds[0].round["result"] == "satisfied"
    assert _count(city, callbacks) == 2


def test_a_functional_zone_township_is_reported_by_the_zone(city):
    _store(city, ledger_row(row=3, county="紫金县", township="临江镇"))
    assert _history(city).unit == "江东新区"


def test_each_stored_value_names_the_file_sheet_and_cell_it_came_from(city):
    _store(city, ledger_row(row=3, due_on=date(2026, 11, 20)), name="东源县台账.xlsx")
    cells = {cell.field: cell for cell in _history(city).cells}
    assert (cells["due_on"].file_name, cells["due_on"].sheet, cells["due_on"].cell) == (
        "东源县台账.xlsx", "Sheet1", "E3",
    )  # fmt: skip
    assert cells["due_on"].text == "2026-11-20"


def test_every_change_writes_its_audit_row_with_before_and_after(city):
    _store(city, ledger_row(row=3))
    _store(city, ledger_row(row=3, feedback_on=date(2026, 11, 10)))
    told = [(row["act"], row["before"], row["after"]) for row in _history(city).audit]
    assert [act for act, _, _ in told] == ["register", "update_from_ledger"]
    assert "2026-11-10" in told[1][2]
    assert _count(city, audit) == 4


def test_a_batch_keeps_every_raw_row_with_its_fate(city):
    judged = judged_ledger(ledger_row(row=3), left_out=[LeftOut("Sheet1", 9, "合计行")])
    batch = store_import(city, judged, viewer=SUPERVISOR, as_of=TODAY)
    kept = import_batch(city, scope=SUPERVISOR.scope, as_of=TODAY, batch_id=batch.id)
    assert kept is not None
    assert list(kept.rows["outcome"]) == ["new"]
    assert list(kept.rows["item_id"]) == [1]
