"""A city's own boundaries: what is refused, and what of a good file goes to the map."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from dashboard.border_files import BordersRefused, box_about, checked_file
from dashboard.commands import main
from dashboard.parts.honeycomb import honeycomb, residents
from dashboard.parts.map_shelf import BORDERS_FILE, from_folder
from dashboard.parts.maps import Asked, tile_rows
from dashboard.parts.zones import BORDERS, kinds
from dashboard.settings import settings
from supervision.scope import Scope

TOWNS = honeycomb().tiles
FIRST = TOWNS[0].code


def _square(lon: float, lat: float, size: float = 0.02) -> list[list[float]]:
    east, north = lon + size, lat + size
    return [[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]]


def _file(**other: object) -> dict[str, object]:
    """A square for every township, counter-clockwise as RFC 7946 wants it."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": town.code, "name": "<script>alert(1)</script>"},
                "geometry": {"type": "Polygon", "coordinates": [_square(town.lon, town.lat)]},
            }
            for town in TOWNS
        ],
        **other,
    }


def _check(data: bytes, crs: str = "wgs84"):
    towns = {town.code: town.name for town in TOWNS}
    return checked_file(data, crs=crs, towns=towns, within=box_about(TOWNS))


def _checked(told: object, crs: str = "wgs84"):
    return _check(json.dumps(told).encode(), crs).features()


def test_of_a_good_file_codes_and_turned_rings_are_kept_and_no_word():
    made = _checked(_file(title="![图](http://outside.example)"))
    assert {f["properties"]["code"] for f in made} == {town.code for town in TOWNS}
    assert "script" not in json.dumps(made)
    assert "outside" not in json.dumps(made)
    for feature in made:
        ring = feature["geometry"]["coordinates"][0][0]
        assert sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) < 0


def test_gcj02_is_converted_by_some_five_hundred_metres():
    plain = {f["properties"]["code"]: f for f in _checked(_file())}
    moved = {f["properties"]["code"]: f for f in _checked(_file(), crs="gcj02")}
    one, other = (min(kept[FIRST]["geometry"]["coordinates"][0][0]) for kept in (plain, moved))
    assert 0.004 < one[0] - other[0] < 0.006
    assert -0.004 < one[1] - other[1] < -0.002


_BOW = [[114.6, 23.6], [114.7, 23.7], [114.7, 23.6], [114.6, 23.75], [114.6, 23.6]]


def _system(name: str) -> dict[str, object]:
    return {"type": "name", "properties": {"name": name}}


def _named(code: str) -> dict[str, object]:
    told = json.loads(json.dumps(_file()))
    told["features"][0]["properties"]["code"] = code
    return told


def _changed(code: str = FIRST, **geometry: object) -> dict[str, object]:
    told = json.loads(json.dumps(_file()))
    feature = next(f for f in told["features"] if f["properties"]["code"] == code)
    feature["geometry"] |= geometry
    return told


@pytest.mark.parametrize(
    ("told", "crs", "words"),
    [
        (_file(), "wgs", "请写明坐标系（--crs）"),
        ([], "wgs84", "FeatureCollection"),
        ({"features": [{"properties": {"code": "x"}}]}, "wgs84", "第 1 个要素没有 9 位"),
        (_file(features=_file()["features"][1:]), "wgs84", f"：{FIRST} {TOWNS[0].name}，共 1 个"),  # type: ignore[index]
        (_file(features=_file()["features"] * 2), "wgs84", f"代码 {FIRST} 出现了两次"),  # type: ignore[operator]
        (_changed(type="LineString", coordinates=[[1, 2]]), "wgs84", "不是面"),
        (_changed(coordinates=[_square(114.7, 23.7)[:-1]]), "wgs84", "外圈没有闭合"),
        (_changed(coordinates=[[["a", "b"]] * 4]), "wgs84", "坐标不是数字"),
        (_changed(coordinates=[[[1.0, 2.0]] * 4]), "wgs84", "没有面积"),
        (_changed(coordinates=[_square(3_000_000, 4)]), "wgs84", "不是经纬度"),
        (_changed(coordinates=[_square(23.7, 80)]), "wgs84", "不在本市范围内"),
        (_changed(coordinates=[_square(114.7, 23.7), _BOW]), "wgs84", "第 1 个洞自己相交"),
        (_changed(coordinates=[_BOW]), "wgs84", "：外圈自己相交"),
        (_changed(coordinates=[_square(114, 23), _square(114, 23, 1)]), "wgs84", "洞比外圈大"),
        (_changed(type="Point", coordinates=[114.7, 23.7]), "wgs84", "有的镇（街）是面、有的是点"),
        (_file(crs=_system("urn:ogc:def:crs:EPSG::3857")), "wgs84", "请先转换"),
        (_file(crs={"type": "link"}), "wgs84", "请先转换"),
        (_named("441602999"), "wgs84", r"第 1 个要素（441602999）：不是本市的镇（街）代码"),
        (_changed(coordinates=[_square(114.7, 23.7)] * 13_000), "wgs84", "请先简化"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_drawn_is_refused_with_what_to_mend(told, crs, words):
    with pytest.raises(BordersRefused, match=re.escape(words) if "（" in words else words):
        _checked(told, crs)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"{", b"[" * 200_000])
def test_what_is_no_json_is_refused(data):
    with pytest.raises(BordersRefused, match="不是 UTF-8 的 GeoJSON"):
        _check(data)


def test_a_file_of_a_city_becomes_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    file, folder = tmp_path / "边界.json", tmp_path / "map"
    file.write_text(json.dumps(_file()), encoding="utf-8")
    assert main(["geo", "build", str(file), str(folder), "--crs", "none"]) != 0
    assert not folder.exists()
    assert main(["geo", "build", str(file), str(folder), "--crs", "cgcs2000"]) == 0
    assert (folder / BORDERS_FILE).is_file()
    assert BORDERS not in kinds()
    monkeypatch.setenv("DUBAN_MAP_FOLDER", str(folder))
    settings.cache_clear()
    try:
        assert kinds()[BORDERS] == "边界图"
        shown = Asked(Scope.whole_city(), kind=BORDERS)
        assert len(tile_rows(pd.DataFrame(), shown)) == len(TOWNS)
    finally:
        settings.cache_clear()
        from_folder.cache_clear()
    assert "已检查" in capsys.readouterr().out


def test_residents_are_counted_where_the_city_tells_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    told = f"code,residents\n{FIRST},20000\n{TOWNS[1].code},许多\n999999999,5\n"
    (tmp_path / "residents.csv").write_text(told, encoding="utf-8-sig")
    monkeypatch.setenv("DUBAN_MAP_FOLDER", str(tmp_path))
    settings.cache_clear()
    from_folder.cache_clear()
    try:
        assert residents() == {FIRST: 20_000}
    finally:
        settings.cache_clear()
        from_folder.cache_clear()
