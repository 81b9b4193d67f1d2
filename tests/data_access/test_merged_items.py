"""并单: an item says in which it goes on, and that one says who follows its clock."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine

from data_access.reads.merged import Merged, merged_items
from data_access.writes.acting.said import Said
from data_access.writes.item_act import perform
from supervision.lifecycle import Act
from supervision.scope import Scope
from tests.acting import HEAD, a_token, stored_item
from tests.factories import TODAY

CITY = Scope.whole_city()


def asked(engine: Engine, item_id: int, scope: Scope = CITY) -> Merged:
    return merged_items(engine, scope=scope, as_of=TODAY, item_id=item_id)


def test_both_sides_are_told_with_the_clock_that_runs_and_to_those_who_see_them(town: Engine):
    parent = stored_item(town, due_on=date(2026, 11, 27))
    child = stored_item(town, county="紫金县", township="蓝塘镇", assigned_on=None,
                        lead_departments=(), status=None)  # fmt: skip
    assert asked(town, parent).children.empty
    said = Said(into_item_id=parent, reason="同一路段")
    perform(town, Act.MERGE, {child: 1}, said, viewer=HEAD, as_of=TODAY, token=a_token())
    (into,) = asked(town, child).into.to_dict("records")
    assert (into["item_id"], into["light"], into["due_on"]) == (
        parent, "yellow", date(2026, 11, 27),
    )  # fmt: skip
    assert list(asked(town, parent).children["item_id"]) == [child]
    # Each county sees its own item, and not the other's through it.
    here, there = (Scope(reporting_units=frozenset({name})) for name in ("东源县", "紫金县"))
    assert asked(town, parent, here).children.empty
    assert asked(town, child, there).into.empty
    assert asked(town, child, here).into.empty
