"""Unit cells: canonical names, roles, several leads, and what is asked about."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.ledger_import.department_names import NameBook
from data_access.ledger_import.departments import DepartmentReader
from data_access.ledger_import.unit_text import CO, LEAD
from data_access.registers import Alias, DepartmentEntry, Registers, shipped_registers
from supervision.vocabulary import PeerGroup

CO_TWO = ("市财政局", "市人力资源和社会保障局")
BOOK = NameBook(shipped_registers(), on=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("市教育局", "市教育局"),
        ("教育局", "市教育局"),
        ("市 教 育 局", "市教育局"),
        ("河源市教育局", "市教育局"),
        ("市卫健局", "市卫生健康局"),
        ("河源市住建局", "市住房和城乡建设局"),
        ("市政务和数据局", "市政务服务和数据管理局"),
        ("市委宣传部（市文明办）", "市委宣传部"),
        ("中共河源市委宣传部", "市委宣传部"),
        ("源城区政府", "源城区人民政府"),
        ("东源", "东源县人民政府"),
        ("和平县", "和平县人民政府"),
        ("江东新区管委会", "江东新区管理委员会"),
        ("河源市高新区管委会", "河源高新区管理委员会"),
        ("牵头单位：市水务局", "市水务局"),
        ("市交警支队", "市公安局交警支队"),
    ],
)
def test_a_known_name_becomes_canonical(cell: str, name: str) -> None:
    units = DepartmentReader(BOOK).read(cell, LEAD)
    assert (units.leads, units.cos, units.faults) == ([name], [], [])


@pytest.mark.parametrize(
    ("cell", "leads", "cos"),
    [
        (
            "市教育局牵头，市财政局、市人社局配合",
            ["市教育局"],
            ["市财政局", "市人力资源和社会保障局"],
        ),
        ("牵头：市教育局；配合：市财政局", ["市教育局"], ["市财政局"]),
        ("牵头单位：市教育局\n配合单位：市财政局", ["市教育局"], ["市财政局"]),
        ("主办:市教育局 协办:市财政局", ["市教育局"], ["市财政局"]),
        ("市教育局（牵头）、市财政局（配合）", ["市教育局"], ["市财政局"]),
        ("市教育局（市财政局配合）", ["市教育局"], ["市财政局"]),
        ("由市教育局牵头办理，市财政局等单位配合", ["市教育局"], ["市财政局"]),
        ("市教育局，市财政局、市民政局配合", ["市教育局"], ["市财政局", "市民政局"]),
        ("市教育局牵头，市财政局", ["市教育局"], ["市财政局"]),
    ],
)
def test_role_words_tell_lead_from_co(cell: str, leads: list[str], cos: list[str]) -> None:
    units = DepartmentReader(BOOK).read(cell, LEAD)
    assert (units.leads, units.cos) == (leads, cos)
    assert [fault for fault in units.faults if fault.severity.value == "error"] == []


@pytest.mark.parametrize(
    "cell",
    [
        "市教育局、市财政局",
        "市教育局，市财政局",
        "市教育局;市财政局",
        "市教育局/市财政局",
        "市教育局\n市财政局",
        "市教育局 市财政局",
        "市教育局和市财政局",
        "市教育局及财政局",
        "市教育局市财政局",
        "1.市教育局 2.市财政局",
        "①市教育局②市财政局",
    ],
)
def test_several_leads_keep_their_order_and_are_told_once(cell: str) -> None:
    units = DepartmentReader(BOOK).read(cell, LEAD)
    assert units.leads == ["市教育局", "市财政局"]
    assert [fault.code for fault in units.faults] == ["several-leads"]


def test_the_he_of_heping_county_is_no_and() -> None:
    units = DepartmentReader(BOOK).read("市教育局和和平县人民政府", CO)
    assert units.cos == ["市教育局", "和平县人民政府"]


@pytest.mark.parametrize(
    ("cell", "code", "proposed"),
    [
        ("市供电局", "department-unknown", None),
        ("东源县水务局", "department-unknown", "东源县人民政府"),
        ("源城区住建局", "department-unknown", "源城区人民政府"),
        ("市教育局基教科", "department-unknown", "市教育局"),
        ("市教有局", "department-unknown", "市教育局"),
        ("市卫健委", "department-unknown", "市卫生健康局"),
        ("各县（区）人民政府", "department-collective", "源城区人民政府"),
        ("市直有关单位", "department-collective", None),
    ],
)
def test_a_name_outside_the_register_is_proposed_never_replaced(
    cell: str, code: str, proposed: str | None
) -> None:
    units = DepartmentReader(BOOK).read(cell, LEAD)
    assert (units.leads, units.cos) == ([], [])
    assert [fault.code for fault in units.faults] == [code]
    assert proposed is None or proposed in units.faults[0].candidates


def test_nobody_moves_up_in_place_of_an_unknown_first_lead() -> None:
    units = DepartmentReader(BOOK).read("市供电局、市教育局", LEAD)
    assert (units.leads, units.lead_unknown) == ([], True)


@pytest.mark.parametrize(
    "cell", ["市教育局张小三13800000000", "市教育局 负责人：李小四", "市教育局;张小三;13800000000"]
)
def test_persons_in_a_unit_cell_are_dropped_and_never_repeated(cell: str) -> None:
    units = DepartmentReader(BOOK).read(cell, LEAD)
    assert units.leads == ["市教育局"]
    assert [fault.code for fault in units.faults] == ["person-in-unit"]
    assert "张小三" not in units.faults[0].say
    assert "1380" not in units.faults[0].say


def test_county_before_city_department_is_told() -> None:
    units = DepartmentReader(BOOK).read("东源县人民政府、市水务局", LEAD)
    fault = next(f for f in units.faults if f.code == "lead-county-with-department")
    assert fault.candidates == ("市水务局",)


def test_a_county_ledger_doubts_bare_names() -> None:
    reader = DepartmentReader(BOOK, county_ledger=True)
    assert [fault.code for fault in reader.read("教育局", LEAD).faults] == [
        "department-level-doubtful"
    ]
    assert reader.read("市教育局", LEAD).faults == []


def test_a_persons_choice_is_applied() -> None:
    reader = DepartmentReader(BOOK, chosen={"东源县水务局": "东源县人民政府"})
    assert reader.read("东源县水务局", LEAD).leads == ["东源县人民政府"]


def test_an_alias_follows_its_validity() -> None:
    def register(*entries: DepartmentEntry) -> Registers:
        return Registers("河源市", (), entries, (), ())

    group = PeerGroup.CITY_DEPARTMENT
    old = DepartmentEntry("市甲局", group, (Alias("市丙局", None, date(2024, 12, 31)),))
    new = DepartmentEntry("市乙局", group, (Alias("市丙局", date(2025, 1, 1), None),))
    for on, name in ((date(2024, 6, 1), "市甲局"), (date(2026, 6, 1), "市乙局")):
        for entries in ((old, new), (new, old)):
            assert NameBook(register(*entries), on=on).exact("市丙局") == name
