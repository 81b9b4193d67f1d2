import itertools
import json
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.parts.honeycomb import honeycomb
from dashboard.parts.map_deck import township_deck
from dashboard.parts.map_scales import ON_TIME, OVERDUE, PER_10K
from dashboard.parts.maps import Asked, ranked, tile_rows, township_honeycomb
from dashboard.parts.zones import kinds, zones
from dashboard.townships.totals import totals
from supervision.scope import Scope

CITY = Scope.whole_city()
WHOLE = Asked(CITY)


def counts(*rows):
    return pd.DataFrame(rows, columns=["code", "n"])


def test_the_honeycomb_has_every_township_once_and_seven_units():
    comb = honeycomb()
    assert len({tile.code for tile in comb.tiles}) == 101
    assert {call_out.unit for call_out in comb.call_outs} == {tile.unit for tile in comb.tiles}
    assert len(comb.outline_features) == 7


def test_no_two_call_outs_share_a_place():
    places = [(call_out.side, call_out.lat) for call_out in honeycomb().call_outs]
    assert len(set(places)) == len(places)


def test_every_ring_is_clockwise_because_others_fill_the_canvas():
    for feature in (*honeycomb().tile_features, *honeycomb().outline_features):
        ring = feature["geometry"]["coordinates"][0]
        turned = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
        assert turned < 0


@pytest.mark.parametrize(
    ("n", "name"),
    [(0, "0"), (1, "1–2"), (2, "1–2"), (3, "3–5"), (5, "3–5"), (6, "6–9"), (9, "6–9"), (10, "≥10")],
)
def test_the_class_limits_are_fixed(n, name):
    assert OVERDUE.words[int(OVERDUE.level(n, None))] == name


def test_a_tile_shows_the_name_without_its_kind():
    short = {tile.name: tile.short for tile in honeycomb().tiles}
    assert short["源南镇"] == "源南"
    assert short["高埔岗街道"] == "高埔岗"
    assert short["漳溪乡"] == "漳溪"
    long = replace(honeycomb().tiles[0], name="国家高新技术开发区街道")
    assert long.short == "国家高新…"


def test_the_headline_names_the_worst_township_with_its_county():
    chart = township_honeycomb(counts(("441602100", 3), ("441621104", 1)), dark=False, scope=CITY)
    assert chart.headline == (
        "源城区源南镇逾期未反馈 3 件，全市最多；101 个镇（街）中 2 个有逾期未反馈"
    )


def test_what_has_no_place_is_counted_in_the_note():
    chart = township_honeycomb(
        counts(("441602100", 3), (None, 4), ("999999999", 1)), dark=False, scope=CITY
    )
    assert "另有 5 件未定位到镇（街）" in chart.note


def test_without_any_count_every_tile_is_there_and_says_so():
    chart = township_honeycomb(counts(), dark=False, scope=CITY)
    assert chart.headline == "各镇（街）没有逾期未反馈事项"
    assert (chart.frame["kind"] == "tile").sum() == 101


def test_a_county_is_told_no_number_of_another_and_no_rank_in_the_city():
    own = Scope(reporting_units=frozenset({"源城区"}))
    chart = township_honeycomb(counts(("441602100", 3)), dark=False, scope=own)
    known = chart.frame[chart.frame["n"].notna()]
    assert set(known["unit"]) == {"源城区"}
    outside = chart.frame[(chart.frame["kind"] == "unit") & (chart.frame["unit"] != "源城区")]
    assert set(outside["detail"]) == {"范围外"}
    assert chart.headline.startswith("源城区源南镇逾期未反馈 3 件，范围内最多；7 个镇（街）中 1 个")
    assert "范围外的镇（街）没有数字" in chart.note


def test_a_department_has_its_numbers_in_every_county():
    leading = Scope(departments=frozenset({"市水务局"}))
    chart = township_honeycomb(counts(("441602100", 3)), dark=False, scope=leading)
    assert chart.frame["n"].notna().all()
    assert "范围内最多；101 个镇（街）中" in chart.headline


def test_a_unit_adds_up_its_townships():
    rows = tile_rows(counts(*[(tile.code, 1) for tile in honeycomb().tiles]), WHOLE)
    units = rows[rows["kind"] == "unit"].set_index("name")
    assert units["n"].sum() == 101
    assert units.loc["江东新区", "detail"] == "3 件"


def test_the_specification_carries_the_shapes_and_no_counts():
    chart = township_honeycomb(counts(), dark=True, scope=CITY)
    shapes = chart.spec["layer"][0]["transform"][1]["from"]["data"]["values"]
    assert len(shapes) == 101
    assert "data" not in chart.spec
    assert chart.spec["projection"]["type"] == "mercator"


def test_a_long_name_is_cut_before_it_lies_over_the_next_tile_or_leaves_the_picture():
    spec = township_honeycomb(counts(), dark=False, scope=CITY).spec
    words = [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    assert len(words) == 7
    assert all("width" in mark["limit"]["expr"] for mark in words)


def test_the_deck_asks_no_map_provider():
    text = township_deck(counts(("441602100", 3)), dark=False, asked=WHOLE).to_json()
    assert json.loads(text).get("mapProvider") is None
    assert "http" not in text


def test_the_deck_fits_its_view():
    narrow = township_deck(counts(), dark=False, asked=WHOLE, width=500).initial_view_state.zoom
    wide = township_deck(counts(), dark=False, asked=WHOLE, width=1100).initial_view_state.zoom
    assert narrow < wide < 9


def test_the_deck_draws_names_and_numbers_as_words():
    text = township_deck(counts(("441602100", 3)), dark=False, asked=WHOLE).to_json()
    assert '"@@=auto"' not in text
    layers = {layer["id"]: layer["data"] for layer in json.loads(text)["layers"]}
    assert [(tile["name"], tile["n"]) for tile in layers["name"]] == [("源南", "3")]
    assert len(layers["zero"]) == 100


def test_a_rate_of_few_cases_says_n_of_n_and_has_neither_class_nor_rank():
    rated = pd.DataFrame(
        [("441602100", 3, 9), ("441621104", 6, 12), ("441625105", 199, 200)],
        columns=["code", "n", "of"],
    )
    chart = township_honeycomb(rated, dark=False, scope=CITY, scale=ON_TIME)
    rows = chart.frame.set_index("code")
    assert rows.loc["441602100", ["label", "level"]].tolist() == ["3/9", "0"]
    assert rows.loc["441621104", ["label", "level"]].tolist() == ["50%", "4"]
    assert rows.loc["441625105", "label"] == "99%", "not everything was in time"
    order = ranked(rows[rows["kind"] == "tile"].reset_index(), ON_TIME)
    assert order["code"].tolist() == ["441621104", "441625105"]
    assert chart.headline.startswith("紫金县上义镇按期反馈率 6/12（50%），全市最低")


def test_places_with_the_same_value_share_their_place():
    chart = township_honeycomb(
        counts(("441602100", 3), ("441621104", 2), ("441621105", 2), ("441621106", 1)),
        dark=False, scope=CITY,
    )  # fmt: skip
    assert ranked(chart.frame[chart.frame["kind"] == "tile"], OVERDUE)["place"].tolist() == [
        1, 2, 2, 4,
    ]  # fmt: skip


def test_on_ten_thousand_residents_a_place_without_a_number_of_residents_has_none():
    found = pd.DataFrame(
        [("441602100", 3, 20_000), ("441621104", 6, 0)], columns=["code", "n", "of"]
    )
    rows = tile_rows(found, WHOLE, PER_10K).set_index("code")
    assert rows.loc["441602100", ["label", "level"]].tolist() == ["1.5", "2"]
    assert rows.loc["441621104", "label"] == ""


def test_the_picture_of_one_unit_has_its_tiles_and_no_call_out():
    one = Asked(CITY, unit="源城区")
    chart = township_honeycomb(counts(("441621104", 4)), dark=False, scope=one)
    assert set(chart.frame["kind"]) == {"tile"}
    assert len(chart.frame) == 7
    assert "另有 4 件未定位到镇（街）" in chart.note


def test_townships_that_are_not_asked_about_have_no_number():
    asked = Asked(CITY, towns=frozenset({"441602100"}))
    chart = township_honeycomb(counts(("441602100", 3)), dark=False, scope=asked)
    known = chart.frame[(chart.frame["kind"] == "tile") & chart.frame["n"].notna()]
    assert known["code"].tolist() == ["441602100"]


def test_the_zones_are_the_same_townships_and_units_with_clockwise_rings():
    picture = zones()
    assert {(t.code, t.unit) for t in picture.tiles} == {
        (t.code, t.unit) for t in honeycomb().tiles
    }
    assert {f["name"] for f in picture.outline_features} == {t.unit for t in picture.tiles}
    for feature in picture.tile_features:
        ring = feature["geometry"]["coordinates"][0]
        assert sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) < 0


def test_an_outline_of_zones_has_no_edge_between_two_of_its_own_unit():
    """Every corner of a closed line has an even number of edges."""
    for outline in zones().outline_features:
        ends = [tuple(end) for line in outline["geometry"]["coordinates"] for end in line]
        assert all(ends.count(end) % 2 == 0 for end in ends), outline["name"]


def test_words_stand_inside_their_zone():
    for tile, feature in zip(zones().tiles, zones().tile_features, strict=True):
        lons = [point[0] for point in feature["geometry"]["coordinates"][0]]
        lats = [point[1] for point in feature["geometry"]["coordinates"][0]]
        assert min(lons) < tile.lon < max(lons)
        assert min(lats) < tile.lat < max(lats)
        assert tile.room > 0


def test_both_pictures_tell_the_same_numbers():
    found = counts(("441602100", 3), ("441621104", 1), ("0", 2))
    one, other = (
        township_honeycomb(found, dark=False, scope=Asked(CITY, kind=kind)) for kind in kinds()
    )
    assert one.headline == other.headline
    columns = ["code", "n", "label", "told"]
    tiles = (chart.frame[chart.frame["kind"] == "tile"][columns] for chart in (one, other))
    assert sorted(map(tuple, next(tiles).to_numpy())) == sorted(map(tuple, next(tiles).to_numpy()))


@pytest.mark.parametrize("scale", [OVERDUE, ON_TIME])
def test_map_unlocated_and_elsewhere_are_the_whole(scale):
    """Of one unit: its tiles, what is in no township, and what lies in townships of others."""
    found = pd.DataFrame(
        [("441602100", 3, 8), ("441621104", 4, 9), ("0", 2, 5)], columns=["code", "n", "of"]
    )
    one = Asked(CITY, unit="源城区")
    told = totals(found, tile_rows(found, one, scale), scale)
    column = "of" if scale is ON_TIME else "n"
    assert (told.on_map, told.elsewhere, told.unlocated) == tuple(found[column])
    assert told.whole == found[column].sum()
    assert told.elsewhere_codes == ("441621104",)


def test_a_unit_has_a_number_on_its_residents_only_where_all_its_townships_are_counted():
    own = [tile.code for tile in honeycomb().tiles if tile.unit == "源城区"]
    found = pd.DataFrame({"code": own, "n": [2, *[0] * (len(own) - 1)], "of": 10_000})
    rows = tile_rows(found, WHOLE, PER_10K)
    units = rows[rows["kind"] == "unit"].set_index("name")
    assert units.loc["源城区", "detail"] == "0.3 件/万人（2 件）"
    units = tile_rows(found.head(3), WHOLE, PER_10K).query("kind == 'unit'").set_index("name")
    assert units.loc["源城区", ["detail", "label"]].tolist() == ["2 件", ""]
