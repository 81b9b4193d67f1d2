"""共性问题 through the whole app on a real store: each number opens exactly its rows."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from dashboard.parts import charts
from dashboard.parts.heat_charts import NOBODY_KEY, Heat, heat
from dashboard.parts.hotline_charts import hotline
from dashboard.parts.map_scales import INTAKE
from data_access.ledger_import.apply import store_import
from supervision.scope import Role, Scope
from tests.dashboard.administering import Desk
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

WATER, PRESSURE, ROADS = ("城乡供水",), ("城乡供水", "水压"), ("交通出行",)
ELSEWHERE = {"county": "紫金县", "township": "蓝塘镇"}


@pytest.fixture
def city(app_store: Engine) -> Engine:
    """This month water 4 (one below the first level) and roads 1; before it water 1, roads 2."""
    told = [
        (date(2026, 11, 3), WATER, {}), (date(2026, 11, 4), WATER, {}),
        (date(2026, 11, 5), PRESSURE, {}), (date(2026, 11, 6), WATER, ELSEWHERE),
        (date(2026, 11, 7), ROADS, ELSEWHERE), (date(2026, 11, 8), (), {}),
        (date(2026, 10, 9), WATER, {}), (date(2026, 10, 10), ROADS, {}),
        (date(2026, 10, 11), ROADS, ELSEWHERE),
        # After the same days of the month before: it is not compared with.
        (date(2026, 10, 28), ROADS, ELSEWHERE),
    ]  # fmt: skip
    rows = [
        ledger_row(row=row, received_on=day, assigned_on=day, category=category, **place)
        for row, (day, category, place) in enumerate(told, 3)
    ]
    store_import(app_store, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return app_store


def test_the_page_says_what_grew_and_where_it_is_dense(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    said = Desk("common_problems.py").said
    assert "新增 6 件，环比由3变为6；上升最多的是城乡供水（1→4 件）" in said
    assert "上期 2026-10-01 至 2026-10-25" in said
    assert "最集中的是东源县的城乡供水（3 件）" in said
    assert "1 类比上期多，共多 3 件，城乡供水居首" in said


@pytest.mark.parametrize(
    ("table", "row", "column", "rows"),
    [
        ("rises", 0, "now", 4),
        ("rises", 0, "before", 1),
        ("heat_table", 0, "all", 4),
        ("heat_table", 1, "all", 1),
        # Without a category: the last line.
        ("heat_table", 2, "all", 1),
    ],
)
def test_a_number_opens_exactly_its_rows(
    city: Engine, monkeypatch: pytest.MonkeyPatch, table: str, row: int, column: str, rows: int
):
    looks(monkeypatch, city, Role.LEADER)
    assert f"共 **{rows}** 件" in Desk("common_problems.py").click_row(table, row, column).said


def test_every_cell_of_the_table_is_as_many_rows(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    table = Desk("common_problems.py").table("name", "all")
    water = table.iloc[0]
    filled = [column for column in table.columns if column.startswith("u") and water[column]]
    assert sorted(int(water[column]) for column in filled) == [1, 3]
    for column in filled:
        said = Desk("common_problems.py").click_row("heat_table", 0, column).said
        assert f"共 **{water[column]}** 件" in said


def test_what_is_open_is_another_picture(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("common_problems.py")
    desk.app.query_params["heat_of"] = "open"
    said = desk.run().said
    assert "在办 10 件，城乡供水 5 件、交通出行 4 件" in said
    assert "共 **4** 件" in desk.click_row("heat_table", 1, "all").said


def test_a_county_is_told_of_its_own_problems_only(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.COUNTY_ADMIN, scope=Scope(reporting_units=frozenset({"紫金县"})))
    said = Desk("common_problems.py").said
    assert "新增 2 件" in said
    assert "东源县" not in said


def test_a_store_without_items_says_so(app_store: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, app_store, Role.LEADER)
    said = Desk("common_problems.py").said
    assert "这段时间没有新增事项" in said
    assert "这个范围内没有新增的事项" in said


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (1, "新增 2 件，供水 1 件占 50%（1/2）"),
        (2, "新增 3 件，供水 1 件、道路 1 件两类占 67%（2/3）"),
    ],
)
def test_as_many_kinds_are_told_as_are_named(told: int, words: str):
    kinds = [Heat(5, "供水", 1, "东源县", 1), Heat(6, "道路", 1, "东源县", 1)][:told]
    nobody = Heat(NOBODY_KEY, "没有分类", 1, "东源县", 1)
    chart = heat([*kinds, nobody], scale=INTAKE, counties=[(1, "东源县")], dark=False)
    assert chart.headline == words


def test_the_picture_has_a_number_in_every_tile_and_sums_at_its_edges():
    tiles = [Heat(5, "供水", 1, "东源县", 9), Heat(6, "道路", 2, "紫金县", 2)]
    chart = heat(tiles, scale=INTAKE, counties=[(1, "东源县"), (2, "紫金县")], dark=False)
    assert chart.headline == "新增 11 件，供水 9 件、道路 2 件，最集中的是东源县的供水（9 件）"
    inside = chart.frame[~chart.frame["sum"]]
    assert inside["label"].tolist() == ["9", "", "", "2"]
    assert inside["level"].tolist() == ["3", "0", "0", "1"]
    assert chart.frame[chart.frame["sum"]]["n"].tolist() == [9, 2, 9, 2, 11]


def test_a_year_is_compared_with_the_year_before(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    said = Desk("common_problems.py", period="year").said
    assert "新增 10 件，同比—（上年同期为0）；上升最多的是城乡供水（0→5 件）" in said
    assert "上年同期 2025-01-01 至 2025-11-25" in said


def test_the_hotline_stands_beside_the_year_before_where_there_is_one():
    counts = {date(2025, 10, 1): 200, date(2026, 9, 1): 40, date(2026, 10, 1): 100}
    chart = hotline(counts, theme="看病难", newest=date(2026, 10, 1), dark=False)
    assert chart.headline == "看病难 2026年10月 100 件，同比下降50.00%，环比上升150.00%"
    assert chart.frame["month"].tolist() == ["2025-10", "2026-09", "2026-10"]
    assert chart.frame["year_word"].tolist() == ["没有数据", "没有数据", "200"]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("name", "chart"),
    [
        ("heat", heat([Heat(5, "供水", 1, "东源县", 9)], scale=INTAKE, counties=[], dark=False)),
        ("hotline", hotline({date(2026, 10, 1): 1}, theme="看病难", newest=date(2026, 10, 1),
                            dark=False)),
    ],
)  # fmt: skip
def test_a_specification_carries_no_data_and_only_fields_of_its_frame(name, chart, dark: bool):
    spec = charts.spec(name, dark=dark)
    assert "data" not in spec
    told = repr(spec)
    fields = [part.split("'")[0] for part in told.split("'field': '")[1:]]
    assert fields
    assert set(fields) <= set(chart.frame.columns)
