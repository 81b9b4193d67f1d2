"""镇街合并: names, villages and items follow; a ledger sent again finds its items."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import Engine, select

from data_access.audit_trail import verified_chain
from data_access.database import change_number, reading
from data_access.ledger_import.apply import store_import
from data_access.place_register import PlaceRow, place_register, place_use
from data_access.reads.choices import choices
from data_access.reads.history import item_history
from data_access.schema.base import audit
from data_access.schema.items import items
from data_access.schema.registers import divisions
from data_access.writes.place_merge import PlaceMerged, merge_township
from data_access.writes.places import add_place_alias, rename_township
from supervision.registers import RegisterRefused, Validity
from supervision.scope import Scope
from supervision.vocabulary import DivisionLevel, RowOutcome
from tests.factories import SUPERVISOR, TODAY
from tests.kept_places import ADMIN, judged, outcomes, place, stored, towns

ON = date(2026, 11, 1)
OLD, NEW, CITY = "埔前镇", "源西街道", Scope.whole_city()


def merge(
    engine: Engine, old: str = OLD, new: str = NEW, *, on: date = ON, version: int = 1
) -> PlaceMerged:
    return merge_township(
        engine, place(engine, old).code, place(engine, new).code,
        on=on, as_of=TODAY, row_version=version, viewer=ADMIN,
    )  # fmt: skip


def villages(engine: Engine, code: str) -> list[str]:
    with reading(engine) as connection:
        return list(
            connection.execute(
                select(divisions.c.code).where(divisions.c.parent_code == code).order_by("code")
            ).scalars()
        )


def test_items_names_and_villages_go_to_the_other_township(city: Engine):
    stored(city, (OLD, ""), (NEW, ""), (OLD, ""))
    old, new = place(city, OLD), place(city, NEW)
    add_place_alias(city, old.code, "高埔岗镇", Validity(), viewer=ADMIN)
    moving, staying = villages(city, old.code), villages(city, new.code)
    assert place_use(city, old.code) == 2
    before = change_number(city)
    assert merge(city) == PlaceMerged(items=2, villages=len(moving))
    assert place_use(city, new.code) == 3
    assert villages(city, new.code) == sorted([*moving, *staying])
    ended = place(city, OLD)
    assert (ended.code, ended.valid.last, ended.merged_into) == (old.code, date(2026, 10, 31), NEW)
    assert {OLD, "高埔岗镇"} <= {alias.name for alias in place(city, NEW).aliases}
    with reading(city) as connection:
        stamped = list(
            connection.execute(select(items.c.change_number, items.c.row_version).order_by("id"))
        )
    assert [tuple(row) for row in stamped] == [(before + 1, 2), (before - 1, 1), (before + 1, 2)]


def test_a_ledger_finds_its_items_by_the_old_name_and_the_new(city: Engine):
    sent = (OLD, ""), (NEW, ""), (OLD, "")
    stored(city, *sent)
    merge(city)
    assert towns(city, OLD, NEW) == [NEW, NEW]
    assert outcomes(city, *sent) == [RowOutcome.UNCHANGED] * 3
    assert outcomes(city, (NEW, ""), (NEW, ""), (NEW, "")) == [RowOutcome.UNCHANGED] * 3
    store_import(city, judged(city, *sent), viewer=SUPERVISOR, as_of=TODAY)
    assert place_use(city, place(city, NEW).code) == 3


def test_items_are_found_where_both_townships_had_other_names_before(city: Engine):
    stored(city, (OLD, ""), (NEW, ""))
    for known, name in ((OLD, "埔前街道"), (NEW, "新源西街道")):
        rename_township(city, place(city, known).code, name, on=date(2026, 10, 1), as_of=TODAY,
                        row_version=1, viewer=ADMIN)  # fmt: skip
    merge(city, "埔前街道", "新源西街道", version=2)
    assert outcomes(city, (OLD, ""), (NEW, "")) == [RowOutcome.UNCHANGED] * 2
    assert outcomes(city, ("埔前街道", ""), ("新源西街道", "")) == [RowOutcome.UNCHANGED] * 2


def test_a_township_written_twice_is_one_afterwards(city: Engine):
    """The second row bears the very name and an alias of the first."""
    old, new = place(city, OLD), place(city, NEW)
    add_place_alias(city, new.code, "源西办", Validity(), viewer=ADMIN)
    with city.begin() as connection:
        connection.execute(divisions.update().where(divisions.c.code == old.code).values(name=NEW))
    add_place_alias(city, old.code, "埔前办事处", Validity(), viewer=ADMIN)
    merge_township(city, old.code, new.code, on=ON, as_of=TODAY, row_version=1, viewer=ADMIN)
    one = next(row for row in towns_of(city) if row.code == new.code)
    names = [alias.name for alias in one.aliases]
    assert NEW not in names
    assert len(names) == len(set(names))
    assert towns(city, NEW, "埔前办事处", "源西办") == [NEW] * 3
    stored(city, (NEW, ""))
    assert (place_use(city, new.code), place_use(city, old.code)) == (1, 0)


def towns_of(engine: Engine) -> list[PlaceRow]:
    return place_register(engine, level=DivisionLevel.TOWNSHIP)


def test_the_audit_and_each_items_history_tell_of_it(city: Engine):
    stored(city, (OLD, ""))
    moved = merge(city)
    with reading(city) as connection:
        told = {row.act: row for row in connection.execute(select(audit).order_by(audit.c.id))}
    act = told["merge_division"]
    assert json.loads(act.before)["called"] == OLD
    assert json.loads(act.after) == {
        "code": place(city, OLD).code, "into": NEW, "valid_to": "2026-10-31", "items": 1,
        "villages": moved.villages,
    }  # fmt: skip
    history = item_history(city, scope=CITY, as_of=TODAY, item_id=1)
    assert history is not None
    assert history.township == NEW
    last = history.audit[-1]
    assert (json.loads(last["before"]), json.loads(last["after"])) == (
        {"township": OLD}, {"township": NEW},
    )  # fmt: skip
    assert verified_chain(city).fault is None


def test_a_place_that_has_ended_is_no_filter_any_more(city: Engine):
    code = int(place(city, OLD).code)
    assert code in choices(city, scope=CITY, as_of=TODAY).townships
    merge(city)
    assert code not in choices(city, scope=CITY, as_of=TODAY).townships


@pytest.mark.parametrize(
    ("new", "on", "version", "sentence"),
    [
        (OLD, ON, 1, "不能并入自己"),
        ("船塘镇", ON, 1, "只能并入同一个县（区）的镇（街）"),
        (NEW, date(2026, 12, 1), 1, "合并日期不能晚于今天"),
        (NEW, ON, 7, "刚被别人改过"),
    ],
)
def test_what_cannot_be_merged_is_refused_and_nothing_changes(
    city: Engine, new: str, on: date, version: int, sentence: str
):
    before = change_number(city)
    with pytest.raises(RegisterRefused, match=sentence):
        merge(city, new=new, on=on, version=version)
    assert change_number(city) == before


def test_a_township_of_another_reporting_unit_does_not_take_over(city: Engine):
    with reading(city) as connection:
        rows = connection.execute(
            select(divisions).where(divisions.c.level == DivisionLevel.TOWNSHIP.value)
        ).all()
    one, other = next(
        (one, other)
        for one in rows
        for other in rows
        if one.parent_code == other.parent_code and one.reporting_unit_id != other.reporting_unit_id
    )
    with pytest.raises(RegisterRefused, match="考核单位不同"):
        merge_township(city, one.code, other.code, on=ON, as_of=TODAY, row_version=1, viewer=ADMIN)


def test_villages_and_ended_townships_take_nothing_over(city: Engine):
    old = place(city, OLD)
    village = villages(city, old.code)[0]
    with pytest.raises(RegisterRefused, match="请选择一个在册的镇"):
        merge_township(city, old.code, village, on=ON, as_of=TODAY, row_version=1, viewer=ADMIN)
    merge(city)
    with pytest.raises(RegisterRefused, match="已经登记撤销"):
        merge(city, version=2)
    with pytest.raises(RegisterRefused, match="请选择一个在册的镇"):
        merge(city, NEW, OLD)
    with pytest.raises(RegisterRefused, match="不合并"):
        merge_township(city, village, old.code, on=ON, as_of=TODAY, row_version=2, viewer=ADMIN)
