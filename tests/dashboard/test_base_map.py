"""The city's own tiles under the townships: off by default, one host, refused when it is wrong."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from dashboard.parts.base_map import tile_server
from dashboard.parts.map_deck import township_deck
from dashboard.parts.map_shelf import from_folder
from dashboard.parts.map_words import note_under
from dashboard.parts.maps import Asked
from dashboard.parts.zones import HONEYCOMB, ON_TILES, ZONES, kinds, picture_of, zones
from dashboard.settings import SettingRefused, read_settings, settings
from dashboard.wording import MAP_NOTE
from supervision.scope import Scope

ADDRESS = "http://tiles.example.gov.cn:8080/wmts?z={z}&x={x}&y={y}&tk=abc"
COUNTS = pd.DataFrame([("441602100", 3)], columns=["code", "n"])


@pytest.fixture(name="with_tiles")
def _with_tiles(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DUBAN_MAP_TILES", ADDRESS)
    settings.cache_clear()
    yield
    settings.cache_clear()
    from_folder.cache_clear()


def test_without_the_setting_there_is_no_picture_on_tiles():
    assert read_settings({}).map_tiles is None
    assert ON_TILES not in kinds()


@pytest.mark.usefixtures("with_tiles")
def test_with_it_the_city_lies_over_the_tiles_with_the_words_of_its_picture():
    assert list(kinds()) == [HONEYCOMB, ZONES, ON_TILES]
    assert kinds()[ON_TILES] == "底图"
    assert picture_of(ON_TILES, None).tiles == zones().tiles
    assert note_under(ON_TILES).startswith(MAP_NOTE)


def test_the_deck_asks_the_tiles_of_the_city_and_nobody_else():
    asked = Asked(Scope.whole_city(), kind=ZONES)
    tiles = tile_server(ADDRESS, tls=False)
    deck = township_deck(COUNTS, dark=False, asked=asked, tiles_of=tiles)
    told = json.loads(deck.to_json())
    kind, _, packed = told["mapStyle"].partition(",")
    assert kind == "data:application/json;base64"
    style = json.loads(base64.b64decode(packed))
    assert style["sources"]["tiles"]["tiles"] == [ADDRESS]
    assert not {"glyphs", "sprite"} & set(style), "neither fonts nor signs are asked for"
    assert "http" not in json.dumps(told["layers"])
    fills = [f["properties"]["fill"] for f in told["layers"][0]["data"]["features"]]
    assert all(len(fill) == 4 and fill[3] < 255 for fill in fills), "the tiles shine through"


def test_on_a_phone_the_whole_city_is_in_the_picture_with_small_words_alone():
    asked = Asked(Scope.whole_city(), kind=ZONES)
    desk, phone = (
        json.loads(
            township_deck(COUNTS, dark=False, asked=asked, width=width, height=430).to_json()
        )
        for width in (720, 350)
    )
    sizes = [{layer["getSize"] for layer in one["layers"] if "getSize" in layer}
             for one in (desk, phone)]  # fmt: skip
    assert max(sizes[1]) < min(sizes[0])
    assert "unit_left" in {layer["id"] for layer in desk["layers"]}
    assert "unit_left" not in {layer["id"] for layer in phone["layers"]}
    across = extent_of(phone) * 512 * 2 ** phone["initialViewState"]["zoom"]
    assert across <= 350


def extent_of(deck: dict[str, Any]) -> float:
    """How much of the world's circle the drawn townships take from west to east."""
    features = deck["layers"][0]["data"]["features"]
    lons = [
        point[0]
        for feature in features
        for polygon in _polygons(feature["geometry"])
        for ring in polygon
        for point in ring
    ]
    return (max(lons) - min(lons)) / 360


def _polygons(geometry: dict[str, Any]) -> Any:
    shape = geometry["coordinates"]
    return shape if geometry["type"] == "MultiPolygon" else [shape]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://tiles.example/tiles.png", "各写一次"),
        ("http://tiles.example/{z}/{x}/{y}/{y}", "各写一次"),
        ("ftp://tiles.example/{z}/{x}/{y}", "应以 http:// 或 https:// 开头"),
        ("//tiles.example/{z}/{x}/{y}", "应以 http:// 或 https:// 开头"),
        ("http://tiles.example:99999/{z}/{x}/{y}", "应以 http:// 或 https:// 开头"),
        ("http://{z}.example/{x}/{y}", "主机名"),
        ("http:///{z}/{x}/{y}", "主机名"),
        ("http://name:secret@tiles.example/{z}/{x}/{y}", "各写一次"),
        ("http://tiles.example/{z}/{x}/{y};script-src *", "各写一次"),
        ("http://tiles.example/{z}/{x}/{y}\nX: y", "各写一次"),
        ("http://*.example/{z}/{x}/{y}", "各写一次"),
    ],
)
def test_an_address_that_cannot_be_meant_is_refused_at_the_start(address, words):
    with pytest.raises(SettingRefused, match=f"DUBAN_MAP_TILES.*{words}"):
        read_settings({"DUBAN_MAP_TILES": address})


def test_behind_https_browsers_would_refuse_plain_tiles():
    told = {"DUBAN_MAP_TILES": ADDRESS, "DUBAN_TLS": "1"}
    with pytest.raises(SettingRefused, match="也应以 https:// 开头"):
        read_settings(told)
    told["DUBAN_MAP_TILES"] = ADDRESS.replace("http:", "https:")
    assert read_settings(told).map_tiles is not None
