"""Files made to hurt: refused with a sentence, by a child that ends, and nothing is left."""

from __future__ import annotations

import pytest

from dashboard.map_making import judged_apart as judged_apart_module
from dashboard.map_making.city_towns import BordersRefused
from dashboard.map_making.geojson_text import told
from dashboard.map_making.judged_apart import judged_apart
from dashboard.map_making.judging_child import NO_TOWNS, TOO_MUCH, Task, Town, Verdict
from tests.dashboard.city_borders import TOWNS, as_file, borders

GOOD = as_file(borders())


def judged(data: bytes) -> Verdict:
    towns = [Town(town.code, town.name, town.unit) for town in TOWNS]
    return judged_apart(Task(data, "wgs84", towns, None, None))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[" * 300_000, "括号套得太深"),
        (b'{"features":' + b"[" * 300_000 + b"]" * 300_000 + b"}", "括号套得太深"),
        (GOOD.replace(b"[[[", b"[[[NaN,1],[", 1), "NaN"),
        (GOOD.replace(b"[[[", b"[[[" + b"9" * 5_000 + b",1],[", 1), "长得离谱"),
        (GOOD.replace(b'"XZQDM"', b'"XZQDM": 1, "XZQDM"', 1), "把一个名称写了两次"),
        ('{"名称": 1}'.encode("gb18030"), "UTF-8"),
        (GOOD.decode().encode("utf-16"), "UTF-8"),
        (b"PK\x03\x04" + GOOD, "压缩包"),
        (b"\x1f\x8b" + GOOD, "压缩包"),
        (b"{" + b" " * (21 << 20), "超过 20 MB"),
        (b"<svg onload=alert(1)>", "第 1 行第 1 个字起读不下去"),
        (b"{}", "FeatureCollection"),
    ],
)
def test_a_text_that_is_no_map_is_refused(data: bytes, words: str):
    with pytest.raises(BordersRefused, match=words):
        told(data)


def test_more_points_than_a_browser_draws_are_refused_before_any_is_judged():
    many = borders()
    many["features"][0]["geometry"]["coordinates"] = [[[114.7, 23.7]] * 100_000]
    assert judged(as_file(many)).faults == [
        "边界共 100,500 个点，最多 60,000 个，请先简化（容差约 300 米）。"
    ]


def test_a_child_that_reaches_its_limits_has_found_a_fault(monkeypatch):
    hurried = judged_apart_module.LIMITS._replace(wall_seconds=0.05)
    monkeypatch.setattr(judged_apart_module, "LIMITS", hurried)
    assert judged(GOOD) == Verdict(faults=[TOO_MUCH])


def test_numbers_beyond_the_earth_and_values_that_only_look_like_numbers_are_told():
    strange = borders()
    for n, point in enumerate(([1e300, 1], [True, 23], ["114", "23"], [None, 1], 7)):
        strange["features"][n]["geometry"]["coordinates"][0][0] = point
    told_faults = judged(as_file(strange).replace(b"1e+300", b"1e999")).faults
    assert len(told_faults) == 5
    assert "不是经纬度" in told_faults[0]
    assert all("坐标不是数字" in fault for fault in told_faults[1:])


def test_of_texts_in_a_file_nothing_comes_out_again():
    verdict = judged(GOOD)
    assert verdict.faults == []
    assert "onerror" not in "".join(verdict.files.values())


def test_a_register_without_townships_is_told_as_what_it_is():
    assert judged_apart(Task(None, "wgs84", [], None, None)).faults == [NO_TOWNS]


def test_seats_that_an_address_search_put_into_one_place_are_told():
    seats = borders()
    for n, feature in enumerate(seats["features"]):
        feature["geometry"] = {"type": "Point", "coordinates": [114.7 + max(n, 1) / 1000, 23.7]}
    (fault,) = judged(as_file(seats)).faults
    assert "是同一个点" in fault
