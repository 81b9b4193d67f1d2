"""满意度: every number is the number of rows behind its link; parts add up to the whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.filters import Filters
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import Callback
from data_access.moment import Period, month_of
from data_access.reads.figures import figure_counts
from data_access.reads.items import item_page
from data_access.reads.satisfaction import (
    BESIDE,
    GROUPS,
    QUESTIONS,
    RATES,
    SatisfactionSeen,
    satisfaction,
)
from supervision.scope import Scope
from supervision.vocabulary import Resolution, Satisfaction
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope
YEAR = Period(date(2026, 1, 1), TODAY)


def _answered(row, satisfaction=None, *, on=date(2026, 11, 12), reached=True, **said):
    called = Callback(
        called_on=on, reached=reached, process=said.pop("process", None),
        resolved=said.pop("resolved", None), text=said.pop("text", None),
    )  # fmt: skip
    days = {"feedback_on": date(2026, 11, 4), "closed_on": date(2026, 11, 6), **said}
    return ledger_row(row=row, status="已办结", satisfaction=satisfaction, callback=called, **days)


@pytest.fixture
def filled(town: Engine) -> Engine:
    """Answers of two departments, one of nobody; somebody unreached, one silent, one not called."""
    police = {"lead_departments": ("市公安局",)}
    rows = [
        _answered(3, "非常满意", resolved=Resolution.RESOLVED, process=Satisfaction.SATISFIED),
        _answered(4, "不满意", resolved=Resolution.UNRESOLVED, text="路灯仍然不亮"),
        _answered(5, "非常不满意", process=Satisfaction.DISSATISFIED, **police),
        _answered(6, "基本满意", on=date(2026, 9, 3), resolved=Resolution.PARTLY_RESOLVED,
                  received_on=date(2026, 8, 3), assigned_on=date(2026, 8, 4),
                  feedback_on=date(2026, 8, 12), closed_on=date(2026, 8, 20),
                  category=("城市管理",), **police),
        _answered(7, reached=False),
        _answered(8, **police),
        ledger_row(row=9, feedback_on=date(2026, 11, 4), closed_on=date(2026, 11, 6),
                   status="已办结"),
        ledger_row(row=10),
    ]  # fmt: skip
    store_import(town, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return town


def _seen(engine: Engine, scope: Scope = CITY, by: str = GROUPS[0], **said) -> SatisfactionSeen:
    return satisfaction(engine, scope=scope, as_of=TODAY, filters=Filters(**said), by=by)


def _total(engine: Engine, **filters: object) -> int:
    return item_page(engine, scope=CITY, as_of=TODAY, filters=Filters(**filters), size=1).total


def _narrowed_to(by: str, key: int | None) -> dict[str, tuple]:
    names = dict(zip(GROUPS, ("departments", "units", "categories", "sessions"), strict=True))
    return {names[by]: (key,)} if key is not None else {"without": (by,)}


def test_the_figures_are_the_registered_ones(filled):
    for period in (None, YEAR):
        told = _seen(filled, period=period).figures
        for row in figure_counts(
            filled, scope=CITY, as_of=TODAY, filters=Filters(period=period)
        ).iter_rows(named=True):
            if row["slug"] in (*RATES, *BESIDE):
                assert told[f"{row['slug']}:n"] == row["n"]
                assert told.get(f"{row['slug']}:of") == row["of"]
    beside = {slug: told[f"{slug}:n"] for slug in BESIDE}
    assert beside == {"unreached": 1, "no_opinion": 1, "not_called": 1, "answers_left_out": 0}


@pytest.mark.parametrize("by", GROUPS)
def test_every_number_of_a_group_is_the_number_of_rows_behind_it(filled, by):
    seen = _seen(filled, by=by, period=YEAR)
    for line in seen.by_group.iter_rows(named=True):
        place = _narrowed_to(by, line[by])
        for slug in (*RATES, *BESIDE):
            base = line.get(f"{slug}:of", line[f"{slug}:n"])
            assert base == _total(filled, figure=slug, period=YEAR, **place), (by, slug)
        for question, slug in QUESTIONS.items():
            for answer in Satisfaction:
                rows = _total(filled, figure=slug, period=YEAR,
                              answers=((question, (answer.value,)),), **place)  # fmt: skip
                assert line[f"{question}:{answer.value}"] == rows


@pytest.mark.parametrize("by", GROUPS)
def test_groups_and_answers_add_up_to_the_whole(filled, by):
    seen = _seen(filled, by=by, period=YEAR)
    for name, whole in seen.figures.items():
        assert seen.by_group[name].sum() == whole
    for question, slug in QUESTIONS.items():
        parts = sum(seen.figures[f"{question}:{answer.value}"] for answer in Satisfaction)
        assert parts == seen.figures[f"{slug}:of"]


def test_months_are_the_rates_of_their_months(filled):
    for line in _seen(filled).by_month.iter_rows(named=True):
        month = month_of(line["month"])
        told = _seen(filled, period=replace(month, last=min(month.last, TODAY))).figures
        for name in set(line) - {"month"}:
            assert line[name] == told[name], (line["month"], name)
    assert _seen(filled).by_month["satisfaction_rate:of"].to_list() == [0] * 9 + [1, 0, 3]


def test_what_residents_say_stands_against_what_units_say_and_each_cell_opens_its_rows(filled):
    seen = _seen(filled, period=YEAR)
    assert seen.crossed["n"].sum() == seen.figures["resolution_rate:of"] == 3
    for cell in seen.crossed.iter_rows(named=True):
        told = tuple((name, (cell[name],)) for name in cell if name != "n")
        assert cell["n"] == _total(
            filled, figure="resolution_rate", period=YEAR, answers=told
        )  # fmt: skip


def test_the_unhappy_are_told_with_what_else_they_said(filled):
    seen = _seen(filled)
    assert seen.unhappy["n"].sum() == 2
    assert seen.newest["words"].to_list() == [None, "路灯仍然不亮"]
    unhappy = ("result", ("dissatisfied", "very_dissatisfied"))
    for cell in seen.unhappy.iter_rows(named=True):
        told = tuple((name, (cell[name],)) for name in cell if name != "n")
        assert cell["n"] == _total(filled, figure="satisfaction_rate", answers=(unhappy, *told))


def test_a_department_sees_the_answers_about_its_own_work(filled):
    police = Scope(everything=False, departments=frozenset({"市公安局"}))
    told = _seen(filled, police).figures
    assert (told["satisfaction_rate:n"], told["satisfaction_rate:of"]) == (0, 1)
    assert _seen(filled, Scope(everything=False)).by_group.is_empty()
