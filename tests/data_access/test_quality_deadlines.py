"""数据质量: a stated deadline differs from the rule that was in force for this very assignment."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.reads.quality import quality_rows
from data_access.schema.registers import terms
from supervision.quality import QUALITY_RULES, QualityList
from supervision.scope import Scope
from supervision.working_days import Convention
from tests.acting import stored_item
from tests.deciding import decide
from tests.factories import TODAY

ASSIGNED = date(2026, 11, 25)
IN_15, IN_10, IN_5, IN_15_FROM_THE_DAY = (
    date(2026, 12, 16), date(2026, 12, 9), date(2026, 12, 2), date(2026, 12, 15),
)  # fmt: skip
BOTH: dict[str, Any] = {"category": ("咨询",), "origin": "热线"}


def told(city: Engine, item_id: int) -> str | None:
    """What the list says about the item; None where it is not listed."""
    found = quality_rows(
        city, scope=Scope.whole_city(), as_of=TODAY, slug=QualityList.DUE_DIFFERS
    ).rows
    return dict(zip(found["item_id"], found["why"], strict=True)).get(item_id)


def stated(city: Engine, due_on: date, **said: Any) -> int:
    return stored_item(city, assigned_on=ASSIGNED, due_on=due_on, **said)


def subject(city: Engine, kind: str, name: str) -> str:
    with reading(city) as connection:
        question = select(terms.c.id).where(terms.c.kind == kind, terms.c.name == name)
        return f"{kind}:{connection.execute(question).scalar_one()}"


def test_nothing_decided_fifteen_working_days_are_the_rule(city: Engine):
    same, other = stated(city, IN_15), stated(city, IN_10)
    assert told(city, same) is None
    assert told(city, other) == (
        "台账期限 2026-12-09，按交办当天的规则（15个工作日）应为 2026-12-16"
    )


def test_the_limit_of_the_city_on_the_day_of_the_assignment_is_the_rule(city: Engine):
    by_the_old, by_the_new = stated(city, IN_15), stated(city, IN_10)
    before = stored_item(city, assigned_on=date(2026, 11, 2), due_on=date(2026, 11, 23))
    decide(city, "feedback_limit", "10 workday")
    assert told(city, by_the_new) is None
    assert "（10个工作日）应为 2026-12-09" in str(told(city, by_the_old))
    assert told(city, before) is None


def test_a_category_goes_before_an_origin_and_that_before_all(city: Engine):
    cases = [
        stated(city, IN_5, **BOTH), stated(city, IN_10, category=("投诉",), origin="热线"),
        stated(city, IN_15, category=("投诉",)),
    ]  # fmt: skip
    decide(city, "feedback_limit", "5 workday", subject=subject(city, "category", "咨询"))
    decide(city, "feedback_limit", "10 workday", subject=subject(city, "origin", "热线"))
    assert [told(city, item_id) for item_id in cases] == [None, None, None]
    wrong = stated(city, IN_15, **BOTH)
    assert "（5个工作日）应为 2026-12-02" in str(told(city, wrong))


def test_the_first_day_counts_as_the_city_decided(city: Engine):
    item_id = stated(city, IN_15_FROM_THE_DAY)
    assert told(city, item_id) is not None
    decide(city, "deadline_convention", Convention.START_DAY.value)
    assert told(city, item_id) is None


@pytest.mark.parametrize("shipped", ["15", "工作日"])
def test_its_words_name_no_limit_of_their_own(shipped: str):
    assert shipped not in QUALITY_RULES[QualityList.DUE_DIFFERS].words
