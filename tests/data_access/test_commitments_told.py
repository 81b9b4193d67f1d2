"""承诺 as an item's page and a file tell of them: to whom, with which items, with which report."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.reads.commitments import commitments_of_item, commitments_told
from data_access.writes import commitments as acts
from supervision.scope import Scope
from tests.factories import SUPERVISOR, TODAY
from tests.promising import CITY, EDUCATION, WATER, ZIJIN, department, filled, made


@pytest.fixture
def local(town: Engine) -> Engine:
    """On SQLite."""
    return filled(town)


def test_an_item_tells_its_commitments_to_who_sees_it(local: Engine):
    made(local, text="甲", items=(1, 2))
    key = made(local, text="乙", items=(2,))
    made(local, text="丙", department_id=department(local, "紫金县人民政府"))
    acts.withdraw_commitment(local, key, row_version=1, as_of=TODAY, viewer=SUPERVISOR)

    def told(scope: Scope, item_id: int) -> list[tuple[str, tuple[int, ...]]]:
        found = commitments_of_item(local, scope=scope, as_of=TODAY, item_id=item_id)
        return [(one.text, one.items) for one in found]

    assert told(CITY, 1) == [("甲", (1, 2))]
    assert told(CITY, 2) == [("甲", (1, 2))]
    assert told(ZIJIN, 2) == [("甲", (2,))]
    assert told(ZIJIN, 1) == told(WATER, 1) == told(CITY, 99) == []


def test_a_file_tells_the_items_in_reach_and_the_newest_report(local: Engine):
    key = made(local, text="甲", items=(1, 2))
    made(local, text="乙")
    for day, words in ((date(2026, 11, 2), "已立项"), (TODAY, "已开工，王*（138****1234）签收")):
        acts.report_on_commitment(local, key, day, words, as_of=TODAY, viewer=SUPERVISOR)
    first, other = commitments_told(local, scope=CITY, as_of=TODAY)
    assert (first.commitment.items, other.commitment.items, other.latest) == ((1, 2), (), None)
    assert first.latest is not None
    assert first.latest.told_on == TODAY
    (own,) = commitments_told(local, scope=ZIJIN, as_of=TODAY)
    assert own.commitment.items == (2,)
    discreet = commitments_told(local, scope=EDUCATION, as_of=TODAY)[0].latest
    assert discreet is not None
    assert discreet.text == "已开工，＊＊＊（＊＊＊）签收"
