"""The tab 地图 of 区划与字典: a city's own map and residents, from the file to the picture."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from dashboard.map_reads import use_map_in_force
from dashboard.parts.honeycomb import honeycomb, residents
from dashboard.parts.map_shelf import BORDERS_FILE
from dashboard.parts.map_words import note_under
from dashboard.parts.zones import BORDERS, HONEYCOMB, ZONES, kinds
from data_access.audit_trail import verified_chain
from data_access.city_maps import map_versions
from data_access.writes.city_maps import MapWanted, disable_map, enable_map
from supervision.city_maps import MapKind
from supervision.scope import Role
from tests.dashboard.administering import Desk
from tests.dashboard.city_borders import TOWNS, as_file, borders, checked_borders
from tests.factories import SUPERVISOR
from tests.looking import looks

PAGE, SOURCE = "registers.py", "市自然资源局 2025年"


@pytest.fixture
def store(app_store: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    looks(monkeypatch, app_store, Role.SYSADMIN)
    return app_store


def uploaded(data: bytes, *, crs: str | None = "cgcs2000", desk: Desk | None = None) -> Desk:
    desk = desk or Desk(PAGE).turn_to("地图")
    desk.app.file_uploader[0].set_value(("<b>边界.geojson", data, "x"))
    desk.take("坐标系", crs).write("来源", SOURCE)
    return desk.press("检查文件")


def residents_uploaded(desk: Desk, *lines: str) -> Desk:
    words = "\n".join(("区划代码,镇街,常住人口（万人）", *lines))
    desk.app.file_uploader[1].set_value(("人口.csv", words.encode(), "x"))
    return desk.run()


def in_force() -> dict[str, str]:
    use_map_in_force()
    return kinds()


def test_a_map_is_checked_previewed_put_in_force_and_taken_back(store: Engine):
    desk = uploaded(as_file(borders()))
    assert f"{len(TOWNS)} 个镇（街）齐全，没有发现问题" in desk.said
    assert "坐标系：CGCS2000（文件没有写明）" in desk.said
    assert "预览：101 个镇（街）" in desk.said
    assert list(in_force()) == [HONEYCOMB, ZONES], "nothing is in force before it is said so"
    desk.press("启用这份地图")
    assert "已启用第 1 版地图" in desk.said
    assert list(in_force()) == [HONEYCOMB, ZONES, BORDERS]
    assert f"来源：{SOURCE}" in note_under(BORDERS)
    uploaded(as_file(borders(shift=0.001)), desk=desk).press("启用这份地图")
    desk.click_row("map_versions", 1, "id").press("启用地图第 1 版")
    assert [one.in_force for one in map_versions(store)] == [False, True]
    desk.click_row("map_versions", 1, "id").press("停用地图第 1 版")
    assert list(in_force()) == [HONEYCOMB, ZONES]
    assert verified_chain(store).fault is None


def test_a_page_that_is_open_shows_a_new_map_at_its_next_run(
    app_store: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, app_store, Role.LEADER)
    desk = Desk("townships.py")
    assert _pictures(desk) == ["蜂窝图", "分区示意图"]
    codes = frozenset(town.code for town in TOWNS)
    content = {BORDERS_FILE: as_file(checked_borders()).decode()}
    other_server = MapWanted(MapKind.MAP, "边界.geojson", "a" * 64, content, codes)
    version = enable_map(app_store, other_server, viewer=SUPERVISOR)
    assert _pictures(desk.run()) == ["蜂窝图", "分区示意图", "边界图"]
    disable_map(app_store, version, viewer=SUPERVISOR)
    assert _pictures(desk.run()) == ["蜂窝图", "分区示意图"]


def _pictures(desk: Desk) -> list[str]:
    return list(next(one for one in desk.app.button_group if one.label == "图式").options)


def test_every_fault_of_a_file_is_named_and_none_of_it_kept(store: Engine):
    told = borders()
    features = told["features"]
    features[0]["properties"]["XZQDM"] = "441699999"
    features[1]["geometry"]["coordinates"][0].pop()
    features[2]["geometry"]["coordinates"][0][0][0] = "113"
    desk = uploaded(as_file(told))
    faults = desk.table("fault")["fault"].tolist()
    assert faults == [
        "第 1 个要素（441699999）：不是本市的镇（街）代码："
        "请按区划登记核对，市外的和已撤销的请删去。",
        f"第 2 个要素（{TOWNS[1].code} {TOWNS[1].name}）："
        "外圈没有闭合：最后一点应与第一点相同，至少四个点。",
        f"第 3 个要素（{TOWNS[2].code} {TOWNS[2].name}）：外圈坐标不是数字。",
        f"缺这些镇（街）：{TOWNS[0].code} {TOWNS[0].name}，共 1 个。",
    ]
    assert not desk.offers("启用这份地图")
    assert map_versions(store) == []


def test_the_coordinate_system_is_never_guessed(store: Engine):
    assert uploaded(as_file(borders()), crs=None).refusals == ["请选择文件、坐标系，并写明来源。"]
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    desk = uploaded(as_file(borders(crs=named)), crs="wgs84")
    assert "文件里写的坐标系是 CGCS2000，选择的是 WGS-84" in desk.table("fault")["fault"][0]
    desk = uploaded(as_file(borders(crs=named)))
    assert "坐标系：CGCS2000（文件写明是 CGCS2000，一致）" in desk.said
    assert map_versions(store) == []


@pytest.mark.usefixtures("store")
def test_residents_give_the_measure_on_ten_thousand():
    first, second = TOWNS[0], TOWNS[1]
    desk = residents_uploaded(
        Desk(PAGE).turn_to("地图"),
        f"{first.code},{first.name},3.25",
        f"{second.code},{first.name},1",
    )
    assert desk.table("cell")["cell"].tolist() == ["B3"]
    desk = residents_uploaded(Desk(PAGE).turn_to("地图"), f"{first.code},,3.25", "合计,,3.25")
    assert "1 个镇（街）没有发现问题，合计 3.25 万人" in desk.said
    assert desk.write("数据来源", "x<y").press("启用这份人口").refusals != []
    desk.write("数据来源", SOURCE).press("启用这份人口")
    use_map_in_force()
    assert residents() == {first.code: 32_500}
    assert list(kinds()) == [HONEYCOMB, ZONES], "residents leave the pictures alone"


@pytest.mark.usefixtures("store")
def test_a_honeycomb_of_the_register_alone_says_that_it_shows_no_place():
    desk = Desk(PAGE).turn_to("地图").press("按区划登记排出蜂窝图").press("启用这份地图")
    assert desk.refusals == []
    assert list(in_force()) == [HONEYCOMB]
    assert "不表示方位" in note_under(HONEYCOMB)
    assert {tile.code for tile in honeycomb().tiles} == {town.code for town in TOWNS}
