"""A city other than the shipped one: its own names and its province's are read as 河源's are."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from data_access.city_names import city_names
from data_access.database import open_engine, reading
from data_access.ledger_import.department_names import NameBook
from data_access.ledger_import.departments import DepartmentReader
from data_access.ledger_import.gazetteer import Gazetteer
from data_access.ledger_import.judge import judge
from data_access.ledger_import.model import Sheet, Workbook
from data_access.ledger_import.places import PlaceReader
from data_access.ledger_import.unit_text import LEAD
from data_access.register_store import stored_registers
from data_access.registers import Registers
from data_access.schema.registers import departments, reporting_units
from data_access.store import begin_city
from data_access.work_calendar import shipped_calendar
from supervision.vocabulary import Severity
from tests.data_access.ledger_import import city_of_jingmen

AS_OF = date(2026, 11, 20)


@pytest.fixture(name="registers", scope="module")
def _registers(tmp_path_factory) -> Registers:
    return city_of_jingmen.written(tmp_path_factory.mktemp("register"))


@pytest.fixture(name="new_store", scope="module")
def _new_store(registers: Registers, tmp_path_factory):
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('store') / 'city.sqlite3'}")
    begin_city(engine, registers)
    yield engine
    engine.dispose()


@pytest.fixture(name="places", scope="module")
def _places(registers: Registers) -> PlaceReader:
    return PlaceReader(Gazetteer(registers))


@pytest.mark.parametrize(
    ("cells", "county", "township"),
    [
        (("湖北省荆门市钟祥市", "胡集镇", "", ""), "钟祥市", "胡集镇"),
        (("湖北荆门钟祥市", "", "", ""), "钟祥市", None),
        (("荆门市钟祥市胡集镇", "", "", ""), "钟祥市", "胡集镇"),
        (("湖北省钟祥市", "", "", ""), "钟祥市", None),
        (("钟祥", "", "", ""), "钟祥市", None),
        (("钟祥市人民政府", "", "", ""), "钟祥市", None),
        (("钟祥市委市政府", "", "", ""), "钟祥市", None),
        (("沙洋县沙洋镇", "", "", ""), "沙洋县", "沙洋镇"),
        (("", "沙洋镇", "", ""), "沙洋县", "沙洋镇"),
        (("屈家岭", "", "", ""), "屈家岭管理区", None),
        (("屈家岭管理区", "长滩街道", "", ""), "屈家岭管理区", "长滩街道"),
        (("京山市", "长滩街道", "", ""), "京山市", "长滩街道"),
        (("高新区", "团林铺镇", "", ""), "荆门高新区", "团林铺镇"),
        (("荆门国家高新区", "", "", ""), "荆门高新区", None),
        (("荆门高新技术产业开发区", "", "", ""), "荆门高新区", None),
        (("荆门市", "", "", ""), None, None),
        (("湖北省荆门市", "", "", ""), None, None),
        (("荆门市直", "", "", ""), None, None),
        (("荆门市本级", "", "", ""), None, None),
        (("市直单位", "", "", ""), None, None),
        (("", "", "", "湖北省荆门市钟祥市胡集镇丽阳村三组"), "钟祥市", "胡集镇"),
    ],
)
def test_a_place_is_settled(places, cells, county, township):
    place = places.read(*cells, None)
    assert (place.county, place.township, place.faults) == (county, township, [])


@pytest.mark.parametrize(
    ("cell", "lead"),
    [
        ("荆门市住建局", "荆门市住房和城乡建设局"),
        ("湖北省荆门市住房和城乡建设局", "荆门市住房和城乡建设局"),
        ("市住房和城乡建设局", "荆门市住房和城乡建设局"),
        ("中共荆门市委办公室", "市委办公室"),
        ("荆门水利和湖泊局", "市水利和湖泊局"),
        ("荆门市公安局交警支队", "市公安局交警支队"),
        ("钟祥市", "钟祥市人民政府"),
        ("钟祥", "钟祥市人民政府"),
        ("荆门市钟祥市人民政府", "钟祥市人民政府"),
        ("高新区管委会", "荆门高新区管理委员会"),
        ("屈家岭管理区管委会", "屈家岭管理区管理委员会"),
    ],
)
def test_a_unit_is_found_by_the_names_that_ledgers_write(registers, cell, lead):
    units = DepartmentReader(NameBook(registers, on=AS_OF)).read(cell, LEAD)
    assert (units.leads, units.faults) == ([lead], [])


def test_the_bureau_of_a_county_level_city_is_not_taken_for_the_city_s(registers):
    book = NameBook(registers, on=AS_OF)
    units = DepartmentReader(book, county_ledger=True).read("钟祥市教育局", LEAD)
    assert units.leads == []
    assert units.faults[0].candidates[0] == "钟祥市人民政府"


def test_in_a_county_s_ledger_only_a_bureau_that_says_its_city_is_beyond_doubt(registers):
    reader = DepartmentReader(NameBook(registers, on=AS_OF), county_ledger=True)
    assert reader.read("荆门市住建局", LEAD).faults == []
    assert [fault.code for fault in reader.read("教育局", LEAD).faults] == [
        "department-level-doubtful"
    ]


def _ledger(registers: Registers, *rows: list[object], name: str = "汇总"):
    workbook = Workbook("台账.xlsx", "0" * 64, "xlsx", [Sheet(name, list(rows))], ())
    return judge(workbook, registers=registers, calendar=shipped_calendar(), as_of=AS_OF)


def test_a_messy_ledger_of_the_city_is_read_whole_from_its_store(new_store):
    with reading(new_store) as connection:
        kept = stored_registers(connection)
    ledger = _ledger(
        kept,
        ["荆门市“面对面”座谈会（看病难专题）交办事项台账（2026年第三季度）"],
        ["填报单位：荆门市人民政府督查室"],
        ["序号", "所属县（市、区）", "镇（街道）", "诉求内容", "责任单位", "反馈期限"],
        ["一、钟祥市"],
        [1, None, "胡集镇", "卫生院夜间无人值班", "荆门市住建局牵头，钟祥市政府配合", "9月30日"],
        [2, "湖北省荆门市钟祥市", "郢中街道办事处", "候诊区漏雨", "钟祥市人民政府", "2026.10.15"],
        ["二、荆门市直"],
        [3, "市直", None, "市中心医院停车难", "市公安局交警支队", "2026-10-20"],
        ["三、屈家岭管理区"],
        [4, "屈家岭", "长滩街道", "村卫生室没有药", "屈家岭管委会", "2026/10/8"],
    )  # fmt: skip
    assert [(row.county, row.township, row.lead_departments[0]) for row in ledger.rows] == [
        ("钟祥市", "胡集镇", "荆门市住房和城乡建设局"),
        ("钟祥市", "郢中街道", "钟祥市人民政府"),
        (None, None, "市公安局交警支队"),
        ("屈家岭管理区", "长滩街道", "屈家岭管理区管理委员会"),
    ]
    assert {row.session_theme for row in ledger.rows} == {"看病难"}
    assert [flag.code for flag in ledger.flags if flag.severity == Severity.ERROR] == []


def test_within_the_city_its_departments_are_called_without_its_name(new_store):
    with reading(new_store) as connection:
        short = dict(connection.execute(select(departments.c.name, departments.c.short_name)).all())
    assert short["荆门市教育局"] == "市教育局"
    assert short["荆门市住房和城乡建设局"] == "市住建局"
    assert short["钟祥市人民政府"] == "钟祥市"


def test_a_county_s_zone_keeps_its_reporting_unit_in_the_store(new_store):
    with reading(new_store) as connection:
        rows = connection.execute(
            departments.join(
                reporting_units, departments.c.reporting_unit_id == reporting_units.c.id
            )
            .select()
            .with_only_columns(departments.c.short_name, reporting_units.c.name)
        ).all()
    told = {(name.removeprefix("荆门"), name) for name in city_of_jingmen.COUNTIES}
    assert {tuple(row) for row in rows} == told


def test_a_theme_does_not_keep_the_city_s_name(registers):
    rows = [["编号", "问题", "责任单位"], ["A1", "甲", "市教育局"]]
    ledger = _ledger(registers, ["2026年荆门市住房保障专场台账"], *rows)
    assert ledger.rows[0].session_theme == "住房保障"


@pytest.mark.parametrize(
    ("city", "code", "stem", "level"),
    [
        ("荆门市", "4208", "荆门", "市"),
        ("恩施土家族苗族自治州", "4228", "恩施", "州"),
        ("大兴安岭地区", "2327", "大兴安岭", "市"),
        ("锡林郭勒盟", "1525", "锡林郭勒", "市"),
    ],
)
def test_what_a_city_is_called_is_told_by_its_register(city, code, stem, level):
    names = city_names(city, code)
    assert (names.stem, names.level) == (stem, level)


def test_a_county_that_is_called_like_its_city_keeps_its_name():
    names = city_names("承德市", "1308")
    assert names.without_stem("承德县人民政府") == "承德县人民政府"
    assert names.without_city("河北省承德市承德县") == "承德县"
    assert not names.says_its_level("承德县水务局")
    assert city_names("恩施土家族苗族自治州", "4228").without_city("湖北省恩施州利川市") == "利川市"
