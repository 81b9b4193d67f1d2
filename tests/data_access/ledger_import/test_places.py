"""Places: full names without contradiction are taken, all else is proposed (maps.md 9)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data_access.ledger_import.gazetteer import Gazetteer
from data_access.ledger_import.places import PlaceReader
from data_access.registers import TownshipEntry, shipped_registers

GAZETTEER = Gazetteer(shipped_registers())


@pytest.mark.parametrize(
    ("cells", "county", "township"),
    [
        (("东源县", "船塘镇", "", ""), "东源县", "船塘镇"),
        (("东源", "船塘镇", "", ""), "东源县", "船塘镇"),
        (("河源市东源县", "灯塔镇", "", ""), "东源县", "灯塔镇"),
        (("東源縣", "燈塔鎮", "", ""), "东源县", "灯塔镇"),
        (("", "船塘镇", "", ""), "东源县", "船塘镇"),
        (("东源县船塘镇", "", "", ""), "东源县", "船塘镇"),
        (("源城区-上城街道", "", "", ""), "源城区", "上城街道"),
        (("船塘镇", "", "", ""), "东源县", "船塘镇"),
        (("", "东源县船塘镇", "", ""), "东源县", "船塘镇"),
        (("源城区", "源西街道办事处", "", ""), "源城区", "源西街道"),
        (("连平县", "上坪镇", "", ""), "连平县", "上坪镇"),
        (("", "上坪镇", "金龙村", ""), "龙川县", "上坪镇"),
        (("东源县", "漳溪乡", "", ""), "东源县", "漳溪畲族乡"),
        (("龙川县", "回龙镇", "", ""), "龙川县", "廻龙镇"),
        (("紫金县", "临江镇", "", ""), "紫金县", "临江镇"),
        (("江东新区", "临江镇", "", ""), "江东新区", "临江镇"),
        (("", "临江镇", "", ""), "江东新区", "临江镇"),
        (("江东", "古竹镇", "", ""), "江东新区", "古竹镇"),
        (("河源市高新区", "", "", ""), "高新区", None),
        (("源城区人民政府", "", "", ""), "源城区", None),
        (("市本级", "", "", ""), None, None),
        (("全市", "", "", ""), None, None),
        (("", "", "", "东源县船塘镇老围村三组"), "东源县", "船塘镇"),
        (("", "", "", "市区碧水湾小区"), None, None),
    ],
)
def test_a_place_is_settled(
    cells: tuple[str, str, str, str], county: str | None, township: str | None
) -> None:
    place = PlaceReader(GAZETTEER).read(*cells, None)
    assert (place.county, place.township, place.faults) == (county, township, [])


@pytest.mark.parametrize(
    ("cells", "county", "code", "proposed"),
    [
        (("", "上坪镇", "", ""), None, "township-doubtful", "连平县上坪镇"),
        (("东源县", "船搪镇", "", ""), "东源县", "township-doubtful", "东源县船塘镇"),
        (("", "船塘", "", ""), None, "township-doubtful", "东源县船塘镇"),
        (("龙川县", "船塘镇", "", ""), "龙川县", "county-township-contradiction", "东源县船塘镇"),
        (("龙川县", "东源县船塘镇", "", ""), "龙川县", "county-township-contradiction", "东源县"),
        (("博罗县", "", "", ""), None, "county-unknown", "源城区"),
        (("源城区、东源县", "", "", ""), None, "county-several", "东源县"),
        (("东源县", "船塘镇、灯塔镇", "", ""), "东源县", "township-doubtful", "东源县灯塔镇"),
    ],
)
def test_a_doubtful_place_is_proposed_not_taken(
    cells: tuple[str, str, str, str], county: str | None, code: str, proposed: str
) -> None:
    place = PlaceReader(GAZETTEER).read(*cells, None)
    assert (place.county, place.township) == (county, None)
    assert code in [fault.code for fault in place.faults]
    assert proposed in [name for fault in place.faults for name in fault.candidates]


def test_a_short_name_is_taken_only_under_its_county_and_told() -> None:
    place = PlaceReader(GAZETTEER).read("东源县", "船塘", "", "", None)
    assert (place.township, [fault.code for fault in place.faults]) == (
        "船塘镇",
        ["township-short-name"],
    )


def test_the_surroundings_give_the_county_where_the_row_does_not() -> None:
    reader = PlaceReader(GAZETTEER)
    assert reader.read("", "上坪镇", "", "", "连平县").township == "上坪镇"
    assert reader.read("市本级", "", "", "", "连平县").county is None


def test_a_persons_choice_of_township_is_applied() -> None:
    reader = PlaceReader(GAZETTEER, chosen={"船搪镇": "441625103"})
    assert reader.read("东源县", "船搪镇", "", "", None).township == "船塘镇"


def test_every_register_name_with_its_county_finds_itself() -> None:
    reader = PlaceReader(GAZETTEER)
    for town in shipped_registers().townships:
        for county in {town.county, town.reporting_unit}:
            place = reader.read(county, town.name, "", "", None)
            assert (place.county, place.township, place.faults) == (county, town.name, [])


def test_no_village_with_its_full_parents_is_placed_wrongly() -> None:
    registers = shipped_registers()
    towns = {town.code: town for town in registers.townships}
    reader = PlaceReader(GAZETTEER)
    placed = 0
    for village in registers.villages:
        town = towns[village.township_code]
        place = reader.read("", f"{town.county}{town.name}{village.name}", "", "", None)
        assert place.township in (None, town.name)
        placed += place.township is not None
    assert placed > 0.97 * len(registers.villages)


def test_a_county_is_read_whatever_the_length_of_its_name() -> None:
    county = "双江拉祜族佤族布朗族傣族自治县"
    town = TownshipEntry("530925100", "勐勐镇", county, county)
    known = replace(shipped_registers(), counties=(county,), townships=(town,), villages=())
    place = PlaceReader(Gazetteer(known)).read(county, "勐勐镇", "", "", None)
    assert (place.county, place.township, place.faults) == (county, "勐勐镇", [])
