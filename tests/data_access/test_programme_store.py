"""Entries come in, are recognised, updated column by column, taken back; definitions change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, select

from data_access.audit_trail import verified_chain
from data_access.database import reading
from data_access.filters import Filters
from data_access.programmes.book import programme_book
from data_access.programmes.undo import ProgrammeNotUndone, undo_programme
from data_access.programmes.versions import (
    ProgrammeRefused,
    import_programme,
    kept_versions,
    retire_programme,
)
from data_access.reads.programme_origins import entry_origins, programme_batch_list
from data_access.reads.programmes import programmes
from data_access.schema.base import audit
from data_access.schema.programmes import programme_entries
from supervision.programme_figures import counted
from supervision.scope import Scope
from supervision.vocabulary import Light, RowOutcome
from tests.data_access.in_use import small_in_use
from tests.factories import SUPERVISOR, TODAY
from tests.programmes import LINES, SMALL, line, planned, seen, store

DONGYUAN = Scope(reporting_units=frozenset({"东源县"}))
EDUCATION = Scope(departments=frozenset({"市教育局"}))
COUNTY = replace(SUPERVISOR, scope=DONGYUAN)


def numbers(engine: Engine, **asked: object) -> set[object]:
    return {one.values["number"] for one in seen(engine, **asked).entries}


def told(engine: Engine) -> list[tuple[object, ...]]:
    """Every entry but its change number."""
    entries = programme_entries.c
    columns = (entries.id, entries.told, entries.dues, entries.reporting_unit_id,
               entries.department_id, entries.batch_id)  # fmt: skip
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(entries.id))]


def test_what_is_stored_is_counted_and_lit(city: Engine):
    small_in_use(city)
    done = store(city, *LINES)
    assert done.plan.count(RowOutcome.NEW) == 5
    found = seen(city)
    texts = {
        figure.name: counted(found.programme, figure, found.entries, as_of=TODAY,
                             first=date(2026, 1, 1), last=TODAY).text()
        for figure in found.programme.figures
    }  # fmt: skip
    assert texts["done_rate"] == "50.00%（2/4）"
    assert texts["on_time_rate"] == "33.33%（1/3）"
    lights = {one.values["number"]: found.lights[one.id] for one in found.entries}
    assert lights == {"N-1": Light.GREY, "N-2": Light.GREY, "N-3": Light.RED,
                      "N-4": Light.GREEN, "N-5": Light.OUT}  # fmt: skip


def test_a_second_ledger_recognises_entries_and_changes_only_what_it_says(city: Engine):
    small_in_use(city)
    store(city, *LINES)
    again = [LINES[0], line("N-3", "噪声扰民", "紫金县", done="2026-11-25", status="已办结")]
    plan = planned(city, *again)
    assert [one.fate for one in plan.lines] == [RowOutcome.UNCHANGED, RowOutcome.UPDATED]
    assert [tuple(change) for change in plan.lines[1].changes] == [
        ("办结日期", "（空）", "2026-11-25"), ("状态", "办理中", "已办结"),
    ]  # fmt: skip
    store(city, *again)
    [third] = [one for one in seen(city).entries if one.values["number"] == "N-3"]
    assert third.values["kind"] == "a"
    assert len(seen(city).entries) == 5
    assert store(city, *again).plan.count(RowOutcome.UNCHANGED) == 2


def test_undoing_gives_back_what_was_there(city: Engine):
    small_in_use(city)
    first = store(city, *LINES[:3])
    before = told(city)
    second = store(
        city, line("N-3", "噪声扰民", "龙川县", done="2026-11-25", status="已办结"), LINES[3]
    )
    with pytest.raises(ProgrammeNotUndone, match="有 1 条又被后来的台账更新"):
        undo_programme(city, first.batch_id, "先撤第一批", viewer=SUPERVISOR)
    undone = undo_programme(city, second.batch_id, "填错了", viewer=SUPERVISOR)
    assert (undone.removed, undone.restored) == (1, 1)
    assert told(city) == before
    with pytest.raises(ProgrammeNotUndone, match="没有重复撤销"):
        undo_programme(city, second.batch_id, "再撤一次", viewer=SUPERVISOR)
    undo_programme(city, first.batch_id, "整批重来", viewer=SUPERVISOR)
    assert told(city) == []
    gone = {key for key, *_ in before}
    assert store(city, *LINES[:3]).plan.count(RowOutcome.NEW) == 3
    assert gone.isdisjoint({key for key, *_ in told(city)})
    assert verified_chain(city).fault is None


def test_nobody_reaches_beyond_their_scope(city: Engine):
    small_in_use(city)
    batch = store(city, *LINES).batch_id
    assert numbers(city, scope=DONGYUAN) == {"N-1", "N-2"}
    assert numbers(city, scope=EDUCATION) == {"N-2", "N-3"}
    assert numbers(city, scope=Scope()) == set()
    assert len(seen(city, scope=DONGYUAN).units) == 1
    # An entry elsewhere with the same number is neither changed nor told of.
    plan = planned(city, line("N-3", "我的", "东源县"), viewer=COUNTY)
    assert plan.lines[0].fate is RowOutcome.REFUSED
    assert "范围外" in plan.lines[0].why
    with pytest.raises(ProgrammeNotUndone, match="可见范围以外"):
        undo_programme(city, batch, "不是我的", viewer=COUNTY)
    third = next(one.id for one in seen(city).entries if one.values["number"] == "N-3")
    assert entry_origins(city, scope=DONGYUAN, as_of=TODAY, entry_id=third) == ()
    assert programme_batch_list(city, scope=Scope(), as_of=TODAY, name="small") == ()


def test_filters_narrow_and_lights_too(city: Engine):
    small_in_use(city)
    store(city, *LINES)
    units = seen(city).names.counties
    zijin = next(key for key, name in units.items() if name == "紫金县")
    assert numbers(city, filters=Filters(units=(zijin,))) == {"N-3"}
    assert numbers(city, filters=Filters(lights=("red",))) == {"N-3"}
    assert numbers(city, filters=Filters(departments=(999,))) == set()


def test_each_value_knows_its_cell_and_the_trail_tells_no_texts(city: Engine):
    small_in_use(city)
    store(city, *LINES[:1])
    store(city, line("N-1", "水管漏水，已停水三天", "东源县", status="已办结"))
    [entry] = seen(city).entries
    cells = {
        one.field: one.cell
        for one in entry_origins(city, scope=Scope.whole_city(), as_of=TODAY, entry_id=entry.id)
    }
    assert (cells["title"], cells["done_on"]) == ("B3", "J3")
    with reading(city) as connection:
        rows = connection.execute(select(audit.c.act, audit.c.after)).all()
    acts = [act for act, _ in rows]
    assert acts[-3:] == ["register_programme_entry", "import_programme", "update_programme_entry"]
    assert all("停水" not in (after or "") for _, after in rows)


def test_a_city_changes_adds_and_retires_programmes(city: Engine):
    first = small_in_use(city)
    store(city, *LINES)
    renamed = small_in_use(city, SMALL.replace("小专题", "大专题"))
    assert (first.version, renamed.version) == (1, 2)
    assert seen(city).programme.label == "大专题"
    assert len(seen(city).entries) == 5
    with pytest.raises(ProgrammeRefused, match="完全相同"):
        small_in_use(city, SMALL.replace("小专题", "大专题"))
    fewer = SMALL.replace(
        '  { name = "done", label = "已办结"', '  { name = "ended", label = "已办结"'
    )
    with pytest.raises(ProgrammeRefused, match="有 1 处问题"):
        small_in_use(city, fewer)
    fewer = fewer.replace('["done"]', '["ended"]')
    with pytest.raises(ProgrammeRefused, match="已有台账用过“状态”的选项“已办结”"):
        small_in_use(city, fewer)
    retire_programme(city, "small", viewer=SUPERVISOR)
    with reading(city) as connection:
        assert "small" not in programme_book(connection)
    newest = kept_versions(city)[0]
    assert (newest.version, newest.in_use) == (3, False)
    with pytest.raises(ProgrammeRefused, match="可见范围不是全市"):
        import_programme(city, SMALL.encode(), "a.toml", viewer=COUNTY)
    assert programmes(city, scope=Scope.whole_city(), as_of=TODAY, filters=Filters())
