"""Another city by its files: `duban geo build` makes its honeycomb, its zones and its borders."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.commands import main
from dashboard.map_making.assignment import nearest_in_sum
from dashboard.map_making.city_towns import BordersRefused, read_towns
from dashboard.map_making.crossings import crosses_itself
from dashboard.map_making.hex_cells import Cell, chosen_cells, pieces
from dashboard.map_making.zone_cells import nearest_zones
from dashboard.parts import honeycomb as tiles
from dashboard.parts.map_scales import OVERDUE
from dashboard.parts.map_shelf import TOWNS_FILE, from_folder
from dashboard.parts.map_words import note_under
from dashboard.parts.maps import Asked, tile_rows
from dashboard.parts.zones import BORDERS, HONEYCOMB, ZONES, kinds, picture_of
from dashboard.settings import settings
from dashboard.townships.totals import totals
from supervision.scope import Scope
from tests.dashboard import other_city

CITY = Scope.whole_city()


@pytest.fixture(name="folder")
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The city's map folder, with its files beside it; nothing read before is remembered."""
    (tmp_path / "名册.csv").write_bytes(other_city.register())
    (tmp_path / "边界.json").write_bytes(other_city.borders())
    (tmp_path / "驻地.json").write_bytes(other_city.seats())
    folder = tmp_path / "map"
    folder.mkdir()
    monkeypatch.setenv("DUBAN_MAP_FOLDER", str(folder))
    _forget()
    yield folder
    _forget()


def _forget() -> None:
    settings.cache_clear()
    from_folder.cache_clear()


def _build(folder: Path, file: str, *more: str) -> int:
    towns = str(folder.parent / "名册.csv")
    return main(
        ["geo", "build", str(folder.parent / file), str(folder), "--crs", "cgcs2000",
         "--towns", towns, *more]
    )  # fmt: skip


def _cells(folder: Path) -> dict[str, set[Cell]]:
    found: dict[str, set[Cell]] = {}
    for feature in json.loads((folder / TOWNS_FILE).read_text("utf-8"))["features"]:
        told = feature["properties"]
        found.setdefault(told["unit"], set()).add((told["q"], told["r"]))
    return found


@pytest.mark.parametrize("file", ["边界.json", "驻地.json"])
def test_every_township_has_a_cell_of_its_own_and_every_district_is_one_piece(folder, file):
    assert _build(folder, file) == 0
    cells = _cells(folder)
    assert set(cells) == set(other_city.UNITS)
    assert sum(len(own) for own in cells.values()) == len(other_city.codes())
    assert all(len(pieces(own)) == 1 for own in cells.values())
    assert len(pieces(set().union(*cells.values()))) == 1


def test_the_pictures_of_a_city_that_gives_its_borders_are_its_own(folder):
    assert _build(folder, "边界.json") == 0
    assert list(kinds()) == [HONEYCOMB, ZONES, BORDERS]
    found = pd.DataFrame(
        [(other_city.codes()[0], 4), (other_city.codes()[-1], 2), ("441602100", 3), ("0", 5)],
        columns=["code", "n"],
    )
    for kind in kinds():
        picture = picture_of(kind, None)
        assert sorted(tile.code for tile in picture.tiles) == sorted(other_city.codes())
        assert {feature["name"] for feature in picture.outline_features} == set(other_city.UNITS)
        told = totals(found, tile_rows(found, Asked(CITY, kind=kind)), OVERDUE)
        assert (told.on_map, told.unlocated, told.elsewhere) == (6, 5, 3), "nothing is lost"
        for feature in picture.tile_features:
            for ring in tiles.outer_rings(feature):
                assert sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) < 0


def test_the_city_lies_as_its_map_does(folder):
    """Districts stand in the honeycomb from west to east as they do on the ground."""
    assert _build(folder, "驻地.json") == 0
    middle = {
        unit: np.mean([tile.lon for tile in tiles.honeycomb().tiles if tile.unit == unit])
        for unit in other_city.UNITS
    }
    assert sorted(middle, key=middle.__getitem__) == list(other_city.UNITS)
    units = tile_rows(pd.DataFrame(), Asked(CITY)).query("kind == 'unit'")
    assert sorted(units["name"]) == sorted(other_city.UNITS), "one inside the others too"
    outer = {(place.unit, place.side) for place in tiles.honeycomb().call_outs}
    assert {("东岭县", "left"), ("石浦县", "right")} <= outer


def test_of_seats_alone_there_are_no_borders_and_an_earlier_file_of_them_goes(folder):
    assert _build(folder, "边界.json") == 0
    assert BORDERS in kinds()
    assert _build(folder, "驻地.json") == 0
    from_folder.cache_clear()
    assert list(kinds()) == [HONEYCOMB, ZONES]
    once = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert _build(folder, "驻地.json") == 0
    assert once == {file.name: file.read_bytes() for file in folder.iterdir()}, "always the same"


def test_under_borders_stands_the_review_number_or_that_there_is_none(folder):
    assert _build(folder, "边界.json", "--review-number", "粤S(2099)012号") == 0
    assert "审图号：粤S(2099)012号" in note_under(BORDERS)
    assert "审图号" not in note_under(HONEYCOMB)
    assert "GeoNames" not in note_under(ZONES)
    from_folder.cache_clear()
    assert _build(folder, "边界.json") == 0
    assert "没有审图号：仅供内部工作使用，不得公开发布" in note_under(BORDERS)


def test_the_review_number_of_the_file_is_taken_and_a_wrong_one_refused(folder, capsys):
    file = folder.parent / "边界.json"
    file.write_bytes(other_city.borders(审图号="GS(2099)0650号"))
    assert _build(folder, "边界.json") == 0
    assert "审图号：GS(2099)0650号" in note_under(BORDERS)
    file.write_bytes(other_city.borders(审图号="<img src=x>"))
    assert _build(folder, "边界.json") != 0
    assert "审图号应写成" in capsys.readouterr().err


def test_nothing_is_written_of_a_file_that_is_refused(folder, capsys):
    (folder.parent / "边界.json").write_bytes(other_city.borders().replace(b"770121", b"770199"))
    assert _build(folder, "边界.json") != 0
    assert "第 1 个要素（770199100）：不是本市的镇（街）代码" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_seats_without_a_list_of_townships_make_no_picture(folder, capsys):
    file = str(folder.parent / "驻地.json")
    assert main(["geo", "build", file, str(folder), "--crs", "wgs84"]) != 0
    assert "不是本市的镇（街）代码" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("code,", "编码,", "镇（街）名册缺列：code"),
        ("770121100", "7701211", "第 2 行没有 9 位"),
        ("770121101", "770121100", "代码 770121100 出现了 2 次"),
        ("770121100", "880121100", "有几个市的代码（7701、8801 开头）"),
        ("甲东镇", "<script>alert(1)</script>", "第 2 行（770121100）的名称应为"),
        ("甲东镇", "=1+1", "第 2 行（770121100）的名称应为"),
        ("甲东镇", "乙东镇", "东岭县 有 2 个乙东镇"),
    ],
)
def test_a_list_of_townships_is_refused_at_its_line(old, new, words):
    with pytest.raises(BordersRefused) as refused:
        read_towns(other_city.register().decode().replace(old, new, 1).encode())
    assert words in str(refused.value)


def test_a_list_that_is_no_text_or_too_short_is_refused():
    with pytest.raises(BordersRefused, match="不是 UTF-8"):
        read_towns(b"\xff\xfe\x00")
    with pytest.raises(BordersRefused, match="应有 2 到"):
        read_towns(b"\n".join(other_city.register().splitlines()[:2]))


def test_the_assignment_is_the_one_with_the_smallest_sum():
    drawn = np.random.default_rng(3)
    for _ in range(20):
        costs = drawn.random((6, 6))
        best = min(
            sum(costs[row, column] for row, column in enumerate(columns))
            for columns in itertools.permutations(range(6))
        )
        found = nearest_in_sum(costs)
        assert sorted(found) == list(range(6))
        assert sum(costs[row, column] for row, column in enumerate(found)) == pytest.approx(best)


@pytest.mark.parametrize("wanted", [1, 2, 7, 40])
def test_there_are_as_many_cells_as_wanted_in_one_piece_also_of_two_islands(wanted):
    x, y = np.meshgrid(np.linspace(0, 1, 60), np.linspace(0, 1, 60))
    points = np.stack((x, y), axis=-1).reshape(-1, 2)
    islands = points[(points[:, 0] < 0.4) | (points[:, 0] > 0.7)]
    _, cells = chosen_cells(islands, 1 / 59**2, wanted)
    assert len(set(cells)) == wanted
    assert len(pieces(set(cells))) == 1


def test_a_point_lies_in_the_zone_of_its_nearest_seat():
    seats = [(0.2, 0.2), (0.8, 0.3), (0.5, 0.9), (0.55, 0.5)]
    zones_made = nearest_zones(seats, [(0, 0), (1, 0), (1, 1), (0, 1)])
    for point in itertools.product((0.11, 0.37, 0.62, 0.91), repeat=2):
        near = min(
            range(4), key=lambda n: (seats[n][0] - point[0]) ** 2 + (seats[n][1] - point[1]) ** 2
        )
        inside = [n for n, zone in enumerate(zones_made) if _holds(zone, point)]
        assert inside == [near]


def _holds(zone, point) -> bool:
    edges = zip(zone, zone[1:] + zone[:1], strict=True)
    return all(
        (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) > 0 for a, b in edges
    )


def test_a_ring_that_touches_itself_does_not_cross_itself():
    bow = [[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]
    pinched = [[0.0, 0.0], [1.0, 0.0], [0.5, 0.5], [1.0, 1.0], [0.0, 1.0], [0.5, 0.5], [0.0, 0.0]]
    assert crosses_itself(bow)
    assert not crosses_itself(pinched)
