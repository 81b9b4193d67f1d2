"""Columns of a programme's entries and of figures: what matters is in sight on every screen."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from sqlalchemy import Engine

from dashboard.parts import entry_table, figure_table
from dashboard.parts.column_room import PHONE, ROW_HEIGHT, WRAPPED_HEIGHT
from dashboard.parts.figure_table import FigureColumn
from dashboard.programmes.entries import headings_of, in_sight, who_has
from dashboard.programmes.narrowing import narrowed
from dashboard.programmes.told import asked_of
from data_access.filters import Filters
from data_access.programmes.book import shipped_definitions
from supervision.programme_figures import Entry
from supervision.programme_file import read_programme
from supervision.programmes import FieldKind
from supervision.scope import Role
from tests.dashboard.administering import Desk
from tests.data_access.in_use import small_in_use
from tests.factories import TODAY
from tests.looking import looks
from tests.programmes import LINES, seen, store

STAYS = (FieldKind.TITLE, FieldKind.COUNTY, FieldKind.DEPARTMENT, FieldKind.NUMBER)


@pytest.fixture
def city(app_store: Engine) -> Engine:
    small_in_use(app_store)
    store(app_store, *LINES)
    return app_store


@pytest.mark.parametrize("name", list(shipped_definitions()))
def test_a_laptop_shows_what_fits_and_names_what_does_not(city: Engine, name: str):
    programme = read_programme(shipped_definitions()[name]).programme
    assert programme is not None
    full = Entry(1, {field.name: "内容" for field in programme.fields})
    found = replace(seen(city), programme=programme, entries=(full,))
    every = headings_of(found, counted=True)
    kept, left_out = in_sight(found, every)
    assert entry_table.fit(kept)
    assert [every[one][0] for one in every if one not in kept] == left_out
    must = {field.name for field in programme.fields if field.kind in STAYS}
    assert must | set(programme.identity) <= set(kept)
    assert list(kept) == [one for one in every if one in kept]
    if left_out:
        assert not entry_table.fit(every)


def test_whoever_has_an_entry_is_its_department_or_where_there_is_none_its_county(city: Engine):
    found = seen(city)
    assert who_has(found, headings_of(found)) == "department"
    # Nobody filled in the department.
    assert who_has(found, ["title", "county"]) == "county"
    assert who_has(found, ["title"]) is None


def test_what_is_late_comes_first_in_every_list_of_a_programme(city: Engine):
    found = seen(city)
    entries = narrowed(found, {}, asked_of(Filters(), TODAY)).entries
    lights = [found.lights.get(one.id) for one in entries]
    assert lights[0] == "red"
    assert {one.id for one in entries} == {one.id for one in found.entries}
    late = [found.late.get(one.id) or 0 for one in entries]
    assert late == sorted(late, reverse=True)


def test_a_phone_tells_below_the_title_who_has_an_entry_and_how_late_it_is(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    monkeypatch.setattr(entry_table, "is_phone", lambda: True)
    table = Desk("programme_entries.py", programme="small").table("title", "light", "number")
    assert list(table.columns[:3]) == ["place", "title", "light"]
    told = table["title"][0].replace("\N{NO-BREAK SPACE}", " ")
    assert told.endswith("市教育局 · 逾期 12 日 · 限 11-09")
    assert table["light"][0] == ["▲"]
    assert not {"late", "due", "department"} & set(table.columns)


def test_an_entry_that_no_limit_runs_for_has_no_lamp():
    rows = [{"title": "某事", "light": "red"}, {"title": "另一事", "light": None}]
    headings = {"light": ("亮灯", "light"), "title": ("事项", "title")}
    for drawn in (entry_table._on_a_desk(rows, headings),
                  entry_table._on_a_phone(rows, headings, None)):  # fmt: skip
        assert [len(lamps) for lamps in drawn.frame["light"]] == [1, 0]
        assert "nan" not in drawn.frame.to_csv().lower()


SOME = {
    "name": FigureColumn("单位", 150),
    "n": FigureColumn("在办", 90, is_number=True),
    "words": FigureColumn("措施", 320, on_phone=160),
}


def test_on_a_phone_a_column_of_figures_is_no_wider_than_its_words():
    shown = pd.DataFrame({"name": ["市城管局"], "n": [8], "words": ["短"]})
    widths = figure_table._on_a_phone(SOME, shown)
    assert sum(widths.values()) < PHONE
    assert widths["name"] < 90
    assert figure_table._staying(widths, 1) == 0
    assert figure_table._line_height(SOME, shown, widths, every=False) == ROW_HEIGHT


def test_where_a_phone_has_no_room_the_names_stay_and_long_words_are_broken():
    shown = pd.DataFrame({"name": ["市文广旅体局"], "n": [8], "words": ["一个月内办结" * 9]})
    many = SOME | {f"n{n}": FigureColumn("反映次数", 90, is_number=True) for n in range(2)}
    widths = figure_table._on_a_phone(many, shown.assign(n0=1, n1=2))
    assert widths["words"] == 160
    assert figure_table._staying(widths, 1) == 1
    assert figure_table._staying(widths | {"name": PHONE}, 1) == 0
    assert figure_table._line_height(SOME, shown, widths, every=False) == WRAPPED_HEIGHT
