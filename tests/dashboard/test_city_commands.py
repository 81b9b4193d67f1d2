"""`duban city begin`: a new store with the registers of another city."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.city_commands import begin_with
from dashboard.parts.honeycomb import honeycomb
from dashboard.parts.map_shelf import shelf_of
from data_access.city_maps import map_content, map_versions
from data_access.database import open_engine, reading
from data_access.register_store import stored_registers
from data_access.store import own_city
from tests.dashboard import other_city


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "divisions.csv").write_bytes(other_city.register())
    (tmp_path / "departments.json").write_bytes(other_city.departments())
    return tmp_path


def test_a_new_store_has_the_registers_of_the_city_and_only_once(folder, capsys):
    engine = open_engine(f"sqlite:///{folder / 'city.sqlite3'}")
    try:
        assert begin_with(lambda: engine, folder) == 0
        with reading(engine) as connection:
            kept = stored_registers(connection)
        assert kept.city == "云州市"
        assert kept.counties == other_city.UNITS
        assert [town.code for town in kept.townships] == sorted(other_city.codes())
        assert {town.reporting_unit for town in kept.townships} == set(other_city.UNITS)
        assert own_city(engine) == "云州市"
        (first,) = map_versions(engine)
        tiles = honeycomb(shelf_of(map_content(engine, first.id), {})).tiles
        assert {tile.code for tile in tiles} == set(other_city.codes())
        assert begin_with(lambda: engine, folder) != 0
        assert "只能在新库上开始" in capsys.readouterr().err
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("divisions.csv", "770121100", "7701", "第 2 行没有 9 位"),
        ("divisions.csv", "石浦县,石浦县", "石浦县,石埔县", "不在 counties 里：石埔县"),
        ("divisions.csv", "甲东镇,东岭县", "甲东镇,云汀区", "有的写云汀区、有的写东岭县"),
        ("departments.json", '"city"', '"town"', "写法不对"),
        ("departments.json", "市教育局", "市教育局，<b>", "不能有顿号、逗号"),
        ("departments.json", "市教育局", "市水务局", "名称重复：市水务局"),
        (
            "departments.json",
            "city_department",
            "bureau",
            "“市水务局”的 group 写的是“bureau”，只能写：county（县(区)）、",
        ),
    ],
)
def test_files_that_do_not_fit_are_refused_before_a_store_is_opened(
    folder, capsys, file, old, new, words
):
    path = folder / file
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    assert begin_with(_no_store, folder) != 0
    assert words in capsys.readouterr().err


def test_a_folder_without_the_files_is_told(tmp_path, capsys):
    assert begin_with(_no_store, tmp_path) != 0
    assert "读不到 divisions.csv" in capsys.readouterr().err


def _no_store():
    raise AssertionError("no store is opened for files that are refused")
