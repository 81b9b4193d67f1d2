"""What is asked differently is remembered apart, whichever field makes the difference."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from dashboard.engine import AS_SAID
from data_access.filters import Filters
from data_access.gatherings import Gathering
from data_access.moment import Period
from supervision.scope import Scope
from supervision.vocabulary import PeerGroup

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
OTHERWISE = {
    "unlocated": True, "period": MARCH, "text": "积水", "figure": "open", "batch": 1,
    "case_leader": "甲", "linked_leader": "甲", "helper": 1, "due_on": MARCH.last,
    "themes": ("水",), "lights": ("red",), "without": ("session_id",),
    "peer_groups": tuple(PeerGroup)[:1], "answers": (("result", ("satisfied", None)),),
    "among": ((next(iter(Gathering)), 7),),
}  # fmt: skip
NAMED = frozenset({"东源县"})


def asked(what: Filters | Scope) -> object:
    return AS_SAID[f"{type(what).__module__}.{type(what).__qualname__}"](what)


@pytest.mark.parametrize("name", [field.name for field in fields(Filters)])
def test_every_filter_makes_a_question_of_its_own(name):
    other = replace(Filters(), **{name: OTHERWISE.get(name, (1,))})
    assert asked(other) != asked(Filters())


def test_whoever_sees_other_rows_asks_a_question_of_his_own():
    scopes = [Scope(), Scope.whole_city(), Scope(reporting_units=NAMED),
              Scope(departments=NAMED), Scope(co_departments=NAMED)]  # fmt: skip
    assert len({asked(scope) for scope in scopes}) == len(scopes)


def test_days_and_words_that_read_alike_are_told_apart():
    alike = [
        Filters(themes=("水', '电",)), Filters(themes=("水", "电")), Filters(text="None"),
        Filters(case_leader="None"), Filters(period=MARCH),
        Filters(period=replace(MARCH, first=MARCH.last)),
    ]  # fmt: skip
    assert len({asked(filters) for filters in alike}) == len(alike)
