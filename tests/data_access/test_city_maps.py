"""地图与人口 in the store: one version of each in force, all of them kept, every step recorded."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from data_access.audit_trail import verified_chain
from data_access.city_maps import (
    Township,
    map_content,
    map_townships,
    map_versions,
    maps_in_force,
)
from data_access.ledger_import.workbook import open_ledger
from data_access.place_register import place_register
from data_access.residents_sheet import ResidentsSheet, judged_residents
from data_access.schema.base import audit
from data_access.writes.city_maps import MapWanted, disable_map, enable_map, restore_map
from data_access.writes.place_merge import merge_township
from supervision.city_maps import MapKind, MapRefused
from supervision.vocabulary import DivisionLevel
from tests.factories import SUPERVISOR, TODAY


def wanted(engine: Engine, kind: MapKind = MapKind.MAP, mark: str = "a") -> MapWanted:
    codes = frozenset(town.code for town in map_townships(engine))
    return MapWanted(kind, f"{mark}.geojson", mark * 64, {"一": mark}, codes, source="测试")


def in_force(engine: Engine) -> dict[MapKind, int]:
    return {kind: version for kind, (version, _) in maps_in_force(engine).items()}


def test_of_each_kind_one_version_is_in_force_and_every_one_is_kept(city: Engine):
    first = enable_map(city, wanted(city), viewer=SUPERVISOR)
    people = enable_map(city, wanted(city, MapKind.RESIDENTS), viewer=SUPERVISOR)
    second = enable_map(city, wanted(city, mark="b"), viewer=SUPERVISOR)
    assert in_force(city) == {MapKind.MAP: second, MapKind.RESIDENTS: people}
    restore_map(city, first, viewer=SUPERVISOR)
    assert in_force(city)[MapKind.MAP] == first
    assert map_content(city, first) == {"一": "a"}
    disable_map(city, first, viewer=SUPERVISOR)
    assert in_force(city) == {MapKind.RESIDENTS: people}
    assert [one.id for one in map_versions(city)] == [second, people, first]
    with city.connect() as connection:
        acts = connection.execute(
            select(audit.c.act).where(audit.c.entity == "city_map").order_by(audit.c.id)
        )
        assert list(acts.scalars()) == [*["enable_map"] * 3, "restore_map", "disable_map"]
    assert verified_chain(city).fault is None


def test_what_is_in_force_is_not_put_in_force_again_and_what_is_not_cannot_be_taken_out(
    town: Engine,
):
    first = enable_map(town, wanted(town), viewer=SUPERVISOR)
    with pytest.raises(MapRefused, match="已经启用"):
        restore_map(town, first, viewer=SUPERVISOR)
    disable_map(town, first, viewer=SUPERVISOR)
    with pytest.raises(MapRefused, match="刚被别人停用"):
        disable_map(town, first, viewer=SUPERVISOR)
    with pytest.raises(MapRefused, match="没有这一版"):
        restore_map(town, 7, viewer=SUPERVISOR)


def test_a_file_that_was_checked_before_the_register_changed_is_checked_again(town: Engine):
    checked = wanted(town)
    into, place = place_register(town, level=DivisionLevel.TOWNSHIP)[-2:]
    merge_township(
        town, place.code, into.code, on=TODAY, as_of=TODAY, row_version=place.row_version,
        viewer=SUPERVISOR,
    )  # fmt: skip
    with pytest.raises(MapRefused, match="区划登记在检查之后改过"):
        enable_map(town, checked, viewer=SUPERVISOR)
    assert map_versions(town) == []


TOWNS = (
    Township("441622126", "上坪镇", "龙川县"), Township("441623101", "上坪镇", "连平县"),
    Township("441602001", "上城街道", "源城区"),
)  # fmt: skip


def _sheet(*lines: str, head: str = "县区,镇街,常住人口（人）") -> ResidentsSheet:
    data = "\n".join(("2025年末常住人口", head, *lines)).encode("gb18030")
    return judged_residents(open_ledger(data, "人口.csv"), TOWNS)


def test_residents_are_read_by_name_where_the_county_tells_which():
    sheet = _sheet('龙川县,上坪镇,"31,500"', "源城区,上城街道,42000人", "合计,,73500")
    assert sheet.faults == ()
    assert sheet.residents == {"441622126": 31_500, "441602001": 42_000}
    assert sheet.missing == ("连平县上坪镇",)


@pytest.mark.parametrize(
    ("line", "cell", "words"),
    [
        (",上坪镇,5", "B3", "不止一个镇"), ("源城区,船搪镇,5", "B3", "不是登记的镇"),
        ("源城区,上城街道,0", "C3", "大于 0"), ("源城区,上城街道,-5", "C3", "大于 0"),
        ("源城区,上城街道,1.5", "C3", "大于 0"), ("源城区,上城街道,1e9", "C3", "大于 0"),
        ("源城区,上城街道,=1+1", "C3", "大于 0"), ("源城区,<b>上城</b>,5", "B3", "不是登记的镇"),
    ],
)  # fmt: skip
def test_a_fault_in_a_table_of_residents_is_told_at_its_cell(line: str, cell: str, words: str):
    (fault,) = _sheet(line).faults
    assert fault.cell == cell
    assert words in fault.sentence


def test_a_township_that_is_told_twice_and_a_code_of_elsewhere_are_faults():
    sheet = _sheet(
        "441602001,3.1", "441602001,3.2", "999999999,1", head="区划代码,常住人口（万人）"
    )
    assert [fault.cell for fault in sheet.faults] == ["A4", "A5"]
    assert sheet.residents == {"441602001": 31_000}


def test_another_table_is_refused_with_the_headings_it_needs():
    with pytest.raises(MapRefused, match="至少要有“区划代码”或“镇街”"):
        _sheet("甲,乙,1", head="编号,问题,责任单位")
