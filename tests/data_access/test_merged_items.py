"""并单: an item says in which it goes on, and that one says who follows its clock."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Engine

from data_access.reads.desk import desk_items
from data_access.reads.merged import Merged, merged_items
from data_access.writes.acting.said import Said
from data_access.writes.counter_act import counter_act
from data_access.writes.item_act import perform
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.scope import Scope
from supervision.worklists import DeskList
from tests.acting import CLERK, HEAD, OFFICER, Walk, a_token, stored_item
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


def test_a_merged_residents_turn_comes_when_the_item_that_went_on_has_ended(town: Engine):
    parent = Walk(town, stored_item(town)).on(TODAY)
    child = Walk(town, stored_item(town, assigned_on=None, lead_departments=(), status=None))
    child.does(Act.MERGE, HEAD, into_item_id=parent.item_id, reason="同一路段")
    assert waiting(town, DeskList.RESIDENTS_TO_TELL) == {}
    # That it goes on elsewhere is no word of how it ended.
    child.does(BesideAct.TELL_RESIDENT, OFFICER, text="已告知并单")
    parent.on(TODAY + timedelta(days=1)).does(Act.RECEIVE, CLERK)
    parent.does(Act.SUBMIT_FEEDBACK, CLERK, text="已修")
    parent.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    child.on(parent.day)
    assert waiting(town, DeskList.RESIDENTS_TO_TELL, child.day) == {
        child.item_id: f"所并入的 {parent.item['number']} 已有结果"
    }
    assert waiting(town, DeskList.CALLBACKS_DUE, child.day) == {
        parent.item_id: "另有 1 件并单的诉求人也要告知"
    }
    told = child.does(BesideAct.TELL_RESIDENT, OFFICER, text="已电话告知办理结果").done[0]
    assert waiting(town, DeskList.RESIDENTS_TO_TELL, child.day) == {}
    assert waiting(town, DeskList.CALLBACKS_DUE, child.day) == {parent.item_id: None}
    counter_act(town, told.act_id, told.version, "打错了", viewer=HEAD, as_of=child.day,
                token=a_token())  # fmt: skip
    assert list(waiting(town, DeskList.RESIDENTS_TO_TELL, child.day)) == [child.item_id]


def waiting(town: Engine, slug: DeskList, day: date = TODAY) -> dict[int, str | None]:
    rows = desk_items(town, scope=CITY, as_of=day, slug=slug).rows
    return dict(zip(rows["item_id"], rows["why"], strict=True))
