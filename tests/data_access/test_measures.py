"""Figures counted by hand on small ledgers: who is counted, who is not, who is told beside."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert

from data_access.database import transaction
from data_access.facts import facts
from data_access.filters import Filters
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import Callback
from data_access.moment import Period
from data_access.reads.figures import figure_values
from data_access.schema.registers import face_to_face_sessions
from supervision.scope import Scope
from supervision.vocabulary import Resolution
from tests.deciding import decide
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def _store(engine, *rows, **other):
    store_import(engine, judged_ledger(*rows, **other), viewer=SUPERVISOR, as_of=TODAY)


def _values(engine, *, as_of=TODAY, scope=CITY, **filters):
    asked = Filters(**{"period": NOVEMBER, **filters})
    return figure_values(engine, scope=scope, as_of=as_of, filters=asked)


# 办结日期不明


def _closed(row, **said):
    return ledger_row(row=row, assigned_on=date(2026, 10, 12), status="已办结", **said)


def test_a_closed_item_without_its_day_was_open_before_its_feedback(city):
    _store(city, _closed(3, feedback_on=date(2026, 11, 10)))
    opened = {day: _values(city, as_of=date(2026, 11, day))["open"][0] for day in (9, 10, 25)}
    assert opened == {9: 1, 10: 0, 25: 0}


def test_a_closed_item_without_its_day_is_in_no_period_and_is_told_beside(city):
    _store(
        city,
        _closed(3, feedback_on=date(2026, 11, 10)),
        _closed(4, feedback_on=date(2026, 11, 10), closed_on=date(2026, 11, 12)),
        _closed(5),
    )
    told = _values(city)
    assert (told["closed"][0], told["closed_undated"][0], told["open"][0]) == (1, 2, 0)
    assert _values(city, as_of=date(2026, 11, 9))["closed_undated"][0] == 1


def test_a_closed_item_without_any_day_is_unsound_and_in_no_rate(city):
    _store(city, _closed(3, received_on=date(2026, 11, 2)),
           ledger_row(row=4, received_on=date(2026, 11, 2)))  # fmt: skip
    told = _values(city)
    assert (told["intake"], told["closure_rate"]) == ((2, None), (0, 1))


# 满意度得分、二次解决率、旁列


def _answered(row, satisfaction=None, **callback):
    called = Callback(called_on=date(2026, 11, 20), **callback)
    return ledger_row(row=row, feedback_on=date(2026, 11, 10), satisfaction=satisfaction,
                      callback=called)  # fmt: skip


def test_the_score_adds_points_of_answers_and_is_the_example_until_the_city_decides(city):
    words = ("非常满意", "满意", "基本满意", "不满意", None)
    _store(city, *(_answered(row, word) for row, word in enumerate(words, start=3)))
    assert _values(city)["satisfaction_score"] == (230, 4)
    assert _values(city)["satisfaction_rate"] == (3, 4)
    for day, value, basis in (
        (date(2026, 11, 20), "100/80/60/20/0", "测试文件"),
        (date(2027, 1, 1), "100/0/0/0/0", "以后的"),
    ):
        decide(city, "satisfaction_points", value, valid_from=day, basis=basis)
    assert _values(city)["satisfaction_score"] == (260, 4)
    before = facts(city).moment(date(2026, 11, 19))
    assert before.points.source == "示例"


def test_who_was_not_reached_or_gave_no_opinion_is_told_beside(city):
    _store(
        city,
        _answered(3, "满意", reached=True),
        _answered(4, reached=True),
        _answered(5, reached=False),
        _answered(6, "满意", reached=False),
        ledger_row(row=7, feedback_on=date(2026, 11, 10), satisfaction="不满意", excluded=True),
    )
    told = _values(city)
    assert told["satisfaction_rate"] == (1, 1)
    assert told["response_share"] == (1, 2)
    beside = {slug: told[slug][0] for slug in ("unreached", "no_opinion", "answers_left_out")}
    assert beside == {"unreached": 2, "no_opinion": 1, "answers_left_out": 1}


def test_each_round_has_its_own_rate_of_resolution(city):
    done, not_done = Resolution.RESOLVED.value, Resolution.UNRESOLVED.value
    _store(
        city,
        _answered(3, resolved=done),
        _answered(4, resolved=not_done),
        ledger_row(row=5, round_no=2, callback=Callback(date(2026, 11, 20), resolved=done)),
        ledger_row(row=6, round_no=3, callback=Callback(date(2026, 11, 20), resolved=not_done)),
    )
    told = _values(city)
    rates = [told[f"{which}_round_resolution_rate"] for which in ("first", "second", "third")]
    assert rates == [(1, 2), (1, 1), (0, 1)]
    assert (told["assigned_rounds"][0], told["first_assigned"][0]) == (4, 2)
    assert told["reassigned_rounds"][0] == 2


def test_what_fell_due_and_is_not_judged_is_told_beside_the_rate(city):
    due = {"assigned_on": date(2026, 10, 12), "due_on": date(2026, 11, 3)}
    _store(
        city,
        ledger_row(row=3, **due, feedback_on=date(2026, 11, 3)),
        ledger_row(row=4, **due, excluded=True),
        ledger_row(row=5, **due, feedback_on=date(2026, 10, 1)),
    )
    told = _values(city)
    assert (told["on_time_feedback_rate"], told["due_left_out"]) == ((1, 1), (2, None))


def test_a_round_assigned_after_the_day_asked_about_had_not_begun(city):
    _store(city, ledger_row(row=3, round_no=2, assigned_on=date(2026, 11, 10)))
    assert _values(city)["reassign_rate"] == (1, 1)
    assert _values(city, as_of=date(2026, 11, 9))["reassign_rate"] == (0, 0)


# 收集数、有效率


def _sessions(engine, *counts):
    with transaction(engine) as change:
        change.connection.execute(
            insert(face_to_face_sessions),
            [
                {"held_on": date(2026, 11, n), "theme": f"第{n}场", "collected": c, "valid": v}
                for n, (c, v) in enumerate(counts, start=1)
            ],
        )


def test_the_valid_share_is_pooled_over_the_sessions_that_tell_both(city):
    _sessions(city, (881, 355), (19, None), (100, 45))
    told = _values(city)
    assert (told["collected"], told["valid_rate"]) == ((1000, None), (400, 981))
    assert _values(city, sessions=(1,))["valid_rate"] == (355, 881)


def test_sessions_belong_to_the_whole_city(city):
    _sessions(city, (881, 355))
    county = Scope(everything=False, reporting_units=frozenset({"紫金县"}))
    for told in (_values(city, scope=county), _values(city, units=(1,))):
        assert (told["collected"], told["valid_rate"]) == ((None, None), (None, None))
